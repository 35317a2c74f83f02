"""Watching a command from outside: what it and all that it starts hold in memory."""

from __future__ import annotations

import ctypes
import os
import threading
from pathlib import Path

PROC = Path("/proc")
PR_SET_CHILD_SUBREAPER = 36


class Watch:
    """Looks at the descendants of this process again and again until it is left.

    Memory is the sum of the proportional set sizes: a page that n processes share counts
    for 1/n in each. The command itself is among the descendants, this process is not.

    Parameters
    ----------
    every : float
        Seconds between two looks.
    memory : bool
        Whether to add up memory, which takes the kernel some milliseconds a look.

    Attributes
    ----------
    peak : int
        The most bytes that were held at once.
    seen : set of int
        The processes that were seen.
    looks : int
        How often it looked.
    """

    def __init__(self, every: float, *, memory: bool = True) -> None:
        self.every, self.memory = every, memory
        self.peak, self.looks = 0, 0
        self.seen: set[int] = set()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watch:
        adopt_orphans()
        self._before = descendants(os.getpid())  # of commands before, not yet gone
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.is_set():
            found = descendants(os.getpid()) - self._before
            self.seen |= found
            self.looks += 1
            if self.memory:
                self.peak = max(self.peak, sum(map(proportional_set_size, found)))
            self._end.wait(self.every)


def adopt_orphans() -> None:
    """Have processes whose parent ends become children of this one, so that none is missed."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(process: int) -> set[int]:
    """Return the processes that descend from one."""
    found, waiting = set(), [process]
    while waiting:
        for children in PROC.glob(f"{waiting.pop()}/task/*/children"):
            try:
                of_this_thread = [int(number) for number in children.read_text().split()]
            except OSError:  # it has just ended
                continue
            found.update(of_this_thread)
            waiting += of_this_thread
    return found


def proportional_set_size(process: int) -> int:
    """Return the bytes of memory of a process, shared ones by share; 0 if it has ended."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
