"""The five verdicts, and when a comparison of a number or of a day has which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Literal

from adoption.law.rules import Window

SUPPORTED = "supported"
CONTRADICTED = "contradicted"
OUTDATED = "outdated"
TOO_EARLY = "too early"
NOT_MEASURABLE = "not measurable with these data"
VERDICTS = (SUPPORTED, CONTRADICTED, OUTDATED, TOO_EARLY, NOT_MEASURABLE)

Comparison = Literal["equals", "differs from", "at least", "at most", "more than", "less than"]
DayComparison = Literal["on", "before", "after", "between"]


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
        from_lower = f"{figure(self.lower)} to" if self.lower else "up to"
        return f"{from_lower} {figure(self.upper)}"


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
    comparison: Comparison | None,
    value: float | None,
    said: Sequence[Bounds],
    now: Sequence[Bounds],
    *,
    grows: bool = False,
) -> str:
    """Return the verdict on a statement in the present tense, true if it is of each number.

    Without a comparison no number decides. A statement is outdated if it was true on the day on
    which it was said, or of an earlier one, and no longer is.

    Examples
    --------
    >>> judge("equals", 65, [Bounds(72, None)], [Bounds(75, None)], grows=True)
    'outdated'
    """
    if comparison is None or value is None:
        return NOT_MEASURABLE
    known = [Bounds(number.lower, number.lower) for number in said]
    then, today, as_known = (
        all_hold([holds(comparison, value, number) for number in numbers])
        for numbers in (said, now, known)
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
    days = Bounds(window.earliest.toordinal(), window.latest.toordinal())
    first, last = value.toordinal(), (until or value).toordinal()
    if comparison in ("before", "after"):
        return holds("less than" if comparison == "before" else "more than", first, days)
    return all_hold([holds("at least", first, days), holds("at most", last, days)])


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


def verdict_if_unseen(last: date | None, as_of: date, complete_to: date | None) -> str:
    """Return the verdict where no act shows what is claimed.

    It is too early until the last day on which it can happen; then the absence of an act is
    evidence within the reach of the list alone.
    """
    if last is None or last > as_of:
        return TOO_EARLY
    return CONTRADICTED if complete_to and last <= complete_to else NOT_MEASURABLE


def figure(value: float) -> str:
    """Return a number with the digits it carries, two at most.

    Examples
    --------
    >>> figure(65.0), figure(0.25), figure(2591)
    ('65', '0.25', '2,591')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
