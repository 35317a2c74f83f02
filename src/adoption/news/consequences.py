"""What follows from changed acts: the figures of a convention's status, before and now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

import pandas as pd

from adoption.law.conventions import Convention
from adoption.law.status import Status, status_of
from adoption.news.kinds import Consequence, Value
from adoption.news.tables import with_types

IN_FORCE_ON, NTH_GRADE = "in_force_on", "nth_grade"
MEASURES = (
    "signatories", "parties", "confirmed_parties", "counted", "nth_instrument", NTH_GRADE,
    "entry_into_force", "in_force", IN_FORCE_ON,
)  # fmt: skip
USED = ("acts", "states", "memberships", "entries_into_force")
Figures = dict[tuple[str, str], Value]  # by measure and state


def consequences(
    old: Mapping[str, pd.DataFrame],
    new: Mapping[str, pd.DataFrame],
    days: tuple[date | None, date | None],
    conventions: Mapping[str, Convention],
) -> tuple[Consequence, ...]:
    """Return which figures of the conventions' status changed.

    Each side is taken on the day of its own data, so that a convention which has entered into
    force meanwhile is told, too.
    """
    old_day, new_day = days
    if old_day is None or new_day is None:
        return ()
    before, after = _Side(old, old_day, "the old build"), _Side(new, new_day, "the new build")
    found: list[Consequence] = []
    for name in sorted(conventions):
        if not before.same(after, name):
            was, now = (side.status(conventions[name]) for side in (before, after))
            found += _changed(name, was, now)
    return tuple(found)


def _changed(name: str, old: Status | None, new: Status | None) -> Iterator[Consequence]:
    was, now = (_figures(status) if status else {} for status in (old, new))
    is_unsure = new is not None and new.nth_is_unsure
    for measure, iso3 in sorted({*was, *now}, key=lambda k: (MEASURES.index(k[0]), k[1])):
        one, other = was.get((measure, iso3)), now.get((measure, iso3))
        if one != other:
            yield Consequence(name, measure, iso3, one, other, is_unsure)


class _Side:
    """The tables of one side on one day."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], day: date, build: str) -> None:
        self.tables = {name: tables[name] for name in USED}
        self.day = day
        self.build = build

    @cached_property
    def typed(self) -> dict[str, pd.DataFrame]:
        """The tables with types, where anything is to be worked out."""
        return {name: with_types(name, table, self.build) for name, table in self.tables.items()}

    def same(self, other: _Side, convention: str) -> bool:
        """Whether the status of a convention cannot differ between two sides."""
        return self.day == other.day and all(
            self._own(name, convention).equals(other._own(name, convention)) for name in USED
        )

    def _own(self, name: str, convention: str) -> pd.DataFrame:
        table = self.tables[name]
        own = table[table["convention"] == convention] if "convention" in table else table
        columns = sorted(own.columns)
        return own[columns].sort_values(columns, ignore_index=True)

    def status(self, convention: Convention) -> Status | None:
        """Return the status of a convention; none where nobody has acted on it."""
        if not (self.tables["acts"]["convention"] == convention.convention).any():
            return None
        return status_of(convention, self.day, *(self.typed[name] for name in USED))


def _in_force(status: Status) -> Value:
    """Return whether a convention is in force; its grade where that is not confirmed."""
    return status.nth_grade if status.in_force and status.nth_is_unsure else status.in_force


def _figures(status: Status) -> Figures:
    signatories = status.signatories.lower if status.convention.signatories_listed else None
    force = status.entry_into_force
    values: tuple[Value, ...] = (
        signatories,
        status.parties.lower,
        status.parties.confirmed,
        status.counted.lower,
        str(status.nth_instrument) if status.nth_instrument else None,
        status.nth_grade,
        str(force) if force else None,
        _in_force(status),
    )
    found: Figures = {(m, ""): value for m, value in zip(MEASURES[:-1], values, strict=True)}
    known = status.participants.dropna(subset=[IN_FORCE_ON])
    for iso3, day in zip(known["iso3"], known[IN_FORCE_ON], strict=True):
        if force is None or force.day is None or day != pd.Timestamp(force.day):
            found[IN_FORCE_ON, iso3] = f"{day:%Y-%m-%d}"  # the general day is told once
    return found
