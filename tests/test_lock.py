"""One report at a time: the lock waits or refuses, and ends with its process."""

from __future__ import annotations

import errno
import multiprocessing
import os
import re
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from adoption.errors import AdoptionError
from adoption.files import only_one

fcntl = pytest.importorskip("fcntl", reason="this system has no such locks")
PROCESSES = multiprocessing.get_context("forkserver")
HELD = r"another report is running \(process {} since \d\d:\d\d\)"


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


def hold(folder: Path, ends: Connection) -> None:
    """Hold the lock until told; in between, say so."""
    with only_one(folder, wait=True, say=ends.send):
        ends.send("held")
        ends.recv()
    ends.send("let go")
    ends.recv()


def hold_with_a_child(folder: Path, ends: Connection) -> None:
    """Hold the lock and have a child that lives on."""
    with only_one(folder, wait=True, say=silent):
        if os.fork() == 0:
            ends.send(os.getpid())  # by the child: it has let go of the lock by then
            time.sleep(60)
            os._exit(0)
        time.sleep(60)


def start(target: Any, folder: Path) -> tuple[Any, Connection]:
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=target, args=(folder, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def hear(ends: Connection) -> Any:
    assert ends.poll(30), "the other process says nothing"
    return ends.recv()


def test_the_second_waits_having_said_so(tmp_path: Path) -> None:
    first, ends = start(hold, tmp_path)
    assert hear(ends) == "held"
    second, others = start(hold, tmp_path)
    assert re.fullmatch(HELD.format(first.pid) + "; waiting", hear(others))
    assert not others.poll(0.2), "the second goes on while the first holds it"
    ends.send("let go")
    assert hear(ends) == "let go"
    assert hear(others) == "held"
    with pytest.raises(AdoptionError, match=HELD.format(second.pid)):
        only_one(tmp_path, wait=False, say=silent).__enter__()
    for process in (first, second):
        process.kill()
        process.join()


def test_it_ends_with_its_process_though_a_child_lives_on(tmp_path: Path) -> None:
    process, ends = start(hold_with_a_child, tmp_path)
    child = hear(ends)
    assert taken(tmp_path)
    process.kill()
    process.join()
    try:
        os.kill(child, 0)  # it lives
        assert not taken(tmp_path)
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def test_where_the_file_system_has_no_locks_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    texts: list[str] = []
    with only_one(tmp_path, wait=True, say=texts.append) as held:
        assert not held
    assert texts == [
        f"{tmp_path}: cannot be locked (No locks available); start one report at a time"
    ]
