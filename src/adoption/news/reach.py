"""What the depositary's list brings beside the acts: reach, contradictions and statements.

They stand in tables of their own, `conventions`, `conflicts`, `statements` and, of two lists,
`header`; told in words they belong to the convention.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adoption.data.lists import kind_of
from adoption.law.conventions import REACH_DAYS
from adoption.news.kinds import ADDED, CHANGED, REMOVED, ActChange, Differences, RowChange
from adoption.news.statements import STATEMENTS, statement_lines
from adoption.news.tables import UNTIL
from adoption.words import long_day

CONVENTIONS, CONFLICTS, SNAPSHOTS = "conventions", "conflicts", "snapshots"
HEADER = "header"
COMPLETE_TO = "complete_to"
IN_FORCE = "entered_into_force"
# By table, the column of a day of entry into force that is published.
PUBLISHED = {CONVENTIONS: IN_FORCE, HEADER: "in_force_on"}
REACH = (*REACH_DAYS, "reach", "source", IN_FORCE)  # columns that follow the list
LISTED, TOTAL = "listed", "total"  # what a conflict is about: whether it was done, how many did
GONE = "no longer in the record; why is not known"
REFUTED = "no longer in the record: the depositary's list does not have it"
UNLISTED = "no longer in the record: it no longer stands in the depositary's list"


def why_removed(change: ActChange, differences: Differences) -> str:
    """Return what to say of an act that was removed: by the depositary's list, or not known."""
    act = change.act
    if act.source and act.source == differences.named(act.convention).source:
        return UNLISTED
    refuted = (act.convention, act.iso3, kind_of(act.act), LISTED)
    found = any(r.key[:4] == refuted for r in _rows(CONFLICTS, differences) if r.change == ADDED)
    return REFUTED if found else GONE


def is_of_list(table: str, row: RowChange) -> bool:
    """Return whether a changed row of another table is told with the convention, or not at all."""
    if table == SNAPSHOTS:  # that it was found unchanged is no change
        return row.change == CHANGED and row.column in (UNTIL, COMPLETE_TO)
    return table in (CONFLICTS, STATEMENTS, HEADER) or (
        table == CONVENTIONS and row.change == CHANGED and row.column in REACH
    )


def list_lines(convention: str, differences: Differences) -> Iterator[tuple[str, str]]:
    """Yield what changed of a convention's list: a word of `kinds`, and the line."""
    for row in _rows(CONVENTIONS, differences) if _is_new(convention, differences) else ():
        if row.key[0] == convention and row.column == COMPLETE_TO and row.change == CHANGED:
            yield CHANGED, f"the list of acts is complete to {_day(row.new)} (was {_day(row.old)})"
    for words in _header_lines(convention, differences):
        yield CHANGED, words
    for row in _rows(CONFLICTS, differences):
        if row.key[0] == convention and row.change in (ADDED, REMOVED):
            _, iso3, kind, about, other, source, *_ = row.key
            state = differences.states.get(iso3, iso3)
            whose = kind if about == TOTAL else state
            what = {
                LISTED: f"{kind} not in the depositary's list",
                TOTAL: "published total",
            }.get(about, f"{about} of the {kind}")
            ended = "" if row.change == ADDED else ", no longer"
            yield row.change, f"sources differ on {whose}{ended}: {what}; {source} says {other}"
    yield from statement_lines(convention, differences)


def listed_conventions(differences: Differences) -> set[str]:
    """Return the conventions of which `list_lines` has something to tell."""
    tables = (CONVENTIONS, CONFLICTS, STATEMENTS, HEADER)
    names = {row.key[0] for table in tables for row in _rows(table, differences)}
    return {name for name in names if any(list_lines(name, differences))}


def published_days(differences: Differences) -> Iterator[RowChange]:
    """Yield the changed days of entry into force that are published, as rows by convention."""
    for table, column in PUBLISHED.items():
        for row in _rows(table, differences):
            if row.column == column and row.change == CHANGED:
                yield row


def _header_lines(convention: str, differences: Differences) -> Iterator[str]:
    for row in published_days(differences):
        if row.key[0] == convention:
            yield f"the published entry into force is {_day(row.new)} (was {_day(row.old)})"
    for row in _rows(HEADER, differences):
        if row.key[0] == convention and row.column != PUBLISHED[HEADER]:
            yield _header(row)


def _header(row: RowChange) -> str:
    """Return what changed of a field of a list's header."""
    if row.column == "not_in_force":
        says = "says" if row.new == "true" else "no longer says"
        return f"the header {says} that the treaty is not yet in force"
    if row.column == "as_of":
        return f"the day of the list is {_day(row.new)} (was {_day(row.old)})"
    what = {"number": "number of the treaty"}.get(row.column, row.column)
    return f"the {what} in the header is {row.new or 'empty'} (was {row.old or 'empty'})"


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
