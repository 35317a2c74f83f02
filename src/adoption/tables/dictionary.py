"""The data dictionary: every processed table and column, described once in `dictionary.toml`.

The checks of the tables, the Frictionless `datapackage.json` and the reading of tables
are all made from it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from adoption.core.vocabulary import (
    ACTS,
    BY_RULE,
    CODE_SYSTEMS,
    CONSENT,
    ENDED_BEFORE,
    GENERAL_RULE,
    GRADES,
    NOT_REACHED,
    PUBLISHED,
    SIGNATURE,
    STATE_KINDS,
    SUCCESSION,
    TOTAL_GRADES,
)

# Lists of words that the dictionary names in place of repeating them.
WORDS = {
    "ACTS": ACTS,
    "GRADES": GRADES,
    "TOTAL_GRADES": TOTAL_GRADES,
    "STATE_KINDS": STATE_KINDS,
    "CODE_SYSTEMS": CODE_SYSTEMS,
    "SPELLS": (SIGNATURE, CONSENT),
    "IN_FORCE": (PUBLISHED, BY_RULE, GENERAL_RULE, SUCCESSION, NOT_REACHED, ENDED_BEFORE),
    "STATEMENTS": ("reservation", "declaration", "objection", "notification",
                   "territorial application", "end note", "other text"),
    "LANGUAGES": ("ar", "en", "es", "fr", "ru", "zh"),
}  # fmt: skip

Kind = Literal["text", "integer", "number", "day", "boolean"]

DTYPES: dict[Kind, str] = {
    "text": "str", "integer": "Int64", "number": "float64", "day": "datetime64[us]",
    "boolean": "bool",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of a processed table.

    Attributes
    ----------
    name : str
        Its name.
    kind : Kind
        What it holds; `DTYPES` gives the pandas dtype.
    means : str
        What a value says, with its unit.
    missing : bool
        Whether a value may be empty, which always means "not known".
    allowed : tuple of str
        The only words allowed; empty where any are.
    refers : str
        `table.column` that must hold each value; several keys stand with `;` between them.
    """

    name: str
    kind: Kind
    means: str
    missing: bool = False
    allowed: tuple[str, ...] = ()
    refers: str = ""


@dataclass(frozen=True)
class TableDescription:
    """A processed table.

    Attributes
    ----------
    name : str
        Its name; the files are `name.csv` and `name.parquet`.
    row : str
        What one row is.
    key : tuple of str
        The columns that together say what a row is about.
    columns : tuple of Column
        In order.
    apart : tuple of str
        The columns by which rows of one key differ, where there may be several.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    apart: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    @property
    def unique(self) -> tuple[str, ...]:
        """The columns of which no two rows have the same."""
        return (*self.key, *self.apart)

    def dtypes(self) -> dict[str, str]:
        """Return the pandas dtype of each column."""
        return {column.name: DTYPES[column.kind] for column in self.columns}


def _column(name: str, allowed: str | Sequence[str] = (), **fields: Any) -> Column:
    words = WORDS[allowed] if isinstance(allowed, str) else tuple(allowed)
    return Column(name, allowed=words, **fields)


def _read() -> dict[str, TableDescription]:
    written = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        name: TableDescription(
            name, entry["row"], tuple(entry["key"]),
            tuple(_column(column, **of) for column, of in entry["columns"].items()),
            tuple(entry.get("apart", ())),
        )
        for name, entry in written.items()
    }  # fmt: skip


_BY_NAME = _read()
TABLES = tuple(_BY_NAME.values())  # in the order in which they are written


# Rows under terms of their own stand in files of their own, which can be left out: the name of
# the files, and the table, the column and its value.
APART = {"gci": ("capacity", "index", "GCI")}


def files_of(name: str) -> tuple[str, ...]:
    """Return the files that hold a table, without their endings.

    Examples
    --------
    >>> files_of("capacity"), files_of("acts")
    (('capacity', 'gci'), ('acts',))
    """
    return (name, *(file for file, (of, *_) in APART.items() if of == name))


def table(name: str) -> TableDescription:
    """Return a table of the dictionary.

    Examples
    --------
    >>> table("acts").key
    ('convention', 'iso3', 'act')
    """
    return _BY_NAME[name]
