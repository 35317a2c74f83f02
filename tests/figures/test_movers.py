"""The calibration: every tenth of both questions a mark with its interval, on the same scales."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from adoption.figures.movers import calibration_figure
from adoption.sentences.movers_scores import calibration_title
from adoption.show.theme import SUBJECT
from tests.figures.conftest import same_twice
from tests.movers.made import NEWEST, movers


def drawn(name: str, day: date = NEWEST) -> dict[str, Any]:
    found = movers(name, day)
    return same_twice(
        lambda: calibration_figure(found, calibration_title(found)), least=2_000, most=20_000
    )


@pytest.mark.parametrize("name", ["hanoi", "untoc"])
def test_every_tenth_is_a_mark_on_root_scales(name: str) -> None:
    figure = drawn(name)
    tenths = movers(name).consent.tenths
    (marks,) = [t for t in figure["data"] if t.get("name") == "to consent within a year"]
    assert marks["marker"]["color"] == SUBJECT
    assert marks["x"] == pytest.approx([math.sqrt(c) for c in tenths["chance"]], abs=1e-4)
    assert marks["y"] == pytest.approx([math.sqrt(s) for s in tenths["share"]], abs=1e-4)
    axes = figure["layout"]["xaxis"], figure["layout"]["yaxis"]
    assert axes[0]["tickvals"] == axes[1]["tickvals"]
    assert axes[0]["range"] == axes[1]["range"]
    assert max(marks["y"]) <= axes[1]["range"][1]
    for tick, text in zip(axes[0]["tickvals"], axes[0]["ticktext"], strict=True):
        assert tick == pytest.approx(math.sqrt(float(text.rstrip("%")) / 100), abs=1e-4)
