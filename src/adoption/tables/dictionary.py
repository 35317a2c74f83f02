"""The data dictionary: every processed table and column, described once in `dictionary.toml`.

The checks of the tables, the Frictionless `datapackage.json` and the reading of tables
are all made from it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from adoption.core.acts import ACTS, OTHER_ACTS, SUCCESSION
from adoption.core.vocabulary import (
    BY_RULE,
    CODE_SYSTEMS,
    CONSENT,
    ENDED_BEFORE,
    GENERAL_RULE,
    GRADES,
    NOT_REACHED,
    PUBLISHED,
    RULE_NOT_SEEN,
    SIGNATURE,
    STATE_KINDS,
    TOTAL_GRADES,
)

# Lists of words that the dictionary names in place of repeating them.
WHY_IN_FORCE = (
    PUBLISHED,
    BY_RULE,
    GENERAL_RULE,
    SUCCESSION,
    NOT_REACHED,
    ENDED_BEFORE,
    RULE_NOT_SEEN,
)
KINDS_OF_STATEMENT = (
    "reservation",
    "declaration",
    "objection",
    "notification",
    "territorial application",
    "end note",
    "other text",
)
WORD_LISTS = {
    "ACTS": ACTS,
    "GRADES": GRADES,
    "TOTAL_GRADES": TOTAL_GRADES,
    "STATE_KINDS": STATE_KINDS,
    "CODE_SYSTEMS": CODE_SYSTEMS,
    "SPELLS": (SIGNATURE, CONSENT),
    "IN_FORCE": WHY_IN_FORCE,
    "STATEMENTS": KINDS_OF_STATEMENT,
    "LANGUAGES": ("ar", "en", "es", "fr", "ru", "zh"),
}

ColumnKind = Literal["text", "integer", "number", "day", "boolean", "shape"]

DTYPES: dict[ColumnKind, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "float64",
    "day": "datetime64[us]",
    "boolean": "bool",
    "shape": "geometry",
}


@dataclass(frozen=True)
class ColumnDescription:
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
    unit : str
        The unit or range of a number, where the meaning does not say it.
    """

    name: str
    kind: ColumnKind
    means: str
    missing: bool = False
    allowed: tuple[str, ...] = ()
    refers: str = ""
    unit: str = ""


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
    columns: tuple[ColumnDescription, ...]
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


def _column(name: str, allowed: str | Sequence[str] = (), **fields: Any) -> ColumnDescription:
    words = WORD_LISTS[allowed] if isinstance(allowed, str) else tuple(allowed)
    return ColumnDescription(name, allowed=words, **fields)


def _read() -> dict[str, TableDescription]:
    written = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    tables = {}
    for name, entry in written.items():
        columns = tuple(_column(column, **of) for column, of in entry["columns"].items())
        apart = tuple(entry.get("apart", ()))
        tables[name] = TableDescription(name, entry["row"], tuple(entry["key"]), columns, apart)
    return tables


_BY_NAME = _read()
TABLES = tuple(_BY_NAME.values())  # in the order in which they are written


# Rows under terms of their own stand in files of their own, which can be left out: the name of
# the files, and the table, the column and its value.
PART_FILES = {"gci": ("capacity", "index", "GCI")}


def files_of(name: str) -> tuple[str, ...]:
    """Return the files that hold a table, without their endings.

    Examples
    --------
    >>> files_of("capacity"), files_of("acts")
    (('capacity', 'gci'), ('acts',))
    """
    files = (file for file, (of, *_) in PART_FILES.items() if of == name)
    return (name, *files)


def _read_frames() -> dict[str, dict[str, ColumnDescription]]:
    """Return the columns of every frame that a public function returns, by its name."""
    written = tomllib.loads(Path(__file__).with_name("frames.toml").read_text(encoding="utf-8"))
    frames = {entry.name: {column.name: column for column in entry.columns} for entry in TABLES}
    for frame, entry in written.items():
        columns: dict[str, ColumnDescription] = {}
        for base in (entry.get("table"), entry.get("like")):
            columns |= frames.get(base, {})
        for name, fields in entry["columns"].items():
            of, _, like = fields.get("like", "").partition(".")
            columns[name] = frames[of][like] if like else _column(name, **fields)
            columns[name] = replace(columns[name], name=name)
        for kind in OTHER_ACTS if entry.get("other_acts") else ():
            day, grade = f"{kind.column}_on", f"{kind.column}_grade"
            means = f"First day of an act of the kind {kind.name}, which changes no status"
            columns[day] = _column(day, kind="day", means=means, missing=True)
            means = f"How well the act of the kind {kind.name} is supported"
            columns[grade] = _column(grade, "GRADES", kind="text", means=means, missing=True)
        frames[frame] = columns
    return frames


FRAMES = _read_frames()


def describe_columns(
    frame: str, names: Sequence[str] | None = None
) -> list[ColumnDescription | None]:
    """Return the columns of a table or of what a public function returns, described.

    Parameters
    ----------
    frame : str
        A processed table, or a public function.
    names : sequence of str, optional
        Which columns, in order; None for one that the frame does not have. By default all.

    Examples
    --------
    >>> [column.means for column in describe_columns("curve", ["day", "mine"]) if column]
    ['The day']
    """
    described_columns = FRAMES[frame]

    def described(name: str) -> ColumnDescription | None:
        general = next((f"NAME{end}" for end in ("_year", "_source") if name.endswith(end)), "NAME")
        column = described_columns.get(name) or described_columns.get(general)
        return replace(column, name=name) if column else None

    return [described(name) for name in (described_columns if names is None else names)]


def table_description(name: str) -> TableDescription:
    """Return a table of the dictionary.

    Examples
    --------
    >>> table_description("acts").key
    ('convention', 'iso3', 'act')
    """
    return _BY_NAME[name]
