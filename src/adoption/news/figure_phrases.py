"""Changed totals, figures of a status and values of states in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from adoption.law.rules import ordinal
from adoption.news.consequences import NTH_GRADE
from adoption.news.kinds import (
    ADDED,
    REMOVED,
    Consequence,
    Differences,
    Total,
    TotalChange,
    Value,
    ValueChange,
)
from adoption.words import counted, listed, long_day, when_long

NOT_KNOWN = "not known"
MOST_VALUES = 5  # of one index and edition; of more only how many
COUNTS = {
    "signatories": "signatories",
    "parties": "parties",
    "confirmed_parties": "confirmed parties",
    "counted": "instruments that count towards the threshold",
}
INDICES = {
    "population": "population",
    "gdp_per_capita": "GDP per capita",
    "gdp_per_capita_ppp": "GDP per capita in international dollars",
    "internet_users_pct": "Internet users, per cent",
    "income_group": "income group",
}


def consequence_line(found: Consequence, differences: Differences) -> str:
    """Return a figure of a status that changed, without a full stop.

    Examples
    --------
    >>> from adoption.news.kinds import Consequence, Differences
    >>> consequence_line(Consequence("hanoi", "parties", "", 39, 40), Differences())
    'parties: 40 (was 39)'
    >>> consequence_line(Consequence("hanoi", "entry_into_force", "", None, "2027-05-15"),
    ...                  Differences())
    'entry into force on 15 May 2027 (was not known)'
    """
    if found.measure in COUNTS:
        threshold = differences.named(found.convention).threshold
        of = f" of {threshold}" if found.measure == "counted" and threshold else ""
        return f"{COUNTS[found.measure]}: {_value(found.new)}{of} (was {_value(found.old)})"
    if found.measure == "in_force":
        grade = f", as {found.new}" if isinstance(found.new, str) else ""
        return f"now in force{grade}" if found.new else "not in force"
    if found.measure == NTH_GRADE:
        return f"the deposits that decide it: {_value(found.new)} (was {_value(found.old)})"
    was = f" (was {_when(found.old).removeprefix('on ') if found.old else NOT_KNOWN})"
    if found.measure == "nth_instrument":
        threshold = differences.named(found.convention).threshold
        nth = f"{ordinal(threshold)} instrument" if threshold else "decisive instrument"
        return f"{nth} deposited {_when(found.new)}{was}"
    whom = f"{differences.states.get(found.iso3, found.iso3)}: " if found.iso3 else ""
    verb = "in force" if found.iso3 else "entry into force"
    unsure = found.measure == "entry_into_force" and found.new and found.is_unsure
    return f"{whom}{verb} {_when(found.new)}{', not confirmed' if unsure else ''}{was}"


def _value(value: Value) -> str:
    if isinstance(value, str):
        return value
    return NOT_KNOWN if value is None else f"{value:,.15g}"


def _when(value: Value) -> str:
    """Return a day or window that is written as in a `Consequence`, for a sentence."""
    if not isinstance(value, str):
        return f"on a day {NOT_KNOWN}"
    earliest, _, latest = value.partition("..")
    return when_long(date.fromisoformat(earliest), date.fromisoformat(latest or earliest))


def total_line(change: TotalChange) -> str:
    """Return a published total that is new, changed or gone, without a full stop."""
    day = f"as of {long_day(change.as_of)}" if change.as_of else "without a day"
    where = f"published total {day} (source {change.source})"
    if change.change == REMOVED:
        return f"{where} no longer in the record (was {_total(change.old)})"
    was = "" if change.change == ADDED else f" (was {_total(change.old)})"
    return f"{where}: {_total(change.new)}{was}"


def _total(total: Total | None) -> str:
    if total is None:
        return NOT_KNOWN
    told = [
        counted(number, *nouns)
        for number, nouns in (
            (total.signatories, ("signatory", "signatories")),
            (total.parties, ("party", "parties")),
        )
        if number is not None
    ]
    return total.wording or listed(told) or NOT_KNOWN


def group_of(value: ValueChange) -> str:
    """Return the index, edition and component of a value: GCI 2024, overall."""
    what = " ".join(filter(None, (INDICES.get(value.index, value.index), value.edition)))
    part = value.component.replace("_", " ")
    of = "" if value.column == "value" else value.column
    return ", ".join(filter(None, (what, part, of)))


def values_line(values: Sequence[ValueChange], differences: Differences) -> str:
    """Return the changed values of one index, edition and component; of many how many."""
    head = f"{group_of(values[0])}: {counted(len(values), 'value')}"
    if len(values) > MOST_VALUES:
        new = sum(value.old is None for value in values)
        gone = sum(value.new is None for value in values)
        counts = (("added", new), ("changed", len(values) - new - gone), ("removed", gone))
        return f"{head}: {', '.join(f'{number:,} {what}' for what, number in counts if number)}"
    told = (
        f"{differences.states.get(v.iso3, v.iso3)} {_shown(v, v.new)} (was {_shown(v, v.old)})"
        for v in values
    )
    return f"{head}: {'; '.join(told)}"


def _shown(of: ValueChange, value: Value) -> str:
    return str(value) if of.column == "year" and value is not None else _value(value)
