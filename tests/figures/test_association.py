"""Charts of shares and the scatter: every state once, missing apart, uncertainty drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption.countries.association import UNKNOWN
from adoption.figures.association import shares_chart, status_scatter
from adoption.figures.theme import CONTEXT, RINGED, STATUS_COLOURS, SUBJECT
from tests.adopting import CASES, NEWEST, adopters, measured
from tests.figures.conftest import same_twice


def chart(name: str = "hanoi", day: date = NEWEST, edition: int = 2024) -> go.Figure:
    found = adopters(name, day, edition)
    return shares_chart(measured(name, day, edition), found, "t")


def dots(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.mode == "markers"]


def test_each_category_is_a_dot_with_its_interval() -> None:
    own = measured("hanoi")
    figure = chart()
    known, unknown = dots(figure)
    assert (known.marker.color, unknown.marker.color) == (SUBJECT, CONTEXT)
    assert unknown.marker.symbol == "circle-open"
    assert len(unknown.x) == (own["category"] == UNKNOWN).sum()
    assert list(known.x) == [
        round(share, 3) for share in own.loc[own["category"] != UNKNOWN, "share"]
    ]
    lines = [trace for trace in figure.data if trace.mode == "lines"][1:]
    for line, dot in zip(lines, (known, unknown), strict=True):
        ends = list(zip(line.x[::3], line.x[1::3], strict=True))
        assert all(low <= x <= high for (low, high), x in zip(ends, dot.x, strict=True))
        assert line.y[::3] == line.y[1::3] == dot.y
        assert set(line.x[2::3]) == {None}


def test_every_state_with_both_values_is_a_mark_in_the_colour_of_its_status() -> None:
    found = adopters("hanoi")
    figure = status_scatter(found, "t")
    names = [name for trace in figure.data for name in trace.text]
    both = found.frame.dropna(subset=["overall", "gdp_per_capita"])
    assert sorted(names) == sorted(both["name"])
    assert len(names) == 191
    for trace in figure.data:
        status = trace.name.rsplit(" (", 1)[0]
        assert trace.marker.color == STATUS_COLOURS[status]
        assert (trace.marker.symbol == "circle-open") == (status in RINGED)
        assert trace.name.endswith(f"({len(trace.x)})")
    reported = next(trace for trace in figure.data if trace.name.startswith("reported bound"))
    assert set(reported.text) == {"Azerbaijan", "Qatar", "Viet Nam"}


@pytest.mark.parametrize(("name", "day", "edition"), CASES[::7])
def test_every_convention_twice_the_same(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    same_twice(lambda: chart(name, day, edition), least=5_000, most=40_000)
    same_twice(lambda: status_scatter(found, "t"), least=2_500, most=40_000)
