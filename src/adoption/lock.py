"""One at a time in a folder, such as one report: a lock that ends with the process that has it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from adoption.errors import AdoptionError

LOCK_FILE = ".lock"
HELD_BY_ANOTHER = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK)


@contextmanager
def only_one(
    folder: Path, *, wait: bool, say: Callable[[str], object], called: str = "report"
) -> Iterator[bool]:
    """Hold the lock of a folder.

    The system lets go of it when this process ends, however it ends; processes that this
    one forks do not hold it. The file stays, and holds who had the lock last.
    """
    fcntl = _fcntl()
    if fcntl is None:
        say(f"{folder}: this system has no lock for it; start one {called} at a time")
        yield False
        return
    held = [os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o666)]

    def let_go() -> None:
        while held:
            os.close(held.pop())

    os.register_at_fork(after_in_child=let_go)  # else a child would keep it after a kill
    try:
        yield _take(fcntl, held[0], folder, wait, say, called)
    finally:
        let_go()


def _fcntl() -> ModuleType | None:
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    return fcntl


def _take(
    fcntl: ModuleType,
    file: int,
    folder: Path,
    wait: bool,
    say: Callable[[str], object],
    called: str,
) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in HELD_BY_ANOTHER:
            say(f"{folder}: cannot be locked ({error.strerror}); start one {called} at a time")
            return False
        line = f"another {called} is running{_holder(file)}"
        if not wait:
            raise AdoptionError(line) from None
        say(f"{line}; waiting")
        fcntl.flock(file, fcntl.LOCK_EX)
    with suppress(OSError):  # it is for the line alone; a full disk shows itself later
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()} {datetime.now(UTC).isoformat()}\n".encode(), 0)
    return True


def _holder(file: int) -> str:
    """Return who holds the lock as the end of a sentence; nothing if that is not known."""
    try:
        number, since = os.pread(file, 100, 0).decode().split()
        return f" (process {int(number)} since {datetime.fromisoformat(since).astimezone():%H:%M})"
    except (OverflowError, ValueError):
        return ""
