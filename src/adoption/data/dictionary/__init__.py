"""The data dictionary: every processed table and column, said once.

The pandera schemas, the Frictionless `datapackage.json` and the reading of tables
are all made from it.
"""

from __future__ import annotations

from adoption.data.dictionary import base, provenance, registry, states
from adoption.data.dictionary.columns import DTYPES, Column, Kind, Table
from adoption.data.dictionary.words import (
    ACTS,
    CONSENTS,
    GRADES,
    SIGNATURES,
    SIGNING_ACTS,
    STATE_KINDS,
    WITHDRAWAL,
)

__all__ = [
    "ACTS", "CONSENTS", "DTYPES", "GRADES", "SIGNATURES", "SIGNING_ACTS", "STATE_KINDS", "TABLES",
    "WITHDRAWAL", "Column", "Kind", "Table", "table",
]  # fmt: skip

TABLES: tuple[Table, ...] = (
    *registry.TABLES, *states.TABLES, *base.TABLES, *provenance.TABLES,
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
