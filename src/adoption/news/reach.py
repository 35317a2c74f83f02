"""What the depositary's list brings beside the acts: how far it reaches, and what it contradicts.

Both stand in tables of their own, `conventions` and `conflicts`; told in words they belong to
the convention.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from adoption.build.lists import kind_of
from adoption.news.kinds import ADDED, CHANGED, REMOVED
from adoption.words import long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adoption.news.kinds import ActChange, Differences, RowChange

CONVENTIONS, CONFLICTS = "conventions", "conflicts"
COMPLETE_TO = "complete_to"
REACH = (COMPLETE_TO, "known_to", "reach", "source")  # columns that follow the list
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
    """Return whether a changed row of another table is told with the convention."""
    return table == CONFLICTS or (
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
    for row in _rows(CONVENTIONS, differences):
        if row.key[0] == convention and row.column == COMPLETE_TO and row.change == CHANGED:
            yield CHANGED, f"the list of acts is complete to {_day(row.new)} (was {_day(row.old)})"
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


def listed_conventions(differences: Differences) -> set[str]:
    """Return the conventions of which `list_lines` has something to tell."""
    names = {row.key[0] for table in (CONVENTIONS, CONFLICTS) for row in _rows(table, differences)}
    return {name for name in names if any(list_lines(name, differences))}


def _rows(name: str, differences: Differences) -> Iterator[RowChange]:
    return (row for table in differences.tables if table.table == name for row in table.rows)


def _day(written: str) -> str:
    return long_day(date.fromisoformat(written)) if written else "no day"
