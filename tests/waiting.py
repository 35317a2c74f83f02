"""Waiting for what other processes do, and ending those that a test has started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LONG = 300.0  # seconds that a process may take on a busy machine


def alive(pid: int) -> bool:
    """Return whether a process runs; it is looked up in /proc."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(found: Callable[[], Any], seconds: float = LONG) -> Any:
    """Return what a function returns as soon as that is true, or at the end."""
    deadline = time.monotonic() + seconds
    while not (got := found()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return got


@contextmanager
def ended(process: subprocess.Popen[Any], pids: Sequence[int]) -> Iterator[None]:
    """End a process and what it has started, whatever a test has left of them."""
    assert all(map(alive, pids))
    try:
        yield
    finally:
        for pid in (process.pid, *pids):
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        process.wait()
