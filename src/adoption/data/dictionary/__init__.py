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
    "WITHDRAWAL", "Column", "Kind", "Table", "table",
]  # fmt: skip

# In the order in which they are written.
TABLES: tuple[Table, ...] = (
    *registry.TABLES[:-2], *states.TABLES, *registry.TABLES[-2:],
)  # fmt: skip


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
