"""Up to which day a file is known that a person has saved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from adoption.errors import AdoptionError
from adoption.fetching.sidecars import read_whole
from adoption.words import long_day

if TYPE_CHECKING:
    from pathlib import Path

    from adoption.fetching.store import FetchedStore
    from adoption.sources.publishers import Source


def day_saved(
    file: Path, said: date | None, today: date, source: Source, store: FetchedStore
) -> date:
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
    store : FetchedStore
        With what is in use.

    Raises
    ------
    AdoptionError
        If the file is not there, the day is after today, or what is in use is newer.
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
    newest = store.newest(source.source)
    known = read_whole(newest / source.file) if newest else None
    if newest and known and known[1].complete_to > day:
        raise AdoptionError(
            f"{file}: was saved on {long_day(day)}, and data/raw/{source.source}/{newest.name}, "
            f"which is in use, is of {long_day(known[1].complete_to)}; allowed: a newer file "
            "(--saved DAY says when it was saved, if its own day is another)"
        )
    return day
