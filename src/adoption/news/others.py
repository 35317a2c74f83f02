"""Changes in the tables of which no more is said than which rows and cells changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple

import pandas as pd

from adoption.builds import in_order, key_columns
from adoption.changes import BEFORE, COPY, Changes, compare
from adoption.news.kinds import ADDED, CHANGED, REMOVED, RowChange, SchemaChange, TableChange
from adoption.news.values import CAPACITY, STATES, TOLD_OF_CAPACITY, TOLD_OF_STATES

TOLD_WHOLE = ("acts", "totals")
TOLD_CELLS: Mapping[str, tuple[str, ...]] = {CAPACITY: TOLD_OF_CAPACITY, STATES: TOLD_OF_STATES}


def other_changes(
    old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame]
) -> tuple[tuple[TableChange, ...], tuple[SchemaChange, ...]]:
    """Return what changed beside acts, totals and values, table by table."""
    same = {name for name in old if name in new and old[name].equals(new[name])}
    before, after = (
        {
            name: frame.iloc[:0] if name in TOLD_WHOLE else frame
            for name, frame in side.items()
            if name not in same
        }
        for side in (old, new)
    )
    changes = compare(before, after)
    names = in_order([*changes.added, *changes.removed, *changes.changed["table"]])
    tables = [table_change(name, _rows(name, changes)) for name in names]
    schema = [
        SchemaChange(row["table"], row["column"], "old" if row["only_in"] == BEFORE else "new")
        for row in changes.schema.to_dict("records")
    ]
    return tuple(table for table in tables if table.rows), tuple(sorted(schema, key=astuple))


def table_change(name: str, rows: Iterable[RowChange]) -> TableChange:
    """Return the changes of one table with their counts, sorted.

    Examples
    --------
    >>> table_change("votes", [RowChange(("QAT", "A/RES/74/247"), "added")]).added
    1
    """
    ordered = sorted(rows, key=astuple)
    changed = {row.key for row in ordered if row.change == CHANGED}
    whole = [row.change for row in ordered]
    return TableChange(name, whole.count(ADDED), len(changed), whole.count(REMOVED), tuple(ordered))


def _rows(name: str, changes: Changes) -> Iterator[RowChange]:
    told = TOLD_CELLS.get(name, ())
    for frames, change in ((changes.added, ADDED), (changes.removed, REMOVED)):
        if name in frames and name != CAPACITY:  # there the value says that the row is new
            frame = frames[name]
            for key in frame[key_columns(name, frame)].itertuples(index=False, name=None):
                yield RowChange(tuple(key), change)
    own = changes.changed[changes.changed["table"] == name]
    for cell in own.to_dict("records"):
        if cell["column"] not in told:
            copy = (str(cell[COPY]),) if cell[COPY] > 1 else ()
            yield RowChange(
                (*cell["key"], *copy), CHANGED, cell["column"], cell["old"], cell["new"]
            )
