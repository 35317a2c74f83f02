"""What the data say of a statement: a verdict, why, and the rows that decide it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from math import inf
from typing import Literal

import pandas as pd

from adoption.law.rules import Window

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

    Attributes
    ----------
    what, value : str
        What was looked at, and what the data say of it.
    grade : str
        How well it is supported; `registry` for a reviewed entry of the registry.
    source : str
        Keys of the table `sources`, with `;` between them; empty where none is named.
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
    rows : DataFrame
        The rows that decide it: the columns `FACT_COLUMNS`, all str.
    more : str
        What else a reader should know: how far the data reach, what lies beside.
    without_reports : str, optional
        The verdict if acts that are only reported are left out, where it is another.
    """

    verdict: str
    why: str
    rows: pd.DataFrame = field(repr=False)
    more: str = ""
    without_reports: str | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the sources of its rows, each once, in their order."""
        keys = (key for keys in self.rows["source"] for key in keys.split(";") if key)
        return tuple(dict.fromkeys(keys))


def as_rows(facts: Iterable[Fact]) -> pd.DataFrame:
    """Return facts as the rows of a verdict."""
    return pd.DataFrame([asdict(fact) for fact in facts], columns=list(FACT_COLUMNS), dtype="str")


@dataclass(frozen=True)
class Bounds:
    """A number of which the data may know no more than its bounds.

    Attributes
    ----------
    lower : float
        What is certain.
    upper : float, optional
        What is possible; None where the data set no limit.
    """

    lower: float
    upper: float | None


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
    comparison: Comparison, value: float, said: Bounds, now: Bounds, *, grows: bool = False
) -> str:
    """Return the verdict on a statement in the present tense.

    It is outdated if it was true on the day on which it was said, or of an earlier one, and
    no longer is.

    Examples
    --------
    >>> judge("equals", 65, Bounds(72, None), Bounds(75, None), grows=True)
    'outdated'
    """
    then, today = holds(comparison, value, said), holds(comparison, value, now)
    if then is None and today is False:
        as_known = holds(comparison, value, Bounds(said.lower, said.lower))
        return OUTDATED if as_known and grows else NOT_MEASURABLE
    if then is None:
        return NOT_MEASURABLE
    if then:
        return OUTDATED if today is False else SUPPORTED
    passed = grows and comparison == "equals" and value < said.lower
    return OUTDATED if passed else CONTRADICTED


def judge_by_days(
    comparison: Comparison,
    then: bool | None,
    today: bool | None,
    find_day: Callable[[], date | None],
) -> tuple[str, date | None]:
    """Return the verdict on a statement about a number that can jump over others.

    Examples
    --------
    >>> judge_by_days("equals", False, False, lambda: None)
    ('contradicted', None)
    """
    may_be_past = today is False and (then is None or (not then and comparison == "equals"))
    day = find_day() if may_be_past else None
    if day is not None or (then and today is False):
        return OUTDATED, day
    return verdict_of(then), None


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
    if truth is None:
        return NOT_MEASURABLE
    return SUPPORTED if truth else CONTRADICTED
