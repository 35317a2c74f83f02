"""Figures that change where they stand, and the day marked on the curve."""

from __future__ import annotations

import itertools
import json
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption.figures.explore import LIVE_HEIGHT, bring, marked_curve, slot, without_words
from adoption.figures.maps import status_map
from adoption.figures.timelines import adoption_curve
from adoption.law.conventions import load_conventions
from adoption.words import long_day
from tests.figures.conftest import notes, read, status, words

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


def test_it_changes_in_place_where_the_classes_are_the_same() -> None:
    before, after = map_on("hanoi", "2026-01-10"), map_on("hanoi", "2026-01-11")
    assert [slot(t) for t in before.data] == [slot(t) for t in after.data]
    shown = go.Figure(before)
    traces = list(shown.data)
    bring(shown, after)
    assert all(one is other for one, other in itertools.zip_longest(traces, shown.data))


def test_how_a_reader_turned_the_map_is_left_alone() -> None:
    shown = go.Figure(map_on("hanoi", "2026-01-10"))
    shown.update_geos(projection_rotation_lon=150)
    bring(shown, map_on("budapest", "2004-07-01"))
    assert shown.layout.geo.projection.rotation.lon == 150


@pytest.mark.parametrize(("name", "day"), CASES)
def test_the_marked_day_is_said_and_drawn_where_it_is(name: str, day: str) -> None:
    figure = plain(curve_on(name, day))
    (note,) = notes(figure, "day")
    assert note["x"] == day
    lines = [shape for shape in figure["layout"]["shapes"] if shape.get("x0") == day]
    assert [line for line in lines if line["type"] == "line" and line["x1"] == day]
    written = long_day(date.fromisoformat(day))
    meta = figure["layout"]["meta"]
    assert meta["subtitle"].endswith(f"The line marks {written}")
    assert meta["title"] == "A finding"
    assert figure["layout"]["title"]["text"] == "<b>A finding</b>"
    assert figure["layout"]["title"]["subtitle"]["text"] == meta["subtitle"]


def test_the_curve_itself_is_not_changed() -> None:
    curve = adoption_curve(load_conventions()["untoc"], read("acts"), date(2026, 11, 24), "t")
    before = curve.to_json()
    marked = marked_curve(curve, date(2003, 9, 29), "u")
    assert curve.to_json() == before
    assert plain(marked)["data"] == plain(curve)["data"]


def test_a_figure_without_words_keeps_them_in_its_meta() -> None:
    figure = map_on("hanoi", "2025-10-25")
    before = figure.to_json()
    bare = plain(without_words(figure))
    assert figure.to_json() == before
    assert "annotations" not in bare["layout"], "a map has no other note than its source"
    assert bare["layout"].get("title", {}).get("text") is None
    assert bare["layout"]["meta"]["title"] == "hanoi 2025-10-25"
    assert bare["layout"]["height"] == LIVE_HEIGHT
    assert "hanoi 2025-10-25" in words(bare)
    assert bare["data"] == plain(figure)["data"]
