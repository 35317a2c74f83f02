"""Dots and ranges of the milestones: every row said, windows as bars, reports as rings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption.figures.milestones import milestone_chart
from adoption.figures.theme import CONTEXT, SUBJECT
from adoption.law.conventions import load_conventions
from adoption.law.milestones import milestones
from tests.figures.conftest import notes, read, same_twice

NEWEST = date(2026, 11, 24)


def drawn(names: str, day: date = NEWEST) -> dict[str, Any]:
    chosen = [load_conventions()[name] for name in names.split()]
    reached = milestones(chosen, read("acts"), read("states"), read("memberships"), day)
    return same_twice(lambda: milestone_chart(reached, day, "F"), least=1_000, most=30_000)


def named(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["name"] == name]


def test_each_convention_has_a_row_in_each_panel_the_subject_in_bold() -> None:
    figure = drawn("untoc uncac budapest")
    assert [note["text"] for note in notes(figure, "panel")] == [
        "<b>10th instrument</b>", "<b>20th instrument</b>", "<b>40th instrument</b>",
        "<b>60th instrument</b>", "<b>Entry into force</b>",
    ]  # fmt: skip
    ticks = figure["layout"]["yaxis"]["ticktext"]
    assert ticks.count("<b>UNTOC</b>") == ticks.count("UNCAC") == ticks.count("Budapest") == 5
    assert ticks[:3] == ["UNCAC", "<b>UNTOC</b>", "Budapest"]  # the fastest first
    (words,) = named(figure, "words")
    assert len(words["text"]) == 15
    assert words["y"] == pytest.approx(figure["layout"]["yaxis"]["tickvals"], abs=1e-6)


def test_days_are_dots_windows_bars_and_reports_rings() -> None:
    figure = drawn("untoc budapest")
    others, ring, subject = named(figure, "day")
    assert (others["marker"]["color"], subject["marker"]["color"]) == (CONTEXT, SUBJECT)
    assert sorted(subject["x"]) == [498, 617, 931, 1021, 1143]
    assert (ring["x"], ring["marker"]["symbol"]) == ([4290, 6062], "circle-open")
    (bar,) = named(figure, "window")
    assert bar["x"] == [1153, 1509, None]


def test_what_has_no_day_is_told_in_words_at_the_beginning() -> None:
    figure = drawn("hanoi nagoya-kuala-lumpur")
    (words,) = named(figure, "words")
    unknown = [x for x, text in zip(words["x"], words["text"], strict=True) if "not known" in text]
    assert unknown == [0] * 6
    early = drawn("untoc uncac", date(2001, 6, 1))
    (words,) = named(early, "words")
    assert all("not reached" in text for text in words["text"])
    assert named(early, "day") == []
    assert "UNCAC not reached" in early["layout"]["meta"]["alternative"]


def test_words_stay_inside() -> None:
    figure = drawn("budapest untoc arab-2010")
    (words,) = named(figure, "words")
    end = figure["layout"]["xaxis"]["range"][1]
    for x, side in zip(words["x"], words["textposition"], strict=True):
        assert 0 <= x <= end
        assert x < 0.8 * end or side == "middle left"
        assert x > 0.15 * end or side == "middle right"


@pytest.mark.parametrize("day", [date(1998, 9, 11), date(2012, 1, 1), NEWEST])
def test_the_whole_registry(day: date) -> None:
    figure = drawn(" ".join(load_conventions()), day)
    assert figure["layout"]["height"] < 1_300
