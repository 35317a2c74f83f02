"""Charts of shares and the scatter: every state once, missing apart, uncertainty drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption.countries.association import UNKNOWN
from adoption.figures.association import LETTERS, shares_chart, status_scatter
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


def test_each_row_has_its_label_and_each_block_its_heading() -> None:
    figure = chart()
    axis = figure.layout.yaxis
    labels = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    assert len(labels) == len(axis.tickvals)
    first = dots(figure)[0]
    for place, text in zip(first.y, first.text, strict=True):
        label = labels[place].replace("<br>", " ")
        assert text.startswith(label), text
    headings = [text for text in axis.ticktext if text.startswith("<b>")]
    assert len(headings) == measured("hanoi")["variable"].nunique()
    assert list(axis.tickvals) == sorted(axis.tickvals)
    for text in axis.ticktext:
        assert max(map(len, text.removeprefix("<b>").removesuffix("</b>").split("<br>"))) <= LETTERS


def test_the_share_of_all_is_a_line_with_its_words() -> None:
    figure = chart()
    line = figure.data[0]
    assert list(line.x) == pytest.approx([73 / 193] * 2, abs=1e-6)
    (words,) = [note.text for note in figure.layout.annotations if note.name != "source"]
    assert words == "all 193: 38%"


def test_the_source_is_that_of_the_characteristics() -> None:
    found = adopters("hanoi")
    own = measured("hanoi")
    gci = shares_chart(own[own["variable"] == "tier"], found, "t")
    votes = shares_chart(own[own["variable"] == "vote"], found, "t")
    assert "non-commercial use" in gci.layout.meta["source"]
    assert "V-Dem" in votes.layout.meta["source"]


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


@pytest.mark.parametrize(("name", "day", "edition"), CASES)
def test_every_convention_twice_the_same(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    same_twice(lambda: chart(name, day, edition), least=5_000, most=40_000)
    same_twice(lambda: status_scatter(found, "t"), least=2_500, most=40_000)
