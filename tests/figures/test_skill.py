"""The scores drawn: every way a mark on both sets, with its interval, the model in colour."""

from __future__ import annotations

import pytest

from adoption.figures.calibration import coverage_figure, histogram_figure
from adoption.figures.skill import skill_figure
from adoption.forecasting.skill import YARDSTICK, Kind, histograms, score_of
from adoption.sentences.skill import skill_title
from adoption.show.theme import CONTEXT, INK, MUTED, SUBJECT
from tests.figures.conftest import same_twice
from tests.forecast.tried import made, real, tried


def test_every_way_is_a_mark_on_both_sets() -> None:
    measured = real()
    figure = same_twice(
        lambda: skill_figure(measured, skill_title(measured)), least=3_000, most=15_000
    )
    marks = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    assert [mark["marker"]["symbol"] for mark in marks] == ["circle", "diamond-open"]
    kinds: tuple[Kind, ...] = ("all", "signed early")
    for mark, kind, shift in zip(marks, kinds, (-0.17, 0.17), strict=True):
        scores = [score_of(measured, way, kind) for way in YARDSTICK]
        assert mark["x"] == pytest.approx([row["error"] for row in scores], abs=1e-5)
        assert mark["y"] == pytest.approx([place + shift for place in range(len(YARDSTICK))])
    assert marks[0]["marker"]["color"] == [SUBJECT, CONTEXT, SUBJECT, SUBJECT, *[CONTEXT] * 3]
    assert marks[1]["marker"]["color"] == [INK, MUTED, INK, INK, *[MUTED] * 3]
    assert max(row["error_high"] for row in scores) < figure["layout"]["xaxis"]["range"][1]
    assert figure["layout"]["xaxis"]["range"][0] == 0


# Coverage and the PIT histogram: what was said beside what happened.


def test_the_intervals_by_hand() -> None:
    figure = coverage_figure(made(), "t")
    line, mark = figure.data[1], figure.data[2]
    assert list(mark.y) == [50, 50, 100]
    # Of treaty A one in two cases lay in the 50% interval, of treaty B as well.
    assert list(line.y) == [50, 50, None, 50, 50, None, 100, 100, None]
    assert figure.layout.meta["alternative"].startswith(
        "Coverage of the model's intervals. as known then: 50% held 50%, 80% held 50%"
    )


def test_the_histogram_by_hand() -> None:
    figure = histogram_figure(histograms(tried(), ["then", "apart"], bins=2), "t")
    assert list(figure.data[0].y) == [36.8, 63.2]  # 28/19 and 48/19 of four
    assert list(figure.data[2].y) == [50, 50]
