"""Coverage and the PIT histogram: what was said beside what happened."""

from __future__ import annotations

from adoption.figures.calibration import coverage_figure, histogram_figure
from adoption.forecast.skill import histograms
from tests.forecast.tried import made, tried


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
