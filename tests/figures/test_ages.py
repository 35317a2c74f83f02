"""Curves by age: one subject in colour, the others grey and as far as they are known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption.figures.ages import curves_by_age
from adoption.figures.theme import CONTEXT, SUBJECT
from adoption.law.conventions import load_conventions
from adoption.law.curves import at_age, events
from tests.conftest import Act, acts_of, bound, made_up
from tests.figures.conftest import notes, read, same_twice

NEWEST = date(2026, 11, 24)
OTHERS = ("untoc", "uncac", "budapest")


def drawn(subject: str, others: tuple[str, ...], measure: Any, day: date = NEWEST) -> Any:
    known = load_conventions()
    return same_twice(
        lambda: curves_by_age(
            known[subject], [known[n] for n in others], read("acts"), day, measure, "A finding"
        ),
        least=1_500,
        most=40_000,
    )


def lines(figure: Any) -> dict[str, Any]:
    return {trace["name"]: trace for trace in figure["data"] if trace["line"]["width"]}


@pytest.mark.parametrize("measure", ["signatories", "parties"])
def test_the_subject_is_strong_and_the_others_are_grey(measure: str) -> None:
    figure = drawn("hanoi", OTHERS, measure)
    series = lines(figure)
    assert list(series) == ["UNTOC", "UNCAC", "Budapest", "Hanoi"]
    for name, trace in series.items():
        own = name == "Hanoi"
        assert trace["line"]["color"] == (SUBJECT if own else CONTEXT)
        assert trace["line"]["width"] == (3 if own else 1.5)
        assert trace["line"]["shape"] == "hv"
        assert trace["x"][0] == 0
        assert trace["x"] == sorted(trace["x"])
        assert max(trace["x"]) <= 5.01
    assert measure in figure["layout"]["meta"]["subtitle"].lower()


@pytest.mark.parametrize("measure", ["signatories", "parties"])
def test_each_line_ends_at_what_is_known_at_its_age(measure: Any) -> None:
    figure = drawn("hanoi", OTHERS, measure)
    series = lines(figure)
    for name in ("hanoi", *OTHERS):
        convention = load_conventions()[name]
        rows = events(convention, read("acts"), measure)
        days = min((NEWEST - convention.opens).days, round(5 * 365.25))
        assert series[convention.label]["y"][-1] == at_age(rows, convention.opens, days)[0]
        assert series[convention.label]["x"][-1] == pytest.approx(days / 365.25, abs=0.001)
    labels = [note["text"] for note in notes(figure, "end-label")]
    assert [label for label in labels if label.startswith("<b>")] == [labels[-1]]
    assert all(f" {series[n]['y'][-1]}" in t for n, t in zip(series, labels, strict=True))
    alternative = figure["layout"]["meta"]["alternative"]
    assert all(name in alternative for name in series)


def test_what_is_only_reported_is_dashed_and_said() -> None:
    parties, signed = drawn("hanoi", OTHERS, "parties"), drawn("hanoi", OTHERS, "signatories")
    assert lines(parties)["Hanoi"]["line"]["dash"] == "dash"
    assert "report" in notes(parties, "end-label")[-1]["text"]
    assert lines(signed)["Hanoi"]["line"].get("dash", "solid") == "solid"
    assert lines(drawn("untoc", ("uncac",), "parties"))["UNTOC"]["line"]["dash"] == "solid"


def test_before_a_report_nothing_is_dashed() -> None:
    early = drawn("hanoi", OTHERS, "parties", date(2025, 12, 1))
    assert lines(early)["Hanoi"]["line"]["dash"] == "solid"
    assert lines(early)["Hanoi"]["y"][-1] == 0


def test_another_ends_where_its_list_is_no_longer_complete() -> None:
    known = made_up(label="Known", complete_to=date(2001, 7, 2))
    open_ended = made_up(label="Open", complete_to=None)
    rows = acts_of([bound("AAA", "2001-02-01"), bound("BBB", "2001-09-01")])
    subject = made_up(label="Subject", complete_to=date(2001, 1, 2))
    figure = curves_by_age(
        subject, [known, open_ended], rows, date(2001, 12, 31), "parties", "A finding"
    )
    ends = {trace.name: (trace.x[-1], trace.y[-1]) for trace in figure.data}
    assert ends["Known"] == (pytest.approx(182 / 365.25, abs=0.001), 1)
    assert ends["Open"] == (pytest.approx(364 / 365.25, abs=0.001), 2)
    assert ends["Subject"] == ends["Open"]


def test_signatories_that_no_source_names_are_not_drawn_as_none() -> None:
    assert list(lines(drawn("hanoi", ("malabo", "untoc"), "signatories"))) == ["UNTOC", "Hanoi"]
    assert list(lines(drawn("hanoi", ("malabo",), "parties"))) == ["Malabo", "Hanoi"]


def test_the_axis_reaches_the_age_of_the_subject() -> None:
    figure = drawn("untoc", ("hanoi",), "parties")
    age = (NEWEST - load_conventions()["untoc"].opens).days / 365.25
    assert lines(figure)["UNTOC"]["x"][-1] == pytest.approx(age, abs=0.001)
    assert figure["layout"]["xaxis"]["range"][1] >= age
    assert drawn("hanoi", ("untoc",), "parties")["layout"]["xaxis"]["range"][1] == 5


def test_a_label_has_both_bounds() -> None:
    figure = drawn("arab-2010", ("untoc",), "parties", date(2013, 1, 1))
    assert [note["text"] for note in notes(figure, "end-label")][1] == "<b>Arab, 2010 0 to 7</b>"


def test_there_is_room_for_the_longest_label() -> None:
    short = drawn("hanoi", ("untoc",), "parties")["layout"]["margin"]["r"]
    long = drawn("hanoi", ("nagoya-kuala-lumpur",), "parties")["layout"]["margin"]["r"]
    longest = max(
        len(note["text"])
        for note in notes(drawn("hanoi", ("nagoya-kuala-lumpur",), "parties"), "end-label")
    )
    assert long > short > 60
    assert long > 5 * longest


def test_undated_acts_of_another_are_a_band() -> None:
    figure = drawn("hanoi", ("arab-2010",), "parties")
    bands = [trace for trace in figure["data"] if not trace["line"]["width"]]
    assert [trace["name"] for trace in bands if "Arab" in trace["name"]] == [
        "Arab, 2010, most",
        "Arab, 2010, least",
    ]
    assert max(bands[0]["y"]) > max(bands[1]["y"])
    assert figure["layout"]["yaxis"]["range"][1] > max(bands[0]["y"])


@pytest.mark.parametrize(
    ("left", "label", "dash", "ends"),
    [
        ((), "<b>Atlantis 2</b>", "solid", "cumulative"),
        (("AAA",), "<b>Atlantis 1, by report</b>", "solid", "parties"),
        (("AAA", "BBB"), "<b>Atlantis 0</b>", "solid", "parties"),
    ],
)
def test_only_those_that_stand_are_by_report(
    left: tuple[str, ...], label: str, dash: str, ends: str
) -> None:
    rows: list[Act] = [
        bound("AAA", "2001-02-01"),
        ("BBB", "accession", "2001-03-01", "", "reported"),
        *((iso3, "withdrawal", "2002-01-01", "", "confirmed") for iso3 in left),
    ]
    subject = made_up(label="Atlantis")
    figure = curves_by_age(subject, [], acts_of(rows), date(2003, 1, 1), "parties", "F")
    plain = figure.to_plotly_json()
    assert [note["text"] for note in notes(plain, "end-label")] == [label]
    assert lines(plain)["Atlantis"]["line"]["dash"] == dash
    assert plain["layout"]["yaxis"]["title"]["text"].endswith(ends)
    said = "one that withdraws is counted no more"
    assert (said in plain["layout"]["meta"]["subtitle"]) == bool(left)
