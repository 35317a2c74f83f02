"""The data dictionary: every processed table and column, said once.

The checks of the tables, the Frictionless `datapackage.json` and the reading of tables
are all made from it.
"""

from __future__ import annotations

from adoption.data.dictionary import registry, states
from adoption.data.dictionary.columns import (
    ACTS,
    CONSENTS,
    DTYPES,
    GRADES,
    SIGNATURES,
    SIGNING_ACTS,
    STATE_KINDS,
    WITHDRAWAL,
    Column,
    Kind,
    Table,
)

__all__ = [
    "ACTS", "CONSENTS", "DTYPES", "GRADES", "SIGNATURES", "SIGNING_ACTS", "STATE_KINDS", "TABLES",
    "WITHDRAWAL", "Column", "Kind", "Table", "files_of", "table", "table_of",
]  # fmt: skip

# In the order in which they are written.
TABLES: tuple[Table, ...] = (
    *registry.TABLES[:-2], *states.TABLES, *registry.TABLES[-2:],
)  # fmt: skip

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


def table_of(file: str) -> str:
    """Return the table of which a file, named without its ending, holds rows."""
    return APART[file][0] if file in APART else file


def table(name: str) -> Table:
    """Return a table of the dictionary.

    Examples
    --------
    >>> table("acts").key
    ('convention', 'iso3', 'act')
    """
    for entry in TABLES:
        if entry.name == name:
            return entry
    raise KeyError(name)
