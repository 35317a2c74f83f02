"""Declarations, objections and notes of a list that are new, changed or gone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from adoption.news.counts import Event
from adoption.news.kinds import ADDED, CHANGED, REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adoption.news.kinds import Differences

STATEMENTS = "statements"
CHECKSUM = 8  # characters of it that are told
ORDER = (REMOVED, CHANGED, ADDED)


@dataclass(frozen=True)
class StatementChange:
    """A statement by its checksum before and now: empty where it is new or gone."""

    convention: str
    kind: str
    participant: str
    old: str
    new: str

    @property
    def change(self) -> str:
        """`ADDED`, `CHANGED` or `REMOVED`."""
        if not self.old:
            return ADDED
        return CHANGED if self.new else REMOVED


def statement_changes(differences: Differences) -> list[StatementChange]:
    """Return which statements were removed, changed and added, in this order, then sorted.

    The tables tell a statement by its checksum, so that a changed one is a row removed and a
    row added. What one participant said in one kind about one convention is paired, where it
    is several in the order of the rows; what is left over is new or gone.
    """
    gone: dict[tuple[str, ...], list[str]] = {}
    come: dict[tuple[str, ...], list[str]] = {}
    for table in differences.tables:
        for row in table.rows if table.table == STATEMENTS else ():
            if row.change != CHANGED:
                side = come if row.change == ADDED else gone
                side.setdefault(row.key[:3], []).append(row.key[3])
    found = [
        StatementChange(convention, kind, participant, old, new)
        for convention, kind, participant in sorted(gone.keys() | come.keys())
        for old, new in zip_longest(
            gone.get((convention, kind, participant), ()),
            come.get((convention, kind, participant), ()),
            fillvalue="",
        )
    ]
    return sorted(found, key=lambda change: ORDER.index(change.change))


def statement_events(differences: Differences) -> list[Event]:
    """Return what became of each statement, to be counted."""
    return [
        Event("statement", found.convention, found.kind, found.change)
        for found in statement_changes(differences)
    ]


def statement_lines(convention: str, differences: Differences) -> Iterator[tuple[str, str]]:
    """Yield which statements of a convention changed: a word of `kinds`, and the line."""
    for found in statement_changes(differences):
        if found.convention == convention:
            whose = f" of {found.participant}" if found.participant else ""
            what = f"{found.kind}{whose}"
            now, was = found.new[:CHECKSUM], found.old[:CHECKSUM]
            if found.change == CHANGED:
                yield CHANGED, f"{what} changed (checksum {now}, was {was})"
            else:
                yield found.change, f"{what} (checksum {now or was})"
