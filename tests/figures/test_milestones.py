"""Dots and ranges of the milestones: every row said, windows as bars, reports as rings."""

from __future__ import annotations

from datetime import date
from typing import Any

from adoption.figures.milestones import milestone_chart
from adoption.figures.theme import CONTEXT, SUBJECT
from adoption.law.conventions import load_conventions
from adoption.law.thresholds import milestones
from tests.figures.conftest import read, same_twice

NEWEST = date(2026, 11, 24)


def drawn(names: str, day: date = NEWEST) -> dict[str, Any]:
    chosen = [load_conventions()[name] for name in names.split()]
    reached = milestones(chosen, read("acts"), read("states"), read("memberships"), day)
    return same_twice(lambda: milestone_chart(reached, day, "F"), least=1_000, most=30_000)


def named(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["name"] == name]


def test_days_are_dots_windows_bars_and_reports_rings() -> None:
    figure = drawn("untoc budapest")
    others, ring, subject = named(figure, "day")
    assert (others["marker"]["color"], subject["marker"]["color"]) == (CONTEXT, SUBJECT)
    assert sorted(subject["x"]) == [498, 617, 931, 1021, 1143]
    assert (ring["x"], ring["marker"]["symbol"]) == ([4290, 6062], "circle-open")
    (bar,) = named(figure, "window")
    assert bar["x"] == [1153, 1509, None]
