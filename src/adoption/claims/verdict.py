"""What the data say of a statement: a verdict, why, and the facts that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from math import inf
from typing import Literal

import pandas as pd

from adoption.data.dictionary import GRADES
from adoption.law.conventions import Convention
from adoption.law.rules import Window
from adoption.law.status import Status
from adoption.words import by_grade, long_day

SUPPORTED = "supported"
CONTRADICTED = "contradicted"
OUTDATED = "outdated"
TOO_EARLY = "too early"
NOT_MEASURABLE = "not measurable with these data"
VERDICTS = (SUPPORTED, CONTRADICTED, OUTDATED, TOO_EARLY, NOT_MEASURABLE)

Comparison = Literal["equals", "differs from", "at least", "at most", "more than", "less than"]
DayComparison = Literal["on", "before", "after", "between"]

REGISTRY = "registry"  # the grade of a fact that the registry of conventions holds
FACT_COLUMNS = ("what", "value", "grade", "source")


@dataclass(frozen=True)
class Fact:
    """One row that decides a verdict.

    `grade` is `registry` for a reviewed entry of the registry; `source` holds keys of the table
    `sources` with `;` between them, and is empty where none is named.
    """

    what: str
    value: str
    grade: str
    source: str


@dataclass(frozen=True)
class Verdict:
    """What the data say of a claim.

    Attributes
    ----------
    verdict : str
        One of `VERDICTS`.
    why : str
        The reason, in a sentence or two.
    facts : sequence of Fact
        What decides it.
    more : str
        What else a reader should know: how far the data reach, what lies beside.
    without_reports : str, optional
        The verdict if acts that are only reported are left out, where it is another.
    """

    verdict: str
    why: str
    facts: Sequence[Fact] = field(repr=False)
    more: str = ""
    without_reports: str | None = None

    @property
    def rows(self) -> pd.DataFrame:
        """The facts as a table: the columns `FACT_COLUMNS`, all str."""
        facts = [asdict(fact) for fact in self.facts]
        return pd.DataFrame(facts, columns=list(FACT_COLUMNS), dtype="str")

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the sources of its facts, each once, in their order."""
        keys = (key for fact in self.facts for key in fact.source.split(";") if key)
        return tuple(dict.fromkeys(keys))


@dataclass(frozen=True)
class Bounds:
    """A number of which the data may know no more than its bounds; no upper one is no limit."""

    lower: float
    upper: float | None

    def __str__(self) -> str:
        """Return the number in words.

        Examples
        --------
        >>> [str(Bounds(*ends)) for ends in ((72, None), (72, 72), (8, 21), (0, 3))]
        ['at least 72', '72', '8 to 21', 'up to 3']
        """
        if self.upper is None:
            return f"at least {figure(self.lower)}"
        if self.lower == self.upper:
            return figure(self.lower)
        least = f"{figure(self.lower)} to" if self.lower else "up to"
        return f"{least} {figure(self.upper)}"


def holds(comparison: Comparison, value: float, number: Bounds) -> bool | None:
    """Return whether a comparison is true of a number; None where the bounds leave it open.

    Examples
    --------
    >>> holds("at least", 72, Bounds(72, None)), holds("equals", 72, Bounds(72, None))
    (True, None)
    """
    low, high = number.lower, inf if number.upper is None else number.upper
    exact = True if low == high == value else False if value < low or value > high else None
    return {
        "equals": exact,
        "differs from": None if exact is None else not exact,
        "at least": True if low >= value else False if high < value else None,
        "more than": True if low > value else False if high <= value else None,
        "at most": True if high <= value else False if low > value else None,
        "less than": True if high < value else False if low >= value else None,
    }[comparison]


def judge(
    comparison: Comparison,
    value: float,
    said: Sequence[Bounds],
    now: Sequence[Bounds],
    *,
    grows: bool = False,
) -> str:
    """Return the verdict on a statement in the present tense, true if it is of each number.

    It is outdated if it was true on the day on which it was said, or of an earlier one, and
    no longer is.

    Examples
    --------
    >>> judge("equals", 65, [Bounds(72, None)], [Bounds(75, None)], grows=True)
    'outdated'
    """
    least = [Bounds(number.lower, number.lower) for number in said]
    then, today, as_known = (
        all_hold([holds(comparison, value, number) for number in numbers])
        for numbers in (said, now, least)
    )
    if then is None and today is False:
        return OUTDATED if as_known and grows else NOT_MEASURABLE
    if then:
        return OUTDATED if today is False else SUPPORTED
    passed = grows and comparison == "equals" and all(value < number.lower for number in said)
    return OUTDATED if then is False and passed else verdict_of(then)


def day_holds(
    comparison: DayComparison, value: date, until: date | None, window: Window
) -> bool | None:
    """Return whether something happened when a statement says; None where that is open.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.rules import Window
    >>> february = Window(date(2026, 2, 1), date(2026, 2, 28))
    >>> day_holds("before", date(2026, 3, 1), None, february)
    True
    >>> day_holds("on", date(2026, 2, 3), None, february) is None
    True
    """
    if comparison == "before":
        return True if window.latest < value else False if window.earliest >= value else None
    if comparison == "after":
        return True if window.earliest > value else False if window.latest <= value else None
    last = until or value
    if value <= window.earliest and window.latest <= last:
        return True
    return False if window.latest < value or window.earliest > last else None


def all_hold(truths: Sequence[bool | None]) -> bool | None:
    """Return whether all of some things are true; None where what is open decides.

    Examples
    --------
    >>> all_hold([True, None]), all_hold([False, None]), all_hold([True])
    (None, False, True)
    """
    return False if False in truths else None if None in truths else True


def verdict_of(truth: bool | None) -> str:
    """Return the verdict on what does not change with the day.

    Examples
    --------
    >>> verdict_of(True), verdict_of(None)
    ('supported', 'not measurable with these data')
    """
    return {True: SUPPORTED, False: CONTRADICTED, None: NOT_MEASURABLE}[truth]


def figure(value: float) -> str:
    """Return a number with the digits it carries, two at most.

    Examples
    --------
    >>> figure(65.0), figure(0.25), figure(2591)
    ('65', '0.25', '2,591')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def treaty(convention: Convention) -> str:
    """Return a convention as it stands in a sentence."""
    return f"the {convention.short_title}"


def law_fact(convention: Convention, what: str, value: str) -> Fact:
    """Return a fact that the registry holds of a convention's life or rules."""
    return Fact(what, value, REGISTRY, convention.law_source or convention.source)


def graded(grades: dict[str, int]) -> str:
    """Return counts by grade in brackets after a space; nothing where there are none.

    Examples
    --------
    >>> graded({"reported": 4, "confirmed": 62}), graded({"confirmed": 0})
    (' (62 confirmed, 4 reported)', '')
    """
    found = by_grade({grade: grades[grade] for grade in GRADES if grade in grades})
    return f" ({found})" if found else ""


def reach_in_words(status: Status) -> str:
    """Return how far a convention's list goes, where the day lies beyond; otherwise nothing."""
    if not status.beyond_reach:
        return ""
    complete_to = status.convention.complete_to
    if complete_to is None:
        return "The list of acts is nowhere known to be complete."
    return f"The list of acts is complete only to {long_day(complete_to)}."


def sources_of(rows: pd.DataFrame) -> str:
    """Return the keys of the sources of rows, each once, with `;` between them."""
    return ";".join(sorted({key for keys in rows["source"].dropna() for key in keys.split(";")}))
