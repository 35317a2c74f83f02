"""Discs of dots: none over another, the same every time, linked ones near."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from adoption.figures.packing import GAP, pack, radius

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
