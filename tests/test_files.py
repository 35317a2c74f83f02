"""Files that are never half there, the lock of a folder, and where the project is."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from adoption.core import paths
from adoption.core.errors import AdoptionError
from adoption.core.files import only_one, read_if_there, read_named, write_whole
from tests.conftest import ROOT, contents
from tests.killing import preloaded
from tests.waiting import LONG


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


def test_a_file_that_a_user_names_has_a_bounded_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"0123456789")
    assert read_named(path, 10) == b"0123456789"
    for content in (b"", bytes(11)):
        path.write_bytes(content)
        line = f"{path}: has {len(content)} bytes; allowed: a file of 1 to 10 bytes"
        with pytest.raises(AdoptionError, match=re.escape(line)):
            read_named(path, 10)


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


def test_the_checkout_is_found_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ADOPTION_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert paths.project_root() == ROOT
    assert paths.raw_folder() == ROOT / "data" / "raw"
    assert paths.reference_folder() == ROOT / "data" / "reference"
    assert paths.processed_folder() == ROOT / "data" / "processed"


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    with pytest.raises(AdoptionError, match=f"ADOPTION_HOME={tmp_path}") as caught:
        paths.project_root()
    assert "conventions.toml" in str(caught.value)


def test_no_checkout_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ADOPTION_HOME", raising=False)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AdoptionError, match="set ADOPTION_HOME"):
        paths.project_root()


fcntl = pytest.importorskip("fcntl", reason="this system has no such locks")
PROCESSES = preloaded(__name__)


def silent(line: str) -> None:
    raise AssertionError(line)


def taken(folder: Path) -> bool:
    """Return whether another process holds the lock."""
    try:
        with only_one(folder, wait=False, say=silent) as held:
            assert held
    except AdoptionError:
        return True
    return False


def hold_with_a_child(folder: Path, ends: Connection) -> None:
    """Hold the lock and have a child that lives on."""
    with only_one(folder, wait=True, say=silent):
        if os.fork() == 0:
            ends.send(os.getpid())  # by the child: it has let go of the lock by then
            time.sleep(60)
            os._exit(0)
        time.sleep(60)


def test_who_does_not_wait_is_told_who_holds_it(tmp_path: Path) -> None:
    """Who waits is told, too: tests/refresh/test_refresh.py."""
    line = rf"another report is running \(process {os.getpid()} since \d\d:\d\d\)"
    with only_one(tmp_path, wait=False, say=silent), pytest.raises(AdoptionError, match=line):
        only_one(tmp_path, wait=False, say=silent).__enter__()


def test_it_ends_with_its_process_though_a_child_lives_on(tmp_path: Path) -> None:
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=hold_with_a_child, args=(tmp_path, theirs), daemon=True)
    process.start()
    theirs.close()
    assert ours.poll(LONG), "the other process says nothing"
    child = ours.recv()
    assert taken(tmp_path)
    process.kill()
    process.join()
    try:
        os.kill(child, 0)  # it lives
        assert not taken(tmp_path)
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def test_that_there_are_no_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    texts: list[str] = []
    with only_one(tmp_path, wait=True, say=texts.append) as held:
        assert not held
    assert texts == [
        f"{tmp_path}: cannot be locked (No locks available); start one report at a time"
    ]
