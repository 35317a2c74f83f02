"""Snapshots that another of the same source has replaced: none of them is lost.

The table `snapshots` has only the newest of each source.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from adoption.news.kinds import ADDED, CHANGED, RowChange, TableChange
from adoption.news.others import table_change


def replaced_in_words(table: TableChange) -> str:
    """Return how many snapshots others have replaced; empty for none.

    Examples
    --------
    >>> from adoption.news.kinds import REMOVED, RowChange
    >>> days = (("2026-12-01", REMOVED), ("2026-12-08", ADDED))
    >>> rows = [RowChange((f"data/raw/untc-hanoi/{day}/x.xml",), change) for day, change in days]
    >>> replaced_in_words(table_change("snapshots", rows))
    '1 replaced by a newer one'
    """
    pairs = _pairs(table)
    newer = sum(added.key > removed.key for removed, added in pairs)
    counts = ((newer, "newer", "a newer one"), (len(pairs) - newer, "older", "an older one"))
    return ", ".join(
        f"{number:,} replaced by {one if number == 1 else f'{word} ones'}"
        for number, word, one in counts
        if number
    )


def without_replaced(table: TableChange) -> TableChange:
    """Return the changes of the snapshots without those that replace another."""
    paired = [row for pair in _pairs(table) for row in pair]
    return table_change(table.table, [row for row in table.rows if row not in paired])


def _pairs(table: TableChange) -> list[tuple[RowChange, RowChange]]:
    """Return the snapshots removed and added of the same file of the same source."""
    removed: dict[PurePosixPath, RowChange] = {}
    added: dict[PurePosixPath, RowChange] = {}
    for row in table.rows:
        if row.change != CHANGED:
            path = PurePosixPath(row.key[0])
            side = added if row.change == ADDED else removed
            side[path.parent.parent / path.name] = row
    return [(removed[name], added[name]) for name in sorted(removed.keys() & added.keys())]
