"""What a person accepts that a guard refused: who, when, what and why is written down."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from adoption.data.csvfile import read_csv
from adoption.data.exceptions import COLUMNS, KEY, Key, Violation
from adoption.files import write_whole

EXCEPTIONS, ACCEPTED = "exceptions.csv", "acceptances.csv"
ACCEPTED_COLUMNS = ("day", "snapshot", "by", "why", "violations")
GIVEN = re.compile(r"\(accepted by .+ on \d{4}-\d{2}-\d{2}\)$")  # as `reason_given` ends
SNAPSHOT = ACCEPTED_COLUMNS.index("snapshot")

Row = tuple[str, str, str, str]  # a row of exceptions.csv: `KEY` and why


def not_listed(path: Path, violations: Iterable[Violation], why: str) -> list[Row]:
    """Return the rows that violations would be as exceptions; without those that are listed."""
    known = {tuple(row[: len(KEY)]) for row in _rows(path, COLUMNS)}
    keys = dict.fromkeys(violation[:3] for violation in violations)
    return [(*key, why) for key in keys if key not in known]


def reason_given(why: str, who: str, day: str) -> str:
    """Return the reason of an exception, with who accepted it and when.

    Examples
    --------
    >>> reason_given("C.N.1 corrects it", "A. Person", "2026-12-08")
    'C.N.1 corrects it (accepted by A. Person on 2026-12-08)'
    """
    return f"{why} (accepted by {who} on {day})"


def accepted_keys(path: Path) -> set[Key]:
    """Return the keys of the exceptions that were listed when something was accepted."""
    return {(a, b, c) for a, b, c, why in _rows(path, COLUMNS) if GIVEN.search(why)}


def list_exceptions(path: Path, rows: Iterable[Row]) -> int:
    """Add reviewed exceptions; those that are there already stay as they are."""
    there = _rows(path, COLUMNS)
    known = {tuple(row[: len(KEY)]) for row in there}
    new = [list(row) for row in rows if row[: len(KEY)] not in known]
    if new:
        _write(path, COLUMNS, [*there, *new])
    return len(new)


def drop_exceptions(path: Path, outdated: Collection[Key]) -> int:
    """Take out exceptions that the data no longer show."""
    rows = _rows(path, COLUMNS)
    kept = [row for row in rows if tuple(row[: len(KEY)]) not in outdated]
    if len(kept) < len(rows):
        _write(path, COLUMNS, kept)
    return len(rows) - len(kept)


def record(path: Path, row: Sequence[str]) -> None:
    """Write down that somebody has accepted a snapshot; of a snapshot once."""
    rows = read_record(path)
    if all(known[SNAPSHOT] != row[SNAPSHOT] for known in rows):
        _write(path, ACCEPTED_COLUMNS, [*rows, row])


def read_record(path: Path) -> list[list[str]]:
    """Return what was accepted so far: rows as `record` writes them."""
    return _rows(path, ACCEPTED_COLUMNS) if path.exists() else []


def _rows(path: Path, columns: Sequence[str]) -> list[list[str]]:
    """Return the rows of a reviewed file, in whatever order a person has put its columns."""
    frame = read_csv(path, f"data/reference/{path.name}", columns).frame
    return [[str(row[column]) for column in columns] for row in frame.to_dict("records")]


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    write_whole(path, buffer.getvalue().encode())
