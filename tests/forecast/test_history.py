"""What would have been forecast: only from what was known, and held against what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from adoption import tables
from adoption.forecasting.convention import forecast_convention
from adoption.forecasting.history import (
    SHOWN,
    SHOWN_AGES,
    drawn,
    history,
    known_in,
    past_of,
    thresholds_in_sources,
)
from adoption.law.conventions import load_conventions
from adoption.law.rules import Window
from tests.forecast import entries
from tests.forecast.entries import MADE_ON, entry, forecast_of
from tests.forecast.made import real

SEEN = date(2010, 1, 1)


@pytest.mark.parametrize(
    ("happened", "held"),
    [
        (MADE_ON + timedelta(days=50), True),
        (MADE_ON + timedelta(days=10), True),  # the first day of the interval
        (MADE_ON + timedelta(days=90), True),  # its last
        (MADE_ON + timedelta(days=9), False),
        (MADE_ON + timedelta(days=91), False),
        (None, False),  # not by 2010, and the interval ended in 2001
    ],
)
def test_an_interval_holds_its_ends(happened: date | None, held: bool) -> None:
    past = entries.past_of(100, forecast_of(10, 50, 90), happened, SEEN)
    assert past.held is held


def test_what_cannot_be_said_yet_is_not_said() -> None:
    waiting = entries.past_of(100, forecast_of(10, 50, 90), None, MADE_ON + timedelta(days=60))
    assert waiting.held is None
    assert waiting.late is None
    without_end = forecast_of(10, 50, height=(0.1, 0.5))
    assert entries.past_of(100, without_end, None, SEEN).held is None
    assert entries.past_of(100, without_end, SEEN, SEEN).held is True


def test_late_is_in_years_from_what_happened() -> None:
    past = entries.past_of(1, forecast_of(10, 365.25 * 2, 9_000), MADE_ON + timedelta(days=1), SEEN)
    assert past.late == pytest.approx(2.0, abs=0.01)
    early = entries.past_of(1, forecast_of(1, 2, 3), MADE_ON + timedelta(days=367), SEEN)
    assert early.late == pytest.approx(-365 / 365.25)


def test_the_pool_of_a_year_knows_nothing_of_it() -> None:
    pool = known_in(2001, frozenset({"XVIII-12"}))
    assert "XVIII-12" not in {treaty.treaty for treaty in pool}
    for treaty in pool:
        assert treaty.opened + timedelta(days=treaty.seen) <= date(2001, 1, 1)
        assert treaty.consented.day.max() <= treaty.seen


def test_untoc_at_each_age() -> None:
    told = entry("untoc").told["not counted"]
    assert [past.age for past in told] == [30, 91, 183, 365, 730]  # the 40th came after 931 days
    assert {past.happened for past in told} == {date(2003, 7, 1)}
    acts = tables.read("acts").query("convention == 'untoc' and iso3 != 'EUE'")
    for past in told:
        day = pd.Timestamp("2000-12-12") + pd.Timedelta(days=past.age)
        signed = acts[(acts["act"] == "signature") & (acts["date"] <= day)]
        assert past.forecast.as_of == day.date()
        assert past.forecast.signatories == signed["iso3"].nunique()
    assert told[-1].forecast.consents == 28


def test_nothing_is_told_once_it_may_have_happened() -> None:
    found = forecast_convention(load_conventions()["untoc"], date(2004, 1, 1))
    opens = found.convention.opens
    window = Window(opens + timedelta(days=20), opens + timedelta(days=500))
    assert history(found, window) == {"not counted": [], "counted": []}
    assert drawn(found, window) is None
    arab = entry("arab-2010")
    assert arab.drawn is None
    assert arab.told == {"not counted": [], "counted": []}


def test_the_treaties_that_are_shown() -> None:
    told = past_of(real("XVIII-9"), 22, (183, 365, 2000), frozenset(SHOWN), date(2026, 1, 1))
    assert [past.age for past in told] == [183, 365]  # reached after 1,197 days
    assert {past.happened for past in told} == {date(2001, 4, 23)}  # as the table base_treaties
    early = past_of(real("XVIII-9"), 22, SHOWN_AGES, frozenset(SHOWN), date(1999, 6, 1))
    assert [past.age for past in early] == [183, 365]
    assert {past.happened for past in early} == {None}
    assert {past.seen for past in early} == {date(1999, 6, 1)}


def test_the_thresholds_that_a_source_gives() -> None:
    found = thresholds_in_sources(tables.read("base_treaties"))
    assert (found["XVIII-9"], found["XVIII-12"], found["XVIII-14"]) == (22, 40, 30)
    assert "XVIII-10" not in found


# All that is asked of an entry into force, put together.


def test_the_others_are_the_treaties_shown_without_the_convention_itself() -> None:
    told = entry("untoc").others()
    assert {past.treaty for past in told} == set(SHOWN) - {"XVIII-12"}
    assert {past.age for past in told} == set(SHOWN_AGES)
    assert all(past.forecast.threshold == SHOWN[past.treaty] for past in told)
    # By the depositary's lists: 23 April 2001, 11 April 2002 and 15 September 2005.
    happened = {past.treaty: str(past.happened) for past in told}
    assert happened == {"XVIII-9": "2001-04-23", "XVIII-10": "2002-04-11", "XVIII-14": "2005-09-15"}
