"""Labels at line ends: apart, in order, and no further from their line than needed."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.figures.labels import spread
from adoption.figures.packing import GAP, pack, radius

POSITIONS = st.lists(st.floats(0, 100), max_size=12)
GAPS = st.floats(5, 20)
CLOSE = 1e-6
examples = settings(deadline=None, max_examples=100)


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


@examples
@given(POSITIONS, GAPS, st.floats(-100, 100))
def test_gaps_order_and_floor_are_kept(positions: list[float], gap: float, floor: float) -> None:
    moved = spread(positions, gap, floor)
    assert len(moved) == len(positions)
    order = sorted(range(len(positions)), key=lambda i: (positions[i], moved[i]))
    places = [moved[i] for i in order]
    assert all(b - a >= gap - CLOSE for a, b in pairwise(places))
    assert all(place >= floor - CLOSE for place in places)


# On a figure


# Discs of dots: none over another, the same every time, linked ones near.


Sizes = st.lists(st.integers(1, 200), max_size=8)


@given(Sizes)
def test_no_disc_lies_over_another(sizes: list[int]) -> None:
    links = {(i, i + 1) for i in range(len(sizes) - 1)}
    middles = pack(sizes, links)
    assert len(middles) == len(sizes)
    assert pack(sizes, links) == middles
    for i in range(len(sizes)):
        for j in range(i):
            apart = math.dist(middles[i], middles[j])
            assert apart >= radius(sizes[i]) + radius(sizes[j]) + GAP - 1e-6
