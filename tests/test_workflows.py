"""GitHub's workflows have no fault, ask for little, and do what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from schedule.summary import refreshed, summary

from tests.conftest import FROZEN, ROOT
from tests.fetching.answers import page
from tests.fetching.conftest import PROXIES
from tests.fetching.publisher_server import Publisher, closed_port
from tests.refresh.life import MAINTENANCE, TARGET
from tests.reports.conftest import SHOW, Project, code, make_project, parameters, text
from tests.scheduling import BIN, WORKFLOWS, needed, read, run, steps, workflow

NAMES = ("report", "test")
SCRIPT = ("bash", "-eo", "pipefail", "-c")
PLAN = '[[page]]\nslug = "fine"\nnotebook = "fine"\n\n[[page]]\nslug = "bad"\nnotebook = "bad"\n'


def faults(path: Path) -> str:
    """Return what actionlint finds, and shellcheck in the scripts if it is there."""
    shellcheck = shutil.which("shellcheck") or ""
    checked = run(BIN / "actionlint", "-oneline", f"-shellcheck={shellcheck}", path)
    assert checked.returncode == bool(checked.stdout), checked.stderr
    return checked.stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_has_no_fault(name: str) -> None:
    assert faults(WORKFLOWS / f"{name}.yml") == ""


@pytest.mark.parametrize("name", NAMES)
def test_the_scripts_of_a_workflow_have_no_fault(name: str) -> None:
    needed("shellcheck")  # with it, the test above has looked into them
    assert faults(WORKFLOWS / f"{name}.yml") == ""


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("0 6 * * 1", "0 26 * * 1", "events"),
        ("timeout-minutes", "time-out-minutes", "syntax-check"),
        ("steps.report.outputs.folder", "steps.rapport.outputs.folder", "expression"),
        ("{{ inputs.as_of }}", "{{ inputs.day }}", "expression"),
        ("retention-days", "retain-days", "action"),
        ("steps.data.outputs.cache-primary-key", "steps.data.outputs.key", "expression"),
        ('for page in "${pages[@]}"', "for page in ${pages[@]}", "shellcheck"),
    ],
)
def test_a_fault_in_a_workflow_is_found(tmp_path: Path, old: str, new: str, kind: str) -> None:
    if kind == "shellcheck":
        needed("shellcheck")
    whole = read(WORKFLOWS / "report.yml")
    assert old in whole
    path = tmp_path / "report.yml"
    path.write_text(whole.replace(old, new), encoding="utf-8")
    assert f"[{kind}]" in faults(path)


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_asks_for_little(name: str) -> None:
    whole = workflow(name)
    assert whole["permissions"] == {"contents": "read"}
    assert whole["concurrency"].keys() == {"group", "cancel-in-progress"}
    assert all(0 < job["timeout-minutes"] <= 90 for job in whole["jobs"].values())
    used = [step["uses"] for step in steps(name).values() if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z/-]+@v\d+", action) for action in used), used
    checkout = next(step for step in steps(name).values() if "checkout" in step.get("uses", ""))
    assert checkout["with"] == {"persist-credentials": False}


@pytest.mark.parametrize("name", NAMES)
def test_scripts_are_those_of_bash_and_take_no_value_for_code(name: str) -> None:
    assert workflow(name)["defaults"]["run"]["shell"] == "bash"
    found = [step["run"] for step in steps(name).values() if "run" in step]
    assert found
    for script in found:
        assert run("bash", "-n", input=script).stderr == ""
        assert "${{" not in script, "a value comes by the environment"


def test_the_environment_is_kept_for_one_lock_file_and_one_python() -> None:
    by_use = {step["uses"]: step for step in steps("report").values() if "uses" in step}
    kept = steps("report")["Look for the environment of an earlier run"]["with"]
    assert kept["path"] == ".venv"
    for part in ("python-version", "requirements.lock", "pyproject.toml", "runner.arch"):
        assert part in kept["key"]
    assert by_use["actions/setup-python@v7"]["with"] == {"python-version": "3.11"}


def test_the_data_are_kept_as_long_as_those_of_the_repository_are_the_same() -> None:
    """What a person has added since goes before what earlier runs have fetched."""
    found = steps("report")
    names = list(found)
    looked = found["Look for the data of the last run, if it began with those of the repository"]
    assert looked["with"]["path"] == "data"
    assert looked["with"]["key"].startswith(looked["with"]["restore-keys"])
    assert looked["with"]["restore-keys"] == "data-${{ hashFiles('data/**') }}-"
    kept = found["Keep the data for the next run"]
    assert kept["with"] == {"path": "data", "key": "${{ steps.data.outputs.cache-primary-key }}"}
    assert names.index(looked["name"]) < names.index("Build the data")
    assert names.index("Build the data") + 1 == names.index("Refresh the data")
    for name in (kept["name"], "Hand over the data, which a person may add to the repository"):
        assert found[name]["if"] == "steps.refresh.outcome == 'success'"
        assert names.index("Refresh the data") < names.index(name) < names.index("Make the report")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path / "project")
    made.write("fine", text("# Fine\n\nWhat?"), parameters(), code(SHOW))
    made.write("bad", text("# Bad"), parameters(), code(SHOW), code("1 / 0"))
    made.plan(PLAN)
    (made.root / ".venv").symlink_to(BIN.parent)
    return made


@pytest.fixture(scope="module")
def depositary() -> Iterator[Publisher]:
    with Publisher() as server:
        server.gives(TARGET, page(MAINTENANCE, content_type="text/html"))
        yield server


@pytest.fixture
def one_source(tmp_path: Path) -> Path:
    """A project with its own data that asks for one list, the one on the Convention."""
    root = tmp_path / "project"
    for name in ("raw", "reference", "processed"):
        shutil.copytree(FROZEN / "data" / name, root / "data" / name)
    registry = root / "data" / "reference" / "publishers.toml"
    parts = read(registry).split("\n[")
    kept = [part for part in parts if part.startswith(("publisher.untc]", "source.untc-hanoi]"))]
    registry.write_text("[" + "\n[".join(kept), encoding="utf-8")
    (root / ".venv").symlink_to(BIN.parent)
    return root


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mirror", "status", "ends", "result"),
    [
        ("down", 3, 0, "refused"),
        ("closed", 4, 0, "unreachable"),
        ("unknown", 2, 2, ""),
    ],
)
def test_the_step_that_refreshes_the_data(
    one_source: Path, depositary: Publisher, mirror: str, status: int, ends: int, result: str
) -> None:
    mirrors = {
        "down": f"untc={depositary.base}",
        "closed": f"untc=http://127.0.0.1:{closed_port()}",
        "unknown": f"unct={depositary.base}",
    }
    told, data = one_source / "told", one_source / "data"
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    given = {"MIRRORS": mirrors[mirror], "GITHUB_OUTPUT": str(told)}
    environment = os.environ | given | {"ADOPTION_HOME": str(one_source)}
    for name in PROXIES:
        environment.pop(name, None)
        environment.pop(name.upper(), None)
    script = steps("report")["Refresh the data"]["run"]
    ended = run(*SCRIPT, script, cwd=one_source, env=environment)
    assert ended.returncode == ends, ended.stderr
    assert read(told) == f"status={status}\n"
    assert {path: path.read_bytes() for path in before} == before
    if not result:
        assert "did you mean untc?" in ended.stderr
        return
    outcome = json.loads(read(one_source / "refresh.json"))
    assert [one["result"] for one in outcome["sources"]] == [result]
    lines = refreshed(outcome).splitlines()
    assert lines[0] == "### Refresh: nothing new"
    assert lines[4].startswith(f"| untc-hanoi | {result} | ")
    assert lines[-1] == f"The data are of {outcome['data_day']}."
    aside = sorted((data / "aside").glob("*/*/*")) if (data / "aside").is_dir() else []
    assert any(path.name == "reason.txt" for path in aside) == (result == "refused")


@pytest.mark.parametrize(
    ("refreshed", "reported", "says"),
    [
        ("3", "0", ["data were refused"]),
        ("4", "0", ["a file was not received"]),
        ("4", "1", ["a file was not received", "a page failed"]),
        ("0", "1", ["a page failed"]),
        ("", "1", ["a page failed"]),
    ],
)
def test_a_run_that_is_not_well_fails_and_says_why(
    refreshed: str, reported: str, says: list[str]
) -> None:
    step = steps("report")["Fail if data were refused, a file was not received or a page failed"]
    assert list(steps("report"))[-1] == step["name"], "everything is handed over before"
    environment = os.environ | {"REFRESHED": refreshed, "REPORTED": reported}
    ended = run(*SCRIPT, step["run"], env=environment)
    assert ended.returncode == 1
    lines = ended.stdout.splitlines()
    assert [line.split(";")[0].removeprefix("::error::") for line in lines] == says


@pytest.mark.slow
@pytest.mark.parametrize(
    ("only", "as_of", "status", "ends"),
    [
        ("fine", "", 0, 0),
        ("fine bad", "", 1, 0),
        ("fin", "", 2, 2),
        ("fine", "today", 2, 2),
    ],
)
def test_the_step_that_makes_the_report(
    project: Project, tmp_path: Path, only: str, as_of: str, status: int, ends: int
) -> None:
    told = tmp_path / "told"
    given = {"ONLY": only, "AS_OF": as_of, "GITHUB_OUTPUT": str(told)}
    environment = os.environ | given | {"ADOPTION_HOME": str(project.root)}
    script = steps("report")["Make the report"]["run"]
    ended = run(*SCRIPT, script, cwd=project.root, env=environment)
    assert ended.returncode == ends, ended.stderr
    outputs = dict(line.split("=", 1) for line in read(told).splitlines())
    assert outputs.pop("status") == str(status), ended.stderr
    if ends:
        assert outputs == {}, "there is nothing to hand over"
        assert len(ended.stderr.splitlines()) == 1
        assert ended.stderr.startswith("adoption")
        return
    folder = Path(outputs["folder"])
    assert folder == (project.root / "reports" / "latest").resolve()
    manifest = json.loads(read(folder / "manifest.json"))
    lines = summary(manifest).splitlines()
    assert lines[0] == ("### 2 pages, 1 failed" if status else "### 1 page, 0 failed")
    assert any("ZeroDivisionError" in line for line in lines) == bool(status)
    assert lines[-1].startswith(f"Run {manifest['run']} of adoption ")


def test_the_summary_shows_an_error_as_text() -> None:
    page = {"notebook": "03", "parameters": {"country": "QAT"}}
    error = "cell 4: ValueError: a|b <img>"
    facts = {
        "pages": {"x": page}, "failures": {"x": error}, "work": {"x": {}},
        "versions": {"adoption": "1"}, "run": "r",
    }  # fmt: skip
    assert summary(facts).splitlines() == [
        "### 1 page, 1 failed",
        "",
        "| page | notebook | parameters | error |",
        "| --- | --- | --- | --- |",
        "| x | 03 | country = QAT | cell 4: ValueError: a&#124;b &lt;img&gt; |",
        "",
        "Run r of adoption 1; 1 page made in it.",
    ]


def test_the_summary_of_a_refresh_begins_with_what_changed() -> None:
    sources = [
        {"source": "untc-hanoi", "result": "accepted", "told": "", "snapshot": "data/raw/a|b"},
        {"source": "data360-gci", "result": "unreachable", "told": "no <answer>", "snapshot": ""},
    ]
    facts = {"status": 4, "summary": "1 signature of Hanoi: <Japan>", "changed": True,
             "data_day": "2026-12-01", "sources": sources}  # fmt: skip
    assert refreshed(facts).splitlines() == [
        "### Refresh: 1 signature of Hanoi: &lt;Japan&gt;",
        "",
        "| source | result | more |",
        "| --- | --- | --- |",
        "| untc-hanoi | accepted | data/raw/a&#124;b |",
        "| data360-gci | unreachable | no &lt;answer&gt; |",
        "",
        "The data are of 2026-12-01.",
    ]
    untold = refreshed(facts | {"summary": ""}).splitlines()[0]
    assert untold == "### Refresh: files are new, what they say is not"


@pytest.mark.parametrize("there", [True, False])
def test_the_summary_tells_of_a_refresh_only_if_there_was_one(tmp_path: Path, there: bool) -> None:
    facts = {"pages": {}, "failures": {}, "work": {}, "versions": {"adoption": "1"}, "run": "r"}
    outcome = {"summary": "", "changed": False, "data_day": "2026-12-01", "sources": []}
    (tmp_path / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    if there:
        (tmp_path / "refresh.json").write_text(json.dumps(outcome), encoding="utf-8")
    names = [tmp_path / name for name in ("manifest.json", "refresh.json")]
    ended = run(BIN / "python", ROOT / "schedule" / "summary.py", *names)
    headings = [line for line in ended.stdout.splitlines() if line.startswith("###")]
    told = ["### Refresh: nothing new"] if there else []
    assert headings == [*told, "### 0 pages, 0 failed"]
