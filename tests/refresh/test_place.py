"""The folders of the data, and who may change them."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.refresh.place import Place, nobody_else


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "data").mkdir()
    return Place(tmp_path)


def test_every_folder_is_in_data(place: Place) -> None:
    found = {place.raw, place.reference, place.processed, place.aside, place.begun}
    assert len(found) == 5
    assert {folder.parent for folder in found} == {place.data}
    assert (place.store.raw, place.store.aside) == (place.raw, place.aside)


def test_a_second_one_waits_until_the_first_has_ended(place: Place) -> None:
    said: list[str] = []
    told, came_in = threading.Event(), threading.Event()

    def say(line: str) -> None:
        said.append(line)
        told.set()

    def second() -> None:
        with nobody_else(place, say):
            came_in.set()

    with nobody_else(place, pytest.fail):
        other = threading.Thread(target=second)
        other.start()
        assert told.wait(30)
        assert not came_in.is_set()
    assert came_in.wait(30)
    other.join()
    (line,) = said
    who = rf"another refresh or build is running \(process {os.getpid()} since \d\d:\d\d\); waiting"
    assert re.fullmatch(who, line)


def test_what_cannot_be_written_is_one_line(place: Place) -> None:
    with (
        pytest.raises(AdoptionError, match=r"/data/a/b: cannot be read or written: No such file "),
        nobody_else(place, pytest.fail),
    ):
        (place.data / "a" / "b").write_bytes(b"")
    with (
        pytest.raises(AdoptionError, match=r"/data: cannot be read or written: the disk is odd$"),
        nobody_else(place, pytest.fail),
    ):
        raise OSError("the disk is odd")


def test_a_project_without_data_is_one_line(tmp_path: Path) -> None:
    with (
        pytest.raises(AdoptionError, match=r"/data/\.lock: cannot be read or written: No such f"),
        nobody_else(Place(tmp_path), pytest.fail),
    ):
        pytest.fail("it has no lock to hold")
