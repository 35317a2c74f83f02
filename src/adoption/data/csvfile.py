"""Strict reading of raw CSV files: damage is named by file, row and column."""

from __future__ import annotations

import csv
import gzip
import io
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from adoption.data.dictionary import Column
from adoption.errors import AdoptionError, did_you_mean
from adoption.reading import note

AT = "at"  # a column of every frame that is built from raw files: where the row stands
LISTED_AT_MOST = 12  # a longer list of what is allowed helps nobody in one line


@dataclass(frozen=True)
class RawTable:
    """A raw file as text.

    Attributes
    ----------
    name : str
        The file as a person finds it, such as `data/raw/itu-gci/2026-11-24/gci.csv`.
    frame : DataFrame
        All columns as str, empty where nothing is written; the index `row` is the
        line of the file, and the column `at` says file and line, so that an error can
        name them.
    """

    name: str
    frame: pd.DataFrame

    def error(self, row: object, column: str, problem: str) -> AdoptionError:
        """Return the error for one cell, ready to be raised."""
        return AdoptionError(f"{self.name}: row {row}, column {column}: {problem}")


def read_text(path: Path, name: str) -> str:
    """Return a file's text, refusing what is not clean UTF-8 data."""
    note(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise AdoptionError(f"{name}: missing") from None
    if path.suffix == ".gz":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise AdoptionError(f"{name}: row 1, column 1: damaged gzip stream: {error}") from None
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise AdoptionError(
            f"{name}: row 1, column 1: begins with a byte-order mark; save it as plain UTF-8"
        )
    if data.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise AdoptionError(f"{name}: row 1, column 1: an HTML page stands in place of the data")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        line = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        raise AdoptionError(
            f"{name}: row {row}, column {len(next(csv.reader([line.decode('latin-1')]), ['']))}: "
            "not UTF-8 "
            f"(byte 0x{data[error.start]:02x})"
        ) from None
    if not text.strip():
        raise AdoptionError(f"{name}: row 1, column 1: the file is empty")
    return text


def read_csv(path: Path, name: str, columns: Sequence[str]) -> RawTable:
    """Read a CSV file whose columns are known."""
    text = read_text(path, name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        header = next(reader)
        _check_header(name, header, columns)
        for row in reader:
            if len(row) != len(header):
                where = header[min(len(row), len(header)) - 1] if row else header[0]
                raise AdoptionError(
                    f"{name}: row {reader.line_num}, column {where}: "
                    f"{len(row)} fields where {len(header)} are expected"
                    + (
                        "; the file ends here: truncated?"
                        if reader.line_num > text.count("\n")
                        else ""
                    )
                )
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise AdoptionError(
            f"{name}: row {reader.line_num}, column {columns[0]} or after: {error}"
        ) from None
    if not text.endswith("\n"):
        raise AdoptionError(
            f"{name}: row {reader.line_num}, column {header[-1]}: "
            "the last line has no end: truncated?"
        )
    index = pd.Index(lines, name="row")
    frame = pd.DataFrame(rows, columns=header, index=index, dtype="str")
    frame[AT] = [f"{name}: row {line}" for line in lines]
    return RawTable(name, frame)


def _check_header(name: str, header: list[str], columns: Sequence[str]) -> None:
    for number, column in enumerate(header):
        if column in header[:number]:
            raise AdoptionError(f"{name}: row 1, column {column}: the name appears twice")
    for column in columns:
        if column not in header:
            raise AdoptionError(
                f"{name}: row 1, column {column}: missing; {did_you_mean(column, header, 1)}"
            )
    for column in header:
        if column not in columns:
            raise AdoptionError(
                f"{name}: row 1, column {column}: not expected; "
                f"the columns are {', '.join(columns)}"
            )


def first_row(wrong: pd.Series[bool]) -> int:
    """Return the first row for which something is true."""
    return int(wrong.index[int(wrong.to_numpy().argmax())])


def dates(table: RawTable, column: str) -> pd.Series[pd.Timestamp]:
    """Return a column of days as datetime64[us], NaT where empty."""
    text = table.frame[column]
    parsed = pd.to_datetime(text.where(text != ""), format="%Y-%m-%d", errors="coerce")
    wrong = (text != "") & (parsed.isna() | (text.str.len() != 10))
    if wrong.any():
        row = first_row(wrong)
        raise table.error(
            row, column, f"{text[row]!r} is not a day of the calendar (as 2025-10-25)"
        )
    return parsed.astype("datetime64[us]")


def numbers(table: RawTable, column: str) -> pd.Series[float]:
    """Return a column of numbers as float64, NaN where empty."""
    text = table.frame[column]
    parsed = pd.to_numeric(text.where(text != ""), errors="coerce").astype("float64")
    wrong = (text != "") & (parsed.isna() | parsed.abs().eq(math.inf))
    if wrong.any():
        row = first_row(wrong)
        raise table.error(row, column, f"{text[row]!r} is not a number")
    return parsed


def integers(table: RawTable, column: str) -> pd.Series[int]:
    """Return a column of whole numbers as Int64, missing where empty."""
    parsed = numbers(table, column)
    wrong = parsed.notna() & (parsed % 1 != 0)
    if wrong.any():
        row = first_row(wrong)
        raise table.error(row, column, f"{table.frame.at[row, column]!r} is not a whole number")
    return parsed.astype("Int64")


def typed(table: RawTable, columns: Sequence[Column]) -> pd.DataFrame:
    """Return the raw file with each column of the dictionary as its kind says.

    Text stays as it is; an empty cell is missing.
    """
    frame = table.frame.copy()
    for column in columns:
        if column.kind == "day":
            frame[column.name] = dates(table, column.name)
        elif column.kind == "integer":
            frame[column.name] = integers(table, column.name)
        elif column.kind == "number":
            frame[column.name] = numbers(table, column.name)
    return frame


def unique(table: RawTable, *columns: str) -> None:
    """Check that no two rows have the same values in some columns."""
    twice = table.frame.duplicated(list(columns))
    if twice.any():
        row = first_row(twice)
        told = " ".join(str(table.frame.at[row, column]) for column in columns)
        raise table.error(row, columns[0], f"{told!r} stands twice")


def one_of(table: RawTable, column: str, allowed: Sequence[str]) -> pd.Series[str]:
    """Return a column of words after checking that each is an allowed one."""
    text = table.frame[column]
    wrong = ~text.isin(allowed)
    if wrong.any():
        row = first_row(wrong)
        listed = f" of {', '.join(allowed)}" if len(allowed) <= LISTED_AT_MOST else ""
        raise table.error(
            row,
            column,
            f"{text[row]!r} is not one{listed or ' of the known ones'}; "
            f"{did_you_mean(text[row], allowed, 1)}",
        )
    return text
