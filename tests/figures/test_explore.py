"""Figures that change where they stand, and the day marked on the curve."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption.figures.explore import bring, marked_curve, without_words
from adoption.figures.maps import status_map
from adoption.figures.timelines import adoption_curve
from adoption.law.conventions import load_conventions
from tests.figures.conftest import read, status

DAYS = {
    "hanoi": ("2025-10-25", "2026-01-10", "2026-02-10", "2026-11-24"),
    "budapest": ("2001-11-23", "2004-07-01", "2026-11-24"),
    "malabo": ("2014-06-27",),
}
CASES = [(name, day) for name, days in DAYS.items() for day in days]


def map_on(name: str, day: str) -> go.Figure:
    return status_map(status(name, day), read("states"), f"{name} {day}")


def curve_on(name: str, day: str, title: str = "A finding") -> go.Figure:
    convention = load_conventions()[name]
    curve = adoption_curve(convention, read("acts"), date(2026, 11, 24), "")
    return marked_curve(curve, date.fromisoformat(day), title)


def plain(figure: go.Figure) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(figure.to_json())
    for trace in found["data"]:
        trace.pop("uid", None)
    return found


@pytest.mark.parametrize("draw", [map_on, curve_on])
def test_a_figure_that_was_brought_there_is_the_one_drawn_anew(draw: Any) -> None:
    drawn = {case: without_words(draw(*case)) for case in CASES}
    shown = go.Figure(drawn[CASES[0]])
    for case in [*CASES, *reversed(CASES)]:
        bring(shown, drawn[case])
        assert plain(shown) == plain(drawn[case]), case
