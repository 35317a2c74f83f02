"""Crossings: the first is named before it, others after it, one below another."""

from __future__ import annotations

from datetime import date

import plotly.graph_objects as go

from adoption.figures.crossings import Crossing, mark_crossings
from adoption.figures.theme import SUBJECT

FIRST = Crossing(date(2029, 5, 2), "May 2029", "#E8A33D", hollow=True)
SECOND = Crossing(date(2032, 5, 26), "May 2032", SUBJECT, hollow=False)
THIRD = Crossing(date(2033, 1, 1), "Jan 2033", SUBJECT, hollow=False)


def drawn(*crossings: Crossing) -> go.Figure:
    figure = go.Figure()
    mark_crossings(figure, crossings, 40)
    return figure


def test_words_stand_where_the_lines_do_not_run() -> None:
    notes = drawn(SECOND, THIRD, FIRST).layout.annotations
    said = [f"<b>{crossing.text}</b>" for crossing in (FIRST, SECOND, THIRD)]
    assert [note.text for note in notes] == said
    assert [(note.xanchor, note.yanchor) for note in notes] == [
        ("right", "bottom"), ("left", "top"), ("left", "top"),
    ]  # fmt: skip
    assert notes[2].yshift < notes[1].yshift < 0 < notes[0].yshift
