"""Discs of dots: none over another, the same every time, linked ones near."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.figures.packing import GAP, pack, radius, sunflower

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


@pytest.mark.parametrize("number", [1, 2, 7, 100])
def test_dots_fill_their_disc_and_lie_apart(number: int) -> None:
    dots = sunflower(number)
    assert len(set(dots)) == number
    assert max(math.hypot(*dot) for dot in dots) <= radius(number)
    near = [math.dist(a, b) for i, a in enumerate(dots) for b in dots[:i]]
    assert min(near, default=1) > 0.5
