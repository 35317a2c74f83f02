"""Up to which day a file is known that a person has saved."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adoption.data.unchanged import UNCHANGED, written
from adoption.errors import AdoptionError
from adoption.refresh.place import Place
from adoption.refresh.saved import day_saved
from tests.fetching.snapshots import DESCRIBED, NOON, SOURCE, came
from tests.refresh.life import registry

HANOI = registry().sources[SOURCE]
TODAY = date(2026, 12, 8)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that was last changed on 1 December 2026."""
    path = tmp_path / "saved page.xml"
    path.write_bytes(b"<a/>")
    moment = datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path)
    found.reference.mkdir(parents=True)
    return found


def test_it_is_the_files_own_day_unless_the_person_says_otherwise(file: Path, place: Place) -> None:
    files = {HANOI.file: file}
    assert day_saved(files, None, TODAY, HANOI, place) == date(2026, 12, 1)
    assert day_saved(files, date(2026, 11, 30), TODAY, HANOI, place) == date(2026, 11, 30)
    earlier = date(2026, 11, 30)
    assert day_saved(files, None, earlier, HANOI, place) == earlier, "a clock that is ahead"
    for moment, day in ((1e15, TODAY), (-1e9, date(1970, 1, 1))):
        os.utime(file, (moment, moment))
        assert day_saved(files, None, TODAY, HANOI, place) == day
    with pytest.raises(AdoptionError, match=r"^--saved: 2026-12-09 is after today, 2026-12-08$"):
        day_saved(files, date(2026, 12, 9), TODAY, HANOI, place)
    with pytest.raises(AdoptionError, match=r"away\.xml: cannot be read: No such file or direc"):
        day_saved({HANOI.file: file.with_name("away.xml")}, None, TODAY, HANOI, place)


def test_what_is_older_than_what_is_in_use_is_not_used(file: Path, place: Place) -> None:
    about = replace(DESCRIBED, complete_to=date(2026, 12, 3))
    kept = place.store.keep(SOURCE, about, {HANOI.file: came()}, NOON)
    with pytest.raises(AdoptionError) as caught:
        day_saved({HANOI.file: file}, None, TODAY, HANOI, place)
    assert str(caught.value).startswith(
        f"{file}: was saved on 1 December 2026, and data/raw/{SOURCE}/{kept.name}, which is in "
        "use, is of 3 December 2026; allowed: a newer file"
    )
    assert day_saved({HANOI.file: file}, date(2026, 12, 3), TODAY, HANOI, place) == date(
        2026, 12, 3
    )
    again = written({f"{SOURCE}/{kept.name}": date(2026, 12, 6)})
    (place.reference / UNCHANGED).write_bytes(again)
    with pytest.raises(AdoptionError, match="which is in use, is of 6 December 2026; allowed"):
        day_saved({HANOI.file: file}, date(2026, 12, 5), TODAY, HANOI, place)
