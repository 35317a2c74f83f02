"""Coverage and the PIT histogram: what was said beside what happened."""

from __future__ import annotations

import pytest

from adoption.figures.calibration import coverage_figure, histogram_figure
from adoption.forecast.skill import histograms, score_of
from adoption.sentences.skill import coverage_title
from tests.figures.conftest import same_twice
from tests.forecast.tried import made, real, tried


def test_the_coverage_of_each_way_stands_beside_what_was_said() -> None:
    figure = same_twice(
        lambda: coverage_figure(real(), coverage_title(real())), least=3_000, most=12_000
    )
    said = figure["data"][0]
    assert said["y"] == [50, 50, None, 80, 80, None, 95, 95, None]
    marks = {t["name"]: t for t in figure["data"] if t["mode"] == "markers"}
    assert list(marks) == ["as known then", "the same, opened since 1990", "with hindsight"]
    since = score_of(real(), "then", "opened since")
    assert marks["the same, opened since 1990"]["y"] == pytest.approx(
        [100 * since[f"within_{percent}"] for percent in (50, 80, 95)], abs=1e-5
    )
    low, high = figure["layout"]["yaxis"]["range"]
    for trace in figure["data"]:
        assert all(low <= y <= high for y in trace["y"] if y is not None)


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
