"""The curves: the first day as a bar, bands, dotted least values, and panels by group."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption.figures.survival import waiting_chart
from adoption.figures.survival_groups import group_chart
from adoption.figures.theme import BOUND_REPORTED, CONTEXT, STATUS_COLOURS
from tests.figures.conftest import notes, same_twice
from tests.survival.made import NEWEST, STEPS, real

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
