"""Words beside a curve: over no mark and over no other words, at each width of a page."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.show.placing import (
    GAP,
    GLYPH,
    LINE_HEIGHT,
    PLOT_SIZES,
    Label,
    LabelPosition,
    Obstacles,
    place_labels,
)

HEIGHT = 400.0
Box = tuple[float, float, float, float]


def box(label: Label, position: LabelPosition, width: float, scale: float) -> Box:
    wide, high = len(label.lines[0]) * label.size * GLYPH, label.size * LINE_HEIGHT
    x, y = label.x * width, position.y * scale
    left = x + GAP if position.side == "right" else x - GAP - wide
    return left, y - high / 2, left + wide, y + high / 2


def overlap(first: Box, second: Box) -> bool:
    return min(first[2], second[2]) > max(first[0], second[0]) and min(first[3], second[3]) > max(
        first[1], second[1]
    )


def faults(
    labels: list[Label], positions: list[LabelPosition | None], marks: list[tuple[float, float]]
) -> list[str]:
    overlaps = []
    written = [
        (label, position) for label, position in zip(labels, positions, strict=True) if position
    ]
    for width, scale in PLOT_SIZES:
        boxes = [box(*label, width, scale) for label in written]
        overlaps += ["words" for first, second in combinations(boxes, 2) if overlap(first, second)]
        for x, y in marks:
            mark = (x * width - 4, y * scale - 4, x * width + 4, y * scale + 4)
            overlaps += ["mark" for label in boxes if overlap(label, mark)]
    return overlaps


def test_words_at_the_end_of_a_curve_are_not_over_the_ring_on_it() -> None:
    """The 74 signatories of Hanoi, and Canada by report a little before the end."""
    marks = [(0.02, 300.0), (0.75, 304.0)]
    end = Label(("at least 74 signatories",), 0.95, 300, 304, ("left",), has_leader=False, tie=4)
    day = Label(("Canada by report, Jul 2026",), 0.75, 304, 290, ("left", "right"))
    positions = place_labels([end, day], Obstacles(marks, []), HEIGHT)
    assert faults([end, day], positions, marks) == []
    assert positions[0] is not None
    assert positions[1] is not None
    assert abs(positions[0].y - 304) < 40


@given(st.lists(st.tuples(st.floats(0.1, 0.5), st.floats(0, HEIGHT)), min_size=1, max_size=5))
def test_words_lie_over_nothing(points: list[tuple[float, float]]) -> None:
    labels = [Label(("5 Chad, 1 Jul 2026",), x, y, y, ("right", "left")) for x, y in points]
    obstacles = Obstacles(points, [(np.array([0.0, 1.0]), np.array([0.0, HEIGHT]))])
    positions = place_labels(labels, obstacles, HEIGHT)
    assert faults(labels, positions, points) == []
    assert all(0 <= position.y <= HEIGHT for position in positions if position)


def test_words_without_a_free_place_are_not_written() -> None:
    labels = [Label(("5 Chad, 1 Jul 2026",), 0.5, 20, 20, ("right",)) for _ in range(9)]
    positions = place_labels(labels, Obstacles([(0.5, 20.0)], []), 60)
    assert 1 <= sum(position is not None for position in positions) < 9
    assert positions[0] is not None


@pytest.mark.parametrize("side", ["left", "right"])
def test_words_alone_stand_where_they_want(side: str) -> None:
    label = Label(("1 Chad",), 0.5, 100, 120, (side,))  # type: ignore[arg-type]
    assert place_labels([label], Obstacles([], []), HEIGHT) == [LabelPosition(120, side)]  # type: ignore[arg-type]
