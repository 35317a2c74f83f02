"""Two lists of one treaty as its publisher prints them: acts, totals, statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from adoption.build.names import tidy
from adoption.news.acts import act_changes
from adoption.news.kinds import (
    ADDED,
    CHANGED,
    REMOVED,
    Act,
    Differences,
    RowChange,
    Total,
    TotalChange,
)
from adoption.news.others import table_change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from adoption.sources.listed import ListedTreaty


@dataclass(frozen=True)
class Listing:
    """What is known of a list beside what stands in it.

    Attributes
    ----------
    source, convention : str
        The source's name, and the id of the convention.
    codes : mapping of str to str
        From the spelling of a participant to its ISO3 code; who is not in it keeps the name
        that is printed.
    """

    source: str
    convention: str
    codes: Mapping[str, str]


def listed_differences(old: ListedTreaty, new: ListedTreaty, listing: Listing) -> Differences:
    """Return how a publisher's list differs from an earlier one.

    Acts are compared by participant and kind; where one has the same act several times, as a
    superseded one and one that stands, in the order of their days.
    """
    totals = Total(old.signatories, old.parties), Total(new.signatories, new.parties)
    changed = TotalChange(listing.convention, None, listing.source, *totals)
    tables = (
        table_change("entries into force", _entries_changed(old, new)),
        table_change("statements", _statements_changed(old, new, listing.convention)),
    )
    return Differences(
        acts=act_changes(_acts(old, listing), _acts(new, listing)),
        totals=(changed,) if changed.old != changed.new else (),
        tables=tuple(table for table in tables if table.rows),
    )


def _acts(listed: ListedTreaty, listing: Listing) -> Iterator[Act]:
    copies: Counter[tuple[str, str]] = Counter()
    for act in sorted(listed.acts, key=lambda a: (a.day or date.max, not a.superseded)):
        iso3 = listing.codes.get(tidy(act.participant), "")
        key = (iso3 or act.participant, act.act)
        copies[key] += 1
        yield Act(
            listing.convention, iso3, act.act, act.participant, date=act.day, earliest=act.day,
            latest=act.day, source=listing.source, superseded=act.superseded, copy=copies[key],
        )  # fmt: skip


def _entries_changed(old: ListedTreaty, new: ListedTreaty) -> Iterator[RowChange]:
    before, after = old.entry_into_force, new.entry_into_force
    for who in before.keys() | after.keys():
        was, now = before.get(who), after.get(who)
        if was is None or now is None:
            yield RowChange((who, f"{was or now}"), REMOVED if now is None else ADDED)
        elif was != now:
            yield RowChange((who,), CHANGED, "date", f"{was}", f"{now}")


def _statements_changed(
    old: ListedTreaty, new: ListedTreaty, convention: str
) -> Iterator[RowChange]:
    before, after = (
        Counter((convention, s.kind, s.participant, s.sha256) for s in listed.statements)
        for listed in (old, new)
    )
    for key in (after - before).elements():
        yield RowChange(key, ADDED)
    for key in (before - after).elements():
        yield RowChange(key, REMOVED)
