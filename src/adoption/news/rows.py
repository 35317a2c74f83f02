"""Two CSV files of a publisher compared row by row, by a key that their columns tell."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

import pandas as pd

from adoption.changes import compare
from adoption.errors import AdoptionError
from adoption.news.kinds import ADDED, CHANGED, REMOVED, RowChange

TABLE = "rows"
# The first of these whose columns a file has all is its key; without one a row is its own.
KEYS: tuple[tuple[str, ...], ...] = (
    ("convention", "iso3", "act"),
    ("convention", "as_of", "source"),
    ("convention", "iso3"),
    ("treaty_id", "participant", "action"),
    ("treaty_id",),
    ("iso3", "organisation"),
    ("iso3", "resolution"),
    ("iso3", "edition"),
    ("iso3", "year"),
    ("iso3",),
    ("undl_id", "ms_code"),  # roll calls
    ("source",),
)


def read_rows(content: bytes, name: str) -> pd.DataFrame:
    """Return a CSV file as text; a gzip stream is unpacked."""
    try:
        data = gzip.decompress(content) if name.endswith(".gz") else content
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise AdoptionError(f"{name}: not UTF-8 at byte {error.start}") from None
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        raise AdoptionError(f"{name}: cannot be read as a table: {error}") from None
    rows = [row for row in rows if row]
    if not rows or len(set(rows[0])) < len(rows[0]):
        raise AdoptionError(f"{name}: {'a heading stands twice' if rows else 'the file is empty'}")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise AdoptionError(
                f"{name}: row {number}: {len(row)} fields where {len(rows[0])} are expected"
            )
    return pd.DataFrame(rows[1:], columns=rows[0], dtype="str")


def row_changes(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[RowChange]:
    """Give the rows that only one of two tables of text has, and changed cells of others.

    Columns that only one has are passed over. Rows that share a key are paired in the order
    of their values.

    Examples
    --------
    >>> old = pd.DataFrame({"iso3": ["QAT"], "year": ["2024"], "egdi": ["0.8"]}, dtype="str")
    >>> list(row_changes(old, old.assign(egdi="0.9")))
    [RowChange(key=('QAT', '2024'), change='changed', column='egdi', old='0.8', new='0.9')]
    """
    changes = compare({TABLE: old}, {TABLE: new})
    gone, come = (changes.removed.get(TABLE), changes.added.get(TABLE))
    columns = [column for column in new.columns if column in old.columns]
    key = next((key for key in KEYS if set(key) <= set(columns)), tuple(columns))
    before, after = _by_key(gone, key), _by_key(come, key)
    for found in before.keys() | after.keys():
        for was, now in zip_longest(before.get(found, ()), after.get(found, ())):
            if was is None or now is None:
                yield RowChange(found, REMOVED if now is None else ADDED)
                continue
            for column in columns:
                if was[column] != now[column]:
                    yield RowChange(found, CHANGED, column, was[column], now[column])


def _by_key(
    frame: pd.DataFrame | None, key: Sequence[str]
) -> dict[tuple[str, ...], list[dict[Any, Any]]]:
    found: dict[tuple[str, ...], list[dict[Any, Any]]] = {}
    for row in frame.to_dict("records") if frame is not None else ():
        found.setdefault(tuple(row[column] for column in key), []).append(row)
    return found
