"""The processed tables are those of the raw data, and what changed is told."""

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
NEWER = "2026-11-25"


@pytest.fixture
def place(project: Project) -> Place:
    return Place(project.root)


def add_snapshot(place: Place) -> None:
    """Give a source a newer snapshot, with the same files."""
    shutil.copytree(place.raw / "memberships" / "2026-11-24", place.raw / "memberships" / NEWER)


def test_what_is_built_is_left_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = count_tables(monkeypatch)
    assert data_day(place) == "2026-11-24"
    before = {path: path.stat().st_mtime_ns for path in place.processed.iterdir()}
    assert publish(place, None, NOON, pytest.fail) == Published()
    assert finish_earlier(place, NOON, pytest.fail) == Published()
    assert len(made) == 1, "nothing was begun, so nothing is made to finish it"
    assert {path: path.stat().st_mtime_ns for path in place.processed.iterdir()} == before
    assert not place.begun.exists()


def test_a_snapshot_that_is_not_built_yet_is_built_and_told(place: Place) -> None:
    add_snapshot(place)
    said: list[str] = []
    found = publish(place, None, NOON, said.append)
    assert found == Published("only snapshots", changed=True)
    assert said == [found.summary]
    assert check(place.raw, place.reference, place.processed) == []
    assert "## 1 December 2026" in (place.data / "CHANGES.md").read_text(encoding="utf-8")


def test_data_that_are_not_in_order_are_not_built(place: Place) -> None:
    shutil.rmtree(place.raw / "memberships" / NEWER)
    exceptions = place.reference / "exceptions.csv"
    before = exceptions.read_bytes()
    exceptions.write_text("rule,subject,found,why\n", encoding="utf-8")
    tables = {path.name: path.read_bytes() for path in place.processed.iterdir()}
    with pytest.raises(AdoptionError, match=r"^the data are not in order: act-before-.* more$"):
        publish(place, None, NOON, pytest.fail)
    assert {path.name: path.read_bytes() for path in place.processed.iterdir()} == tables
    exceptions.write_bytes(before)
    assert remembered(place) is None
    assert publish(place, None, NOON, list[str]().append).summary == "only snapshots"
    assert check(place.raw, place.reference, place.processed) == []


def test_what_a_person_has_written_is_built_and_told_too(place: Place) -> None:
    """Though no snapshot has come: the record of acts, for example."""
    acts = place.reference / "acts.csv"
    before = acts.read_bytes()
    row = "hanoi,KEN,Kenya,signature,2026-04-20,,,reported,untc-xml,made up\n"
    acts.write_bytes(before + row.encode())
    said: list[str] = []
    assert publish(place, None, NOON, said.append).summary == "1 signature of Hanoi"
    acts.write_bytes(before)
    assert publish(place, None, NOON, said.append).summary == "1 signature of Hanoi removed"


def test_one_that_was_stopped_before_anything_changed_has_no_news(place: Place) -> None:
    remember(place, NOON)
    said: list[str] = []
    assert finish_earlier(place, NOON, said.append) == Published()
    assert len(said) == 1
    assert remembered(place) is None


@pytest.mark.parametrize("data", [b"damaged", None], ids=["damaged", "away"])
def test_tables_that_cannot_be_read_are_not_built(place: Place, data: bytes | None) -> None:
    path = place.processed / "snapshots.parquet"
    before = path.read_bytes()
    path.unlink()
    if data:
        path.write_bytes(data)
    assert data_day(place) == ""
    said: list[str] = []
    assert publish(place, None, NOON, said.append).changed
    assert path.read_bytes() == before
    assert check(place.raw, place.reference, place.processed) == []


def test_what_a_person_edits_is_not_swept_away(project: Project) -> None:
    """An editor keeps its own file beside the one that a refusal sends somebody to."""
    place = Place(project.root)
    editors, ours = (place.reference / f".exceptions.csv.{end}" for end in ("swp", "a1b2.coming"))
    for path in (editors, ours):
        path.write_bytes(b"x")
    finish_earlier(place, NOON, print)
    assert (editors.exists(), ours.exists()) == (True, False)
    editors.unlink()
