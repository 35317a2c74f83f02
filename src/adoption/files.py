"""Reading and writing single files that must never be half there."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from adoption.errors import AdoptionError

READABLE = 0o644
COMING = ".coming"  # ends the name of what is not whole yet: editors have others


def read_if_there(path: Path) -> bytes | None:
    """Return a file's bytes; None if there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AdoptionError(f"{path}: cannot be read: {error.strerror}") from None


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in the place of another in one step; a link goes on leading to its file."""
    target = Path(os.path.realpath(path))
    new = ""
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else READABLE
        descriptor, new = tempfile.mkstemp(COMING, f".{target.name}.", target.parent)
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
