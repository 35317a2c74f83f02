"""Shares by age: the subject strong, lines to where their lists are complete, bounds as bands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption.figures.comparison import share_curves
from adoption.figures.theme import BOUND_REPORTED, STATUS_COLOURS
from adoption.law.conventions import load_conventions
from tests.figures.conftest import notes, read, same_twice

NEWEST = date(2026, 11, 24)
DAYS_A_YEAR = 365.25


def drawn(names: str, measure: Any, years: int = 5, day: date = NEWEST) -> dict[str, Any]:
    chosen = [load_conventions()[name] for name in names.split()]
    return same_twice(
        lambda: share_curves(
            chosen, read("acts"), read("states"), read("memberships"), day, measure, years, "F"
        ),
        least=1_000,
        most=60_000,
    )


def lines(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["line"]["width"]]


def line(figure: dict[str, Any], name: str, dash: str = "solid") -> dict[str, Any]:
    (found,) = [t for t in lines(figure) if t["name"] == name and t["line"]["dash"] == dash]
    return found


def labels(figure: dict[str, Any]) -> set[str]:
    return {note["text"] for note in notes(figure, "end-label")}


def test_another_ends_where_its_list_is_complete_and_the_subject_goes_on_dotted() -> None:
    figure = drawn("uncac untoc", "parties", 30)
    complete = (date(2014, 1, 27) - date(2000, 12, 12)).days / DAYS_A_YEAR
    assert line(figure, "UNTOC")["x"][-1] == pytest.approx(complete, abs=0.001)
    whole = (NEWEST - date(2003, 12, 9)).days / DAYS_A_YEAR
    known = (date(2014, 7, 10) - date(2003, 12, 9)).days / DAYS_A_YEAR
    assert line(figure, "UNCAC")["x"][-1] <= known + 0.001
    dotted = line(figure, "UNCAC", "dot")
    assert dotted["x"][0] == line(figure, "UNCAC")["x"][-1]
    assert dotted["x"][-1] == pytest.approx(whole, abs=0.001)
    acts, states = read("acts"), read("states")
    bound = acts[(acts["convention"] == "uncac") & (acts["act"] != "signature")]
    members = set(bound["iso3"]) & set(states.loc[states["un_member"], "iso3"])
    assert len(members) == 174
    assert "<b>UNCAC at least 90%</b>" in labels(figure)  # 174 of 193


def test_reports_are_a_line_of_their_own_and_the_firm_line_stays_below() -> None:
    figure = drawn("hanoi untoc", "parties")
    reports = line(figure, "Hanoi, with reports", "dash")
    assert reports["line"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    assert reports["y"][-1] == pytest.approx(100 * 3 / 193, abs=0.06)
    assert set(line(figure, "Hanoi", "dot")["y"]) == {0}
    assert labels(figure) >= {"<b>Hanoi none confirmed</b>", "2% with reports"}
    assert not [t for t in lines(drawn("hanoi untoc", "signatories")) if "reports" in t["name"]]


def test_what_cannot_be_drawn_is_said() -> None:
    figure = drawn("malabo", "signatories")
    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"] == "No source names who signed"
    both = drawn("malabo untoc", "signatories")
    assert [trace["name"] for trace in lines(both)] == ["UNTOC"]
    early = drawn("untoc hanoi", "signatories", day=date(2001, 1, 1))
    assert [trace["name"] for trace in lines(early)] == ["UNTOC"]
