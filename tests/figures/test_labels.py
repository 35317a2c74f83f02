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
