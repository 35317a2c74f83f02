"""Two lists of one treaty as its publisher prints them: header, acts, totals, statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from adoption.data.names import tidy
from adoption.data.readers.listed import ListedTreaty
from adoption.news.acts import act_changes, done_again
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
from adoption.news.reach import HEADER

OF_HEADER = ("title", "number", "as_of", "not_in_force", "in_force_on")


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
    superseded one and one that stands, in the order of their days. What else the header prints
    is a row of the table `header` for each of its fields.
    """
    totals = Total(old.signatories, old.parties), Total(new.signatories, new.parties)
    changed = TotalChange(listing.convention, None, listing.source, *totals)
    tables = (
        table_change(HEADER, _header_changed(old, new, listing.convention)),
        table_change("entries into force", _entries_changed(old, new)),
        table_change("statements", _statements_changed(old, new, listing.convention)),
    )
    acts = [*_acts(old, listing)], [*_acts(new, listing)]
    return Differences(
        acts=act_changes(*acts),
        totals=(changed,) if changed.old != changed.new else (),
        tables=tuple(table for table in tables if table.rows),
        done_again=done_again(*acts),
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


def _header_changed(old: ListedTreaty, new: ListedTreaty, convention: str) -> Iterator[RowChange]:
    for field in OF_HEADER:
        was, now = (_written(getattr(listed, field)) for listed in (old, new))
        if was != now:
            yield RowChange((convention,), CHANGED, field, was, now)


def _written(value: str | bool | date | None) -> str:
    """Return a field of a header as a table has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


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
