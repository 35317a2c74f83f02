"""Shapes of charts: labels apart and in order, days that are not known as a band."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.figures.shapes import spread, steps

CLOSE = 1e-6


@pytest.mark.parametrize(
    ("positions", "gap", "expected"),
    [
        ([], 4, []),
        ([10.0, 10.0, 50.0], 4, [8.0, 12.0, 50.0]),
        ([50.0, 10.0, 11.0], 4, [50.0, 8.5, 12.5]),
        ([1.0, 1.0, 5.0], 4, [0.0, 4.0, 8.0]),
        ([10.0, 10.0, 15.0], 4, [23 / 3, 35 / 3, 47 / 3]),
    ],
)
def test_spread(positions: list[float], gap: float, expected: list[float]) -> None:
    assert spread(positions, gap) == pytest.approx(expected)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.floats(0, 100), max_size=12), st.floats(5, 20))
def test_gaps_and_order_are_kept_above_the_axis(positions: list[float], gap: float) -> None:
    moved = spread(positions, gap)
    assert len(moved) == len(positions)
    order = sorted(range(len(positions)), key=lambda i: (positions[i], moved[i]))
    places = [moved[i] for i in order]
    assert all(b - a >= gap - CLOSE for a, b in pairwise(places))
    assert all(place >= -CLOSE for place in places)


def test_days_that_are_not_known_are_a_band() -> None:
    curve = pd.DataFrame({"lower": [0, 1], "upper": [1, 1]})
    most, least, line = steps("n", [0, 1], curve, "#042A54")
    assert (most.y, least.y, line.y) == ((1, 1), (0, 1), (0, 1))
    assert (least.fill, most.line.width, line.line.shape) == ("tonexty", 0, "hv")
    assert len(steps("n", [0], curve.tail(1), "#042A54")) == 1
