"""The odds ratios: in the row of their covariate, their whole interval on the axis."""

from __future__ import annotations

import plotly.graph_objects as go

from adoption.figures.signing_model import coefficient_chart
from adoption.figures.theme import CONTEXT, SUBJECT
from tests.adopting import adopters
from tests.test_signing_model import model


def chart() -> go.Figure:
    return coefficient_chart(adopters("hanoi"), "t", "fitted")


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


def test_without_a_model_the_figure_says_why() -> None:
    figure = coefficient_chart(adopters("untoc"), "No model is shown", "none: too few states")
    assert not figure.data
    assert figure.layout.meta["subtitle"] == "Logit, none: too few states"
