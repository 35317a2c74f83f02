"""GitHub's workflows have no fault, ask for little, and do what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from schedule.summary import refreshed, summary

from tests.reports.conftest import SHOW, Project, code, make_project, parameters, text
from tests.scheduling import BIN, WORKFLOWS, read, run, steps, workflow

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


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path / "project")
    made.write("fine", text("# Fine\n\nWhat?"), parameters(), code(SHOW))
    made.write("bad", text("# Bad"), parameters(), code(SHOW), code("1 / 0"))
    made.plan(PLAN)
    (made.root / ".venv").symlink_to(BIN.parent)
    return made


@pytest.mark.parametrize(
    ("refreshed", "reported", "says"),
    [("3", "0", ["data were refused"]), ("4", "1", ["a file was not received", "a page failed"])],
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
    ("only", "as_of", "status", "ends"), [("fine bad", "", 1, 0), ("fin", "", 2, 2)]
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


def test_the_summary_of_a_refresh_begins_with_what_changed() -> None:
    sources = [
        {"source": "untc-hanoi", "result": "accepted", "message": "", "snapshot": "data/raw/a|b"},
        {
            "source": "data360-gci",
            "result": "unreachable",
            "message": "no <answer>",
            "snapshot": "",
        },
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
