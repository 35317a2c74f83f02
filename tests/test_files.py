"""Files that are never half there."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.files import read_if_there, write_whole
from tests.conftest import contents


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    assert read_if_there(path) is None
    write_whole(path, b"one")
    assert read_if_there(path) == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o600)
    write_whole(path, b"two")
    assert contents(tmp_path) == {"feed.xml": b"two"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_goes_on_leading_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = tmp_path / "feed.xml"
    path.symlink_to(tmp_path / "real" / "feed.xml")
    for data in (b"one", b"two"):  # the first time it leads nowhere yet
        write_whole(path, data)
        assert path.is_symlink()
        assert contents(tmp_path / "real") == {"feed.xml": data}


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b"before")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AdoptionError, match=r"feed.xml: cannot be written: No space left"):
        write_whole(path, b"after")
    assert contents(tmp_path) == {"feed.xml": b"before"}


def test_a_folder_that_is_not_there_or_a_folder_in_the_place(tmp_path: Path) -> None:
    with pytest.raises(AdoptionError, match=r"away/feed.xml: cannot be written: No such file"):
        write_whole(tmp_path / "away" / "feed.xml", b"x")
    (tmp_path / "feed.xml").mkdir()
    with pytest.raises(AdoptionError, match=r"feed.xml: cannot be written: Is a directory"):
        write_whole(tmp_path / "feed.xml", b"x")
    with pytest.raises(AdoptionError, match=r"feed.xml: cannot be read: Is a directory"):
        read_if_there(tmp_path / "feed.xml")
    assert [path.name for path in tmp_path.iterdir()] == ["feed.xml"]
