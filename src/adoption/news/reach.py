"""What the depositary's list brings beside the acts: reach, contradictions and statements.

They stand in tables of their own, `conventions`, `conflicts` and `statements`; told in words
they belong to the convention.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from adoption.build.lists import kind_of
from adoption.news.kinds import ADDED, CHANGED, REMOVED
from adoption.news.tables import UNTIL
from adoption.words import long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adoption.news.kinds import ActChange, Differences, RowChange

CONVENTIONS, CONFLICTS, SNAPSHOTS = "conventions", "conflicts", "snapshots"
STATEMENTS = "statements"
COMPLETE_TO = "complete_to"
CHECKSUM = 8  # characters of it that are told
IN_FORCE = "entered_into_force"
REACH = (COMPLETE_TO, "known_to", "reach", "source", IN_FORCE)  # columns that follow the list
LISTED = "listed"  # what a conflict is about: whether the act was done at all
GONE = "no longer in the record; why is not known"
REFUTED = "no longer in the record: the depositary's list does not have it"


def why_removed(change: ActChange, differences: Differences) -> str:
    """Return what to say of an act that was removed: by the depositary's list, or not known."""
    act = change.act
    refuted = (act.convention, act.iso3, kind_of(act.act), LISTED)
    found = any(r.key[:4] == refuted for r in _rows(CONFLICTS, differences) if r.change == ADDED)
    return REFUTED if found else GONE


def is_of_list(table: str, row: RowChange) -> bool:
    """Return whether a changed row of another table is told with the convention, or not at all."""
    if table == SNAPSHOTS:  # that it was found unchanged is no change
        return row.change == CHANGED and row.column in (UNTIL, COMPLETE_TO)
    return table in (CONFLICTS, STATEMENTS) or (
        table == CONVENTIONS and row.change == CHANGED and row.column in REACH
    )


def list_lines(convention: str, differences: Differences) -> Iterator[tuple[str, str]]:
    """Yield what changed of a convention's list: a word of `kinds`, and the line.

    Parameters
    ----------
    convention : str
        Its id.
    differences : Differences
        From `adoption.news.differences.differences`.
    """
    for row in _rows(CONVENTIONS, differences) if _is_new(convention, differences) else ():
        if row.key[0] == convention and row.column == COMPLETE_TO and row.change == CHANGED:
            yield CHANGED, f"the list of acts is complete to {_day(row.new)} (was {_day(row.old)})"
    for row in _rows(CONVENTIONS, differences):
        if row.key[0] == convention and row.column == IN_FORCE and row.change == CHANGED:
            yield (
                CHANGED,
                f"the published entry into force is {_day(row.new)} (was {_day(row.old)})",
            )
    for row in _rows(CONFLICTS, differences):
        if row.key[0] == convention and row.change in (ADDED, REMOVED):
            _, iso3, kind, about, other, source, *_ = row.key
            state = differences.states.get(iso3, iso3)
            says = f"{source} says {other}"
            what = (
                f"{kind} not in the depositary's list"
                if about == LISTED
                else f"{about} of the {kind}"
            )
            ended = "" if row.change == ADDED else ", no longer"
            yield row.change, f"sources differ on {state}{ended}: {what}; {says}"
    for row in _rows(STATEMENTS, differences):
        if row.key[0] == convention and row.change in (ADDED, REMOVED):
            _, kind, participant, checksum, *_ = row.key
            whose = f" of {participant}" if participant else ""
            yield row.change, f"{kind}{whose} (checksum {checksum[:CHECKSUM]})"


def listed_conventions(differences: Differences) -> set[str]:
    """Return the conventions of which `list_lines` has something to tell."""
    tables = (CONVENTIONS, CONFLICTS, STATEMENTS)
    names = {row.key[0] for table in tables for row in _rows(table, differences)}
    return {name for name in names if any(list_lines(name, differences))}


def _rows(name: str, differences: Differences) -> Iterator[RowChange]:
    return (row for table in differences.tables if table.table == name for row in table.rows)


def _is_new(convention: str, differences: Differences) -> bool:
    """Return whether there is a new list, and not only one that was found unchanged."""
    its_own = f"data/raw/{differences.named(convention).source}/"
    return any(
        row.change == ADDED and row.key[0].startswith(its_own)
        for row in _rows(SNAPSHOTS, differences)
    )


def _day(written: str) -> str:
    return long_day(date.fromisoformat(written)) if written else "no day"
