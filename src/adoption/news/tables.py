"""The tables of a build as text and with types; what is no build is refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import pandas as pd

from adoption.builds import KINDS
from adoption.data.dictionary import table
from adoption.data.write import to_csv
from adoption.errors import AdoptionError, did_you_mean

UNTIL = "unchanged_until"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The columns without which the changes cannot be told; others may come and go.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "conventions": ("convention", "short_title", "label", "threshold"),
    "acts": tuple(column.name for column in table("acts").columns),
    "totals": ("convention", "as_of", "signatories", "parties", "wording", "source"),
    "entries_into_force": ("convention", "iso3", "date"),
    "states": ("iso3", "name", "article", "kind", "region", "un_group"),
    "memberships": ("iso3", "organisation"),
    "capacity": ("iso3", "index", "edition", "component", "value", "tier"),
    "snapshots": ("file", "accessed"),
}


def in_text(tables: Mapping[str, pd.DataFrame], build: str) -> dict[str, pd.DataFrame]:
    """Return tables with every value as text, missing as empty, each number in 15 digits."""
    for name, columns in NEEDED.items():
        if name not in tables:
            raise AdoptionError(
                f"{build}: no build of this version: the table {name} is missing; "
                f"{did_you_mean(name, tables, 1)}"
            )
        for column in columns:
            if column not in tables[name].columns:
                raise AdoptionError(
                    f"{build}: table {name}: of another version: the column {column} is missing; "
                    f"{did_you_mean(column, map(str, tables[name].columns), 1)}"
                )
    text = {name: _text(name, frame) for name, frame in tables.items()}
    for name in NEEDED:
        key = list(table(name).unique)
        twice = text[name].duplicated(key)
        if twice.any():
            told = " ".join(text[name].loc[twice, key].iloc[0])
            raise AdoptionError(f"{build}: table {name}: {told!r} stands twice")
    return text


def _text(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    text = frame
    if not all(dtype == "str" for dtype in frame.dtypes) or frame.isna().to_numpy().any():
        rows = list(csv.reader(io.StringIO(to_csv(frame).decode(), newline="")))
        text = pd.DataFrame(rows[1:], columns=frame.columns, dtype="str")
    text = text.copy()
    for column, kind in KINDS.get(name, {}).items():
        if column in text.columns and kind in ("integer", "number"):
            number = pd.to_numeric(text[column], errors="coerce")
            text[column] = text[column].mask(number.notna(), number.map("{:.15g}".format))
    return text


def with_types(name: str, text: pd.DataFrame, build: str) -> pd.DataFrame:
    """Return a table of text with days and truths as the data dictionary has them."""
    frame = text.mask(text == "")
    for column, kind in KINDS[name].items():
        if column not in text.columns:
            continue
        if kind == "day":
            read = pd.to_datetime(frame[column], format="%Y-%m-%d", errors="coerce")
            wrong = read.isna() & frame[column].notna()
            frame[column], expected = (
                read.astype("datetime64[us]"),
                "a day of the calendar (as 2025-10-25)",
            )
        elif kind == "boolean":
            wrong = ~text[column].isin(["true", "false"])
            frame[column], expected = text[column] == "true", "true or false"
        else:
            continue
        if wrong.any():
            value = text[column][wrong].iloc[0]
            raise AdoptionError(
                f"{build}: table {name}: column {column}: {value!r} is not {expected}"
            )
    return frame


def data_day(tables: Mapping[str, pd.DataFrame], build: str) -> date | None:
    """Return the day of the data of a build, the last on which a file was new or unchanged."""
    snapshots = tables["snapshots"]
    column = UNTIL if UNTIL in snapshots.columns else "accessed"  # builds of earlier versions
    days = {read_day(text, f"{build}: table snapshots, column {column}")
            for text in snapshots[column].drop_duplicates()}  # fmt: skip
    return max(filter(None, days), default=None)


def read_day(text: str, place: str) -> date | None:
    """Return a day of a table of text; None where nothing is written.

    Examples
    --------
    >>> read_day("2025-10-25", "table acts"), read_day("", "table acts")
    (datetime.date(2025, 10, 25), None)
    """
    if not text:
        return None
    with suppress(ValueError):
        if DAY.fullmatch(text):  # other forms of ISO 8601 are no days of these tables
            return date.fromisoformat(text)
    raise AdoptionError(f"{place}: {text!r} is not a day of the calendar (as 2025-10-25)")
