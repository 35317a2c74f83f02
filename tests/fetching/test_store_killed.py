"""Killed at any step, two at once, a disk that is full: each snapshot is whole or not there."""

from __future__ import annotations

import os
import signal
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.fetching.folders import COMING
from tests.fetching.snapshots import (
    DESCRIBED,
    NOON,
    SOURCE,
    assert_tidy,
    assert_whole,
    came,
    names,
    store_in,
)
from tests.killing import killed_before, preloaded, run

pytestmark = pytest.mark.slow

if not hasattr(os, "fork"):
    pytest.skip("processes are not killed so on this system", allow_module_level=True)
PROCESSES = preloaded(__name__)
SIZE = 50_000  # bytes, so that a file is more than one block


def keep(folder: Path, content: bytes) -> None:
    downloads = {"a.xml": came(content * SIZE), "b.xml": came(content)}
    store_in(folder).keep(SOURCE, DESCRIBED, downloads, NOON)


def put_aside(folder: Path, content: bytes) -> None:
    store_in(folder).put_aside(SOURCE, DESCRIBED, {"a.xml": came(content)}, "why", NOON)


def accept(folder: Path, _: bytes) -> None:
    store = store_in(folder)
    for aside in store.refused(SOURCE):
        store.accept(aside)


@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
def test_killed_before_each_step_of_keeping(tmp_path: Path, first: bool) -> None:
    kept, left = 0, 0
    for step in count(1):
        folder = tmp_path / str(step)
        if not first:
            keep(folder, b"1")
        ended = run(killed_before, step, keep, folder, b"2")
        store = store_in(folder)
        assert_whole(store)
        assert len(names(store.raw)) in ((0, 1) if first else (1, 2))
        kept += len(names(store.raw)) == (1 if first else 2)
        left += bool(list(store.raw.glob(f"{COMING}*")))
        keep(folder, b"3")
        assert_whole(store)
        assert_tidy(store)
        newest = store.newest(SOURCE)
        assert newest is not None
        assert (newest / "b.xml").read_bytes() == b"3"
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert left > 5, "some kills came while it was written"
    assert kept > 1, "some kills came after it was in its place"


@pytest.mark.parametrize("accepts", [False, True], ids=["putting aside", "accepting"])
def test_killed_before_each_step_of_putting_aside_and_accepting(
    tmp_path: Path, accepts: bool
) -> None:
    both = 0
    for step in count(1):
        folder = tmp_path / str(step)
        keep(folder, b"1")
        if accepts:
            put_aside(folder, b"2")
        ended = run(killed_before, step, accept if accepts else put_aside, folder, b"2")
        store = store_in(folder)
        assert_whole(store)
        both += len(names(store.raw)) == 2 and len(store.refused(SOURCE)) == 1
        (accept if accepts else put_aside)(folder, b"2")
        assert (len(names(store.raw)), len(store.refused(SOURCE))) == (
            (2, 0) if accepts else (1, 1)
        )
        keep(folder, b"3")
        assert_whole(store)
        if not accepts:
            assert_tidy(store)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert step > 15
    assert not accepts or both, "some kills came between the two moves"


def keep_some(folder: Path, contents: list[bytes], ends: Connection) -> None:
    """Say that one is ready; when told to go, keep one snapshot after the other."""
    ends.send("ready")
    ends.recv()
    for content in contents:
        keep(folder, content)
    ends.send("done")


def at_once(folder: Path, *contents: list[bytes]) -> None:
    """Let processes keep snapshots at the same time."""
    pairs = [PROCESSES.Pipe() for _ in contents]
    processes = [
        PROCESSES.Process(target=keep_some, args=(folder, each, theirs), daemon=True)
        for each, (_, theirs) in zip(contents, pairs, strict=True)
    ]
    for process in processes:
        process.start()
    for word in ("ready", "done"):
        for ours, _ in pairs:
            assert ours.poll(60)
            assert ours.recv() == word
        if word == "ready":
            for ours, _ in pairs:
                ours.send("go")
    for process in processes:
        process.join()
        assert process.exitcode == 0


def test_two_at_once_do_not_clash(tmp_path: Path) -> None:
    at_once(tmp_path, *([b"%d%d" % (who, n) for n in range(8)] for who in range(3)))
    at_once(tmp_path / "same", *[[b"same"]] * 4)
    store = store_in(tmp_path)
    assert len(names(store.raw)) == 24, "each has its own moment, though all say the same one"
    found = {(store.raw / SOURCE / name / "b.xml").read_bytes() for name in names(store.raw)}
    assert len(found) == 24
    assert len(names(store_in(tmp_path / "same").raw)) == 1
    assert_whole(store)
    assert_tidy(store)


def keep_with_little_room(folder: Path, most: int) -> None:
    """Keep a snapshot where no file may be larger, as on a disk that is full."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    with pytest.raises(AdoptionError, match=r"written: File too large$") as caught:
        keep(folder, b"2")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("most", [0, 10_000])
def test_a_file_that_cannot_be_written_whole_is_not_there(tmp_path: Path, most: int) -> None:
    keep(tmp_path, b"1")
    assert run(keep_with_little_room, tmp_path, most) == 0
    store = store_in(tmp_path)
    assert len(names(store.raw)) == 1
    assert_whole(store)
    assert_tidy(store)
