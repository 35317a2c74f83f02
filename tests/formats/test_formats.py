"""Folders of earlier versions are read, and a merge of two clones loses no event."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from adoption.cli.start import make_working_folder, row_digest, update
from adoption.refresh.diff import Event
from adoption.refresh.events import event_rows, read_events
from tests.conftest import ROOT
from tests.refresh.answers import page
from tests.refresh.life import FILE, TARGET, Project
from tests.refresh.publisher_server import Publisher
from tests.refresh.tiny import cut_toml
from tests.test_cli import run

HERE = Path(__file__).parent
VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "data").is_dir())
LATER = "or a later adoption"
# Of version cdb5cbea, which no later one has.
EARLIER_ROW = (
    'header-differs,III-8 parties,"header 51, counted 52",The header of the copy and its rows '
    "differ; the rows are kept as they stand"
)


@pytest.fixture(params=VERSIONS)
def earlier(request: pytest.FixtureRequest, project: Project) -> Project:
    """A project with the files of an earlier version, but for those of its own reference data."""
    shutil.copytree(
        HERE / request.param,
        project.root,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("backtest.csv"),
    )
    cut_toml(project.root / "data/reference/publishers.toml")
    return project


def sidecars(project: Project) -> list[Path]:
    return sorted((project.root / "data/raw/untc-hanoi").glob("*/*.meta.json"))


def test_a_folder_of_an_earlier_version_is_built_asked_and_refreshed(
    capsys: pytest.CaptureFixture[str], earlier: Project, publisher: Publisher
) -> None:
    old, recorded = sidecars(earlier)[0].read_bytes(), earlier.text("events.csv").splitlines()
    status, _, err = run(capsys, "build")
    assert (status, err) == (0, "")
    status, out, _ = run(capsys, "status", "hanoi")
    assert (status, "76 (76 confirmed)" in out) == (0, True), out
    listed = sidecars(earlier)[0].with_name(FILE).read_bytes()
    words = ("refresh", "--source", "untc-hanoi", "--base", f"untc={publisher.base}")
    publisher.gives(TARGET, page(listed))
    assert run(capsys, *words)[:2] == (0, "untc-hanoi: nothing new\n")
    assert sidecars(earlier)[0].read_bytes() == old, "whatever keys it has"
    now = earlier.text("events.csv").splitlines()
    assert now[0] == recorded[0]
    assert now[1].split(",")[1] == "format"
    assert set(recorded) <= set(now), "none is lost"
    assert [line[:10] for line in now[1:]] == sorted(line[:10] for line in now[1:])
    again = earlier.files()
    assert run(capsys, "build")[0] == 0
    assert earlier.files() == again


def test_what_an_earlier_version_put_into_quarantine_can_be_accepted(
    capsys: pytest.CaptureFixture[str], earlier: Project
) -> None:
    (used,) = (earlier.root / "data/raw/untc-hanoi").iterdir()
    refused = earlier.root / "data/quarantine/untc-hanoi" / used.name
    refused.parent.mkdir(parents=True)
    used.rename(refused)
    (refused / "reason.txt").write_text("looked at\n", encoding="utf-8")
    status, out, _ = run(capsys, "diff", str(refused))
    assert (status, "Kenya: signature of 20 November 2026" in out) == (0, True), out
    assert earlier.refresh("2026-12-01", accept="looked at", by="x").status == 0, earlier.said
    assert earlier.acts("KEN") == ["signature 2026-11-20 confirmed"]


def test_a_list_that_is_fetched_says_its_format(earlier: Project, publisher: Publisher) -> None:
    listed = sidecars(earlier)[0].with_name(FILE).read_bytes()
    publisher.gives(TARGET, page(listed.replace(b"20 Nov", b"21 Nov")))
    outcome = earlier.refresh("2026-12-01")
    assert outcome.results[0].kind == "refused", "a day has changed"
    (quarantined,) = (earlier.root / "data/quarantine/untc-hanoi").glob("*/*.meta.json")
    assert json.loads(quarantined.read_bytes())["format"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_a_whole_folder_of_an_earlier_version_is_brought_up_to_date_and_reports(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    version: str,
) -> None:
    folder = make_working_folder(tmp_path / "mine")
    (folder / "data/started.toml").unlink()
    shutil.copytree(HERE / version, folder, dirs_exist_ok=True)
    monkeypatch.setenv("ADOPTION_HOME", str(folder))
    for words in (
        ("start", "--update", str(folder)),
        ("build", "--check"),
        ("report", "--only", "status-map"),
    ):
        status, out, err = run(capsys, *words)
        assert status == 0, (words, out, err)
    page = (folder / "reports/latest/status-map.html").read_text(encoding="utf-8")
    assert "Kenya" in page


def test_what_cannot_be_read_names_the_command_that_brings_it_up_to_date(
    capsys: pytest.CaptureFixture[str], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = "data/reference/backtest.csv"
    shutil.copy(HERE / "f1f2803" / scores, project.root / scores)
    status, _, err = run(capsys, "build")
    assert (status, err.count("\n")) == (2, 1)
    assert "backtest.csv: row 1, column days_10: missing" in err
    assert "`adoption start --update DIR`" in err
    own = project.root / "data/reference/acts.csv"
    own.write_bytes(own.read_bytes() + b"# mine\n")
    monkeypatch.setattr("adoption.cli.start.FOLDERS", ("data/reference",))
    lines = list(update(project.root))
    assert any(line.startswith("data/reference/acts.csv: yours stays") for line in lines)
    assert (project.root / scores).read_bytes() == (ROOT / scores).read_bytes()
    assert own.read_bytes().endswith(b"# mine\n")
    old = (HERE / "f1f2803" / scores).read_bytes()
    assert (project.root / f"{scores}.old").read_bytes() == old
    # What an earlier version brought and nobody changed is no file of the user's.
    publishers = "data/reference/publishers.toml"
    for version in VERSIONS:
        (project.root / "data/started.toml").unlink()
        shutil.copy(HERE / version / publishers, project.root / publishers)
        assert not [line for line in update(project.root) if line.startswith(publishers)]
        assert (project.root / publishers).read_bytes() == (ROOT / publishers).read_bytes()
    # Now there is a record of what the files were, so what was changed since is known.
    (project.root / scores).write_bytes(b"changed")
    assert f"{scores}: yours stays; the new one is {scores}.new" in list(update(project.root))
    assert (project.root / scores).read_bytes() == b"changed"


@pytest.mark.parametrize("has_rows", [True, False])
def test_rows_that_were_accepted_go_along_to_a_later_version(
    project: Project, monkeypatch: pytest.MonkeyPatch, has_rows: bool
) -> None:
    """Of a record of format 1, which has no digests of rows, earlier versions' rows are known."""
    monkeypatch.setattr("adoption.cli.start.FOLDERS", ("data/reference",))
    list(update(project.root))
    record, listed = project.root / "data/started.toml", "data/reference/exceptions.csv"
    path = project.root / listed
    brought = path.read_text("utf-8")
    gone = "act-changed,hanoi PER signature,gone since,brought by an earlier version"
    text = re.sub(
        r'"data/reference/exceptions.csv" = "\w+"', f'"{listed}" = "0"', record.read_text()
    )
    if has_rows:
        text = text.replace(f'"{listed}" = [', f'"{listed}" = ["{row_digest(gone.split(","))}", ')
    else:
        text = text.partition("[rows]")[0].replace("format = 2", "format = 1")
        gone = EARLIER_ROW
    record.write_text(text, "utf-8")
    accepted = "act-changed,hanoi AGO signature,found,C.N.2 (accepted by x on 2026-12-09)\n"
    path.write_text(f"{brought}{gone}\n{accepted}", "utf-8")
    says = f"{listed}: 1 row of yours added to the new one; yours is {listed}.old"
    assert says in list(update(project.root))
    assert path.read_text("utf-8") == brought + accepted
    assert path.with_name("exceptions.csv.old").read_text("utf-8").endswith(accepted)
    assert not [line for line in update(project.root) if line.startswith(listed)]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/raw/*/*/*.meta.json", "{", '{"format": 2, '),
        ("data/reference/publishers.toml", "", "format = 3\n"),
        ("data/events.csv", "text\n", "text\n2026-11-24,format,,,,,,2,,\n"),
        ("data/started.toml", "", "format = 3\n"),
    ],
)
def test_what_a_later_version_wrote_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], project: Project, file: str, old: str, new: str
) -> None:
    path = next(iter(sorted(project.root.glob(file))), project.root / file)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(text.replace(old, new, 1) if old else new + text, encoding="utf-8")
    status, _, err = run(capsys, "build")
    assert (status, err.count("\n")) == (2, 1), err
    assert path.name in err
    assert LATER in err


def test_a_cut_record_has_its_remedy(capsys: pytest.CaptureFixture[str], project: Project) -> None:
    events = project.root / "data/events.csv"
    whole = events.read_bytes()
    events.write_bytes(whole[:-40])
    status, _, err = run(capsys, "build")
    assert (status, err.count("\n")) == (2, 1)
    assert (
        "mend or remove that row, or the file; `adoption build` records missing acts again" in err
    )
    events.write_bytes(whole[: whole[:-40].rindex(b"\n") + 1])
    assert run(capsys, "build")[0] == 0
    acts = read_events(events.parent)
    assert len(acts[acts["kind"] == "act"]) == len(project.table("acts"))


def signed(day: str, iso3: str, **values: str) -> pd.DataFrame:
    event = Event("act", "hanoi", iso3, "signature", after=f"{day} confirmed", text=f'{iso3}, "x"')
    return event_rows([event], date.fromisoformat(values.get("on", day)))


def git(folder: Path, *words: str) -> str:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", *name, *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def append(clone: Path, rows: pd.DataFrame) -> None:
    path = clone / "data" / "events.csv"
    lines = rows.to_csv(index=False, header=not path.exists(), lineterminator="\n")
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(lines)
    git(clone, "add", ".")
    git(clone, "commit", "-m", "record")


def test_two_clones_that_add_events_merge_without_a_conflict(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    (first / "data").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", "first")
    shutil.copy(ROOT / ".gitattributes", first)
    append(first, signed("2026-11-24", "AAA"))
    git(tmp_path, "clone", "-q", "first", "second")
    append(first, signed("2026-12-01", "BBB"))
    append(first, signed("2026-12-15", "DDD"))
    append(second, signed("2026-12-08", "CCC"))
    append(second, signed("2026-12-15", "DDD"))
    git(second, "pull", "-q", "--no-rebase", "--no-edit")
    events = read_events(second / "data")
    assert events["participant"].tolist() == ["AAA", "BBB", "CCC", "DDD"], "by day, each once"
    git(first, "pull", "-q", "--no-rebase", "--no-edit", str(second), "main")
    pd.testing.assert_frame_equal(read_events(first / "data"), events)
