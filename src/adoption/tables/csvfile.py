"""Strict reading of CSV files, our own and publishers': damage is named by file, row and column."""

from __future__ import annotations

import csv
import gzip
import io
import math
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from adoption.core.decode import UnreadableError, decode, nearest_to, quoted, refuse_page
from adoption.core.errors import AdoptionError
from adoption.core.reading import record_read
from adoption.tables.dictionary import ColumnDescription

AT = "at"  # a column of every frame that is built from raw files: where the row stands
MAX_WORDS = 13  # all acts; a longer list of what is allowed helps nobody in one line
MAX_LETTERS = 300  # of a cell of a publisher's file
NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?")


@dataclass(frozen=True)
class RawTable:
    """A table to be checked, such as a CSV file as text.

    Attributes
    ----------
    name : str
        The file as a person finds it, such as `data/raw/itu-gci/2026-11-24/gci.csv`.
    frame : DataFrame
        Of a file, all columns as str, empty where nothing is written; the index `row` is the
        line of the file, and the column `at` says file and line, so that an error can
        name them.
    """

    name: str
    frame: pd.DataFrame

    def error(self, row: object, column: str, problem: str) -> AdoptionError:
        """Return the error for one cell, ready to be raised."""
        error = UnreadableError(f"{self.location(row, column)}: {problem}")
        error.row = row
        return error

    def location(self, row: object, column: str) -> str:
        """Return where a cell stands: in the file, or where its row says that it came from."""
        origin = self.frame[AT].get(row) if AT in self.frame else None
        line = origin if isinstance(origin, str) else f"{self.name}: row {row}"
        return f"{line}, column {column}"

    def refuse(self, column: str, wrong: pd.Series[bool], problem: str) -> None:
        """Raise for the first row for which something is wrong, with the cell and the problem."""
        if wrong.any():
            row = first_row(wrong)
            cell: Any = self.frame.at[row, column]
            text = "a value" if pd.isna(cell) else quoted(str(cell))
            raise self.error(row, column, f"{text} {problem}")


def read_text(path: Path, name: str) -> str:
    """Return a file's text, refusing what is not clean UTF-8 data."""
    record_read(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise AdoptionError(f"{name}: missing") from None
    if path.suffix == ".gz":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise AdoptionError(f"{name}: damaged gzip stream: {error}") from None
    text = decode(data, name)
    refuse_page(text, name, "the CSV")
    return text


def read_csv(
    path: Path, name: str, columns: Sequence[str], optional: Sequence[str] | None = ()
) -> RawTable:
    """Read one of our own CSV files, which has certain columns and, unless None, no others."""
    return _table(read_text(path, name), name, columns, optional)


def parse_csv(
    content: bytes, name: str, columns: Sequence[str], optional: Sequence[str] | None = None
) -> RawTable:
    """Read the columns that are needed of another's CSV file, and optional ones if any are named.

    Optional ones that it lacks are empty, and where there are such it may have no others.
    """
    text = decode(content, name)
    refuse_page(text, name, "the CSV")
    frame = _table(text, name, columns, optional).frame
    if frame.empty:
        raise UnreadableError(f"{name}: no rows below the headings")
    frame = frame.apply(lambda cells: cells.str.strip())
    frame = frame.reindex(columns=[*columns, *(optional or ()), AT], fill_value="")
    table = RawTable(name, frame)
    for column in frame.columns.drop(AT):
        table.refuse(column, frame[column].str.len() > MAX_LETTERS, "is too long")
    return table


def _table(
    text: str, name: str, columns: Sequence[str], optional: Sequence[str] | None
) -> RawTable:
    """Return the table that stands in a text; the number of a row is the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader)]
        _check_header(name, header, columns, optional)
        numbered = [(row, reader.line_num) for row in reader]
    except csv.Error as error:
        raise UnreadableError(f"{name}: row {reader.line_num}: {error}") from None
    for row, line in numbered:
        if len(row) != len(header):
            last = min(len(row), len(header)) - 1
            where = quoted(header[last] if row else header[0])[1:-1]
            cut = "; the file ends here: truncated?" if line > text.count("\n") else ""
            fields = f"{len(row)} fields where {len(header)} are expected"
            raise UnreadableError(f"{name}: row {line}, column {where}: {fields}{cut}")
    if not text.endswith("\n"):
        raise UnreadableError(
            f"{name}: row {reader.line_num}: the last line has no end: truncated?"
        )
    rows = [row for row, _ in numbered]
    lines = [line for _, line in numbered]
    frame = pd.DataFrame(rows, columns=header, index=pd.Index(lines, name="row"), dtype="str")
    frame[AT] = [f"{name}: row {line}" for line in lines]
    return RawTable(name, frame)


def _check_header(
    name: str, header: Sequence[str], columns: Sequence[str], optional: Sequence[str] | None
) -> None:
    if len(header) == 1 and ";" in header[0]:  # as spreadsheets save in many countries
        raise UnreadableError(f"{name}: row 1: columns with ';' between them; allowed: ','")
    is_own = optional is not None and not optional
    earlier = "; of an earlier version? `adoption start --update DIR`" if is_own else ""
    for column in columns:
        if column not in header:
            problem = f"missing; {nearest_to(column, header)}{earlier}"
            raise UnreadableError(f"{name}: row 1, column {column}: {problem}")
        if header.count(column) > 1:
            raise UnreadableError(f"{name}: row 1, column {column}: the name appears twice")
    allowed = (*columns, *(optional or ()))
    for column in () if optional is None else header:
        if column not in allowed:
            problem = f"not expected; {nearest_to(column, allowed)} (allowed: {', '.join(allowed)})"
            where = quoted(column)[1:-1]
            raise UnreadableError(f"{name}: row 1, column {where}: {problem}")


def first_row(wrong: pd.Series[bool]) -> int:
    """Return the first row for which something is true."""
    return int(wrong.index[int(wrong.to_numpy().argmax())])


def dates(table: RawTable, column: str) -> pd.Series[pd.Timestamp]:
    """Return a column of days as datetime64[us], NaT where empty."""
    text = table.frame[column]
    parsed = pd.to_datetime(text.where(text != ""), format="%Y-%m-%d", errors="coerce")
    wrong = (text != "") & (parsed.isna() | (text.str.len() != 10))
    table.refuse(column, wrong, "is not a day of the calendar (as 2025-10-25)")
    return parsed.astype("datetime64[us]")


def numbers(
    table: RawTable, column: str, least: float = -math.inf, most: float = math.inf
) -> pd.Series[float]:
    """Return a column of numbers as float64, NaN where empty."""
    text = table.frame[column]
    table.refuse(column, (text != "") & ~text.str.fullmatch(NUMBER), "is not a number")
    parsed = text.where(text != "").astype("float64")
    outside = (parsed < least) | (parsed > most)
    table.refuse(column, outside, f"is not from {least:g} to {most:g}")
    return parsed


def integers(table: RawTable, column: str) -> pd.Series[int]:
    """Return a column of whole numbers as Int64, missing where empty."""
    parsed = numbers(table, column)
    table.refuse(column, parsed.notna() & (parsed % 1 != 0), "is not a whole number")
    return parsed.astype("Int64")


def years(table: RawTable, column: str) -> pd.Series[int]:
    """Return a column of years as int64; none may be empty."""
    table.refuse(column, ~table.frame[column].str.fullmatch("(?:19|20)[0-9]{2}"), "is not a year")
    return table.frame[column].astype("int64")


def parse_columns(table: RawTable, columns: Sequence[ColumnDescription]) -> pd.DataFrame:
    """Return the raw file with each column that the dictionary knows as its kind says.

    Text stays as it is; an empty cell is missing.
    """
    readers: dict[str, Callable[[RawTable, str], pd.Series[Any]]]
    readers = {"day": dates, "integer": integers, "number": numbers}
    read = [c for c in columns if c.kind in readers and c.name in table.frame]
    values = {column.name: readers[column.kind](table, column.name) for column in read}
    return table.frame.assign(**values)


def unique(table: RawTable, *columns: str) -> None:
    """Check that no two rows have the same values in some columns."""
    twice = table.frame.duplicated(list(columns))
    if twice.any():
        row = first_row(twice)
        values = (str(table.frame.at[row, column]) for column in columns)
        key = " ".join(values)
        raise table.error(row, columns[0], f"{key!r} is duplicated")


def allowed_words(table: RawTable, column: str, allowed: Sequence[str]) -> pd.Series[str]:
    """Return a column of words after checking that each is an allowed one."""
    text = table.frame[column]
    wrong = ~text.isin(allowed)
    if wrong.any():
        listed = f" of {', '.join(allowed)}" if len(allowed) <= MAX_WORDS else ""
        near = nearest_to(text[first_row(wrong)], allowed)
        table.refuse(column, wrong, f"is not one{listed or ' of the known ones'}; {near}")
    return text
