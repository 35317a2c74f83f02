"""The differences in one line, fit for the subject of a commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

from adoption.news.act_counts import act_events
from adoption.news.counts import by_convention, by_kind, in_full, in_short, removed, together
from adoption.news.kinds import Differences, TableChange
from adoption.news.noted import split_noted
from adoption.news.reach import CONFLICTS, HEADER, published_days
from adoption.news.sections import NOTHING, one_line, others
from adoption.news.statements import statement_events
from adoption.words import counted, listed, long_day

LONGEST = 72  # letters; longer subjects are cut by the tools that show them
MORE = "more"
CAPACITY = ("GCI", "EGDI")
PROVENANCE = ("sources", "snapshots")
BESIDE = "only what stands beside acts and values"


def summary_line(differences: Differences) -> str:
    """Return the differences in one line without a full stop, of 72 letters at most.

    What does not fit is said more shortly: acts of all kinds together and statements of all
    kinds together, then of all conventions; then what is left over is `more`. How many acts
    and statements were removed is always said; it goes first where something is left over.

    Examples
    --------
    >>> from adoption.news.kinds import Act, ActChange, Differences, Named
    >>> states = ("AAA", "BBB")
    >>> signed = tuple(ActChange(None, Act("hanoi", iso3, "signature")) for iso3 in states)
    >>> bound = ActChange(None, Act("hanoi", "AAA", "ratification"))
    >>> hanoi = Named("UN Convention against Cybercrime", "Hanoi", 40)
    >>> summary_line(Differences(acts=(*signed, bound), conventions={"hanoi": hanoi}))
    '2 signatures and 1 ratification of Hanoi'
    >>> summary_line(Differences())
    'nothing has changed'
    """
    acts, statements = act_events(differences), statement_events(differences)
    parts, first = list[str](), list[str]()
    for count, values, has_room in (
        (by_kind, _values_by_index, True),
        (partial(by_convention, counts=in_full), _values_by_index, True),
        (partial(by_convention, counts=in_full), _values_together, True),
        (partial(by_convention, counts=in_short), _values_together, True),
        (partial(together, counts=in_full), _values_together, True),
        (partial(together, counts=in_short), _values_together, True),
        (partial(together, counts=in_short), _values_together, False),
    ):
        told, said = ([*count(events, differences)] for events in (acts, statements))
        parts = [
            *_into_force(differences, has_room), *_published(differences, has_room),
            *told, *said, *values(differences), *_rows(differences), *_conflicts(differences),
        ] or [_provenance(differences)]  # fmt: skip
        line = one_line("; ".join(parts))
        if len(line) <= LONGEST:
            return line or NOTHING
        first = [*(told if removed(acts) else ()), *(said if removed(statements) else ())]
    rest = [part for part in parts if part not in first]
    if len("; ".join([*first, MORE])) > LONGEST:
        gone = [
            counted(removed(found), found[0].noun) for found in (acts, statements) if removed(found)
        ]
        first = [f"{listed(gone)} removed"]
    parts = [*first, *rest]
    while len(parts) > 1 and len("; ".join([*parts, MORE])) > LONGEST:
        parts.pop()
    return one_line("; ".join([*parts, MORE]))


def _into_force(differences: Differences, has_room: bool) -> Iterator[str]:
    figures = {
        name: {c.measure: c for c in differences.consequences if c.convention == name}
        for name in dict.fromkeys(c.convention for c in differences.consequences)
    }
    for name, found in figures.items():
        label = differences.named(name).label
        now, day = found.get("in_force"), found.get("entry_into_force")
        when = _day(day.new) if day else ""
        if any(change.is_unsure for change in found.values()):
            when = ", not confirmed"  # nor is the day
        if now and (now.old is not None or now.new):
            yield f"{label} now in force{when}" if now.new else f"{label} not in force"
        elif day and day.new is None:
            yield f"entry into force of {label} no longer known"
        elif day:
            verb = "enters into force" if day.old is None else "now enters into force"
            other = " on another day" if has_room and day.old and day.is_unsure else ""
            yield f"{label} {verb}{other}{when}"


def _published(differences: Differences, has_room: bool) -> Iterator[str]:
    """Tell of a published entry into force that is news and follows from no changed act."""
    told = {c.convention for c in differences.consequences if c.measure == "entry_into_force"}
    for row in published_days(differences):
        label = differences.named(row.key[0]).label
        if row.key[0] in told:
            continue
        if not row.new:
            yield f"entry into force of {label} no longer published"
        elif has_room:
            joint = " corrected to" if row.old else ":"
            day = long_day(date.fromisoformat(row.new))
            yield f"published entry into force of {label}{joint} {day}"
        else:
            yield f"published entry into force of {label} {'corrected' if row.old else 'new'}"


def _day(value: object) -> str:
    """Return a known day of a `Consequence` with its preposition; empty for a window."""
    if not isinstance(value, str) or ".." in value:
        return ""
    return f" on {long_day(date.fromisoformat(value))}"


def _values_by_index(differences: Differences) -> Iterator[str]:
    numbers = Counter(index for index, *_ in _changed_values(differences))
    for index in (*CAPACITY, ""):
        if numbers[index]:
            yield counted(numbers[index], f"{index or 'indicator'} value")


def _values_together(differences: Differences) -> Iterator[str]:
    found = _changed_values(differences)
    if found:
        yield counted(len(found), "value")


def _changed_values(differences: Differences) -> set[tuple[str, ...]]:
    """Return what tells each value apart; a value and its year or tier are one."""
    return {
        (v.index if v.index in CAPACITY else "", v.iso3, v.index, v.edition, v.component)
        for v in differences.indicators
    }


def _rows(differences: Differences) -> Iterator[str]:
    if differences.totals:
        yield counted(len(differences.totals), "total")
    tables = [news for news, _ in _other_rows(differences) if news.rows]
    rows = sum(t.added + t.changed + t.removed for t in tables)
    if rows:
        of = f" of {tables[0].table}" if len(tables) == 1 else ""
        yield f"{counted(rows, 'row' if of else 'other row')}{of}"


def _conflicts(differences: Differences) -> Iterator[str]:
    """Tell how many contradictions of other sources are new."""
    added = sum(t.added for t in differences.tables if t.table == CONFLICTS)
    if added:
        yield counted(added, "new conflict")


def _other_rows(differences: Differences) -> list[tuple[TableChange, TableChange]]:
    """Return other tables' rows that are news, and those of which only the origin changed."""
    return [split_noted(table) for table in others(differences) if table.table not in PROVENANCE]


def _provenance(differences: Differences) -> str:
    """Tell in one sentence what is no news, where there is nothing else; empty for nothing."""
    beside = {HEADER, *(noted.table for _, noted in _other_rows(differences) if noted.rows)}
    tables = [table.table for table in differences.tables if table.table not in beside]
    many = f"{len(tables)} tables" if len(tables) > 1 else ""
    noted = [*_noted(differences)]
    if tables and not noted:
        return f"only {listed(tables)}"
    named = [f"the {'tables' if many else 'table'} {listed(tables)}"] if tables else []
    for found in ([*noted, *named], [*noted, *([many] if many else named)]):
        line = f"only {listed(found)}" if len(found) > 1 else "".join(found)
        if len(line) <= LONGEST:
            return line
    return BESIDE


def _noted(differences: Differences) -> Iterator[str]:
    noted = [rows for _, rows in _other_rows(differences) if rows.rows]
    acts = [counted(len(differences.acts), "act")] if differences.acts else []
    rows = [counted(sum(table.changed for table in noted), "row")] if noted else []
    of = f" of {noted[0].table}" if len(noted) == 1 else ""
    if acts or rows:
        yield f"{listed([*acts, *rows])}{of} with another source or note"
    conventions = {found.convention for found in differences.consequences}
    if conventions:
        yield f"the status of {counted(len(conventions), 'convention')}"
    for table in differences.tables:
        if table.table == HEADER:
            for name in dict.fromkeys(row.key[0] for row in table.rows):
                yield f"the header of the list of {differences.named(name).label}"
    if differences.schema:
        yield "tables of another structure"
