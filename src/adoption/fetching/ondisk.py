"""A publisher's file that a person has saved, for those behind a firewall."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adoption.errors import AdoptionError
from adoption.fetching.download import Download
from adoption.fetching.unpacking import PIECE, UnpackingError, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from adoption.fetching.limits import Limits

GZIP_BEGINS = b"\x1f\x8b"


def read_saved(path: Path, limits: Limits) -> Download:
    """Read a file from disk as if it had been fetched; gzip is unpacked.

    Parameters
    ----------
    path : Path
        The file. Only its name is kept, not where it is.
    limits : Limits
        How large it may be, as it is and unpacked.

    Raises
    ------
    AdoptionError
        If it cannot be read, is empty or too large, or its gzip data are damaged.
    """
    began, fetched = time.monotonic(), datetime.now(UTC)
    try:
        size = path.stat().st_size
        if size > limits.wire:
            raise AdoptionError(f"{path}: has {size:,} bytes; allowed: {limits.wire:,} bytes")
        with path.open("rb") as file:
            packed = "gzip" if file.read(2) == GZIP_BEGINS else ""
            file.seek(0)

            def chunks() -> Iterator[bytes]:
                while chunk := file.read(PIECE):
                    yield chunk

            content = b"".join(unpack(chunks(), packed, limits.content))
    except OSError as error:
        raise AdoptionError(f"{path}: cannot be read: {error.strerror}") from None
    except UnpackingError as error:
        raise AdoptionError(f"{path}: {error.problem}; allowed: {error.allowed}") from None
    if not content:
        raise AdoptionError(f"{path}: is empty; allowed: a file that a publisher gave")
    name = f"file {path.name}"
    return Download(name, name, None, {}, content, round(time.monotonic() - began, 3), fetched)
