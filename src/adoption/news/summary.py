"""The differences in one line, fit for the subject of a commit."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from adoption.dictionary import ACTS
from adoption.news.consequences import NTH_GRADE
from adoption.news.reach import CONVENTIONS, IN_FORCE
from adoption.news.sections import NOTHING, one_line, others
from adoption.words import counted, listed, long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adoption.news.kinds import ActChange, Differences

LONGEST = 72  # letters; longer subjects are cut by the tools that show them
MORE = "more"
CAPACITY = ("GCI", "EGDI")
FATES = ("", "confirmed", "corrected", "removed")
PROVENANCE = ("sources", "snapshots")


def summary_line(differences: Differences) -> str:
    """Return the differences in one line without a full stop, of 72 letters at most.

    What does not fit is said more shortly: acts of all kinds together, then of all
    conventions; then what is left over is `more`.

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
    parts: list[str] = []
    for acts, values in (
        (_acts_by_kind, _values_by_index),
        (_acts_by_convention, _values_by_index),
        (_acts_by_convention, _values_together),
        (_acts_together, _values_together),
    ):
        parts = [
            *_into_force(differences), *_published(differences), *acts(differences),
            *values(differences), *_rows(differences),
        ] or [*_provenance(differences)]  # fmt: skip
        line = one_line("; ".join(parts))
        if len(line) <= LONGEST:
            return line or NOTHING
    while len(parts) > 1 and len("; ".join([*parts, MORE])) > LONGEST:
        parts.pop()
    return one_line("; ".join([*parts, MORE]))


def _into_force(differences: Differences) -> Iterator[str]:
    by_convention = {
        name: {c.measure: c for c in differences.consequences if c.convention == name}
        for name in dict.fromkeys(c.convention for c in differences.consequences)
    }
    for name, found in by_convention.items():
        label = differences.named(name).label
        now, day = found.get("in_force"), found.get("entry_into_force")
        when = _day(day.new) if day else ""
        grades = [found[name].new for name in (NTH_GRADE, "in_force") if name in found]
        if any(isinstance(grade, str) and grade != "confirmed" for grade in grades):
            when = ", not confirmed"  # nor is the day
        if now and (now.old is not None or now.new):
            yield f"{label} now in force{when}" if now.new else f"{label} not in force"
        elif day and day.new is None:
            yield f"entry into force of {label} no longer known"
        elif day:
            verb = "enters into force" if day.old is None else "now enters into force"
            yield f"{label} {verb}{when}"


def _published(differences: Differences) -> Iterator[str]:
    """Tell of a published entry into force that is news and follows from no changed act."""
    told = {c.convention for c in differences.consequences if c.measure == "entry_into_force"}
    for table in differences.tables:
        for row in table.rows:
            if (table.table, row.column) == (CONVENTIONS, IN_FORCE) and row.key[0] not in told:
                verb = "published" if row.new else "no longer published"
                yield f"entry into force of {differences.named(row.key[0]).label} {verb}"


def _day(value: object) -> str:
    """Return a known day of a `Consequence` with its preposition; empty for a window."""
    if not isinstance(value, str) or ".." in value:
        return ""
    return f" on {long_day(date.fromisoformat(value))}"


def _acts_by_kind(differences: Differences) -> Iterator[str]:
    for name, changes in _news(differences).items():
        by_fate: dict[str, list[str]] = {}
        for change in changes:
            by_fate.setdefault(_fate(change), []).append(change.act.act)
        told = [(_counts(by_fate[fate]), fate) for fate in FATES if fate in by_fate]
        (counts, fate), *others = told
        first = (f"{counts} of {differences.named(name).label}", fate)
        yield ", ".join(" ".join(filter(None, part)) for part in (first, *others))


def _acts_by_convention(differences: Differences) -> Iterator[str]:
    for name, changes in _news(differences).items():
        yield f"{counted(len(changes), 'act')} of {differences.named(name).label}"


def _acts_together(differences: Differences) -> Iterator[str]:
    found = _news(differences)
    if len(found) < 2:
        yield from _acts_by_convention(differences)
    else:
        yield f"{sum(map(len, found.values())):,} acts of {len(found)} conventions"


def _news(differences: Differences) -> dict[str, list[ActChange]]:
    found: dict[str, list[ActChange]] = {}
    for change in differences.acts:
        if change.is_news:
            found.setdefault(change.act.convention, []).append(change)
    return found


def _fate(change: ActChange) -> str:
    """Return the word for what became of an act; none where it is new."""
    if change.old is None or change.new is None:
        return "" if change.new else "removed"
    is_confirmed = change.old.grade != change.new.grade == "confirmed"
    return "confirmed" if is_confirmed else "corrected"


def _counts(acts: list[str]) -> str:
    """Return how many of each kind of act, in the order of the dictionary.

    Examples
    --------
    >>> _counts(["ratification", "signature", "succession to signature", "signature"])
    '2 signatures, 1 succession to signature and 1 ratification'
    """
    numbers = Counter(acts)
    kinds = sorted(numbers, key=lambda a: (ACTS.index(a) if a in ACTS else len(ACTS), a))
    return listed([counted(numbers[kind], kind, plural(kind)) for kind in kinds])


def plural(act: str) -> str:
    """Return the plural of an act.

    Examples
    --------
    >>> plural("signature"), plural("consent to be bound"), plural("confirmation of signature")
    ('signatures', 'consents to be bound', 'confirmations of signature')
    """
    for link in (" to ", " of "):
        head, found, tail = act.partition(link)
        if found:
            return f"{head}s{link}{tail}"
    return f"{act}s"


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
    tables = [t for t in others(differences) if t.table not in PROVENANCE]
    rows = sum(t.added + t.changed + t.removed for t in tables)
    if rows:
        of = f" of {tables[0].table}" if len(tables) == 1 else ""
        yield f"{counted(rows, 'row' if of else 'other row')}{of}"


def _provenance(differences: Differences) -> Iterator[str]:
    """Tell what is no news, where there is nothing else."""
    noted = len(differences.acts)
    if noted:
        yield f"{counted(noted, 'act')} with another source or note"
    conventions = {found.convention for found in differences.consequences}
    if conventions:
        yield f"the status of {counted(len(conventions), 'convention')}"
    if differences.tables:
        yield f"only {listed([table.table for table in differences.tables])}"
    if differences.schema:
        yield "tables of another structure"
