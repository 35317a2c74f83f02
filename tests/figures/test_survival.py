"""The curves: the first day as a bar, bands, dotted least values, and panels by group."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption.figures.survival import waiting_chart
from adoption.figures.survival_groups import ends, group_chart
from adoption.figures.theme import BOUND_REPORTED, CONTEXT, STATUS_COLOURS, SUBJECT
from adoption.figures.waiting_lines import drawn
from adoption.forecasting.survival.estimate import estimate
from tests.figures.conftest import notes, same_twice
from tests.survival.made import CASES, NEWEST, STEPS, real, spells

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


def test_the_subject_is_strong_the_others_grey_and_only_it_has_bands() -> None:
    figure = chart("untoc", "consent", others=("uncac", "budapest"))
    colours = {t["name"]: t["line"]["color"] for t in figure["data"] if "name" in t}
    assert colours["UNTOC"] == SUBJECT
    assert colours["UNCAC"] == colours["Budapest"] == CONTEXT
    fills = [trace for trace in figure["data"] if trace.get("fill")]
    assert len(fills) == 1  # no act of it is in doubt: one band
    assert len([t for t in chart("budapest", "consent")["data"] if t.get("fill")]) == 2


def test_the_band_holds_the_line() -> None:
    line = drawn(real("untoc", "consent").main, 10)
    assert (line["low"] <= line["y"]).all()
    assert (line["y"] <= line["high"]).all()
    assert line["y"].is_monotonic_increasing
    assert line["x"].iloc[-1] == 10


def test_days_that_are_not_known_are_a_region_and_no_day() -> None:
    figure = chart("arab-2010", "consent", others=())
    regions = [trace for trace in figure["data"] if trace.get("fill")]
    assert len(regions) == 1
    top = max(max(trace["y"]) for trace in figure["data"])
    assert top == pytest.approx(100 * 10 / 21, abs=0.06)
    assert "darker: days not known" in figure["layout"]["meta"]["subtitle"]


def test_a_curve_as_it_is_drawn_counts_the_first_day() -> None:
    found = drawn(estimate(spells((0, 0, True), (0, 365.25, True), (0, 800, False))), 3)
    assert found["x"].tolist() == pytest.approx([0, 1, 800 / 365.25])
    assert found["y"].tolist() == pytest.approx([100 / 3, 200 / 3, 200 / 3])


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


def test_what_a_panel_says() -> None:
    groups = real("hanoi", "signature").groups()
    assert ends(groups["African Group"]) == "39% of 54"
    consents = real("untoc", "consent").groups()
    assert ends(consents["Asia-Pacific Group"]) == "half of 29 within 6.5 years"
    arab = real("arab-2010", "signature").groups()
    assert ends(arab["African Group"]).endswith("list not complete")


@pytest.mark.parametrize(("name", "day"), CASES)
def test_any_convention_on_any_day(name: str, day: date) -> None:
    for step in STEPS:
        subject = real(name, step, day)
        figure = waiting_chart([subject], "F")
        assert (figure is not None) == (subject.least_known.states > 0)
        if figure is not None:
            assert not re.search(
                r"\b(nan|None|inf)\b(?! confirmed| certain)", str(figure.layout.meta)
            )


@pytest.mark.parametrize("name", ["budapest", "arab-2010", "malabo", "nagoya-kuala-lumpur"])
def test_panels_of_any_convention(name: str) -> None:
    subject = real(name, "consent")
    acted = any(own.least_known.acted for own in subject.groups().values())
    assert (group_chart(subject, "F") is not None) == acted
