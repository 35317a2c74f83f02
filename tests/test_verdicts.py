"""The rule by which a number decides a statement: a table worked out by hand."""

from __future__ import annotations

import pytest

from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    Bounds,
    Comparison,
    judge,
)

EXACT, OPEN = Bounds(5, 5), Bounds(5, None)


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
    assert judge(comparison, value, [said], [now], grows=grows) == expected
