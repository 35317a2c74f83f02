"""The head of the front page: what is sure, what is a lower bound, and what is forecast."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from adoption.cli.forecast import forecast_in_text
from adoption.figures.theme import STYLE
from adoption.forecasting.convention import ConventionForecast, forecast_convention, if_listed
from adoption.law.conventions import find_convention
from adoption.law.status import load_status
from adoption.press.svg import chart_svg
from adoption.show.curve import first_days_title
from adoption.show.entry_into_force import (
    entry_answer,
    fan_chart,
    fan_title,
    forecast_sentence,
    key_of,
    odds_title,
    start_sentence,
)
from adoption.show.front import facts_view, front_facts

LATEST = date(2026, 11, 24)
SVG = "{http://www.w3.org/2000/svg}"
MONTH_TO_COME = re.compile(r"[A-Z][a-z]{2,8} 20(2[7-9]|3\d)")


@cache
def forecast(name: str, day: date) -> ConventionForecast:
    return forecast_convention(find_convention(name), day)


def shown(name: str, day: date) -> dict[str, tuple[str, str]]:
    known = front_facts(load_status(name, day), forecast(name, day))
    return {fact.label: (fact.figure, fact.note) for fact in known}


def test_only_a_count_that_may_lack_acts_is_a_lower_bound() -> None:
    assert shown("hanoi", LATEST)["Signed"][0] == "68+"
    assert shown("hanoi", date(2025, 10, 26))["Signed"][0] == "68 to 72"
    assert shown("untoc", LATEST)["Signed"][0] == "147"
    assert shown("budapest-2ap", LATEST)["Consented to be bound"] == (
        "3+ of 5",
        "At most 2 to go.",
    )
    assert shown("hanoi", LATEST)["Consented to be bound"] == (
        "0 confirmed of 40",
        "Azerbaijan, Qatar and Viet Nam, by report: at most 37 to go if that is right, 40 if not.",
    )
    assert shown("malabo", LATEST)["Signed"][0] == "not known"


def test_a_rough_forecast_tells_years_and_its_own_page_the_months() -> None:
    rough, status = forecast("hanoi", LATEST), load_status("hanoi", LATEST)
    figure, note = shown("hanoi", LATEST)["In force, forecast"]
    assert figure == key_of(rough)[0] == "about 2029"
    assert "80% range 2027 to 2034." in note
    answer, drawn = entry_answer(rough, status), fan_of_today()
    assert answer.text.endswith("about 2029 (80% range 2027 to 2034).")
    drawn_words = f"{drawn.layout.annotations} {drawn.layout.meta}"
    for text in (figure, note.split("80%")[1], answer.text, answer.key_figure, drawn_words):
        assert not MONTH_TO_COME.search(text)
    months = "The median is June 2029, the 80% range November 2027 to September 2034."
    assert months in forecast_in_text(rough)
    assert months in start_sentence(rough)


@cache
def fan_of_today() -> Any:
    return fan_chart(forecast("hanoi", LATEST), load_status("hanoi", LATEST))


@pytest.mark.parametrize("width", [960, 600, 350])
def test_each_part_of_a_fan_says_what_it_is_in_its_place(width: int) -> None:
    """No legend is needed, and the words of a band stand between its edges."""
    figure = fan_of_today()
    svg = ET.fromstring(chart_svg(json.loads(figure.to_json()), width, "words", "f", STYLE))
    said = {"".join(text.itertext()): text for text in svg.iter(f"{SVG}text")}
    shares = {"50%", "80%"} if width == 350 else {"50% of outcomes", "80% of outcomes"}
    assert {share for share in shares if any(share in words for words in said)} == shares
    assert any(words.startswith("← so far: ") for words in said)
    assert any(words.startswith("half of ") for words in said)
    assert "median of the forecast" not in said
    rows = figure.rows
    bands = [rows[rows["of"] == f"{share}% of the probability"] for share in (50, 80)]
    notes = {note.text: note for note in figure.layout.annotations}
    ends = [notes[f"{share}% of outcomes"].y for share in (50, 80)]
    inner, outer = (band.iloc[-1] for band in bands)
    assert outer["low"] < ends[1] < inner["low"] < ends[0] < inner["high"]


def test_what_a_forecast_counts_that_no_source_shows_is_said_beside_it() -> None:
    """A list with what is known, and one with what is certain, would give later days."""
    outlook = forecast("hanoi", LATEST)
    listed = if_listed(outlook, [3, 0])["p50"].dt.date.map(outlook.in_force)
    with_three, with_none = (day.year for day in listed)
    unseen = "The model counts about seven consents that no source shows: "
    unseen += f"a complete list with three would give {with_three}, with none {with_none}."
    assert with_none > with_three > 2029
    assert unseen in shown("hanoi", LATEST)["In force, forecast"][1]
    drawn = fan_of_today().layout.meta["title"]
    assert drawn == "By the model about ten have consented by now; three are reported"
    complete = shown("untoc", date(2003, 6, 15))["In force, forecast"][1]
    assert "no source shows" not in complete


def test_consents_by_report_alone_are_not_told_as_known() -> None:
    title = fan_title(forecast("hanoi", date(2026, 3, 1)))
    assert title.startswith("One consent reported by March 2026; ")


def test_near_the_threshold_a_forecast_tells_months() -> None:
    day = date(2003, 6, 15)  # three instruments before the last
    figure, note = shown("untoc", day)["In force, forecast"]
    assert figure == "about Oct 2003"
    assert "80% range Sep 2003 to Jan 2004." in note
    assert "about October 2003 (80% range September 2003 to" in forecast_sentence(
        forecast("untoc", day)
    )


@pytest.mark.parametrize(
    ("name", "day", "label", "figure"),
    [
        ("uncac", date(2005, 12, 10), "In force from", "14 Dec 2005"),
        ("uncac", date(2005, 12, 14), "In force since", "14 Dec 2005"),
    ],
)
def test_the_days_of_the_law(name: str, day: date, label: str, figure: str) -> None:
    assert shown(name, day)[label][0] == figure


@pytest.mark.parametrize(
    ("name", "day", "told"),
    [
        (
            "hanoi",
            LATEST,
            '<time class="until" datetime="2026-12-31">31 Dec 2026</time></dd>',
        ),
        ("uncac", date(2005, 12, 9), ">9 Dec 2005</time></dd>\n<dd>After that,"),
        ("uncac", date(2005, 12, 10), ">9 Dec 2005</dd>\n<dd>Since then,"),
    ],
)
def test_the_last_day_for_signature(name: str, day: date, told: str) -> None:
    view = facts_view(load_status(name, day), forecast(name, day))
    assert told in view._repr_html_()


@pytest.mark.parametrize(
    ("name", "day", "title"),
    [
        ("hanoi", LATEST, ""),  # its list is complete to these days alone
        ("hanoi", date(2025, 10, 25), ""),
        ("untoc", date(2001, 6, 30), "124 of the 126 signatories signed on the first four days"),
        ("budapest", date(2001, 11, 23), "All 17 signatories signed on the first day"),
        ("budapest-2ap", LATEST, ""),
        ("malabo", LATEST, ""),
    ],
)
def test_the_curve_says_how_many_signed_at_once_where_these_are_most(
    name: str, day: date, title: str
) -> None:
    assert first_days_title(load_status(name, day)) == title


def test_the_forecast_says_its_odds_in_tenths() -> None:
    rough = forecast("hanoi", LATEST)
    year, chance = rough.likely_by()
    assert chance >= 0.5 > rough.by_year().set_index("year")["in_force"].get(year - 1, 0)
    assert re.fullmatch(r"About .+ that it is in force before 20\d\d", odds_title(rough))
    assert odds_title(forecast("uncac", date(2006, 1, 1))) == ""
