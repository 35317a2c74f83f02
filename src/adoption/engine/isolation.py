"""What a forked child does first, so that it can harm nobody but itself."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
MOST_EXPENDABLE = b"1000"  # what the kernel ends first when memory runs out


def _prctl() -> ctypes._NamedFuncPointer | None:
    """Return Linux's prctl, found before any fork; None where there is none."""
    try:
        return ctypes.CDLL(None, use_errno=True).prctl
    except (AttributeError, OSError):
        return None


PRCTL = _prctl()


def end_with_parent(parent: int) -> None:
    """End this process when its parent ends, in whatever way (Linux)."""
    if PRCTL is not None:
        PRCTL(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of each descendant whose own parent ends (Linux)."""
    if PRCTL is not None:
        PRCTL(PR_SET_CHILD_SUBREAPER, 1)


def close_others(kept: Collection[int]) -> None:
    """Close every open file but the standard ones and some; nothing is to leak into a child."""
    last = 2
    for number in sorted(kept):
        os.closerange(last + 1, number)
        last = number
    os.closerange(last + 1, os.sysconf("SC_OPEN_MAX"))


def take_environment(environment: Mapping[str, str], folder: str) -> None:
    """Take the environment and working folder of whoever asked for this process."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)


def be_silent() -> None:
    """Read nothing and write nothing: what a notebook prints goes into the notebook alone."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def limit_memory(more: int) -> None:
    """Let this process have so many bytes of address space beyond what it has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def be_expendable() -> None:
    """Let the kernel end this process before others when memory runs out (Linux)."""
    place = Path("/proc/self/oom_score_adj")
    if place.exists():
        place.write_bytes(MOST_EXPENDABLE)


def draw_new_seeds() -> None:
    """Seed numpy's generator anew; Python's own is seeded after each fork."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
