"""CSV files from publishers, read strictly by the names of their columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import pandas as pd

from adoption.data.csvfile import AT, RawTable, first_row
from adoption.data.readers.text import UnreadableError, decode, nearest_to, refuse_page, shown

MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST = 300  # letters of a cell that is used
NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?")


def read_table(
    content: bytes, name: str, columns: Sequence[str], encoding: str | None = None
) -> RawTable:
    """Read the columns that are needed of a CSV file."""
    text = decode(content, name, encoding)
    refuse_page(text, name, "the CSV")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        header = [cell.strip() for cell in next(reader)]
        places = _places(header, columns, name)
        for row in reader:
            if len(row) != len(header):
                raise UnreadableError(
                    f"{name}: row {reader.line_num}: {len(row)} cells where the headings are "
                    f"{len(header)}"
                )
            rows.append([row[place].strip() for place in places])
            lines.append(reader.line_num)
            if len(rows) > MOST_ROWS:
                raise UnreadableError(f"{name}: at most {MOST_ROWS:,} rows are read")
    except (csv.Error, StopIteration) as error:
        raise UnreadableError(f"{name}: row {reader.line_num}: {error or 'no headings'}") from None
    if not text.endswith("\n"):
        raise UnreadableError(f"{name}: row {reader.line_num}: the line has no end: cut?")
    if not rows:
        raise UnreadableError(f"{name}: no rows below the headings")
    frame = pd.DataFrame(rows, columns=list(columns), index=pd.Index(lines, name="row"), dtype=str)
    frame[AT] = [f"{name}: row {line}" for line in lines]
    table = RawTable(name, frame)
    for column in columns:
        refuse(table, column, frame[column].str.len() > LONGEST, "is too long")
    return table


def _places(header: list[str], columns: Sequence[str], name: str) -> list[int]:
    """Return where the needed columns stand."""
    if len(header) > MOST_COLUMNS:
        raise UnreadableError(f"{name}: {len(header):,} columns; at most {MOST_COLUMNS} are read")
    for column in columns:
        if column not in header:
            raise UnreadableError(
                f"{name}: row 1: no column {column}; {nearest_to(column, header)}"
            )
        if header.count(column) > 1:
            raise UnreadableError(f"{name}: row 1: the column {column} stands twice")
    return [header.index(column) for column in columns]


def refuse(table: RawTable, column: str, wrong: pd.Series[bool], problem: str) -> None:
    """Raise for the first row for which something is wrong, with the cell and the problem."""
    if wrong.any():
        row = first_row(wrong)
        cell = shown(str(table.frame.at[row, column]))
        raise UnreadableError(f"{table.name}: row {row}, column {column}: {cell} {problem}")


def one_of(table: RawTable, column: str, allowed: Sequence[str]) -> pd.Series[str]:
    """Return a column after checking that each cell is an allowed word."""
    cells = table.frame[column]
    refuse(table, column, ~cells.isin(allowed), f"is not one of {', '.join(allowed)}")
    return cells


def numbers(table: RawTable, column: str, least: float, most: float) -> pd.Series[float]:
    """Return a column of numbers as float64, NaN where empty."""
    cells = table.frame[column]
    refuse(table, column, (cells != "") & ~cells.str.fullmatch(NUMBER), "is not a number")
    found = cells.where(cells != "").astype("float64")
    outside = (found < least) | (found > most)
    refuse(table, column, outside, f"is not from {least:g} to {most:g}")
    return found


def years(table: RawTable, column: str) -> pd.Series[int]:
    """Return a column of years as int64."""
    cells = table.frame[column]
    good = cells.str.fullmatch("[0-9]{4}") & cells.between("1900", "2100")
    refuse(table, column, ~good, "is not a year")
    return cells.astype("int64")


def refuse_twice(table: RawTable, *columns: str) -> None:
    """Refuse a row that has the same cells as one before it."""
    keys = table.frame[list(columns)]
    refuse(table, columns[0], keys.duplicated(), f"stands twice, by {' and '.join(columns)}")
