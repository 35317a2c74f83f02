"""What a person has saved: which files they are, and up to which day they are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

from adoption.data.readers.publishers import Source
from adoption.errors import AdoptionError
from adoption.fetching.sidecars import read_whole
from adoption.refresh.place import Place
from adoption.refresh.unchanged import reach
from adoption.words import long_day


def saved_files(path: Path, source: Source) -> dict[str, Path]:
    """Return where each file of a source was saved."""
    if len(source.files) == 1 and not path.is_dir():
        return {source.file: path}
    files = {name: path / name for name in source.files}
    missing = [name for name, file in files.items() if not file.is_file()]
    if missing:
        number = f"{len(files)} files" if len(files) > 1 else "a file"
        raise AdoptionError(
            f"--file {path}: {source.source} has {number}; allowed: a folder with "
            f"{', '.join(files)} (not there: {', '.join(missing)})"
        )
    return files


def day_saved(
    files: Mapping[str, Path], said: date | None, today: date, source: Source, place: Place
) -> date:
    """Return the day on which files were saved: of several that of the oldest.

    A list says nothing of what was done after it was saved, so it is never taken to be
    complete to the day on which it is given.
    """
    if said is not None and said > today:
        raise AdoptionError(f"--saved: {said} is after today, {today}")
    changed = min(_changed(file) for file in files.values())
    end_of_today = datetime.combine(today, time.max, UTC).timestamp()
    # Within what can be: the clock that gave the file its day may be any.
    day = said or datetime.fromtimestamp(max(0.0, min(changed, end_of_today)), UTC).date()
    newest = place.store.newest(source.source)
    if newest is None or any(read_whole(newest / name) is None for name in files):
        return day
    until = reach(source.source, place)
    if until and until > day:
        first = next(iter(files.values()))
        raise AdoptionError(
            f"{first}: was saved on {long_day(day)}, and data/raw/{source.source}/{newest.name}, "
            f"which is in use, is of {long_day(until)}; allowed: a newer file "
            "(--saved DAY says when it was saved, if its own day is another)"
        )
    return day


def _changed(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError as error:
        raise AdoptionError(f"{file}: cannot be read: {error.strerror}") from None
