"""Pandera schemas of the processed tables, made from the data dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from adoption.dictionary import DTYPES, TABLES, Table
from adoption.errors import AdoptionError

if TYPE_CHECKING:
    from collections.abc import Mapping


def schema(table: Table) -> pa.DataFrameSchema:
    """Return the schema of one table.

    Parameters
    ----------
    table : Table
        Its entry in the dictionary.
    """
    columns = {
        column.name: pa.Column(
            DTYPES[column.kind],
            checks=[pa.Check.isin(column.allowed)] if column.allowed else [],
            nullable=column.missing,
        )
        for column in table.columns
    }
    return pa.DataFrameSchema(
        columns, strict=True, ordered=True, unique=list(table.key), name=table.name
    )


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the dictionary's columns, dtypes and order of rows, validated.

    Empty text becomes missing. Rows are sorted by the table's key.

    Raises
    ------
    AdoptionError
        If the schema does not hold; names the column, the check and a value.
    """
    table = next(entry for entry in TABLES if entry.name == name)
    frame = frame.reindex(columns=[column.name for column in table.columns])
    for column in table.columns:
        if column.kind == "text":
            frame[column.name] = frame[column.name].replace("", pd.NA)
    frame = frame.astype(table.dtypes()).sort_values(list(table.key), ignore_index=True)
    try:
        schema(table).validate(frame, lazy=False)
    except pa.errors.SchemaError as error:
        cases = getattr(error, "failure_cases", None)
        value = cases["failure_case"].iloc[0] if isinstance(cases, pd.DataFrame) else cases
        column_name = getattr(error.schema, "name", None) or name
        raise AdoptionError(
            f"table {name}, column {column_name}: {error.check} fails for {value!r}"
        ) from None
    return frame


def check_references(tables: Mapping[str, pd.DataFrame]) -> None:
    """Check that every key that a column refers to exists.

    Raises
    ------
    AdoptionError
        For the first value that has no row where it points to.
    """
    for table in TABLES:
        for column in table.columns:
            if not column.refers:
                continue
            target, key = column.refers.split(".")
            known = set(tables[target][key])
            values = tables[table.name][column.name].dropna().drop_duplicates()
            for value in values:
                for part in str(value).split(";") if target == "sources" else [value]:
                    if part not in known:
                        raise AdoptionError(
                            f"table {table.name}, column {column.name}: {part!r} is not in "
                            f"{target}.{key}"
                        )
