"""Labels at line ends: apart, in order, and no further from their line than needed."""

from __future__ import annotations

from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.figures.labels import LINE_HEIGHT, READABLE, EndLabel, label_ends, spread
from adoption.figures.theme import CONTEXT, SUBJECT

POSITIONS = st.lists(st.floats(0, 100), max_size=12)
GAPS = st.floats(5, 20)
CLOSE = 1e-6
examples = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("positions", "gap", "expected"),
    [
        ([], 4, []),
        ([7.0], 4, [7.0]),
        ([10.0, 10.0, 50.0], 4, [8.0, 12.0, 50.0]),
        ([50.0, 10.0, 11.0], 4, [50.0, 8.5, 12.5]),
        ([0.0, 0.0], 4, [0.0, 4.0]),
        ([1.0, 1.0, 5.0], 4, [0.0, 4.0, 8.0]),
        ([10.0, 14.0, 18.0], 4, [10.0, 14.0, 18.0]),
        ([20.0, 20.0, 20.0], 4, [16.0, 20.0, 24.0]),
        ([10.0, 13.0], 4, [9.5, 13.5]),
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


@examples
@given(POSITIONS, GAPS)
def test_what_is_apart_does_not_move(steps: list[float], gap: float) -> None:
    positions, place = [], 0.0
    for step in steps:
        positions.append(place)
        place += gap + 0.001 + step
    assert spread(positions, gap) == pytest.approx(positions)


@examples
@given(POSITIONS, GAPS)
def test_without_a_floor_the_middle_stays(positions: list[float], gap: float) -> None:
    moved = spread(positions, gap, floor=-1e6)
    assert sum(moved) == pytest.approx(sum(positions), abs=1e-3)


# On a figure


def drawn(*labels: EndLabel, anchor: str = "left") -> list[dict[str, object]]:
    figure = go.Figure()
    label_ends(figure, labels, top=100, plot_height=400, anchor=anchor)
    notes: list[dict[str, object]] = [note.to_plotly_json() for note in figure.layout.annotations]
    return notes


def test_each_label_stands_at_its_line_and_what_is_close_is_moved() -> None:
    notes = drawn(
        EndLabel("40 reported", "2025-10-25", 40, "#E8A33D"),
        EndLabel("41 bound", "2025-10-25", 41, SUBJECT, bold=True),
        EndLabel("90 all", "2025-10-25", 90, CONTEXT),
    )
    assert [note["text"] for note in notes] == ["40 reported", "<b>41 bound</b>", "90 all"]
    assert [(note["x"], note["y"]) for note in notes] == [
        ("2025-10-25", 40),
        ("2025-10-25", 41),
        ("2025-10-25", 90),
    ]
    shifts = [float(str(note["yshift"])) for note in notes]
    assert shifts == [-6.0, 6.0, 0.0]  # 4 pixels apart, 16 needed
    assert (41 - 40) * 4 + shifts[1] - shifts[0] == LINE_HEIGHT
    colours = [note["font"]["color"] for note in notes]  # type: ignore[index]
    assert colours == [READABLE["#E8A33D"], SUBJECT, READABLE[CONTEXT]]
    assert {note["name"] for note in notes} == {"end-label"}


@pytest.mark.parametrize(
    ("anchor", "vertical", "outward"), [("left", "middle", 1), ("right", "bottom", -1)]
)
def test_a_label_stands_after_its_line_or_before_its_end(
    anchor: str, vertical: str, outward: int
) -> None:
    (note,) = drawn(EndLabel("x", 1.0, 50, SUBJECT), anchor=anchor)
    assert (note["xanchor"], note["yanchor"]) == (anchor, vertical)
    assert float(str(note["xshift"])) * outward > 0
    assert note["showarrow"] is False
