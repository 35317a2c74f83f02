"""What a sidecar says of a file that was fetched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from adoption.data.snapshots import SIDECAR_SUFFIX, Response, Sidecar
from adoption.fetching.stamps import REASON

if TYPE_CHECKING:
    from adoption.fetching.download import Download

VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


@dataclass(frozen=True)
class Described:
    """What the registry of publishers says of a source, for people.

    Attributes
    ----------
    publisher, title, licence, shows, changes : str
        As in a sidecar.
    complete_to : date, optional
        Until when the data are complete; without it, to the day when they were fetched.
    """

    publisher: str
    title: str
    licence: str
    shows: str
    changes: str = "None but the file name."
    complete_to: date | None = None


def sidecar_of(
    described: Described, download: Download, content: bytes, day: date, known: Sidecar | None
) -> Sidecar:
    """Return the sidecar of a file."""
    headers = dict(download.headers)
    if download.unchanged and known and known.response:
        last = known.response.headers
        headers = {name: last[name] for name in VALIDATORS if name in last} | headers
    return Sidecar(
        publisher=described.publisher,
        title=described.title,
        address=download.asked,
        licence=described.licence,
        accessed=described.complete_to or day if download.status is None else day,
        shows=described.shows,
        complete_to=described.complete_to or day,
        changes=described.changes,
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        response=None
        if download.status is None
        else Response(
            address=download.url,
            status=download.status,
            headers=headers,
            seconds=download.seconds,
            fetched=download.fetched,
        ),
    )


def written(sidecar: Sidecar) -> bytes:
    """Return a sidecar as the bytes of its file."""
    return f"{sidecar.model_dump_json(indent=2, exclude_none=True)}\n".encode()


def read_whole(path: Path) -> tuple[bytes, Sidecar] | None:
    """Return a file and its sidecar; None if one is missing, or they do not fit each other."""
    try:
        content = path.read_bytes()
        sidecar = Sidecar.model_validate_json(
            path.with_name(path.name + SIDECAR_SUFFIX).read_bytes()
        )
    except (OSError, ValidationError):
        return None
    fits = (len(content), hashlib.sha256(content).hexdigest()) == (sidecar.bytes, sidecar.sha256)
    return (content, sidecar) if fits else None


def day_of(snapshot: Path) -> date:
    """Return the day up to which a snapshot is known: by its sidecars, or else its name."""
    known = [read_whole(snapshot / file) for file in files_of(snapshot)]
    days = [whole[1].complete_to for whole in known if whole]
    return min(days, default=date.fromisoformat(snapshot.name[:10]))


def files_of(snapshot: Path) -> dict[str, bytes]:
    """Return the files of a snapshot by name, without what is said of them or half written."""
    return {
        path.name: path.read_bytes()
        for path in sorted(snapshot.iterdir())
        if not path.name.endswith(SIDECAR_SUFFIX) and path.name != REASON and path.name[0] != "."
    }
