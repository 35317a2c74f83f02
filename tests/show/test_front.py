"""The head of the front page: what is sure, what is a lower bound, and what is forecast."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.forecasting.convention import ConventionForecast, forecast_convention
from adoption.law.conventions import find_convention
from adoption.law.status import load_status
from adoption.show.front import (
    counters,
    counters_view,
    latest_view,
    next_date_view,
    progress_view,
    reach_view,
)
from tests.show.drawing import read

LATEST = date(2026, 11, 24)


def forecast(name: str, day: date) -> ConventionForecast:
    return forecast_convention(find_convention(name), day)


def shown(name: str, day: date) -> dict[str, tuple[str, str]]:
    found = counters(load_status(name, day), forecast(name, day))
    return {counter.label: (counter.figure, counter.note) for counter in found}


def test_only_a_count_that_may_lack_acts_is_a_lower_bound() -> None:
    assert shown("hanoi", LATEST)["Signed"][0] == "68+"
    assert shown("hanoi", date(2025, 10, 26))["Signed"][0] == "68 to 72"
    assert shown("untoc", LATEST)["Signed"][0] == "147"
    assert shown("budapest-2ap", LATEST)["Ratified"] == ("3+", "5 needed.")
    assert shown("hanoi", LATEST)["Ratified"] == (
        "3 reported", "Azerbaijan, Qatar, Viet Nam; 40 needed."
    )  # fmt: skip
    assert shown("malabo", LATEST)["Signed"][0] == "not known"


def test_the_forecast_has_its_range_and_the_last_day_without_force() -> None:
    made = forecast("hanoi", LATEST)
    low, median, high = (made.in_force(made.quantile(share)) for share in (0.1, 0.5, 0.9))
    assert low
    assert median
    assert high
    figure, note = shown("hanoi", LATEST)["In force (median forecast)"]
    assert figure == f"{median:%b %Y}"
    known = "Not in force (checked 10 Apr 2026)."
    nth = made.quantile(0.5)
    assert nth
    rule = f"It is the 90th day after the deposit of instrument 40, {nth:%b %Y}."
    assert note == f"{known} 80% range {low:%b %Y} to {high:%b %Y}. {rule}"


@pytest.mark.parametrize(
    ("name", "day", "label", "figure"),
    [
        ("uncac", date(2005, 12, 10), "In force from", "14 Dec 2005"),
        ("uncac", date(2005, 12, 14), "In force since", "14 Dec 2005"),
    ],
)
def test_the_days_of_the_law(name: str, day: date, label: str, figure: str) -> None:
    assert shown(name, day)[label][0] == figure


def test_the_counters_are_a_list() -> None:
    html = counters_view(load_status("hanoi", LATEST), forecast("hanoi", LATEST))
    assert html.count("<dt>") == html.count("<dd>") == 3


def test_what_stands_beside_the_map() -> None:
    status = load_status("hanoi", LATEST)
    assert "None confirmed, 3 reported; at most 40 to go." in progress_view(status)
    assert progress_view(load_status("uncac", date(2014, 1, 1))) == "", "it is in force"
    acts = read("acts").query("convention == 'hanoi'").assign(certain=True)
    latest = latest_view(status, acts)
    assert latest.count("<li>") == 4
    assert "<p>None known of November 2026.</p>" in latest
    assert '<li>Jul 2026 <a data-state="CAN">Canada</a>: signature, reported</li>' in latest
    for end in ("complete to 26 Oct 2025", "partial to 2 Aug 2026", "nothing known to 24 Nov 2026"):
        assert f"</svg> {end}</li>" in reach_view(status), "the strip has a key"


@pytest.mark.parametrize(
    ("name", "day", "told"),
    [("hanoi", LATEST, 'closes: <time class="until" datetime="2026-12-31">31 Dec 2026</time></h2>'),
     ("uncac", date(2005, 12, 9), ">9 Dec 2005</time></h2>\n<p>After that,"),
     ("uncac", date(2005, 12, 10), ">9 Dec 2005</time></h2>\n<p>Since then,")],
)  # fmt: skip
def test_the_last_day_for_signature(name: str, day: date, told: str) -> None:
    assert told in next_date_view(load_status(name, day))
