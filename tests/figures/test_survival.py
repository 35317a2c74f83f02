"""The curves: the first day as a bar, bands, dotted least values, and panels by group."""

from __future__ import annotations

from datetime import date
from math import log10
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption.forecasting.hazard import effects, estimate_hazard
from adoption.law.conventions import load_conventions
from adoption.show.hazard import effect_chart, hazard_chart
from adoption.show.survival import group_chart, waiting_chart
from adoption.show.theme import BOUND_REPORTED, CONTEXT, STATUS_COLOURS, SUBJECT
from tests.figures.conftest import notes, same_twice
from tests.survival.made import NEWEST, STEPS, data, pooled, real

COMPARED = ("untoc", "uncac", "nuclear-terrorism", "budapest")


def chart(name: str, step: Any, day: date = NEWEST, others: Any = COMPARED) -> dict[str, Any]:
    waits = [real(other, step, day) for other in dict.fromkeys((name, *others))]

    def draw() -> go.Figure:
        made = waiting_chart(waits, "F")
        assert made is not None
        return made

    return same_twice(draw, least=1_000, most=60_000)


def named(figure: dict[str, Any], name: str) -> dict[str, Any]:
    traces: list[dict[str, Any]] = figure["data"]
    (found,) = [trace for trace in traces if trace.get("name") == name]
    return found


def labels(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in notes(figure, "end-label")]


def test_the_first_day_of_this_convention_is_a_bar_of_its_own() -> None:
    figure = chart("hanoi", "signature")
    bar = named(figure, "Hanoi, first day")
    assert bar["x"] == [0, 0]
    assert bar["y"] == [0, round(100 * 68 / 194, 1)]
    line = named(figure, "Hanoi")
    assert line["y"] == [round(100 * 68 / 194, 1), round(100 * 71 / 194, 1)]
    assert "Hanoi 35%" in figure["layout"]["meta"]["alternative"]
    assert "bar: the first day" in figure["layout"]["meta"]["subtitle"]


def test_beyond_the_list_the_line_is_dotted_and_says_the_least() -> None:
    figure = chart("hanoi", "signature")
    least = named(figure, "Hanoi, at least")
    assert least["line"]["dash"] == "dot"
    assert least["y"][-1] == pytest.approx(100 * 74 / 194, abs=0.06)
    assert "<b>Hanoi at least 38%</b>" in labels(figure)
    assert "dotted: at least" in figure["layout"]["meta"]["subtitle"]
    assert "<b>UNTOC 88%</b>" in labels(chart("untoc", "consent"))  # complete beyond the axis
    complete = chart("untoc", "signature", others=("uncac",))
    assert not [t for t in complete["data"] if t.get("line", {}).get("dash") == "dot"]


def test_reported_consents_are_a_dashed_line_in_their_colour() -> None:
    figure = chart("hanoi", "consent")
    reports = named(figure, "Hanoi, with reports")
    assert reports["line"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    assert reports["line"]["dash"] == "dash"
    assert {"4% with reports", "<b>Hanoi none confirmed</b>"} <= set(labels(figure))


def test_days_that_are_not_known_are_a_region_and_no_day() -> None:
    figure = chart("arab-2010", "consent", others=())
    regions = [trace for trace in figure["data"] if trace.get("fill")]
    assert len(regions) == 1
    top = max(max(trace["y"]) for trace in figure["data"])
    assert top == pytest.approx(100 * 10 / 21, abs=0.06)
    assert "darker: days not known" in figure["layout"]["meta"]["subtitle"]


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    assert waiting_chart([real("malabo", "signature")], "F") is None
    assert group_chart(real("malabo", "consent"), "F") is None
    assert group_chart(real("hanoi", "consent", date(2025, 10, 25)), "F") is None


@pytest.mark.parametrize("step", STEPS)
def test_a_panel_for_each_group(step: Any) -> None:
    subject = real("untoc", step)
    figure = same_twice(lambda: group_chart(subject, "F"), least=1_000, most=60_000)
    panels = notes(figure, "panel")
    assert len(panels) == len(subject.groups()) == 5
    assert len({trace["yaxis"] for trace in figure["data"]}) == 5
    behind = [trace for trace in figure["data"] if trace.get("name") == "all states"]
    assert len({tuple(trace["y"]) for trace in behind}) == 1
    assert {trace["line"]["color"] for trace in behind} == {CONTEXT}


# The pooled chance as steps with two bands, and the conventions as marks with intervals.


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
