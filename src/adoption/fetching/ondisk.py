"""A publisher's file that a person has saved, for those behind a firewall."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from adoption.errors import AdoptionError
from adoption.fetching.download import Download
from adoption.fetching.limits import Limits
from adoption.fetching.unpacking import PIECE, UnpackingError, unpack

GZIP_BEGINS = b"\x1f\x8b"


def read_saved(path: Path, limits: Limits) -> Download:
    """Read a file from disk as if it had been fetched; gzip is unpacked."""
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
