"""Acts by day and grade: every act drawn once, windows as lines, what is beyond reach shaded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption.data.dictionary import GRADES
from adoption.figures.evidence import FEW_LINES, MARKS, acts_by_day
from adoption.figures.theme import PAPER
from adoption.law.conventions import load_conventions
from adoption.law.evidence import known_acts
from tests.conftest import acts_of, bound, made_up, states_of
from tests.figures.colour import SIGHTS, distance
from tests.figures.conftest import notes, read, same_twice

NEWEST = date(2026, 11, 24)
CONVENTIONS = load_conventions()


def drawn(name: str, day: date = NEWEST) -> dict[str, Any]:
    convention = CONVENTIONS[name]
    known = known_acts(convention, read("acts"), read("states"), day)
    return same_twice(
        lambda: acts_by_day(known, convention, day, "A finding"), least=1_500, most=25_000
    )


def bars(figure: dict[str, Any]) -> dict[str, Any]:
    return {trace["name"]: trace for trace in figure["data"] if trace["type"] == "bar"}


def windows(figure: dict[str, Any]) -> list[str]:
    lines = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    return [text for trace in lines for text in trace["text"][::3]]


@pytest.mark.parametrize("name", CONVENTIONS)
@pytest.mark.parametrize("opening", [True, False])
def test_every_act_is_drawn_once(name: str, opening: bool) -> None:
    day = CONVENTIONS[name].opens if opening else NEWEST
    figure = drawn(name, day)
    known = known_acts(CONVENTIONS[name], read("acts"), read("states"), day)
    dated = known[known["date"].notna()]
    for grade in GRADES:
        height = sum(bars(figure)[grade]["y"]) if grade in bars(figure) else 0
        assert height == (dated["grade"] == grade).sum()
    undated = known[known["date"].isna()]
    assert sorted(windows(figure)) == sorted(undated["name"] + ", " + undated["act"])
    assert len(notes(figure, "windows")) == (len(undated) > 0)
    named = notes(figure, "window")
    assert len(named) == (len(undated) if len(undated) <= FEW_LINES else 0)


def test_the_first_days_of_the_hanoi_convention() -> None:
    figure = drawn("hanoi")
    assert bars(figure)["confirmed"]["customdata"] == ["2025-10"]
    assert bars(figure)["confirmed"]["y"] == [65]
    assert bars(figure)["reported"]["customdata"] == ["2025-10", "2025-11"]
    assert [note["text"] for note in notes(figure, "total")] == ["<b>72</b>", "<b>1</b>"]
    assert figure["layout"]["meta"]["subtitle"] == "Acts by month and grade, to 24 November 2026"
    assert "65 confirmed, 3 inferred, 5 reported" in figure["layout"]["meta"]["alternative"]
    assert "by year" in drawn("untoc")["layout"]["meta"]["subtitle"]


def test_what_lies_beyond_the_reach_is_shaded() -> None:
    (rectangle, line) = drawn("hanoi")["layout"]["shapes"]
    assert (rectangle["x0"], rectangle["x1"], line["x0"]) == (
        "2025-10-26",
        "2026-11-30",
        "2025-10-26",
    )
    assert "list incomplete" in notes(drawn("hanoi"), "reach")[0]["text"]
    assert "shapes" not in drawn("hanoi", date(2025, 10, 26))["layout"]
    (never,) = drawn("arab-2010")["layout"]["shapes"]
    assert never["x0"] == "2010-12-21"


def test_a_window_ends_on_the_day_at_the_latest() -> None:
    acts = acts_of([bound("AAA", "2001-02-01", "2001-12-31")])
    known = known_acts(made_up(), acts, states_of(["AAA"]), date(2001, 3, 1))
    (line,) = acts_by_day(known, made_up(), date(2001, 3, 1), "t").data
    assert list(line.x) == ["2001-02-01", "2001-03-01", None]


def test_no_act_at_all() -> None:
    known = known_acts(made_up(), acts_of([]), states_of(["AAA"]), date(2001, 3, 1))
    figure = acts_by_day(known, made_up(), date(2001, 3, 1), "Nothing yet")
    assert len(figure.data) == 0
    assert figure.layout.annotations[0].text == "no act is known by this day"
    assert figure.layout.meta["alternative"].startswith("An empty chart")


def test_grades_are_told_apart_by_colour_or_pattern() -> None:
    for one in GRADES:
        for other in GRADES:
            if one != other and MARKS[one][1] == MARKS[other][1]:
                assert min(distance(MARKS[one][0], MARKS[other][0], s) for s in SIGHTS) >= 20
    assert len(set(MARKS.values())) == len(GRADES)
    assert all(distance(colour, PAPER) >= 30 for colour, _ in MARKS.values())
