"""A publisher who still has what is in use: the list is known to a later day, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from adoption.data.readers.listed import ListedAct
from adoption.data.run import check
from adoption.data.unchanged import UNCHANGED
from adoption.errors import AdoptionError
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.refresh.judging import HOW_TO_MEND
from adoption.refresh.place import Place
from adoption.refresh.publishing import data_day, publish
from tests.fetching.answers import page
from tests.fetching.publisher_server import Publisher
from tests.refresh.life import SOURCE, TARGET, Depositary, Project, registry
from tests.sources.mtdsg import mtdsg, printed

pytestmark = pytest.mark.slow

FIRST = "2026-12-01T120000Z"
OTHER = "untc-rotterdam"


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
def test_a_saved_file_says_so_up_to_the_day_of_that(
    project: Project, depositary: Depositary
) -> None:
    file = project.root / "list.xml"
    file.write_bytes(depositary.content())
    assert project.refresh("2026-12-20", file=file, saved=date(2026, 12, 10)).status == 0
    assert told(project).splitlines()[1:] == [f"{SOURCE},{FIRST},2026-12-10"]
    assert data_day(Place(project.root)) == "2026-12-10"


@pytest.fixture
def written(project: Project) -> Iterator[Callable[[str], None]]:
    """Write an act into the record by hand, for the time of a test."""
    path = project.root / "data" / "reference" / "acts.csv"
    before = path.read_bytes()

    def write(row: str) -> None:
        path.write_bytes(before + f"{row},,,confirmed,untc-xml,made up\n".encode())

    yield write
    path.write_bytes(before)
    publish(Place(project.root), None, datetime(2026, 12, 14, tzinfo=UTC), str)


def test_one_that_cannot_be_so_does_not_hold_up_another(
    project: Project, server: Publisher, written: Callable[[str], None]
) -> None:
    target = next(iter(registry().sources[OTHER].files.values()))
    table = project.table("acts").query("convention == 'rotterdam'")
    days = [day.date() for day in pd.to_datetime(table["date"])]
    acts = [ListedAct(*act) for act in zip(table["participant"], table["act"], days, strict=True)]
    title = load_conventions()["rotterdam"].title
    server.gives(target, page(mtdsg(title, printed(acts), in_force="24 February 2004")))
    assert project.refresh("2026-12-12", sources=(OTHER,)).status == 0, project.said
    written("hanoi,KEN,Kenya,signature,2026-12-11")
    outcome = project.refresh("2026-12-13", sources=(SOURCE, OTHER))
    assert [(r.source, r.kind) for r in outcome.results] == [
        (SOURCE, "refused"), (OTHER, "unchanged"),
    ]  # fmt: skip
    assert outcome.results[0].told == (
        "that it was the same on 13 December 2026 cannot be used: act-not-in-list: hanoi KEN "
        f"signature: 2026-12-11, not in the list of 2026-12-01 ({HOW_TO_MEND})"
    )
    assert told(project).splitlines()[1:] == [
        f"{SOURCE},{FIRST},2026-12-10",
        f"{OTHER},2026-12-12T120000Z,2026-12-13",
    ]


@pytest.mark.usefixtures("server")
def test_a_day_that_has_not_come_is_told(project: Project) -> None:
    path = project.root / "data" / "reference" / UNCHANGED
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"2026-12-10", b"2031-01-01"))
    with pytest.raises(AdoptionError) as refused:
        project.refresh("2026-12-14")
    path.write_bytes(whole)
    assert str(refused.value) == (
        f"data/reference/{UNCHANGED}: {SOURCE}/{FIRST}: 2031-01-01 has not come yet, it is "
        "2026-12-14; allowed: the last day on which it was really the same (was a clock wrong?)"
    )


@pytest.mark.usefixtures("server")
def test_a_snapshot_of_a_day_to_come_is_told_before_anything_is_asked(
    project: Project, server: Publisher
) -> None:
    folder = project.root / "data" / "raw" / SOURCE
    (folder / FIRST).rename(folder / "2031-01-01T120000Z")
    asked = len(server.asked)
    with pytest.raises(AdoptionError) as refused:
        project.refresh("2026-12-14")
    (folder / "2031-01-01T120000Z").rename(folder / FIRST)
    assert str(refused.value).startswith(
        f"data/raw/{SOURCE}/2031-01-01T120000Z: is later than now, it is 2026-12-14; is this "
    )
    assert len(server.asked) == asked


def test_a_newer_list_ends_what_was_noted_of_the_older(
    project: Project, server: Publisher, depositary: Depositary
) -> None:
    depositary.signs(date(2026, 12, 14), "Chad")
    server.gives(TARGET, page(depositary.content()))
    outcome = project.refresh("2026-12-15")
    assert (outcome.status, outcome.summary) == (0, "1 signature of Hanoi")
    assert load_conventions()["hanoi"].complete_to == date(2026, 12, 15)
    journal = news(project)["CHANGES.md"].decode()
    assert "the list of acts is complete to 15 December 2026 (was 10 December 2026)" in journal
    assert project.refresh("2026-12-22").status == 0
    assert f"{SOURCE},2026-12-15T120000Z,2026-12-22" in told(project).splitlines()
