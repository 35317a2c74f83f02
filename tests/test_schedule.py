"""The three ways to a report every week: each is sound, and they agree with each other."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from schedule.summary import refreshed, summary

from tests.conftest import ROOT
from tests.reports.conftest import SHOW, Project, code, make_project, parameters, text

WORKFLOWS = ROOT / ".github" / "workflows"
SCHEDULE = ROOT / "schedule"
BIN = Path(sys.executable).parent


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def run(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def needed(program: str) -> str:
    """Return where a program is; skip the test without it, but not in CI."""
    found = shutil.which(program)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(f"{program} is missing: .ci/run should install it")
    if found is None:
        pytest.skip(f"{program} is not on this machine (Debian has it)")
    return found


def workflow(name: str) -> dict[Any, Any]:
    """Return a workflow; YAML takes its key `on` for true."""
    found: dict[Any, Any] = yaml.safe_load(read(WORKFLOWS / f"{name}.yml"))
    return found


def steps(name: str) -> dict[str, dict[str, Any]]:
    """Return the steps of a workflow's first job, each by its name or its action."""
    job, *_ = workflow(name)["jobs"].values()
    return {step.get("name") or step["uses"]: step for step in job["steps"]}


HOME = "/opt/adoption"
WEEKDAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(read(SCHEDULE / name))
    return parser


@pytest.fixture
def installed(tmp_path: Path) -> list[Path]:
    """The units as on a machine that has the program where they look for it."""
    home = tmp_path / "adoption"
    home.mkdir()
    (home / ".venv").symlink_to(BIN.parent)
    (home / "schedule").symlink_to(SCHEDULE)
    names = ("adoption-report.service", "adoption-report.timer", "adoption-report-failed.service")
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_text(read(SCHEDULE / path.name).replace(HOME, str(home)), encoding="utf-8")
    return paths


def test_systemd_finds_no_fault(installed: list[Path]) -> None:
    checked = run(needed("systemd-analyze"), "verify", "--man=no", *installed)
    assert checked.stdout + checked.stderr == ""


def test_systemd_finds_the_service_little_exposed(installed: list[Path]) -> None:
    """On its scale from 0 to 100, where a service without any of these limits has 96."""
    options = ("security", "--offline=true", "--threshold=15", "--no-pager")
    checked = run(needed("systemd-analyze"), *options, installed[0])
    assert checked.returncode == 0, checked.stdout[-200:]


def test_a_run_that_is_not_well_starts_the_unit_that_reports_it() -> None:
    found = unit(unit("adoption-report.service")["Unit"]["OnFailure"])
    script = ROOT / Path(found["Service"]["ExecStart"]).relative_to(HOME)
    assert os.access(script, os.X_OK)


def test_who_is_named_gets_the_end_of_what_a_failed_run_printed(tmp_path: Path) -> None:
    programs = {
        "journalctl": "echo untc-hanoi: refused",
        "logger": f'echo "$@" >> {tmp_path}/alert',
        "sendmail": f"cat > {tmp_path}/post",
    }
    for name, script in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    for mail in ({}, {"ADOPTION_MAIL": "ann@example.org"}):
        assert not (tmp_path / "post").exists()
        ended = run(SCHEDULE / "failed.sh", env=path | mail)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert read(tmp_path / "alert").count("journalctl --unit adoption-report\n") == 2
    head, _, body = read(tmp_path / "post").partition("\n\n")
    assert head.startswith("To: ann@example.org\nSubject: adoption-report failed on ")
    assert body == "untc-hanoi: refused\n"


def test_scripts_have_no_fault() -> None:
    for script in (
        SCHEDULE / "failed.sh",
        SCHEDULE / "data_branch.sh",
        ROOT / "binder" / "postBuild",
    ):
        checked = run(needed("shellcheck"), script)
        assert (checked.stdout, checked.returncode) == ("", 0)


def crontab() -> tuple[str, str]:
    """Return when the crontab runs, and its command."""
    whole = read(SCHEDULE / "crontab")
    assert whole.endswith("\n"), "cron passes over a line without an end"
    (line,) = whole.splitlines()
    assert "%" not in line, "to cron it is the end of the command"
    *when, command = line.split(None, 5)
    return " ".join(when), command


def test_the_command_of_the_crontab_has_no_fault() -> None:
    checked = run(needed("shellcheck"), "--shell=sh", "-", input=crontab()[1])
    assert (checked.stdout, checked.returncode) == ("", 0)


def test_cron_hears_of_a_run_that_is_not_well_and_of_no_other(tmp_path: Path) -> None:
    """What a line of a crontab prints, cron sends by post."""
    home = tmp_path / "a b & 5%"
    installed, tabs = tmp_path / "tab", tmp_path / "bin"
    tabs.mkdir()
    home.mkdir()
    (home / "schedule").symlink_to(SCHEDULE)
    (tabs / "crontab").write_text(f'#!/bin/sh\n[ "$1" = -l ] || cat > {installed}\n', "utf-8")
    (tabs / "crontab").chmod(0o755)
    (recipe,) = (
        text.strip()
        for text in read(ROOT / "docs" / "schedule.md").splitlines()
        if "| crontab -" in text
    )
    run("sh", "-c", recipe, cwd=home, env={"PATH": f"{tabs}:{os.environ['PATH']}"})
    setting, line = read(installed).splitlines()
    name, _, value = setting.partition("=")
    command, environment = line.split(None, 5)[5], os.environ | {name: value.strip('"')}
    program = home / ".venv" / "bin" / "adoption"
    program.parent.mkdir(parents=True)
    for status, printed in (
        (0, ""),
        (3, f"adoption ended with status 3; {home}/report.log"),
        (0, "another refresh is running; waiting"),
    ):
        made = "\n".join(filter(None, [f"made {status}", printed if not status else ""]))
        program.write_text(f"#!/bin/sh\necho '{made}'\nexit {status}\n", encoding="utf-8")
        program.chmod(0o755)
        ended = run("sh", "-c", command, env=environment)
        assert (ended.stdout.strip().removesuffix(" says why"), ended.stderr) == (printed, "")
        assert read(home / "report.log") == f"{made}\n"
    assert read(home / "report.log.1") == "made 3\n", "and no more than these two stay"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, ""),
        ({"finished": "2026-01-01T00:00:00+00:00"}, "no run for "),
        ({"exit": 75}, "exit status 75"),
        ({"age_in_days": {"untc-hanoi": 20}}, "untc-hanoi: 20 days old"),
        ({"age_in_days": {"untc-hanoi": None}}, "untc-hanoi: never received"),
        ({"waiting": ["untc-hanoi/2026-12-08T120000Z"]}, "untc-hanoi/2026-12-08T120000Z waits"),
        ({"pages_failed": ["evidence"]}, "page evidence failed"),
        ({"warnings": ["untc-hanoi: 9 days off"]}, "untc-hanoi: 9 days off"),
        ({"exit": "?"}, "{path}: TypeError("),
        (b"{", "{path}: JSONDecodeError("),
        (None, "{path}: FileNotFoundError("),
    ],
)
def test_the_monitor_tells_what_fails(tmp_path: Path, change: Any, says: str) -> None:
    blocks = re.findall(r"(?:^ {4}.*\n)+", read(ROOT / "docs" / "schedule.md"), re.MULTILINE)
    (script,) = [dedent(block) for block in blocks if "datetime" in block]
    assert len(script.splitlines()) == 11
    facts = {
        "finished": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S+00:00}",
        "exit": 0,
        "age_in_days": {"untc-hanoi": 7},
        "waiting": [],
        "pages_failed": [],
        "warnings": [],
    }
    path = tmp_path / "status.json"
    if change is not None:
        written = json.dumps(facts | change).encode() if isinstance(change, dict) else change
        path.write_bytes(written)
    ended = run(sys.executable, "-c", script, path)
    says = says.format(path=path)
    assert (ended.stdout[: len(says)], ended.returncode) == (says, int(bool(says))), ended.stderr
    assert (len(ended.stdout.splitlines()), ended.stderr) == (int(bool(says)), "")


def test_all_three_begin_at_the_same_hour_of_the_same_day() -> None:
    when = re.fullmatch(
        r"(\w+) \*-\*-\* (\d\d):(\d\d):00", unit("adoption-report.timer")["Timer"]["OnCalendar"]
    )
    assert when is not None
    of_systemd = f"{int(when[3])} {int(when[2])} * * {WEEKDAYS.index(when[1])}"
    (of_github,) = workflow("report")[True]["schedule"]
    assert of_systemd == of_github["cron"] == crontab()[0] == "0 6 * * 1"


# What the page says.


def test_the_lines_that_publish_a_branch_do_so(tmp_path: Path) -> None:
    """Those of docs/publish.md, to a repository on this machine."""
    site = tmp_path / "reports" / "runs" / "one"
    site.mkdir(parents=True)
    (site / "index.html").write_text("new", encoding="utf-8")
    (tmp_path / "reports" / "latest").symlink_to(site)
    run("git", "init", "--quiet", "--bare", tmp_path / "host.git")
    blocks = re.findall(r"(?:^ {4}.*\n)+", read(ROOT / "docs" / "publish.md"), re.MULTILINE)
    (lines,) = [block for block in blocks if "ADDRESS" in block]
    who = {
        f"GIT_{role}_{what}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    for _ in range(2):  # the second takes the place of the first
        script = f"set -e\n{lines.replace('ADDRESS', str(tmp_path / 'host.git'))}"
        done = run("sh", "-c", script, cwd=tmp_path, env=os.environ | who)
        assert done.returncode == 0, done.stderr
    git = ("git", "-C", tmp_path / "host.git")
    assert run(*git, "show", "gh-pages:index.html").stdout == "new"
    assert run(*git, "rev-list", "--count", "gh-pages").stdout == "1\n"


NAMES = ("release", "report", "test")
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
    asked = {job: [*about.get("permissions", ())] for job, about in whole["jobs"].items()}
    release = {"attest": ["attestations", "id-token"], "draft": ["contents"]}
    # Those run no code of the project, but for a script of git's commands.
    more = {"release": release, "report": {"keep": ["contents"]}}.get(name, {})
    assert {job: rights for job, rights in asked.items() if rights} == more
    assert name == "release" or whole["concurrency"].keys() == {"group", "cancel-in-progress"}
    most = 240 if name == "test" else 90
    assert all(0 < job["timeout-minutes"] <= most for job in whole["jobs"].values())
    every = [step for job in whole["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in every if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}", action) for action in used), used
    checkouts = [step for step in every if "checkout" in step.get("uses", "")]
    kept = [step for step in checkouts if step["with"].get("persist-credentials", True)]
    assert len(kept) == ("keep" in more), "the credentials stay with the job that writes alone"
    assert len(checkouts) == len(whole["jobs"].keys() - more.keys()) + len(kept)
    scripts = [step["run"] for step in every if "run" in step]
    assert not [script for script in scripts if "${{" in script], "a value comes by environment"


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
def test_a_run_that_is_not_well_says_why(refreshed: str, reported: str, says: list[str]) -> None:
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
    output = tmp_path / "output"
    given = {"ONLY": only, "AS_OF": as_of, "GITHUB_OUTPUT": str(output)}
    environment = os.environ | given | {"ADOPTION_HOME": str(project.root)}
    script = steps("report")["Make the report"]["run"]
    ended = run(*SCRIPT, script, cwd=project.root, env=environment)
    assert ended.returncode == ends, ended.stderr
    outputs = dict(line.split("=", 1) for line in read(output).splitlines())
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
        {"source": "gci", "result": "unreachable", "message": "no <answer>", "snapshot": ""},
    ]
    facts = {
        "status": 4,
        "summary": "1 signature of Hanoi: <Japan>",
        "changed": True,
        "data_day": "2026-12-01",
        "sources": sources,
    }
    assert refreshed(facts).splitlines() == [
        "### Refresh: 1 signature of Hanoi: &lt;Japan&gt;; 1 not received",
        "",
        "| source | result | more |",
        "| --- | --- | --- |",
        "| untc-hanoi | accepted | data/raw/a&#124;b |",
        "| gci | unreachable | no &lt;answer&gt; |",
        "",
        "The oldest file of those asked for is of 2026-12-01.",
    ]
    same = refreshed(facts | {"summary": ""}).splitlines()[0]
    assert same == "### Refresh: files are new, what they say is not; 1 not received"
    link = {
        "source": "x",
        "result": "refused",
        "message": "[Mend it](https://x.org)",
        "snapshot": "",
    }
    refusal = refreshed(facts | {"summary": "", "changed": False, "sources": [link]})
    assert refusal.splitlines()[0] == "### Refresh: 1 refused"
    assert "&#91;Mend it&#93;&#40;https" in refusal, "what a list brings is text"
