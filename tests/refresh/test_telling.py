"""What has changed is told once, whenever a refresh was stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from adoption.builds import read_build
from adoption.errors import AdoptionError
from adoption.refresh.place import Place
from adoption.refresh.telling import FEED, JOURNAL, remember, remembered, tell
from tests.news.made_up import act, build

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 5, 12, tzinfo=UTC)


def put_tables(place: Place, *days: str) -> None:
    """Write the tables of a made-up build: on each day a state signs."""
    place.processed.mkdir(parents=True, exist_ok=True)
    acts = [act(3 * "ABCD"[n], day=day, convention="hanoi") for n, day in enumerate(days)]
    for name, table in build(*acts).items():
        table.to_parquet(place.processed / f"{name}.parquet")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A build, which was remembered before a second one took its place."""
    found = Place(tmp_path)
    put_tables(found, "2026-11-01")
    remember(found, NOON)
    put_tables(found, "2026-11-01", "2026-11-02")
    return found


def test_feed_and_journal_get_what_changed_since(place: Place) -> None:
    said: list[str] = []
    summary = tell(place, read_build(place.processed), said.append)
    assert said == [summary]
    assert summary.startswith("1 signature of ")
    feed = feedparser.parse(place.data / FEED)
    (entry,) = feed.entries
    assert entry.id.endswith("hanoi/BBB/signature")
    assert entry.updated == "2026-12-01T12:00:00Z", "when it became known"
    journal = (place.data / JOURNAL).read_text(encoding="utf-8")
    assert journal.count("## 1 December 2026") == 1
    assert remembered(place) is None
    assert list(place.begun.iterdir()) == []


def test_what_was_told_before_it_was_stopped_is_not_told_twice(place: Place) -> None:
    before = remembered(place)
    assert before is not None
    kept = {path.name: path.read_bytes() for path in before.iterdir()}
    tell(place, read_build(place.processed), str)
    told = [(place.data / name).read_bytes() for name in (FEED, JOURNAL)]
    before.mkdir(parents=True)
    for name, data in kept.items():
        (before / name).write_bytes(data)
    tell(place, read_build(place.processed), str)
    assert [(place.data / name).read_bytes() for name in (FEED, JOURNAL)] == told


def test_where_nothing_changed_nothing_is_written(tmp_path: Path) -> None:
    place = Place(tmp_path)
    put_tables(place, "2026-11-01")
    remember(place, NOON)
    assert tell(place, read_build(place.processed), pytest.fail) == ""
    assert remembered(place) is None
    assert not (place.data / FEED).exists()
    assert not (place.data / JOURNAL).exists()


@pytest.mark.parametrize("name", [FEED, JOURNAL])
def test_what_cannot_be_written_is_told_next_time(place: Place, name: str) -> None:
    (place.data / name).write_bytes(b"\xff\xfe is no such file")
    with pytest.raises(AdoptionError, match="stays as it is"):
        tell(place, read_build(place.processed), str)
    assert (place.data / name).read_bytes() == b"\xff\xfe is no such file"
    (place.data / name).unlink()
    assert tell(place, read_build(place.processed), str)
    assert (place.data / FEED).exists()
    assert (place.data / JOURNAL).exists()


def test_without_tables_of_before_it_says_so(tmp_path: Path) -> None:
    place, said = Place(tmp_path), list[str]()
    remember(place, NOON)
    assert remembered(place) is None
    put_tables(place, "2026-11-01")
    assert tell(place, read_build(place.processed), said.append) == ""
    assert said == ["what has changed cannot be told: there were no tables before"]


def test_tables_of_before_that_cannot_be_read_hold_nothing_up(place: Place) -> None:
    before, said = remembered(place), list[str]()
    assert before is not None
    (before / "acts.parquet").chmod(0o644)
    (before / "acts.parquet").write_bytes(b"damaged")
    assert tell(place, read_build(place.processed), said.append) == ""
    assert said[0].startswith("what has changed cannot be told: ")
    assert "damaged" in said[0]
    assert remembered(place) is None
