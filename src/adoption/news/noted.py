"""Rows of which only the origin changed: whence something is known, and not what."""

from __future__ import annotations

from adoption.news.kinds import CHANGED, TableChange
from adoption.news.others import table_change

ORIGIN = ("source", "law_source", "note")  # columns that say whence, and how it was read


def split_noted(table: TableChange) -> tuple[TableChange, TableChange]:
    """Return the rows of a table of which more than the origin changed, and the others.

    Examples
    --------
    >>> from adoption.news.kinds import RowChange
    >>> rows = [RowChange(("QAT",), "changed", column) for column in ("source", "grade")]
    >>> both = table_change("capacity", [*rows, RowChange(("AZE",), "changed", "source")])
    >>> [part.changed for part in split_noted(both)]
    [1, 1]
    """
    more = {row.key for row in table.rows if row.change != CHANGED or row.column not in ORIGIN}
    return (
        table_change(table.table, [row for row in table.rows if row.key in more]),
        table_change(table.table, [row for row in table.rows if row.key not in more]),
    )
