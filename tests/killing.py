"""Killing a process of one's own before any step in which it touches files."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable

STEPS = ("open", "os.", "fcntl.", "shutil.", "tempfile.")  # as Python's audit events call them
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


def killed_before(step: int, act: Callable[..., object], *given: object) -> None:
    """Do something, and be killed before the given step of it."""
    taken = 0

    def count(event: str, _: tuple[object, ...]) -> None:
        nonlocal taken
        if event.startswith(STEPS):
            taken += 1
            if taken == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    act(*given)


def run(target: Callable[..., None], *given: object) -> int | None:
    """Run a function in a process of its own; return how that ended."""
    assert PROCESSES is not None
    process = PROCESSES.Process(target=target, args=given, daemon=True)
    process.start()
    process.join()
    return process.exitcode
