"""Inequality measures against numbers worked out by hand, and by their properties."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.countries.inequality import gini, theil, theil_parts

VALUES = st.lists(st.floats(0, 100).map(lambda x: round(x, 3)), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5, 5, 5], 0),
        ([0, 0], 0),
        # Mean absolute difference of all 16 ordered pairs is 20 / 16, the mean 2.5: G = 1.25 / 5.
        ([1, 2, 3, 4], 1 / 4),
        ([0, 0, 0, 0, 7], 4 / 5),
    ],
)
def test_gini(values: list[float], expected: float) -> None:
    assert gini(values) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5, 5, 5], 0),
        ([0, 0], 0),
        ([0, 10], log(2)),
        # Mean 2: (1/2 ln 1/2 + 3/2 ln 3/2) / 2.
        ([1, 3], (0.5 * log(0.5) + 1.5 * log(1.5)) / 2),
    ],
)
def test_theil(values: list[float], expected: float) -> None:
    assert theil(values) == pytest.approx(expected)


def test_the_parts_of_two_unequal_groups() -> None:
    # Group means 2 and 6, both equal inside: everything is between, with shares 1/4 and 3/4.
    within, between = theil_parts({"a": [2, 2], "b": [6, 6], "empty": []})
    assert within == pytest.approx(0)
    assert between == pytest.approx(0.25 * log(2 / 4) + 0.75 * log(6 / 4))


@pytest.mark.parametrize("values", [[1, float("nan")], [-1, 2]])
def test_what_is_missing_or_negative_is_refused(values: list[float]) -> None:
    for measure in (gini, theil):
        with pytest.raises(ValueError, match="known and not negative"):
            measure(values)


@given(st.dictionaries(st.sampled_from("abcd"), VALUES, min_size=1))
def test_the_parts_add_up(groups: dict[str, list[float]]) -> None:
    within, between = theil_parts(groups)
    everything = [x for values in groups.values() for x in values]
    assert within + between == pytest.approx(theil(everything), abs=1e-9)
    assert between >= -1e-9
