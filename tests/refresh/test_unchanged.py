"""A publisher who still has what is in use: the list is known to a later day, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from adoption.build.exceptions import Violation
from adoption.build.run import check
from adoption.build.unchanged import UNCHANGED
from adoption.conventions import load_conventions
from adoption.refresh import unchanged
from adoption.refresh.judging import Verdict
from adoption.refresh.outcome import Result
from adoption.refresh.place import Place
from adoption.refresh.publishing import data_day, is_built
from adoption.refresh.unchanged import Noted, note_unchanged
from adoption.status import load_status
from tests.fetching.answers import page
from tests.refresh.life import SOURCE, TARGET, Depositary, Project
from tests.refresh.spies import count_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fetching.publisher_server import Publisher

FIRST = "2026-12-01T120000Z"


@pytest.fixture
def server(project: Project, depositary: Depositary, server: Publisher) -> Publisher:
    """The depositary, whose list of 1 December is in use."""
    server.gives(TARGET, page(depositary.content()))
    if not (project.root / "data" / "raw" / SOURCE / FIRST).exists():
        assert project.refresh("2026-12-01").status == 0, project.said
    return server


def told(project: Project) -> str:
    path = project.root / "data" / "reference" / UNCHANGED
    return path.read_text(encoding="utf-8") if path.exists() else ""


def news(project: Project) -> dict[str, bytes]:
    return {
        name: (project.root / "data" / name).read_bytes() for name in ("CHANGES.md", "feed.xml")
    }


@pytest.mark.usefixtures("server")
def test_the_list_is_complete_to_the_day_on_which_it_was_the_same(project: Project) -> None:
    raw, before = project.files("raw"), news(project)
    outcome = project.refresh("2026-12-08")
    assert (outcome.status, outcome.summary, outcome.changed) == (0, "", True)
    assert (outcome.data_day, project.said) == ("2026-12-08", [f"{SOURCE}: nothing new"])
    assert told(project).splitlines()[1:] == [f"{SOURCE},{FIRST},2026-12-08"]
    assert (project.files("raw"), news(project)) == (raw, before), "a quiet week is no news"
    hanoi = load_conventions()["hanoi"]
    assert hanoi.complete_to == date(2026, 12, 8)
    assert hanoi.reach == (
        "Complete to 8 December 2026, when the depositary's list was still that of 1 December 2026."
    )
    assert not load_status("hanoi", date(2026, 12, 8)).beyond_reach
    assert load_status("hanoi", date(2026, 12, 9)).beyond_reach
    place = Place(project.root)
    assert check(place.raw, place.reference, place.processed) == []


@pytest.mark.usefixtures("server")
def test_the_same_day_again_changes_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, made = project.files(), count_tables(monkeypatch)
    outcome = project.refresh("2026-12-08")
    assert (outcome.status, outcome.changed, made) == (0, False, [])
    assert project.files() == before


@pytest.mark.usefixtures("server")
def test_a_saved_file_says_so_up_to_the_day_of_that(
    project: Project, depositary: Depositary
) -> None:
    file = project.root / "list.xml"
    file.write_bytes(depositary.content())
    assert project.refresh("2026-12-20", file=file, saved=date(2026, 12, 10)).status == 0
    assert told(project).splitlines()[1:] == [f"{SOURCE},{FIRST},2026-12-10"]
    assert data_day(Place(project.root)) == "2026-12-10"


def test_what_was_noted_and_not_built_is_built_by_the_next(
    project: Project, server: Publisher
) -> None:
    """As if it had been killed between the two."""
    path = project.root / "data" / "reference" / UNCHANGED
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"2026-12-10", b"2026-12-11"))
    place, before = Place(project.root), news(project)
    assert not is_built(place)
    server.gives(TARGET, page(b"", 404))
    assert project.refresh("2026-12-12").status == 4
    assert is_built(place)
    assert data_day(place) == "2026-12-11"
    assert news(project) == before


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tables cannot be made with a later day."""
    broken = Violation("entry-into-force-differs", "hanoi", "published None, computed 2026-12-12")
    monkeypatch.setattr(unchanged, "judge_as_it_is", lambda *_: Verdict(violations=(broken,)))
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("server", "refused")
def test_what_the_data_forbid_is_not_noted(project: Project) -> None:
    before = project.files()
    outcome = project.refresh("2026-12-13")
    assert (outcome.status, outcome.changed) == (3, False)
    (found,) = outcome.results
    assert found.told == (
        "that it was the same on 13 December 2026 cannot be used: entry-into-force-differs: hanoi: "
        "published None, computed 2026-12-12"
    )
    assert project.said[-1] == str(found)
    assert project.files() == before


def test_a_newer_list_ends_what_was_noted_of_the_older(
    project: Project, server: Publisher, depositary: Depositary
) -> None:
    depositary.signs(date(2026, 12, 14), "Kenya")
    server.gives(TARGET, page(depositary.content()))
    outcome = project.refresh("2026-12-15")
    assert (outcome.status, outcome.summary) == (0, "1 signature of Hanoi")
    assert load_conventions()["hanoi"].complete_to == date(2026, 12, 15)
    journal = news(project)["CHANGES.md"].decode()
    assert "the list of acts is complete to 15 December 2026 (was 11 December 2026)" in journal
    assert project.refresh("2026-12-22").status == 0
    assert told(project).splitlines()[1:] == [f"{SOURCE},2026-12-15T120000Z,2026-12-22"]


def test_what_is_not_unchanged_is_not_noted(project: Project) -> None:
    place, before = Place(project.root), told(project)
    results = [Result(SOURCE, kind) for kind in ("accepted", "refused", "unreachable", "unchanged")]
    assert note_unchanged(place, results) == Noted()
    assert told(project) == before
