"""Curves by day: steps, bounds, the threshold, the closing, the reach of the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption.figures.theme import BOUND, BOUND_REPORTED, INK, STATUS_COLOURS
from adoption.figures.timelines import adoption_curve, band_and_line, faint
from adoption.law.conventions import Convention, load_conventions
from adoption.law.deciding import SIGNED
from tests.conftest import Act, acts_of, bound, made_up
from tests.figures.conftest import notes, read, same_twice, status

NEWEST = date(2026, 11, 24)
Trace = dict[str, Any]
SIGNATURE: Act = ("BBB", "signature", "2001-01-03", "", "confirmed")


def drawn(
    convention: Convention | str, day: date = NEWEST, rows: list[Act] | None = None
) -> dict[str, Any]:
    chosen = load_conventions()[convention] if isinstance(convention, str) else convention
    acts = read("acts") if rows is None else acts_of(rows)
    return same_twice(
        lambda: adoption_curve(chosen, acts, day, "A finding"), least=1_500, most=60_000
    )


def lines(figure: dict[str, Any]) -> dict[str, Trace]:
    return {trace["name"]: trace for trace in figure["data"] if trace["line"]["width"]}


def said(figure: dict[str, Any]) -> str:
    return " | ".join(note["text"] for note in figure["layout"]["annotations"])


@pytest.mark.parametrize("name", load_conventions())
def test_each_curve_is_of_steps_and_ends_at_the_status(name: str) -> None:
    figure, found = drawn(name), status(name)
    series = lines(figure)
    assert {trace["line"]["shape"] for trace in figure["data"]} == {"hv"}
    assert ("signatories" in series) == found.convention.signatories_listed
    if "signatories" in series:
        assert series["signatories"]["y"][-1] == found.signatories.lower
        assert series["signatories"]["line"]["color"] == STATUS_COLOURS[SIGNED]
    reported = found.parties.by_grade["reported"]
    assert series["bound"]["y"][-1] == found.parties.lower - reported
    assert series["bound"]["line"]["color"] == STATUS_COLOURS[BOUND]
    assert ("bound with reports" in series) == (reported > 0)
    if reported:
        with_reports = series["bound with reports"]
        assert with_reports["y"][-1] == found.parties.lower
        assert with_reports["line"]["dash"] == "dash"
        assert with_reports["line"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    for trace in series.values():
        assert trace["x"][-1] == NEWEST.isoformat()
        assert len(trace["x"]) == len(trace["y"])
        assert trace["x"] == sorted(trace["x"])


@pytest.mark.parametrize("name", load_conventions())
def test_the_threshold_is_a_line_with_its_number(name: str) -> None:
    figure, needed = drawn(name), load_conventions()[name].threshold
    across = [s for s in figure["layout"]["shapes"] if s["type"] == "line" and s["y0"] == needed]
    assert len(across) == 1
    assert across[0]["y1"] == needed
    assert across[0]["line"]["color"] == INK
    assert f"{needed} instruments needed" in said(figure)
    low, high = figure["layout"]["yaxis"]["range"]
    assert low == 0
    assert high > max(needed, *(max(trace["y"]) for trace in figure["data"]))
    assert f"Threshold: {needed} instruments" in figure["layout"]["meta"]["alternative"]


@pytest.mark.parametrize(
    ("convention", "day", "closes"),
    [
        ("hanoi", NEWEST, "31 Dec 2026"),
        ("hanoi", date(2025, 11, 20), None),  # too far ahead then
        ("untoc", NEWEST, "12 Dec 2002"),
        ("budapest", NEWEST, None),
        ("arab-2010", NEWEST, None),
    ],
)
def test_the_closing_is_marked_where_there_is_one(
    convention: str, day: date, closes: str | None
) -> None:
    figure = drawn(convention, day)
    verb = "closed" if convention == "untoc" else "closes"
    assert (f"{verb} for signature {closes}" in said(figure)) == (closes is not None)
    upright = [s for s in figure["layout"]["shapes"] if s["type"] == "line" and s["x0"] == s["x1"]]
    assert len(upright) == (1 if closes else 0)
    end = pd.Timestamp(figure["layout"]["xaxis"]["range"][1])
    assert end > pd.Timestamp(day)
    if closes:
        assert end > pd.Timestamp(closes)


@pytest.mark.parametrize(
    ("rules", "day", "expected"),
    [
        ({"complete_to": date(2001, 6, 1)}, "2001-06-01", []),
        ({"complete_to": date(2001, 6, 1)}, "2001-12-01", [("nothing known", "2001-06-01")]),
        (
            {"complete_to": date(2001, 6, 1), "partial_to": date(2001, 9, 1)},
            "2001-12-01",
            [("list partial", "2001-06-01"), ("nothing known", "2001-09-01")],
        ),
        (
            {
                "complete_to": date(2001, 6, 1),
                "nearly_complete_to": date(2001, 7, 1),
                "partial_to": date(2001, 9, 1),
            },
            "2001-08-01",
            [("nearly<br>complete", "2001-06-01"), ("list partial", "2001-07-01")],
        ),
        (
            {"complete_to": None, "partial_to": date(2001, 9, 1)},
            "2001-08-01",
            [("list partial", "2001-01-01")],
        ),
    ],
)
def test_what_is_not_known_is_shaded(
    rules: dict[str, Any], day: str, expected: list[tuple[str, str]]
) -> None:
    figure = drawn(made_up(**rules), date.fromisoformat(day), [SIGNATURE])
    shaded = [s for s in figure["layout"]["shapes"] if s["type"] == "rect"]
    words = [n for n in figure["layout"]["annotations"] if n["text"] in dict(expected)]
    assert [(n["text"], n["x"]) for n in words] == expected
    assert [s["x0"] for s in shaded] == [start for _, start in expected]
    if shaded:
        assert shaded[-1]["x1"] == day
    assert ("nothing known" in said(figure)) == ("nothing known" in dict(expected))


def test_days_that_are_not_known_are_a_band() -> None:
    rows = [bound("AAA", "2001-02-01", "2001-06-30"), SIGNATURE]
    figure = drawn(made_up(), date(2001, 4, 1), rows)
    most, least, line = (t for t in figure["data"] if t["name"].startswith("bound"))
    assert (most["y"][-1], least["y"][-1], line["y"][-1]) == (1, 0, 0)
    assert least["fill"] == "tonexty"
    assert most["line"]["width"] == least["line"]["width"] == 0
    assert notes(figure, "end-label")[0]["text"] == "0 to 1 bound"
    assert "bound 0 to 1" in figure["layout"]["meta"]["alternative"]


def test_where_all_days_are_known_there_is_no_band() -> None:
    curve = pd.DataFrame({"lower": [0, 1], "upper": [0, 1]})
    (line,) = band_and_line("x", pd.to_datetime(["2001-01-01", "2001-01-02"]), curve, "#0B4A82")
    assert list(line.x) == ["2001-01-01", "2001-01-02"]
    assert list(line.y) == [0, 1]
    assert (line.line.shape, line.line.dash) == ("hv", "solid")
    assert line.fill is None


@pytest.mark.parametrize(
    ("colour", "expected"),
    [("#0B4A82", "rgba(11,74,130,0.25)"), ("#FFFFFF", "rgba(255,255,255,0.25)")],
)
def test_a_band_is_a_faint_form_of_its_line(colour: str, expected: str) -> None:
    assert faint(colour) == expected


def test_on_the_first_day_there_is_a_figure_already() -> None:
    figure = drawn("hanoi", date(2025, 10, 25))
    assert lines(figure)["signatories"]["y"] == [0, 69]
    low, high = (pd.Timestamp(end) for end in figure["layout"]["xaxis"]["range"])
    assert low < pd.Timestamp("2025-10-25") < high


def test_one_that_withdraws_is_counted_no_more_and_that_is_said() -> None:
    left: Act = ("AAA", "withdrawal", "2002-01-01", "", "confirmed")
    rows = [bound("AAA", "2001-02-01"), bound("BBB", "2001-03-01"), left]
    gone, stayed = (drawn(made_up(), date(2003, 1, 1), r) for r in (rows, rows[:2]))
    assert lines(gone)["bound"]["y"] == [0, 1, 2, 1, 1]
    assert gone["layout"]["meta"]["subtitle"].endswith("; one that withdraws is counted no more")
    assert gone["layout"]["yaxis"]["title"]["text"] == "participants"
    assert "withdraws" not in stayed["layout"]["meta"]["subtitle"]
    assert stayed["layout"]["yaxis"]["title"]["text"] == "participants, cumulative"
    again = drawn(made_up(), date(2003, 1, 1), [*rows, bound("AAA", "2002-06-01", act="accession")])
    assert lines(again)["bound"]["y"] == [0, 1, 2, 1, 2, 2]
