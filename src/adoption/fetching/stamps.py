"""The names in the store of snapshots: of sources and files, and of moments."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from adoption.data.snapshots import CLOCKS_DIFFER, SIDECAR_SUFFIX
from adoption.errors import AdoptionError

REASON = "reason.txt"
STAMP = "%Y-%m-%dT%H%M%SZ"
SECOND = timedelta(seconds=1)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def checked(name: str) -> str:
    """Return the name of a source or a file, if it can be nothing else."""
    if not NAME.fullmatch(name) or name.endswith(SIDECAR_SUFFIX) or name == REASON:
        raise AdoptionError(
            f"{name[:100]!r}: cannot be the name of a source or a file; allowed: letters, digits, "
            f"and after the first '.', '_', '-'; not {REASON}, nor what ends in {SIDECAR_SUFFIX}"
        )
    return name


def free_moment(now: datetime, newest: str | None, taken: Collection[str]) -> datetime:
    """Return the moment to call a snapshot after: now, or the next second that is free.

    Examples
    --------
    >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> f"{free_moment(noon, '2026-11-24T120000Z', []):{STAMP}}"
    '2026-11-24T120001Z'
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    if newest and newest >= f"{moment:{STAMP}}":
        latest = moment_of(newest)
        if latest - moment > CLOCKS_DIFFER:
            raise AdoptionError(
                f"the snapshot {newest}: is later than now, {moment:{STAMP}}; is this machine's "
                "clock right?"
            )
        moment = latest + SECOND
    while f"{moment:{STAMP}}" in taken:
        moment += SECOND
    return moment


def moment_of(name: str) -> datetime:
    """Return the moment that a snapshot is called after; of a day, its beginning."""
    form = STAMP if "T" in name else "%Y-%m-%d"
    try:
        return datetime.strptime(name, form).replace(tzinfo=UTC)
    except ValueError:
        raise AdoptionError(f"the snapshot {name}: is called after no moment that is") from None
