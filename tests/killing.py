"""Killing a process of one's own before any step in which it changes files."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from adoption.core.errors import AdoptionError

# As Python's audit events call them.
CHANGES = {
    f"os.{name}"
    for name in ("chmod", "link", "mkdir", "remove", "rename", "rmdir", "symlink", "truncate")
}
PROCESSES = multiprocessing.get_context("forkserver") if hasattr(os, "fork") else None


def preloaded(module: str) -> multiprocessing.context.ForkServerContext:
    """Return what starts processes that know a module already.

    Parameters
    ----------
    module : str
        Of the functions that run in them.
    """
    assert PROCESSES is not None, "a module of such tests is skipped on such a system"
    PROCESSES.set_forkserver_preload([module])
    return PROCESSES


def run(folder: Path, act: Callable[..., object], *given: object, dies_before: int = 0) -> Any:
    """Do something in a process of its own, which is killed before one of its changes of a folder.

    Returns how many changes it made, its error in one line, or None if it was killed.
    """
    assert PROCESSES is not None
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=_do, args=(folder, act, given, dies_before, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return None
    finally:
        process.join()


def _do(
    folder: Path,
    act: Callable[..., object],
    given: tuple[object, ...],
    dies_before: int,
    ends: Connection,
) -> None:
    made = 0

    def count(event: str, about: tuple[Any, ...]) -> None:
        nonlocal made
        writes = event == "open" and bool((about[2] or 0) & (os.O_WRONLY | os.O_RDWR))
        if (writes or event in CHANGES) and any(str(folder) in str(part) for part in about[:2]):
            made += 1
            if made == dies_before:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    try:
        act(*given)
    except AdoptionError as error:
        ends.send(str(error))
    else:
        ends.send(made)
