"""Two editions and two indices: from old to new, every state with both a dot."""

from __future__ import annotations

from itertools import pairwise

import pytest

from adoption.countries.capacity import Indicator, beside_other, since_earlier, zeros_compared
from adoption.figures.capacity_pairs import MOVES, moves_chart, other_chart
from tests.figures.conftest import same_twice
from tests.figures.test_capacity import CASES, GCI
from tests.test_capacity import CAPACITY, STATES


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_moves_are_drawn_from_old_to_new(indicator: Indicator) -> None:
    moves = since_earlier(CAPACITY, STATES, indicator)
    figure = moves_chart(moves, zeros_compared(CAPACITY, STATES, moves), "t")
    assert (figure is None) == (moves is None)
    if figure is None or moves is None:
        return
    _, before, after, words = figure.data
    assert len(before.x) == 2 * MOVES
    by_name = moves.frame.set_index("name")
    for name, x, text in zip(after.text, after.x, words.text, strict=True):
        assert x == pytest.approx(by_name.at[name, "value"], abs=1e-4)
        assert text.startswith(name)
    sizes = [a - b for a, b in zip(after.x, before.x, strict=True)]
    assert all(before >= after - 1e-4 for before, after in pairwise(sizes))


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_every_state_with_both_is_a_dot(indicator: Indicator) -> None:
    other = beside_other(CAPACITY, STATES, indicator)
    figure = same_twice(lambda: other_chart(other, "t"), least=6_000, most=20_000)
    drawn = {
        name: (x, y)
        for trace in figure["data"]
        for name, x, y in zip(trace["text"], trace["x"], trace["y"], strict=True)
    }
    assert sum(len(trace["x"]) for trace in figure["data"]) == len(drawn) == len(other.frame)
    for row in other.frame.to_dict("records"):
        assert drawn[row["name"]] == pytest.approx((row["beside"], row["value"]), abs=0.005)


def test_no_state_with_both_draws_nothing() -> None:
    other = beside_other(CAPACITY[CAPACITY["iso3"] != "QAT"], STATES[STATES["iso3"] == "QAT"], GCI)
    assert other_chart(other, "t") is None
