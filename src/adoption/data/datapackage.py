"""The Frictionless `datapackage.json`: the data dictionary for machines and people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adoption.data.dictionary import TABLES, Column, Table

if TYPE_CHECKING:
    import pandas as pd

FIELD_TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "day": "date",
    "boolean": "boolean",
}


def describe(tables: Mapping[str, pd.DataFrame], files: Mapping[str, bytes]) -> bytes:
    """Return the data package descriptor."""
    package = {
        "profile": "tabular-data-package",
        "name": "adoption",
        "title": "How states adopt the UN Convention against Cybercrime, and conventions like it",
        "description": (
            "Missing is empty and means not known. Every row names its source; the table "
            "sources describes them, the table snapshots the raw files. Each table is also "
            "there as Parquet."
        ),
        "licenses": [
            {
                "name": "various",
                "title": "Each source's own terms; see the tables sources and snapshots",
            }
        ],
        "resources": [_resource(table, len(tables[table.name]), files) for table in TABLES],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table, rows: int, files: Mapping[str, bytes]) -> dict[str, Any]:
    file = f"{table.name}.csv"
    return {
        "name": table.name.replace("_", "-"),
        "path": file,
        "profile": "tabular-data-resource",
        "description": f"One row is {table.row}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[file]),
        "hash": f"sha256:{hashlib.sha256(files[file]).hexdigest()}",
        "rows": rows,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.unique),
            "foreignKeys": [
                {
                    "fields": column.name,
                    "reference": {
                        "resource": column.refers.split(".")[0].replace("_", "-"),
                        "fields": column.refers.split(".")[1],
                    },
                }
                for column in table.columns
                if column.refers and not column.refers.startswith("sources.")
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.missing}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    return {
        "name": column.name,
        "type": FIELD_TYPES[column.kind],
        "description": f"{column.means}.",
        "constraints": constraints,
    }
