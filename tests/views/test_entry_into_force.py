"""The tables of an entry into force: chances in words, shifts, and the treaties most alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from adoption import tables
from adoption.forecasting.chances import by_year
from adoption.views import entry_into_force as show
from adoption.views.forecast_told import history_view, shown_view
from tests.forecast.entries import (
    MADE_ON,
    alternatives,
    entry,
    forecast_of,
    found_of,
    past_of,
    reached_on,
)
from tests.forecast.made import OPENED
from tests.show.reading import cells, row_of

TREATIES = tables.read("base_treaties")


def test_the_chances_are_those_of_the_frame() -> None:
    frame = entry("hanoi").chances()
    view = show.chances_view(entry("hanoi").found, frame, "if the reports are right")
    assert view is not None
    row = row_of(view, "by the end of 2030")
    (chances,) = [r for r in frame.to_dict("records") if r["ends"].year == 2030]
    assert row == {
        "When": "by the end of 2030",
        "40th instrument deposited": f"{chances['deposited']:.0%}",
        "In force": f"{chances['in_force']:.0%}",
        "Deposited, if the reports are right": f"{chances['counted_deposited']:.0%}",
        "In force, if the reports are right": f"{chances['counted_in_force']:.0%}",
    }
    assert view.caption == (
        "Chance of entry into force, forecast from 10 February 2026; uncertain acts count only "
        "under “if the reports are right”"
    )
    assert cells(view, "When")[-1] == "after Feb 2056, or never"


def test_only_what_cannot_be_is_zero() -> None:
    """Made on 11 April 2001: by the end of 2001 a deposit by 2 October is in time."""
    found = found_of(forecast_of(10, 5000, 6000), delay={"days": 300})
    view = show.chances_view(found, by_year(found), "")
    assert view is not None
    first = row_of(view, "by the end of 2001")
    assert (first["3rd instrument deposited"], first["In force"]) == ("10%", "0%")
    never = found_of(forecast_of(5000, 6000, 7000))
    view = show.chances_view(never, by_year(never), "")
    assert view is not None
    first = row_of(view, "by the end of 2001")
    assert (first["3rd instrument deposited"], first["In force"]) == ("under 1%", "under 1%")
    assert list(view.frame.columns) == ["When", "3rd instrument deposited", "In force"]


@pytest.mark.parametrize("reading", ["firm", "counted"])
def test_no_chances_where_the_threshold_is_reached(reading: str) -> None:
    there, ahead = reached_on(OPENED), forecast_of(10, 100, 900)
    found = found_of(there, there) if reading == "firm" else found_of(ahead, there)
    assert show.chances_view(found, by_year(found), "") is None


def test_the_assumptions_with_their_shifts() -> None:
    made = alternatives("hanoi")
    view = show.assumptions_view(made)
    assert view is not None
    assert len(view.frame) == len(made)
    main, counted, pace = (
        row_of(view, name)
        for name in ("As forecast", "Reported and undated acts counted",
                     "Plain: last year's pace goes on")
    )  # fmt: skip
    assert (main["Median"], main["Median moves"]) == (f"{made[0].forecast.quantile(0.5):%b %Y}", "")
    assert counted["Median moves"] == f"{abs(made[1].shift(made[0]) or 0):.1f} years earlier"
    assert pace["Treaties learnt from"] == "none"
    assert show.assumptions_view([]) is None


def test_the_treaties_most_alike_with_how_long_they_took() -> None:
    view = show.alike_view(entry("hanoi").drawn, TREATIES)
    assert view is not None
    alike = entry("hanoi").found.firm.alike
    assert len(view.frame) == len(alike)
    # Opened on 10 October 2013; the fortieth state consented on 20 February 2017 or so.
    acts = tables.read("base_acts").query("treaty == 'XXVII-17' and iso3 != 'EUE'")
    first = acts[acts["act"] != "signature"].groupby("iso3")["date"].min().sort_values()
    years = (first.iloc[39].date() - date(2013, 10, 10)).days / 365.25
    minamata = row_of(view, "Minamata Convention on Mercury")
    assert minamata["From opening to 40 parties"] == f"{years:.1f} years"
    assert minamata["Weight"] == f"{alike['XXVII-17']:.0%}"
    never = row_of(view, "Protocol to Eliminate Illicit Trade in Tobacco Products")
    assert never["From opening to 40 parties"] == "33 in 5 years"


def test_nothing_is_alike_where_nothing_is_forecast() -> None:
    assert show.alike_view(None, TREATIES) is None
    assert show.alike_view(entry("untoc").found, TREATIES) is None


# The tables of past forecasts: each beside what happened, and nothing said too early.


HAPPENED = MADE_ON + timedelta(days=234)  # 1 December 2001
HOLDS, MISSES = forecast_of(100, 234, 400), forecast_of(10, 20, 30)
FOUND = found_of(HOLDS)


def test_untoc_beside_what_happened() -> None:
    untoc = entry("untoc")
    view = history_view(untoc.found, untoc.told, "")
    assert view is not None
    assert cells(view, "Made") == [f"{age} days after opening" for age in (30, 91, 183, 365, 730)]
    assert set(cells(view, "What happened")) == {"1 Jul 2003"}
    held = ["yes" if past.held else "no" for past in untoc.told["not counted"]]
    assert cells(view, "In the interval") == held
    assert "40th instrument" in view.caption
    assert list(view.frame.columns)[-3:] == ["What happened", "Median was", "In the interval"]
    assert "If" not in " ".join(view.frame.columns)  # both readings are the same


def test_right_late_early_and_missed() -> None:
    late = forecast_of(100, 234 + 731, 2000)
    made = [past_of(30, HOLDS, HAPPENED), past_of(91, late, HAPPENED),
            past_of(183, MISSES, HAPPENED),
            past_of(365, forecast_of(10, height=(0.2,)), HAPPENED)]  # fmt: skip
    view = history_view(FOUND, {"not counted": made, "counted": made}, "")
    assert view is not None
    assert cells(view, "Median was") == ["right", "2.0 years too late", "0.6 years too early",
                                         "too late"]  # fmt: skip
    assert cells(view, "In the interval") == ["yes", "yes", "no", "yes"]
    assert cells(view, "Median")[-1] == "after 2031"


def test_a_reading_on_which_it_is_reached() -> None:
    there = past_of(91, reached_on(OPENED))
    here = past_of(91, HOLDS)
    view = history_view(FOUND, {"not counted": [here], "counted": [there]}, "if all")
    assert view is not None
    assert cells(view, "If all") == ["reached 1 Jan 2001"]


def test_nothing_where_nothing_is_told() -> None:
    assert history_view(FOUND, {"not counted": [], "counted": []}, "") is None
    assert shown_view([], TREATIES) is None


def test_known_treaties_at_three_ages() -> None:
    told = entry("untoc").others()
    view = shown_view(told, TREATIES)
    assert view is not None
    assert len(view.frame) == 3
    rome = row_of(view, "Rome Statute of the International Criminal Court")
    assert (rome["Parties asked for"], rome["What happened"]) == ("60", "11 Apr 2002")
    corruption = row_of(view, "United Nations Convention against Corruption")
    assert corruption["730 days after opening"] == "reached before"  # after 646 days
    bombings = next(r for r in cells(view, "Treaty") if "Bombings" in r)
    (one,) = [p for p in told if p.treaty == "XVIII-9" and p.age == 365]
    median = one.forecast.quantile(0.5)
    assert median is not None
    assert row_of(view, bombings)["365 days after opening"].startswith(f"{median:%b %Y} (")
