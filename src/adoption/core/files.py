"""Reading and writing single files, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock, Timeout

from adoption.core.errors import AdoptionError, BusyError
from adoption.core.text import counted

READABLE = 0o644
MAX_BYTES = 20_000_000  # of a file that is read
TEMP_SUFFIX = ".coming"  # ends the name of what is not whole yet: editors have others
LOCK_FILE = ".lock"
MAX_WAIT = 60  # minutes for a lock, unless ADOPTION_WAIT has another number
Say: TypeAlias = Callable[[str], object]  # what tells a person, or a bar, a line


def sha256(content: bytes) -> str:
    """Return the checksum of a file's content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def read_if_there(path: Path) -> bytes | None:
    """Return a file's bytes; None if there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AdoptionError(f"{path}: cannot be read: {error.strerror}") from None


def read_named(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a file that a user names."""
    try:
        size = path.stat().st_size
        if not 0 < size <= limit:
            allowed = f"a file of 1 to {limit:,} bytes"
            raise AdoptionError(f"{path}: has {size:,} bytes; allowed: {allowed}")
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a name with a zero byte is a ValueError
        why = getattr(error, "strerror", None) or error
        raise AdoptionError(f"{path}: cannot be read: {why}") from None


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in the place of another in one step; a link goes on leading to its file."""
    target = Path(os.path.realpath(path))
    new = ""
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else READABLE
        descriptor, new = tempfile.mkstemp(TEMP_SUFFIX, f".{target.name}.", target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(new).chmod(mode)
        Path(new).replace(target)
    except OSError as error:
        with suppress(OSError):
            Path(new).unlink()
        raise AdoptionError(f"{path}: cannot be written: {error.strerror}") from None


@contextmanager
def only_one(folder: Path, *, wait: bool, say: Say, called: str = "report") -> Iterator[bool]:
    """Hold the lock of a folder; the file stays, and holds who had the lock last.

    The system lets go of it when this process ends, however it ends; processes that this
    one forks do not hold it.
    """
    file = folder / LOCK_FILE
    lock = FileLock(file, thread_local=False, fallback_to_soft=False)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            line = f"another {called} is running{_holder(file)}"
            if not wait:
                raise AdoptionError(line) from None
            minutes = _minutes()
            say(f"{line}; waiting")
            try:
                lock.acquire(timeout=minutes * 60)
            except Timeout:
                waited = f"it was waited for {counted(minutes, 'minute')}"
                raise BusyError(f"{line}; {waited}, and nothing was done") from None
    except OSError as error:  # a file system without locks
        if not folder.is_dir():
            raise
        say(f"{folder}: cannot be locked ({error.strerror}); start one {called} at a time")
        yield False
        return
    with lock, suppress(OSError):  # for the line alone; a full disk shows itself later
        since = datetime.now(UTC).isoformat()
        file.write_text(f"{os.getpid()} {since}\n", encoding="utf-8")
    try:
        yield True
    finally:
        lock.release()


def _minutes() -> int:
    value = os.environ.get("ADOPTION_WAIT", f"{MAX_WAIT}")
    if not value.isdecimal():
        raise AdoptionError(f"ADOPTION_WAIT={value}: allowed: how many minutes to wait, as 60")
    return int(value)


def _holder(file: Path) -> str:
    """Return who holds the lock as the end of a sentence; nothing if that is not known."""
    try:
        number, since = file.read_text(encoding="utf-8").split()
        start = datetime.fromisoformat(since).astimezone()
        return f" (process {int(number)} since {start:%H:%M})"
    except (OSError, OverflowError, ValueError):
        return ""
