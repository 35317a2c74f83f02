"""The border of the processed tables: what the dictionary says of columns, keys and references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from adoption.data.csvfile import AT
from adoption.data.dictionary import TABLES, Column, table
from adoption.errors import AdoptionError, did_you_mean


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the dictionary's columns, dtypes and order of rows, validated.

    Empty text becomes missing. Rows are sorted by the table's key. The column `at`, where
    a row comes from, stays if it is there.
    """
    entry = table(name)
    places = [AT] if AT in frame.columns else []
    frame = frame.reindex(columns=[*(column.name for column in entry.columns), *places])
    for column in entry.columns:
        if column.kind == "text":
            frame[column.name] = frame[column.name].replace("", pd.NA)
        if not column.missing:
            _refuse(name, frame, column, frame[column.name].isna(), "is missing")
        if column.allowed:
            wrong = ~frame[column.name].isin(column.allowed) & frame[column.name].notna()
            _refuse(name, frame, column, wrong, f"is not one of {', '.join(column.allowed)}")
    frame = frame.astype(entry.dtypes()).sort_values(list(entry.unique), ignore_index=True)
    twice = frame.duplicated(list(entry.unique))
    if twice.any():
        row = frame[twice].iloc[0]
        key = " ".join(str(row[column]) for column in entry.key)
        raise AdoptionError(f"{_place(name, row)}, column {entry.key[-1]}: {key!r} stands twice")
    return frame


def _refuse(
    name: str, frame: pd.DataFrame, column: Column, wrong: pd.Series[bool], problem: str
) -> None:
    if wrong.any():
        row = frame[wrong].iloc[0]
        value = "a value" if pd.isna(row[column.name]) else repr(row[column.name])
        raise AdoptionError(f"{_place(name, row)}, column {column.name}: {value} {problem}")


def _place(name: str, row: pd.Series[Any]) -> str:
    return str(row[AT]) if AT in row.index else f"table {name}"


def check_references(tables: Mapping[str, pd.DataFrame]) -> None:
    """Check that every key that a column refers to exists."""
    for entry in TABLES:
        for column in entry.columns:
            if column.refers:
                _check_column(entry.name, tables[entry.name], column, tables)


def _check_column(
    name: str, frame: pd.DataFrame, column: Column, tables: Mapping[str, pd.DataFrame]
) -> None:
    target, key = column.refers.split(".")
    known = set(tables[target][key])
    for value in frame[column.name].dropna().drop_duplicates():
        for part in str(value).split(";") if target == "sources" else [value]:
            if part not in known:
                row = frame[frame[column.name] == value].iloc[0]
                raise AdoptionError(
                    f"{_place(name, row)}, column {column.name}: {part!r} is not in "
                    f"{target}.{key}; {did_you_mean(str(part), known, 1)}"
                )
