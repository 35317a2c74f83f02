"""Coverage and the PIT histogram: what was said beside what happened."""

from __future__ import annotations

import pytest

from adoption import tables
from adoption.figures.calibration import coverage_figure, histogram_figure
from adoption.forecasting.skill import histograms, score_of, skill_by_set
from adoption.sentences.skill import coverage_title, histogram_title
from tests.figures.conftest import same_twice
from tests.forecast.tried import TREATIES, made, real, tried


def test_the_coverage_of_each_way_stands_beside_what_was_said() -> None:
    figure = same_twice(
        lambda: coverage_figure(real(), coverage_title(real())), least=3_000, most=12_000
    )
    said = figure["data"][0]
    assert said["y"] == [50, 50, None, 80, 80, None, 95, 95, None]
    marks = {t["name"]: t for t in figure["data"] if t["mode"] == "markers"}
    assert list(marks) == [
        "as known then",
        "the same, opened since 1990",
        "with hindsight",
    ]
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


def test_one_treaty_is_drawn_without_an_interval() -> None:
    figure = coverage_figure(skill_by_set(tried().head(2), TREATIES), "t")
    lines = [t for t in figure.data if t.mode == "lines" and t.name is None]
    assert [list(line.y) for line in lines] == [[], []]
    assert "opened since" not in figure.layout.meta["alternative"]


def test_the_histogram_has_a_bar_a_tenth_and_way() -> None:
    shares = histograms(tables.read("backtest"), ["then", "apart"])
    figure = same_twice(
        lambda: histogram_figure(shares, histogram_title(real())), least=2_000, most=10_000
    )
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert [bar["name"] for bar in bars] == [
        "as known then",
        "with hindsight, related treaties left out",
    ]
    for bar in bars:
        assert bar["x"] == list(range(1, 11))
        assert sum(bar["y"]) == pytest.approx(100, abs=0.5)
        assert max(bar["y"]) <= figure["layout"]["yaxis"]["range"][1]
    assert figure["data"][-1]["y"] == [10, 10]


def test_the_histogram_by_hand() -> None:
    figure = histogram_figure(histograms(tried(), ["then", "apart"], bins=2), "t")
    assert list(figure.data[0].y) == [36.8, 63.2]  # 28/19 and 48/19 of four
    assert list(figure.data[2].y) == [50, 50]
