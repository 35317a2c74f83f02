"""Curves by day: steps, bounds, the threshold, the closing, the reach of the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption.figures.timelines import adoption_curve
from adoption.law.conventions import Convention, load_conventions
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


@pytest.mark.parametrize("name", ["hanoi", "untoc", "malabo", "arab-2010"])
def test_each_curve_is_of_steps_and_ends_at_the_status(name: str) -> None:
    figure, found = drawn(name), status(name)
    series = lines(figure)
    assert {trace["line"]["shape"] for trace in figure["data"]} == {"hv"}
    assert ("signatories" in series) == found.convention.signatories_listed
    if "signatories" in series:
        assert series["signatories"]["y"][-1] == found.signatories.lower
    reported = found.parties.by_grade["reported"]
    assert series["bound"]["y"][-1] == found.parties.lower - reported
    assert ("bound with reports" in series) == (reported > 0)
    if reported:
        assert series["bound with reports"]["y"][-1] == found.parties.lower
        assert series["bound with reports"]["line"]["dash"] == "dash"
    assert f"{found.convention.threshold} instruments needed" in said(figure)


@pytest.mark.parametrize(
    ("rules", "day", "expected"),
    [
        ({"complete_to": date(2001, 6, 1)}, "2001-06-01", []),
        ({"complete_to": date(2001, 6, 1), "nearly_complete_to": date(2001, 7, 1),
          "partial_to": date(2001, 9, 1)}, "2001-12-01",
         [("nearly<br>complete", "2001-06-01"), ("list partial", "2001-07-01"),
          ("nothing known", "2001-09-01")]),
        ({"complete_to": None, "partial_to": date(2001, 9, 1)}, "2001-08-01",
         [("list partial", "2001-01-01")]),
    ],
)  # fmt: skip
def test_what_is_not_known_is_shaded(
    rules: dict[str, Any], day: str, expected: list[tuple[str, str]]
) -> None:
    figure = drawn(made_up(**rules), date.fromisoformat(day), [SIGNATURE])
    words = [n for n in figure["layout"]["annotations"] if n["text"] in dict(expected)]
    assert [(n["text"], n["x"]) for n in words] == expected
    shaded = [s["x0"] for s in figure["layout"]["shapes"] if s["type"] == "rect"]
    assert shaded == [start for _, start in expected]


def test_days_that_are_not_known_are_a_band() -> None:
    rows = [bound("AAA", "2001-02-01", "2001-06-30"), SIGNATURE]
    figure = drawn(made_up(), date(2001, 4, 1), rows)
    most, least, line = (t for t in figure["data"] if t["name"].startswith("bound"))
    assert (most["y"][-1], least["y"][-1], line["y"][-1]) == (1, 0, 0)
    assert least["fill"] == "tonexty"
    assert most["line"]["width"] == least["line"]["width"] == 0
    assert notes(figure, "end-label")[0]["text"] == "0 to 1 bound"
    assert "bound 0 to 1" in figure["layout"]["meta"]["alternative"]
