"""One process at a time in a folder, such as one report: a lock that ends with its process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from adoption.errors import AdoptionError

LOCK_FILE = ".lock"


@contextmanager
def only_one(
    folder: Path, *, wait: bool, say: Callable[[str], object], called: str = "report"
) -> Iterator[bool]:
    """Hold the lock of a folder; the file stays, and holds who had the lock last.

    The system lets go of it when this process ends, however it ends; processes that this
    one forks do not hold it.
    """
    file = folder / LOCK_FILE
    lock = FileLock(file, mode=0o666, thread_local=False, fallback_to_soft=False)
    try:
        _acquire(lock, file, wait=wait, say=say, called=called)
    except OSError as error:  # a file system without locks
        if not folder.is_dir():
            raise
        say(f"{folder}: cannot be locked ({error.strerror}); start one {called} at a time")
        yield False
        return
    with lock, suppress(OSError):  # for the line alone; a full disk shows itself later
        file.write_text(f"{os.getpid()} {datetime.now(UTC).isoformat()}\n", encoding="utf-8")
    try:
        yield True
    finally:
        lock.release()


def _acquire(
    lock: FileLock, file: Path, *, wait: bool, say: Callable[[str], object], called: str
) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        line = f"another {called} is running{_holder(file)}"
        if not wait:
            raise AdoptionError(line) from None
        say(f"{line}; waiting")
        lock.acquire()


def _holder(file: Path) -> str:
    """Return who holds the lock as the end of a sentence; nothing if that is not known."""
    try:
        number, since = file.read_text(encoding="utf-8").split()
        return f" (process {int(number)} since {datetime.fromisoformat(since).astimezone():%H:%M})"
    except (OSError, OverflowError, ValueError):
        return ""
