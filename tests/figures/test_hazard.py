"""The pooled chance as steps with two bands, and the conventions as marks with intervals."""

from __future__ import annotations

from datetime import date
from math import log10
from typing import Any

import pytest

from adoption.figures.hazard import effect_chart, hazard_chart
from adoption.figures.theme import BOUND_REPORTED, CONTEXT, STATUS_COLOURS, SUBJECT
from adoption.forecasting.survival.hazard import effects, estimate_hazard
from adoption.law.conventions import load_conventions
from tests.figures.conftest import same_twice
from tests.survival.made import NEWEST, STEPS, data, pooled

CONVENTIONS = load_conventions()


def placed(*names: str) -> Any:
    chosen = [CONVENTIONS[name] for name in names]
    return effects(pooled("consent"), chosen, data(), NEWEST)


def marks(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {t["name"]: t for t in figure["data"] if t.get("mode") == "markers"}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_drawn_with_its_interval(step: Any) -> None:
    hazard = pooled(step)
    figure = same_twice(lambda: hazard_chart(hazard, "F"), least=1_000, most=30_000)
    line = next(trace for trace in figure["data"] if trace.get("name") == "typical treaty")
    assert line["line"]["shape"] == "hv"
    assert line["x"] == [*hazard.levels["begin"], hazard.levels["end"].iloc[-1]]
    assert line["y"][:-1] == pytest.approx((100 * hazard.levels["chance"]).tolist(), abs=0.006)
    assert line["y"][-1] == line["y"][-2]
    bands = [trace["name"] for trace in figure["data"] if trace.get("fill")]
    assert bands == ["four of five treaties", "95% interval of the typical treaty"]
    assert f"{hazard.acts:,}" in figure["layout"]["meta"]["subtitle"]


def test_the_subject_its_reports_and_the_others_are_told_apart() -> None:
    rows = placed("hanoi", "untoc", "uncac", "arab-2010")
    figure = same_twice(lambda: effect_chart(pooled("consent"), rows, "F"), least=500, most=20_000)
    found = marks(figure)
    assert found["the subject"]["text"] == ["Hanoi, known acts"]
    assert found["the subject"]["marker"]["symbol"] == ["circle-open"]  # a least value
    assert found["the subject"]["marker"]["color"] == SUBJECT
    assert found["with reports"]["marker"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    assert found["others"]["text"] == ["UNTOC", "UNCAC"]
    assert found["others"]["marker"]["color"] == CONTEXT
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < log10(rows["low"].min())
    assert high > log10(rows["high"].max())


def test_nothing_is_drawn_without_a_model_or_a_place() -> None:
    none = estimate_hazard({}, "consent")
    assert hazard_chart(none, "F") is None
    assert effect_chart(none, placed("untoc"), "F") is None
    day = date(2025, 10, 25)
    rows = effects(pooled("consent", day), [CONVENTIONS["hanoi"]], data(), day)
    assert effect_chart(pooled("consent", day), rows, "F") is None
