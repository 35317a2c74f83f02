"""What a snapshot that was put aside would change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.refresh.place import Place
from adoption.refresh.preview import is_aside, what_it_would_change
from tests.refresh.life import MAINTENANCE, MISPRINTED, SOURCE, Depositary, Project
from tests.test_cli import run


@pytest.fixture(scope="module")
def aside(project: Project) -> Path:
    """Give the first list that ever came, which was refused."""
    file = project.root / "first.xml"
    depositary = Depositary.agreed(project)
    depositary.signs(date(2026, 12, 1), "Kenya")
    file.write_bytes(depositary.content(**MISPRINTED))
    (found,) = project.refresh("2026-12-02", file=file, saved=date(2026, 12, 2)).results
    assert found.kind == "refused"
    return project.root / found.place


def test_the_first_list_of_a_source_can_be_looked_at(project: Project, aside: Path) -> None:
    """There is no earlier one with which it could be compared."""
    place, before = Place(project.root), project.files()
    assert is_aside(aside, place)
    assert not (place.raw / SOURCE).exists()
    found = what_it_would_change(aside, place, print)
    (kenya,) = [change for change in found.acts if change.act.iso3 == "KEN"]
    assert (kenya.change, kenya.act.grade) == ("added", "confirmed")
    assert [c.act.iso3 for c in found.acts if c.change == "removed"] == ["AZE"]
    assert project.files() == before


def test_the_command_finds_it_by_the_name_that_was_printed(
    project: Project, aside: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    status, text, err = run(capsys, "diff", aside.relative_to(project.root).as_posix())
    assert (status, err) == (0, "")
    assert "+ Kenya: signature of 1 December 2026" in text
    monkeypatch.chdir(project.root)
    assert run(capsys, "diff", aside.relative_to(project.root).as_posix()) == (0, text, "")


def test_nothing_can_be_made_of_what_cannot_be_read(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "page.xml"
    file.write_bytes(MAINTENANCE)
    (found,) = project.refresh("2026-12-03", file=file, saved=date(2026, 12, 3)).results
    with pytest.raises(AdoptionError) as caught:
        what_it_would_change(project.root / found.place, Place(project.root), print)
    assert str(caught.value).startswith(
        f"{project.root / found.place}: nothing can be made of it: "
    )
    place = Place(project.root)
    assert not is_aside(place.raw / "hanoi-acts", place)


def test_one_that_is_not_there_or_waits_no_more_is_one_line(
    project: Project, aside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("2026-12-09T120000Z", "nonexistent"):
        status, text, err = run(capsys, "diff", f"data/aside/{SOURCE}/{name}")
        assert (status, text) == (2, "")
        assert f"/{name}: no snapshot of {SOURCE} was put aside there; did you mean 2026-" in err
        assert len(err.splitlines()) == 1
    file = project.root / "next.xml"
    file.write_bytes(Depositary.agreed(project).content())
    assert project.refresh("2026-12-08", file=file, saved=date(2026, 12, 8)).status == 0
    status, _, err = run(capsys, "diff", str(aside))
    assert (status, len(err.splitlines())) == (2, 1)
    assert f"would change nothing: data/raw/{SOURCE}/2026-12-08T120000Z is in use, which" in err
