"""Shares by age: the subject strong, lines to where their lists are complete, bounds as bands."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from adoption.figures.comparison import share_curves
from adoption.figures.theme import BOUND_REPORTED, CONTEXT, STATUS_COLOURS, SUBJECT
from adoption.law.conventions import load_conventions
from tests.conftest import acts_of, bound, made_up
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


def test_the_subject_is_strong_and_the_others_grey() -> None:
    figure = drawn("untoc uncac rotterdam", "signatories")
    assert [trace["name"] for trace in lines(figure)] == ["UNCAC", "Rotterdam", "UNTOC"]
    assert [trace["line"]["color"] for trace in lines(figure)] == [CONTEXT, CONTEXT, SUBJECT]
    assert {trace["line"]["shape"] for trace in lines(figure)} == {"hv"}
    # 146 of 192 members in December 2005: Montenegro joined in 2006.
    assert labels(figure) == {"<b>UNTOC 76%</b>", "UNCAC 72%", "Rotterdam 37%"}
    assert line(figure, "UNTOC")["y"][0] == 0
    assert line(figure, "UNTOC")["y"][-1] == pytest.approx(100 * 146 / 191, abs=0.06)


def test_steps_are_merged_only_where_nobody_sees_it() -> None:
    coarse, fine = drawn("uncac", "parties", 30), drawn("uncac", "parties", 3)
    for figure in (coarse, fine):
        x = line(figure, "UNCAC")["x"]
        assert x == sorted(x)
        assert len(x) <= 203
        assert x[:2] == [0, 0]
    assert max(later - before for before, later in pairwise(x)) < 0.5


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


def test_signatures_of_a_convention_that_closed_within_its_list_go_on() -> None:
    figure = drawn("hanoi untoc", "signatories", 20)
    assert line(figure, "UNTOC")["x"][-1] == pytest.approx(20, abs=0.01)


def test_reports_are_a_line_of_their_own_and_the_firm_line_stays_below() -> None:
    figure = drawn("hanoi untoc", "parties")
    reports = line(figure, "Hanoi, with reports", "dash")
    assert reports["line"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    assert reports["y"][-1] == pytest.approx(100 * 3 / 193, abs=0.06)
    assert set(line(figure, "Hanoi", "dot")["y"]) == {0}
    assert labels(figure) >= {"<b>Hanoi none confirmed</b>", "2% with reports"}
    assert not [t for t in lines(drawn("hanoi untoc", "signatories")) if "reports" in t["name"]]


def test_undated_acts_are_a_band() -> None:
    figure = drawn("arab-2010", "parties", day=date(2013, 1, 1))
    most = next(t for t in figure["data"] if t["name"] == "Arab, 2010, most")
    assert max(most["y"]) == pytest.approx(100 * 7 / 22, abs=0.06)
    assert labels(figure) == {"<b>Arab, 2010 none certain</b>"}


def test_what_cannot_be_drawn_is_said() -> None:
    figure = drawn("malabo", "signatories")
    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"] == "No source names who signed"
    both = drawn("malabo untoc", "signatories")
    assert [trace["name"] for trace in lines(both)] == ["UNTOC"]
    early = drawn("untoc hanoi", "signatories", day=date(2001, 1, 1))
    assert [trace["name"] for trace in lines(early)] == ["UNTOC"]


@pytest.mark.parametrize("years", [1, 30])
@pytest.mark.parametrize("measure", ["signatories", "parties"])
def test_the_whole_registry_at_any_horizon(years: int, measure: Any) -> None:
    figure = drawn(" ".join(load_conventions()), measure, years)
    assert figure["layout"]["xaxis"]["range"][1] == years
    for trace in figure["data"]:
        assert 0 <= min(trace["y"]) <= max(trace["y"]) <= 100
        assert max(trace["x"]) <= years + 0.01
    top = figure["layout"]["yaxis"]["range"][1]
    assert max(max(trace["y"]) for trace in figure["data"]) < top


@pytest.mark.parametrize(
    ("left", "day", "said"),
    [
        ([], date(2004, 1, 1), "States that consented to be bound, of those that could"),
        (["QAT"], date(2002, 6, 1), "States that consented to be bound, of those that could"),
        (["EUE"], date(2004, 1, 1), "States that consented to be bound, of those that could"),
        (["QAT"], date(2004, 1, 1),
         "States that consented to be bound and did not withdraw, of those that could"),
    ],
)  # fmt: skip
def test_one_that_withdrew_is_out_of_the_share_and_that_is_said(
    left: list[str], day: date, said: str
) -> None:
    rows = [bound(iso3, "2001-02-01") for iso3 in ("QAT", "OMN", "EUE")]
    rows += [(iso3, "withdrawal", "2003-01-01", "", "confirmed") for iso3 in left]
    tables = (acts_of(rows), read("states"), read("memberships"))
    figure = share_curves([made_up()], *tables, day, "parties", 5, "F").to_plotly_json()
    assert figure["layout"]["meta"]["subtitle"].startswith(f"{said}; band: days not known")
