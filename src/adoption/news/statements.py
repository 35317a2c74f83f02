"""Declarations, objections and notes of a list that are new, changed or gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adoption.news.counts import Event
from adoption.news.kinds import ADDED, CHANGED, REMOVED, Differences

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
    row added. The two are paired only where nothing has to be guessed: where they are the only
    ones of a convention, a kind and a participant that is named. All others are gone or new.
    """
    gone: dict[tuple[str, ...], list[str]] = {}
    come: dict[tuple[str, ...], list[str]] = {}
    for table in differences.tables:
        for row in table.rows if table.table == STATEMENTS else ():
            if row.change != CHANGED:
                side = come if row.change == ADDED else gone
                side.setdefault(row.key[:3], []).append(row.key[3])
    found: list[StatementChange] = []
    for key in sorted(gone.keys() | come.keys()):
        convention, kind, participant = key
        pairs = [(old, "") for old in gone.get(key, ())] + [("", new) for new in come.get(key, ())]
        if participant and len(gone.get(key, ())) == len(come.get(key, ())) == 1:
            pairs = [(gone[key][0], come[key][0])]
        found += (StatementChange(convention, kind, participant, *pair) for pair in pairs)
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
