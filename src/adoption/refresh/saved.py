"""Up to which day a file is known that a person has saved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from adoption.build.snapshots import SnapshotStore
from adoption.build.unchanged import read_unchanged
from adoption.errors import AdoptionError
from adoption.fetching.sidecars import read_whole
from adoption.words import long_day

if TYPE_CHECKING:
    from pathlib import Path

    from adoption.refresh.place import Place
    from adoption.sources.publishers import Source


def day_saved(file: Path, said: date | None, today: date, source: Source, place: Place) -> date:
    """Return the day on which a file was saved.

    A list says nothing of what was done after it was saved, so it is never taken to be
    complete to the day on which it is given.

    Parameters
    ----------
    file : Path
        The file.
    said : date, optional
        The day, as the person says; without it, that of the last change of the file.
    today : date
        Now, in UTC.
    source : Source
        Whose file it is.
    place : Place
        The data, with what is in use.

    Raises
    ------
    AdoptionError
        If the file is not there, the day is after today, or what is in use is newer or was
        found unchanged on a later day.
    """
    if said is not None and said > today:
        raise AdoptionError(f"--saved: {said} is after today, {today}")
    try:
        changed = file.stat().st_mtime
    except OSError as error:
        raise AdoptionError(f"{file}: cannot be read: {error.strerror}") from None
    end_of_today = datetime.combine(today, time.max, UTC).timestamp()
    # Within what can be: the clock that gave the file its day may be any.
    day = said or datetime.fromtimestamp(max(0.0, min(changed, end_of_today)), UTC).date()
    newest = place.store.newest(source.source)
    if newest is None or read_whole(newest / source.file) is None:
        return day
    store = SnapshotStore(place.raw, read_unchanged(place.reference))
    until = store.complete_to(newest / source.file)
    if until > day:
        raise AdoptionError(
            f"{file}: was saved on {long_day(day)}, and data/raw/{source.source}/{newest.name}, "
            f"which is in use, is of {long_day(until)}; allowed: a newer file "
            "(--saved DAY says when it was saved, if its own day is another)"
        )
    return day
