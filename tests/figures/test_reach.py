"""How far each list reaches: complete, partly known, marked where it ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from adoption.figures.reach import TIERS, reach_chart
from adoption.figures.theme import CONTEXT, SUBJECT
from adoption.figures.timelines import faint
from adoption.law.conventions import load_conventions
from adoption.law.evidence import reach
from tests.figures.conftest import read, same_twice

NEWEST = date(2026, 11, 24)
CONVENTIONS = load_conventions()


def drawn(name: str, day: date = NEWEST) -> dict[str, Any]:
    reached = reach(CONVENTIONS.values(), read("snapshots"), day, NEWEST)
    return same_twice(
        lambda: reach_chart(reached, CONVENTIONS[name], day, "A finding"), least=1_500, most=9_000
    )


def spans(figure: dict[str, Any], colour: str) -> list[tuple[str, str]]:
    lines = [t for t in figure["data"] if t["mode"] == "lines" and t["line"]["color"] == colour]
    return [
        (trace["x"][place], trace["x"][place + 1])
        for trace in lines
        for place in range(0, len(trace["x"]), 3)
    ]


def test_each_list_from_its_opening_to_its_end() -> None:
    figure = drawn("hanoi")
    assert spans(figure, SUBJECT) == [("2025-10-25", "2025-10-26")]
    nearly, partly = (faint(SUBJECT, opacity) for *_, opacity in TIERS)
    assert spans(figure, nearly) == [("2025-10-26", "2026-02-10")]
    assert spans(figure, partly) == [("2026-02-10", "2026-08-02")]
    others = [c for c in CONVENTIONS.values() if c.convention != "hanoi" and c.complete_to]
    assert set(spans(figure, CONTEXT)) == {(str(c.opens), str(c.complete_to)) for c in others}
    assert spans(figure, faint(CONTEXT)) == [("2010-12-21", "2016-01-30")]
    marks = [len(trace["x"]) for trace in figure["data"] if trace["mode"] == "markers"]
    assert marks == [len(others), 1]
    alternative = figure["layout"]["meta"]["alternative"]
    assert "Arab, 2010 never complete, partial to 30 January 2016" in alternative
    assert (
        "Hanoi complete to 26 October 2025, nearly complete to 10 February 2026, "
        "partial to 2 August 2026"
    ) in alternative
    assert "UNTOC complete to 27 January 2014;" in alternative
