"""Waiting times: what is said of them, the curves, and the tables, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption.law.conventions import load_conventions
from adoption.show import survival as say
from adoption.show.survival import (
    at_risk_view,
    compared_view,
    groups_view,
    waiting_chart,
)
from adoption.show.theme import BOUND_REPORTED, STATUS_COLOURS
from tests.show.drawing import notes, same_twice
from tests.show.reading import cells, reads_well, row_of
from tests.survival.made import CASES, NEWEST, STEPS, real

COMPARED = ("untoc", "uncac", "terrorist-financing", "nuclear-terrorism", "budapest")


@pytest.mark.parametrize(("name", "day"), CASES[::5])
def test_any_convention_on_any_day(name: str, day: date) -> None:
    signing, consent = (real(name, step, day) for step in STEPS)
    answer = say.survival_answer(signing, consent)
    texts = [answer.text, say.survival_answer(signing, consent, "signature").text]
    titles = [say.signing_title(signing), say.consent_title(consent)]
    titles += [answer.key_figure, answer.key_label]
    reads_well(texts, titles)
    assert load_conventions()[name].short_title in answer.title
    assert len(answer.text.split()) <= 25


def said(name: str, step: Any = "consent", day: date = NEWEST) -> str:
    return say.survival_answer(real(name, "signature", day), real(name, "consent", day), step).text


def test_this_convention_on_its_first_day_and_today() -> None:
    assert said("hanoi", "signature", date(2025, 10, 25)) == (
        "68 of 194 states signed on the first day (four by report only)."
    )
    assert say.signing_title(real("hanoi", "signature")) == (
        "71 of 194 states signed in the first two days (four by report only), "
        "as far as the list is complete"
    )
    untoc = say.signing_title(real("untoc", "signature"))
    assert untoc.startswith("123 of 190 states signed in the first ten days, 77% by")
    assert said("hanoi") == (
        "Of 74 known signatories none is confirmed to have consented; three are reported."
    )


def test_a_median_with_its_interval_and_its_bounds() -> None:
    assert said("untoc") == (
        "Half of 146 signatories consented within 3.6 years (95% interval 3.1 to 4.1 years)."
    )
    assert said("uncac").startswith("Half of 139 signatories consented within 2.8 years")
    assert "within 4.3 to 5.0 years" in said("budapest")
    answer = say.survival_answer(real("untoc", "signature"), real("untoc", "consent"))
    assert answer.key_figure == "3.6 years"


def test_conventions_that_tell_little() -> None:
    malabo = real("malabo", "signature")
    assert say.signing_title(malabo) == "No source names who signed the Malabo Convention"
    answer = say.survival_answer(malabo, real("malabo", "consent"))
    assert answer.text == "No source names who signed the Malabo Convention."
    assert answer.key_figure == "not known"
    arab = real("arab-2010", "signature")
    assert "Of 22 states 21 signed" in say.signing_title(arab)
    before = real("arab-2010", "signature", date(2010, 12, 21))
    assert "Of 22 states 0 to 21 signed" in say.signing_title(before)
    assert said("arab-2010") == (
        "Of 21 known signatories 10 consented; no estimate: the list is not complete."
    )


# The curves: the first step as a bar, bands, dotted least values, and panels by group.


def chart(name: str, step: Any, day: date = NEWEST, others: Any = COMPARED) -> dict[str, Any]:
    waits = [real(other, step, day) for other in dict.fromkeys((name, *others))]

    def draw() -> go.Figure:
        made = waiting_chart(waits)
        assert made is not None
        return made

    return same_twice(draw, least=1_000, most=60_000)


def named(figure: dict[str, Any], name: str) -> dict[str, Any]:
    traces: list[dict[str, Any]] = figure["data"]
    (found,) = [trace for trace in traces if trace.get("name") == name]
    return found


def labels(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in notes(figure, "end-label")]


def test_the_first_step_is_a_bar_of_its_own() -> None:
    bar = named(chart("hanoi", "signature"), "Hanoi, first two days")
    assert bar["x"] == [0, 0]
    assert bar["y"] == [0, round(100 * 71 / 194, 1)]
    figure = chart("untoc", "signature")
    line = named(figure, "UNTOC")
    assert (line["y"][0], line["y"][-1]) == (
        round(100 * 123 / 190, 1),
        pytest.approx(76.8, abs=0.1),
    )
    assert "bar: first ten days" in figure["layout"]["meta"]["subtitle"]


def test_beyond_the_list_the_line_is_dotted_and_says_the_least() -> None:
    figure = chart("hanoi", "signature")
    least = named(figure, "Hanoi, at least")
    assert least["line"]["dash"] == "dot"
    assert least["y"][-1] == pytest.approx(100 * 74 / 194, abs=0.06)
    assert "<b>Hanoi at least 38%</b>" in labels(figure)
    assert "<b>UNTOC 88%</b>" in labels(chart("untoc", "consent"))  # complete beyond the axis
    complete = chart("untoc", "signature", others=("uncac",))
    assert not [t for t in complete["data"] if t.get("line", {}).get("dash") == "dot"]


def test_reported_consents_are_a_dashed_line_in_their_colour() -> None:
    figure = chart("hanoi", "consent")
    reports = named(figure, "Hanoi, with reports")
    assert reports["line"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    assert reports["line"]["dash"] == "dash"
    assert {"4% with reports", "<b>Hanoi none confirmed</b>"} <= set(labels(figure))


def test_days_that_are_not_known_are_a_region_and_no_day() -> None:
    figure = chart("arab-2010", "consent", others=())
    regions = [trace for trace in figure["data"] if trace.get("fill")]
    assert len(regions) == 1
    top = max(max(trace["y"]) for trace in figure["data"])
    assert top == pytest.approx(100 * 10 / 21, abs=0.06)


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    assert waiting_chart([real("malabo", "signature")]) is None


# Tables, row by row.


def test_the_numbers_under_a_curve() -> None:
    view = at_risk_view(real("untoc", "consent"))
    assert cells(view, "When") == [
        "day of signing", "1 year", "2 years", "3 years", "4 years", "5 years", "7 years",
        "10 years",
    ]  # fmt: skip
    assert row_of(view, "day of signing")["At risk"] == "146"
    year = row_of(view, "1 year")
    # Eight of 146 had consented within a year: 5.5 %, by a plain count of the acts.
    assert (year["At risk"], year["Have consented"]) == ("138", "5%")
    assert year["95% interval"] == "3% to 11%"
    assert year["Bounds"] == "5%"


def test_beyond_the_complete_list_only_a_least_value_is_known() -> None:
    view = at_risk_view(real("hanoi", "signature"))
    assert list(row_of(view, "first two days").values()) == [
        "first two days", "194", "37%", "30% to 44%", "35% to 37%",
    ]  # fmt: skip
    assert list(row_of(view, "1 year").values()) == [
        "1 year", "not known", "at least 38%", "not known", "lower bound 35% to 38%",
    ]  # fmt: skip
    consents = at_risk_view(real("hanoi", "consent"))
    assert row_of(consents, "1 year")["Have consented"] == "none certain"


@pytest.mark.parametrize(("name", "day"), CASES[::5])
def test_any_table_on_any_day(name: str, day: date) -> None:
    signing, consent = (real(name, step, day) for step in STEPS)
    views = [at_risk_view(signing), at_risk_view(consent), compared_view([signing]),
             compared_view([consent]), groups_view(signing, consent)]  # fmt: skip
    for view in views:
        html = view._repr_html_()
        assert "nan" not in html.replace("Financing", "")
        assert "inf" not in html.replace("Convention on Information", "")
