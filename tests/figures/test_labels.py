"""Intervals: from the 10% to the 90% point, with the median, and arrows beyond the axis."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from adoption.figures.intervals import Bar, draw
from tests.forecast.entries import MADE_ON, forecast_of


def on(days: float) -> str:
    return (MADE_ON + timedelta(days=days)).isoformat()


def drawn(bar: Bar, end: date) -> go.Figure:
    figure = go.Figure()
    draw(figure, [bar], end)
    return figure


def bar(*days: float, **more: Any) -> Bar:
    return Bar("label", forecast_of(*days, **more), "#0B4A82", 2)


def test_what_lies_beyond_the_axis() -> None:
    end = MADE_ON + timedelta(days=600)
    cut = drawn(bar(100, 400, 800), end)
    assert list(cut.data[0].x) == [on(100), on(600)]
    assert cut.data[0].mode == "lines+markers"  # an arrow
    late = drawn(bar(100, 700, 800), end)
    assert len(late.data) == 1
    assert late.layout.annotations[1].text == "median Mar 2003 ▸"
    gone = drawn(bar(650, 700, 800), end)
    assert len(gone.data) == 0
    assert gone.layout.annotations[1].y == 2
    never = drawn(bar(650, height=(0.05,)), end)
    assert never.layout.annotations[1].text == "median beyond 30 years ▸"
