"""The folders of the data, and who may change them."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.refresh.place import Place, nobody_else


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "data").mkdir()
    return Place(tmp_path)


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
