"""The processed tables are those of the raw data, and what changed is told.

The tests have one project in turn, and each leaves it in order.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from adoption.data.run import check
from adoption.errors import AdoptionError
from adoption.refresh.place import Place
from adoption.refresh.publishing import Published, data_day, finish_earlier, publish
from adoption.refresh.telling import remember, remembered
from tests.refresh.life import Project
from tests.refresh.spies import count_tables

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def place(project: Project) -> Place:
    return Place(project.root)


def test_what_is_built_is_left_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = count_tables(monkeypatch)
    assert data_day(place) == "2026-11-24"
    before = {path: path.stat().st_mtime_ns for path in place.processed.iterdir()}
    assert publish(place, None, NOON, pytest.fail) == Published()
    assert finish_earlier(place, NOON, pytest.fail) == Published()
    assert len(made) == 1, "nothing was begun, so nothing is made to finish it"
    assert {path: path.stat().st_mtime_ns for path in place.processed.iterdir()} == before
    assert not place.begun.exists()


def test_one_that_was_stopped_before_anything_changed_has_no_news(place: Place) -> None:
    """An editor keeps its own file beside the one that a refusal sends somebody to."""
    editors, ours = (place.reference / f".exceptions.csv.{end}" for end in ("swp", "a1b2.coming"))
    for path in (editors, ours):
        path.write_bytes(b"x")
    remember(place, NOON)
    said: list[str] = []
    assert finish_earlier(place, NOON, said.append) == Published()
    assert (len(said), remembered(place)) == (1, None)
    assert (editors.exists(), ours.exists()) == (True, False)
    editors.unlink()


def test_what_is_new_is_built_and_told_once_it_is_in_order(place: Place) -> None:
    """A snapshot that is not built yet, and what a person has written into the record of acts."""
    memberships = place.raw / "memberships"
    shutil.copytree(memberships / "2026-11-24", memberships / "2026-11-25")
    with (place.reference / "acts.csv").open("a", encoding="utf-8") as acts:
        acts.write("hanoi,KEN,Kenya,signature,2026-04-20,,,reported,untc-xml,made up\n")
    exceptions = place.reference / "exceptions.csv"
    before = exceptions.read_bytes()
    exceptions.write_text("rule,subject,found,why\n", encoding="utf-8")
    tables = {path.name: path.read_bytes() for path in place.processed.iterdir()}
    with pytest.raises(AdoptionError, match=r"^the data are not in order: act-before-.* more$"):
        publish(place, None, NOON, pytest.fail)
    assert {path.name: path.read_bytes() for path in place.processed.iterdir()} == tables
    assert remembered(place) is None
    exceptions.write_bytes(before)
    said: list[str] = []
    assert publish(place, None, NOON, said.append) == Published("1 signature of Hanoi", True)
    assert said == ["1 signature of Hanoi"]
    assert "## 1 December 2026" in (place.data / "CHANGES.md").read_text(encoding="utf-8")


def test_tables_that_cannot_be_read_are_built_again(place: Place) -> None:
    path = place.processed / "snapshots.parquet"
    before = path.read_bytes()
    path.unlink()
    assert data_day(place) == ""
    path.write_bytes(b"damaged")
    assert data_day(place) == ""
    assert publish(place, None, NOON, list[str]().append).changed
    assert path.read_bytes() == before
    assert check(place.raw, place.reference, place.processed) == []
