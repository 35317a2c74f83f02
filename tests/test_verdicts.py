"""The rules by which numbers and days decide: tables worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    Bounds,
    Comparison,
    DayComparison,
    day_holds,
    holds,
    judge,
)
from adoption.law.rules import Window

EXACT, OPEN, BETWEEN = Bounds(5, 5), Bounds(5, None), Bounds(5, 7)


@pytest.mark.parametrize(
    ("comparison", "value", "number", "expected"),
    [
        ("equals", 5, EXACT, True),
        ("equals", 5, OPEN, None),
        ("equals", 6, BETWEEN, None),
        ("differs from", 5, EXACT, False),
        ("at least", 5, OPEN, True),
        ("at least", 6, BETWEEN, None),
        ("more than", 5, EXACT, False),
        ("more than", 4, OPEN, True),
        ("at most", 7, BETWEEN, True),
        ("at most", 7, OPEN, None),
        ("less than", 8, BETWEEN, True),
    ],
)
def test_a_comparison(
    comparison: Comparison, value: float, number: Bounds, expected: bool | None
) -> None:
    assert holds(comparison, value, number) is expected


@pytest.mark.parametrize(
    ("comparison", "value", "said", "now", "grows", "expected"),
    [
        ("equals", 5, EXACT, EXACT, True, SUPPORTED),
        ("equals", 5, EXACT, Bounds(6, None), True, OUTDATED),
        ("equals", 3, EXACT, EXACT, True, OUTDATED),  # passed before it was said
        ("equals", 3, EXACT, EXACT, False, CONTRADICTED),  # what does not grow never passed it
        ("equals", 6, EXACT, Bounds(6, 6), True, CONTRADICTED),  # true only afterwards
        ("equals", 5, OPEN, Bounds(6, None), True, OUTDATED),  # true as far as the list goes
        ("equals", 5, OPEN, OPEN, True, NOT_MEASURABLE),
        ("at least", 5, OPEN, OPEN, True, SUPPORTED),
        ("at least", 6, EXACT, Bounds(9, 9), True, CONTRADICTED),
        ("at most", 5, EXACT, Bounds(6, 6), True, OUTDATED),
        ("at most", 5, OPEN, Bounds(6, None), False, NOT_MEASURABLE),
        ("less than", 6, EXACT, Bounds(5, None), True, SUPPORTED),  # nothing known against it
    ],
)
def test_a_statement_in_the_present_tense(
    comparison: Comparison, value: float, said: Bounds, now: Bounds, grows: bool, expected: str
) -> None:
    assert judge(comparison, value, said, now, grows=grows) == expected


DAY, FEBRUARY = date(2026, 2, 10), Window(date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("comparison", "value", "until", "window", "expected"),
    [
        ("on", DAY, None, Window(DAY, DAY), True),
        ("on", DAY, None, FEBRUARY, None),
        ("before", DAY, None, Window(DAY, DAY), False),
        ("before", DAY, None, FEBRUARY, None),
        ("after", DAY, None, Window(DAY, DAY), False),
        ("after", DAY, None, FEBRUARY, None),
        ("between", date(2026, 2, 1), date(2026, 2, 28), FEBRUARY, True),
        ("between", date(2026, 3, 1), date(2026, 3, 31), FEBRUARY, False),
    ],
)
def test_a_day(
    comparison: DayComparison,
    value: date,
    until: date | None,
    window: Window,
    expected: bool | None,
) -> None:
    assert day_holds(comparison, value, until, window) is expected
