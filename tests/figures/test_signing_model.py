"""The odds ratios: in the row of their covariate, their whole interval on the axis."""

from __future__ import annotations

from dataclasses import replace
from math import log10

import plotly.graph_objects as go
import pytest

from adoption.countries.signing_model import Model, fit
from adoption.figures.signing_model import coefficient_chart
from adoption.figures.theme import CONTEXT, SUBJECT
from tests.adopting import adopters
from tests.figures.conftest import same_twice
from tests.test_signing_model import model, two_by_two


def chart(fitted: Model | None = None) -> go.Figure:
    figure = coefficient_chart(fitted or model(), adopters("hanoi"), "t")
    assert figure is not None
    return figure


def test_each_odds_ratio_stands_in_its_row() -> None:
    figure = chart()
    coefficients = model().coefficients
    labels = dict(zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True))
    drawn = {}
    for trace in figure.data:
        if trace.mode == "markers":
            for x, y, text in zip(trace.x, trace.y, trace.text, strict=True):
                assert labels[y].replace("<br>", " ") == text
                drawn[text] = (x, trace.marker.color)
    for row in coefficients.to_dict("records"):
        clear = row["low"] > 1 or row["high"] < 1
        expected = (round(row["odds_ratio"], 3), SUBJECT if clear else CONTEXT)
        assert drawn[row["label"]] == expected


def test_the_line_of_no_difference_is_drawn() -> None:
    assert list(chart().data[0].x) == [1, 1]


@pytest.mark.parametrize("factor", [1, 10, 0.1])
def test_the_axis_holds_every_interval_and_the_line_of_one(factor: float) -> None:
    coefficients = model().coefficients
    scaled = {name: coefficients[name] * factor for name in ("odds_ratio", "low", "high")}
    figure = chart(replace(model(), coefficients=coefficients.assign(**scaled)))
    low, high = figure.layout.xaxis.range
    assert low < log10(min(1, scaled["low"].min()))
    assert high > log10(max(1, scaled["high"].max()))
    assert all(low <= log10(tick) <= high for tick in figure.layout.xaxis.tickvals)
    assert 1 in figure.layout.xaxis.tickvals


def test_twice_the_same() -> None:
    same_twice(chart, least=2_000, most=12_000)


def test_no_figure_without_a_model() -> None:
    assert coefficient_chart(fit(two_by_two(20, 0, 15, 40)), adopters("hanoi"), "t") is None
