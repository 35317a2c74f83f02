"""Pandera schemas of the processed tables, made from the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from adoption.data.csvfile import AT
from adoption.data.dictionary import DTYPES, TABLES, Column, Table
from adoption.errors import AdoptionError, did_you_mean


def schema(table: Table) -> pa.DataFrameSchema:
    """Return the schema of one table."""
    columns = {
        column.name: pa.Column(
            DTYPES[column.kind],
            checks=[pa.Check.isin(column.allowed)] if column.allowed else [],
            nullable=column.missing,
        )
        for column in table.columns
    }
    return pa.DataFrameSchema(
        columns, strict=True, ordered=True, unique=list(table.unique), name=table.name
    )


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the dictionary's columns, dtypes and order of rows, validated.

    Empty text becomes missing. Rows are sorted by the table's key. The column `at`, where
    a row comes from, stays if it is there.
    """
    table = next(entry for entry in TABLES if entry.name == name)
    places = [AT] if AT in frame.columns else []
    frame = frame.reindex(columns=[*(column.name for column in table.columns), *places])
    for column in table.columns:
        if column.kind == "text":
            frame[column.name] = frame[column.name].replace("", pd.NA)
    frame = frame.astype(table.dtypes()).sort_values(list(table.unique), ignore_index=True)
    twice = frame.duplicated(list(table.unique))
    if twice.any():
        row = frame.loc[twice].iloc[0]
        told = " ".join(str(row[column]) for column in table.key)
        raise AdoptionError(f"{_place(name, row)}, column {table.key[-1]}: {told!r} stands twice")
    try:
        schema(table).validate(frame.drop(columns=places), lazy=False)
    except pa.errors.SchemaError as error:
        raise _one_line(name, frame, error) from None
    return frame


def _place(name: str, row: pd.Series[Any]) -> str:
    return str(row[AT]) if AT in row.index else f"table {name}"


def _one_line(name: str, frame: pd.DataFrame, error: pa.errors.SchemaError) -> AdoptionError:
    cases = error.failure_cases
    column, place, value = error.schema.name, f"table {name}", cases
    if isinstance(cases, pd.DataFrame) and len(cases):
        value, index = cases["failure_case"].iloc[0], cases["index"].iloc[0]
        if pd.notna(index):
            place = _place(name, frame.loc[index])
    return AdoptionError(f"{place}, column {column}: {error.check} fails for {value!r}")


def check_references(tables: Mapping[str, pd.DataFrame]) -> None:
    """Check that every key that a column refers to exists."""
    for table in TABLES:
        for column in table.columns:
            if column.refers:
                _check_column(table.name, tables[table.name], column, tables)


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
