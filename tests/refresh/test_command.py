"""`adoption refresh` as a person or a schedule calls it: exit status, lines, JSON."""

from __future__ import annotations

import json
import math
import re
import shutil
import signal
import subprocess
import sys
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adoption.cli import main
from adoption.cli.refresh import INTERRUPTED
from adoption.law.conventions import load_conventions
from adoption.site.compare import examples
from tests.adding.home import Home
from tests.conftest import ROOT, hear_interrupts
from tests.refresh.answers import page, silent
from tests.refresh.life import TARGET, Depositary, Project
from tests.refresh.publisher_server import Publisher, closed_port
from tests.waiting import wait_until

NEVER_RECEIVED = {"untc-hanoi", "data360-gci", "worldbank-indicators"}
PLAN = """[[page]]
slug = "map"
notebook = "01_status_map"
parameters = { convention = "hanoi" }
"""


@pytest.fixture(scope="module")
def project(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the data with what a report of one page needs."""
    found = Project(tmp_path_factory.mktemp("called"))
    shutil.copytree(tiny, found.root, dirs_exist_ok=True)
    for name in ("notebooks", "src", "requirements.lock"):
        (found.root / name).symlink_to(ROOT / name)
    (found.root / "reports.toml").write_text(PLAN, encoding="utf-8")
    path, head = found.root / "data/reference/publishers.toml", "[source.untc-uncac]"
    path.write_text(path.read_text("utf-8").replace(head, f"{head}\nguessed = true"), "utf-8")
    return found


def adoption(project: Project, *words: str) -> list[str]:
    """Return a command on the project, for a process of its own."""
    return ["env", f"ADOPTION_HOME={project.root}", sys.executable, "-m", "adoption", *words]


def called(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    command = adoption(project, "refresh", *words)
    return subprocess.run(command, capture_output=True, text=True, cwd=project.root, check=False)


def test_a_refusal_is_status_3_and_a_report_stays(project: Project, publisher: Publisher) -> None:
    before = project.files()
    (project.root / "reports").mkdir()
    publisher.gives(TARGET, page(b"<Document/>"))
    done = called(
        project, "--source", "untc-hanoi", "--base", f"untc={publisher.base}", "--then-report"
    )
    assert done.returncode == 3, done.stderr
    assert "untc-hanoi: refused: " in done.stdout
    assert re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d UTC: adoption refresh\n", done.stdout)
    assert done.stdout.splitlines()[-1].startswith("no report has been made yet, and none is made")
    assert project.files() == before
    written = {path.name: path.read_text("utf-8") for path in (project.root / "reports").iterdir()}
    assert written.keys() == {"status.json", "adoption.prom"}
    status = json.loads(written["status.json"])
    assert (status["command"], status["exit"], status["pages_failed"]) == ("refresh", 3, [])
    (waits,) = status["waiting"]
    assert (project.root / "data/quarantine" / waits / "reason.txt").is_file()
    assert status["age_in_days"] == dict.fromkeys(NEVER_RECEIVED), "those whose address is known"
    families = text_string_to_metric_families(written["adoption.prom"])
    samples = [sample for family in families for sample in family.samples]
    known = {sample.name.removeprefix("adoption_"): sample.value for sample in samples}
    finished = datetime.fromisoformat(status["finished"]).timestamp()
    assert known == {
        "finished_timestamp_seconds": finished,
        "exit_status": 3,
        "waiting": 1,
        "pages_failed": 0,
        "warnings": 0,
        "source_age_days": math.inf,
    }
    assert {sample.labels["source"] for sample in samples if sample.labels} == NEVER_RECEIVED


@pytest.mark.parametrize("left", [None, -260])
def test_a_run_that_found_damaged_tables_is_not_taken_for_the_one_before_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, left: int | None
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(project.root))
    output, damaged = project.root / f"{left}", project.root / "data/processed/snapshots.csv"
    output.mkdir()
    content = damaged.read_bytes()
    damaged.unlink()
    if left:  # a row is cut off
        damaged.write_bytes(content[:left])
    assert main(["report", "--output", str(output)]) == 2
    damaged.write_bytes(content)
    status = json.loads((output / "status.json").read_bytes())
    assert (status["exit"], status["age_in_days"]) == (2, {})


def test_a_registry_without_budapest_has_no_comparisons_with_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(project.root))
    assert "budapest" not in load_conventions()
    assert examples() == []


@pytest.mark.slow
def test_two_schedules_that_share_a_folder_wait_for_each_other(
    project: Project, publisher: Publisher, tmp_path: Path
) -> None:
    shared = Project(tmp_path / "shared")
    shutil.copytree(project.root, shared.root, symlinks=True)
    depositary = Depositary.of_record(shared, publisher)
    depositary.signs(date(2026, 11, 24), "Kenya")
    depositary.publish()
    words = ["--source", "untc-hanoi", "--base", f"untc={publisher.base}", "--then-report"]
    start = partial(
        subprocess.Popen,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=shared.root,
    )
    both = [start(adoption(shared, "refresh", *words)) for _ in range(2)]
    said = [process.communicate(timeout=300)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    lines = "".join(said)
    assert lines.count("; waiting\n") >= 1
    assert lines.count("untc-hanoi: accepted") == lines.count("untc-hanoi: nothing new") == 1
    assert lines.count("[1/1] map done") == 1, said
    assert shared.text("events.csv").count(",hanoi,KEN,signature,") == 1
    assert shared.acts("KEN") == ["signature 2026-11-24 confirmed"]
    reports = shared.root / "reports"
    assert json.loads((reports / "status.json").read_bytes())["exit"] == 0
    assert "Kenya" in (reports / "latest" / "map.html").read_text("utf-8")


@pytest.mark.slow
def test_a_report_of_older_data_is_made_anew(project: Project, publisher: Publisher) -> None:
    """A person may have accepted something since it was made."""
    words = ["--source", "untc-hanoi", "--base", f"untc=http://127.0.0.1:{closed_port()}"]
    subprocess.run(adoption(project, "report"), check=True, cwd=project.root)
    page = project.root / "reports" / "latest" / "map.html"
    first = page.read_text("utf-8")
    done = called(project, *words, "--then-report", "--json")
    assert done.returncode == 4, done.stderr
    found = json.loads(done.stdout)
    assert found["report"] == {"failed": False, "index": f"{page.parent / 'index.html'}"}
    assert (found["status"], page.read_text("utf-8")) == (4, first)
    assert "the report has what there was before\n" in done.stderr
    depositary = Depositary.of_record(project, publisher)
    depositary.signs(date(2026, 11, 24), "Kenya")
    file = project.root / "saved.xml"
    file.write_bytes(depositary.content())
    assert project.refresh("2026-11-25", file=file, saved=date(2026, 11, 25)).changed
    done = called(project, *words, "--then-report")
    assert done.returncode == 4, done.stderr
    assert "75 states and the European Union" in page.read_text("utf-8")
    assert "75 states and the European Union" not in first


def test_a_plan_that_is_not_right_stops_it_before_anything_is_taken(
    project: Project, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = project.root / "reports.toml"
    whole = plan.read_text("utf-8")
    plan.write_text("stale_aftr = 3\n", encoding="utf-8")
    base = f"untc={publisher.base}"
    words = ("refresh", "--source", "untc-hanoi", "--base", base, "--then-report")
    status, printed, errors = Home(project.root, project.root).run(capsys, *words)
    plan.write_text(whole, encoding="utf-8")
    assert (status, printed) == (2, "")
    assert errors.splitlines() == [
        "adoption: reports.toml: no setting 'stale_aftr'; did you mean stale_after? (or else "
        "[[page]])"
    ]
    assert not publisher.asked


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--source", "untc-hano"], "no 'untc-hano'; did you mean untc-hanoi?"),
        (["--base", "unt=http://127.0.0.1:1"], "no publisher 'unt'; did you mean untc?"),
        (["--by", "A. Person"], "--by: needs --accept"),
        (["--accept", " "], "--accept"),
        (
            ["--file", "none.xml", "--saved", "2026-11-01", "--source", "untc-uncac"],
            "none.xml: cannot be read",
        ),
        (["--output", "x"], "--output: needs --then-report"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    project: Project, capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    before = project.files()
    home = Home(project.root, project.root)
    status, printed, errors = home.run(capsys, "refresh", *words)
    assert (status, printed) == (2, "")
    assert line in errors
    assert len(errors.splitlines()) == 1
    assert project.files() == before


# By a person, by `timeout`, by a terminal that closes.
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_it_says_what_stays(
    end: signal.Signals, project: Project, publisher: Publisher
) -> None:
    publisher.gives(TARGET, silent())
    words = ["refresh", "--source", "untc-hanoi", "--base", f"untc={publisher.base}"]
    process = subprocess.Popen(
        adoption(project, *words), stderr=subprocess.PIPE, text=True, preexec_fn=hear_interrupts
    )
    wait_until(lambda: publisher.asked)
    process.send_signal(end)
    _, error = process.communicate()
    assert process.returncode == 130
    assert error.splitlines() == [f"adoption: interrupted; {INTERRUPTED}"]
