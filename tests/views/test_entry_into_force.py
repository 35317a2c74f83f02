"""The tables of an entry into force: chances in words, shifts, and the treaties most alike."""

from __future__ import annotations

from datetime import date

import pytest

from adoption import tables
from adoption.forecasting.chances import by_year
from adoption.views import entry_into_force as show
from tests.forecast.entries import (
    alternatives,
    entry,
    forecast_of,
    found_of,
    reached_on,
)
from tests.forecast.made import OPENED
from tests.views.test_views import cells, row_of

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


def test_what_lies_beyond_the_horizon_stands_in_the_last_row() -> None:
    found = found_of(forecast_of(10, 100, height=(0.2, 0.7)))
    view = show.chances_view(found, by_year(found), "")
    assert view is not None
    assert row_of(view, "after Apr 2031, or never")["In force"] == "30%"


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
    main = row_of(view, "As forecast")
    median = made[0].forecast.quantile(0.5)
    assert (main["Median"], main["Median moves"]) == (f"{median:%b %Y}", "")
    counted = row_of(view, "Reported and undated acts counted")
    shift = made[1].shift(made[0])
    assert shift is not None
    assert counted["Median moves"] == f"{abs(shift):.1f} years earlier"
    pace = row_of(view, "Plain: last year's pace goes on")
    assert pace["Treaties learnt from"] == "none"
    later = made[-1].shift(made[0])
    assert later is not None
    assert pace["Median moves"] == f"{later:.1f} years later"
    assert row_of(view, "Learnt only from treaties opened since 1990")["Treaties learnt from"] == (
        f"{made[2].treaties}"
    )
    assert "flatters" in row_of(view, "Learnt only from treaties with 30 parties or more")[
        "What it is"
    ]  # fmt: skip
    assert show.assumptions_view([]) is None


def test_the_treaties_most_alike_with_how_long_they_took() -> None:
    view = show.alike_view(entry("hanoi").drawn, TREATIES)
    assert view is not None
    alike = entry("hanoi").found.firm.alike
    assert len(view.frame) == len(alike)
    minamata = row_of(view, "Minamata Convention on Mercury")
    # Opened on 10 October 2013; the fortieth state consented on 20 February 2017 or so.
    acts = tables.read("base_acts").query("treaty == 'XXVII-17' and iso3 != 'EUE'")
    first = acts[~acts["act"].isin(["signature"])].groupby("iso3")["date"].min().sort_values()
    years = (first.iloc[39].date() - date(2013, 10, 10)).days / 365.25
    assert minamata["From opening to 40 parties"] == f"{years:.1f} years"
    assert minamata["Opened"] == "10 Oct 2013"
    assert minamata["Weight"] == f"{alike['XXVII-17']:.0%}"
    never = row_of(view, "Protocol to Eliminate Illicit Trade in Tobacco Products")
    assert never["From opening to 40 parties"] == "33 in 5 years"
    assert f"{sum(alike.values()):.0%} of the weight" in view.caption
    assert "178 treaties" in view.caption


def test_nothing_is_alike_where_nothing_is_forecast() -> None:
    assert show.alike_view(None, TREATIES) is None
    assert show.alike_view(entry("untoc").found, TREATIES) is None
