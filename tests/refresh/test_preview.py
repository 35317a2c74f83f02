"""What a snapshot that was put aside would change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adoption.refresh.place import Place
from adoption.refresh.preview import is_aside
from tests.fetching.snapshots import DESCRIBED, came
from tests.refresh.life import MAINTENANCE, MISPRINTED, SOURCE, Depositary, Project
from tests.test_cli import run

WEEK_1, WEEK_2 = (datetime(2026, 12, day, 12, tzinfo=UTC) for day in (2, 9))


@pytest.fixture(scope="module")
def aside(project: Project) -> str:
    """Put the first list that ever came aside; return its name."""
    depositary = Depositary.agreed(project)
    depositary.signs(date(2026, 12, 1), "Kenya")
    stamp = project.put_aside(depositary.content(**MISPRINTED), WEEK_1)
    return f"data/aside/{SOURCE}/{stamp}"


def test_the_command_finds_it_by_the_name_that_was_printed(
    project: Project, aside: str, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """There is no earlier one with which it could be compared."""
    place, before = Place(project.root), project.files()
    assert is_aside(project.root / aside, place)
    assert not is_aside(place.raw / "hanoi-acts", place)
    monkeypatch.chdir(tmp_path)
    status, text, err = run(capsys, "diff", aside)
    assert (status, err) == (0, "")
    assert "+ Kenya: signature of 1 December 2026 (confirmed" in text
    assert [line for line in text.splitlines() if line.startswith("  - Azerbaijan: ")]
    assert project.files() == before


def test_one_of_which_nothing_can_be_made_is_one_line(
    project: Project, aside: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def line(name: str) -> str:
        status, text, err = run(capsys, "diff", name)
        assert (status, text, len(err.splitlines())) == (2, "", 1)
        return err

    damaged = f"data/aside/{SOURCE}/{project.put_aside(MAINTENANCE, WEEK_2)}"
    assert f"{damaged}: nothing can be made of it: XVIII-16.en.xml: " in line(damaged)
    unknown = f"/nonexistent: no snapshot of {SOURCE} was put aside there; did you mean 2026-"
    assert unknown in line(f"data/aside/{SOURCE}/nonexistent")
    files = {"XVIII-16.en.xml": came()}
    kept = Place(project.root).store.keep(SOURCE, DESCRIBED, files, WEEK_2).name
    in_use = f"would change nothing: data/raw/{SOURCE}/{kept} is in use, which"
    assert in_use in line(aside)
