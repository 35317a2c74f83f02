"""Two editions and two indices: from old to new, every state with both a dot."""

from __future__ import annotations

from itertools import pairwise

import pytest

from adoption.countries.capacity_pairs import beside_other, rank_gaps, since_earlier, zeros_compared
from adoption.countries.indices import Indicator
from adoption.figures.capacity_pairs import MOVES, moves_chart, other_chart
from tests.figures.conftest import notes, same_twice
from tests.figures.test_capacity import CASES, GCI
from tests.test_capacity import CAPACITY, STATES


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_moves_are_drawn_from_old_to_new(indicator: Indicator) -> None:
    moves = since_earlier(CAPACITY, STATES, indicator)
    zeros = zeros_compared(CAPACITY, STATES, moves)
    if moves is None:
        assert moves_chart(moves, zeros, "t") is None
        return
    figure = same_twice(
        lambda: moves_chart(moves, zeros, "t"),
        least=3_000,
        most=12_000,
    )
    lines, before, after, words = figure["data"]
    assert len(before["x"]) == 2 * MOVES
    assert lines["x"][::3] == pytest.approx(before["x"], abs=1e-4)
    assert lines["x"][1::3] == pytest.approx(after["x"], abs=1e-4)
    by_name = moves.frame.set_index("name")
    for name, x, text in zip(after["text"], after["x"], words["text"], strict=True):
        assert x == pytest.approx(by_name.at[name, "value"], abs=1e-4)
        assert text.startswith(name)
    sizes = [a - b for a, b in zip(after["x"], before["x"], strict=True)]
    assert all(before >= after - 1e-4 for before, after in pairwise(sizes))


def test_a_zero_without_parts_wears_a_star() -> None:
    moves = since_earlier(CAPACITY, STATES, GCI)
    figure = moves_chart(moves, ["Eswatini"], "t")
    assert figure is not None
    assert sum(" * <b>" in text for text in figure.data[3].text) == 1
    assert "published 0" in figure.layout.meta["source"]
    plain = moves_chart(moves, [], "t")
    assert plain is not None
    assert "published 0" not in plain.layout.meta["source"]


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_every_state_with_both_is_a_dot(indicator: Indicator) -> None:
    other = beside_other(CAPACITY, STATES, indicator)
    figure = same_twice(
        lambda: other_chart(other, "t"),
        least=6_000,
        most=20_000,
    )
    drawn = {
        name: (x, y)
        for trace in figure["data"]
        for name, x, y in zip(trace["text"], trace["x"], trace["y"], strict=True)
    }
    assert sum(len(trace["x"]) for trace in figure["data"]) == len(drawn) == len(other.frame)
    for row in other.frame.to_dict("records"):
        assert drawn[row["name"]] == pytest.approx((row["beside"], row["value"]), abs=0.005)
    named = [note["text"] for note in notes(figure, "state")]
    assert named == rank_gaps(other.frame, 2)["name"].tolist()
    assert figure["data"][1]["text"] == named


def test_no_state_with_both_draws_nothing() -> None:
    other = beside_other(CAPACITY[CAPACITY["iso3"] != "QAT"], STATES[STATES["iso3"] == "QAT"], GCI)
    assert other_chart(other, "t") is None
