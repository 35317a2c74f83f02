"""Words beside a curve: over no mark and over no other words, at each width of a page."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.figures.placing import (
    GAP,
    LINE_HEIGHT,
    NARROW_PLOTS,
    WIDE_PLOTS,
    Label,
    LabelPosition,
    Obstacles,
    place_labels,
)

HEIGHT = 400.0
PLOTS = (*WIDE_PLOTS, *NARROW_PLOTS)
Box = tuple[float, float, float, float]


def box(label: Label, place: LabelPosition, width: float, tall: float) -> Box:
    wide, high = label.width, label.size * LINE_HEIGHT
    x, y = label.x * width, place.y * tall
    left = x + GAP if place.side == "right" else x - GAP - wide
    return left, y - high / 2, left + wide, y + high / 2


def leader_of(label: Label, place: LabelPosition, width: float, tall: float) -> Box:
    x, low, high = label.x * width, *sorted((label.y * tall, place.y * tall))
    return x - 0.5, low, x + 0.5, high


def overlap(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(
        one[1], other[1]
    )


def faults(
    words: list[Label], places: list[LabelPosition | None], marks: list[tuple[float, float]]
) -> list[str]:
    found = []
    written = [(each, place) for each, place in zip(words, places, strict=True) if place]
    for width, tall in PLOTS:
        boxes = [box(*each, width, tall) for each in written]
        found += ["words" for one, other in combinations(boxes, 2) if overlap(one, other)]
        for label, place in written:
            leader = leader_of(label, place, width, tall)
            others = [each for each in boxes if each != box(label, place, width, tall)]
            found += ["leader" for each in others if label.has_leader and overlap(leader, each)]
        for x, y in marks:
            mark = (x * width - 4, y * tall - 4, x * width + 4, y * tall + 4)
            found += ["mark" for each in boxes if overlap(each, mark)]
    return found


def test_words_at_the_end_of_a_curve_are_not_over_the_ring_on_it() -> None:
    """The 74 signatories of Hanoi, and Canada by report a little before the end."""
    marks = [(0.02, 300.0), (0.75, 304.0)]
    end = Label(("at least 74 signatories",), 0.95, 300, 304, ("left",), has_leader=False, tie=4)
    day = Label(("Canada by report, Jul 2026",), 0.75, 304, 290, ("left", "right"))
    places = place_labels([end, day], Obstacles(marks, []), HEIGHT, PLOTS)
    assert faults([end, day], places, marks) == []
    assert places[0] is not None
    assert places[1] is not None
    assert abs(places[0].y - 304) < 40


@given(st.lists(st.tuples(st.floats(0.1, 0.5), st.floats(0, HEIGHT)), min_size=1, max_size=5))
def test_words_lie_over_nothing(points: list[tuple[float, float]]) -> None:
    words = [Label(("5 Chad, 1 Jul 2026",), x, y, y, ("right", "left")) for x, y in points]
    obstacles = Obstacles(points, [(np.array([0.0, 1.0]), *(np.array([0.0, HEIGHT]),) * 2)])
    places = place_labels(words, obstacles, HEIGHT, PLOTS)
    assert faults(words, places, points) == []
    assert all(0 <= place.y <= HEIGHT for place in places if place)


def test_words_without_a_free_place_are_not_written() -> None:
    words = [Label(("5 Chad, 1 Jul 2026",), 0.5, 20, 20, ("right",)) for _ in range(9)]
    places = place_labels(words, Obstacles([(0.5, 20.0)], []), 60, PLOTS)
    assert 1 <= sum(place is not None for place in places) < 9
    assert places[0] is not None


@pytest.mark.parametrize("side", ["left", "right"])
def test_words_alone_stand_where_they_want(side: str) -> None:
    words = Label(("1 Chad",), 0.5, 100, 120, (side,))  # type: ignore[arg-type]
    assert place_labels([words], Obstacles([], []), HEIGHT, PLOTS) == [LabelPosition(120, side)]  # type: ignore[arg-type]
