"""What would have been forecast: only from what was known, and held against what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from adoption import tables
from adoption.forecasting import forecast_threshold
from adoption.forecasting.convention import forecast_convention
from adoption.forecasting.history import (
    SHOWN,
    SHOWN_AGES,
    TOLD_AGES,
    drawn,
    history,
    known_in,
    past_of,
    thresholds_in_sources,
    told_ages,
)
from adoption.law.conventions import load_conventions
from adoption.law.rules import Window
from tests.forecast import entries
from tests.forecast.entries import MADE_ON, entry, forecast_of
from tests.forecast.made import consents_on, real, real_acts

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


def test_it_is_the_forecast_of_that_day_from_the_acts_up_to_the_year() -> None:
    """By the public function, given what was known when 2001 began."""
    base = tables.read("base_acts")
    then = base[(base["date"] <= "2001-01-01") & ~base["treaty"].isin(list(SHOWN))]
    same = forecast_threshold(
        real_acts("XVIII-12"),
        opened=date(2000, 12, 12),
        threshold=40,
        as_of=date(2001, 12, 12),
        base_acts=then,
    )
    (told,) = [past for past in entry("untoc").told["not counted"] if past.age == 365]
    assert same.quantile(0.5) is not None
    assert (same.consents, same.signatories) == (told.forecast.consents, told.forecast.signatories)
    # The acts alone do not say to which day each list goes, so the last weeks may differ.
    median, other = same.quantile(0.5), told.forecast.quantile(0.5)
    assert median is not None
    assert other is not None
    assert abs((median - other).days) < 200


def test_where_the_threshold_is_not_reached_today_is_the_last() -> None:
    hanoi = entry("hanoi")
    for reading, told in hanoi.told.items():
        assert [past.age for past in told] == [30, 91, 108]
        assert told[-1].forecast is hanoi.found.forecasts[reading]
        assert all(past.happened is None for past in told)
    assert hanoi.drawn is hanoi.found


def test_nothing_is_told_once_it_may_have_happened() -> None:
    found = forecast_convention(load_conventions()["untoc"], date(2004, 1, 1))
    opens = found.convention.opens
    window = Window(opens + timedelta(days=20), opens + timedelta(days=500))
    assert history(found, window) == {"not counted": [], "counted": []}
    assert drawn(found, window) is None
    arab = entry("arab-2010")
    assert arab.drawn is None
    assert arab.told == {"not counted": [], "counted": []}


def test_the_ages_told_of() -> None:
    untoc = load_conventions()["untoc"]
    assert told_ages(untoc, untoc.opens + timedelta(days=91)) == [30]
    assert told_ages(untoc, untoc.opens + timedelta(days=92)) == [30, 91]
    assert told_ages(untoc, date(2100, 1, 1)) == list(TOLD_AGES)


def test_the_treaties_that_are_shown() -> None:
    told = past_of(real("XVIII-9"), 22, (183, 365, 2000), frozenset(SHOWN), date(2026, 1, 1))
    assert [past.age for past in told] == [183, 365]  # reached after 1,197 days
    assert {past.happened for past in told} == {date(2001, 4, 23)}  # as the table base_treaties
    early = past_of(real("XVIII-9"), 22, SHOWN_AGES, frozenset(SHOWN), date(1999, 6, 1))
    assert [past.age for past in early] == [183, 365]
    assert {past.happened for past in early} == {None}
    assert {past.seen for past in early} == {date(1999, 6, 1)}


def test_what_was_never_reached_is_no_day() -> None:
    never = consents_on(1, 2, number="I-9", seen=400)
    assert past_of(never, 22, (500,), frozenset(), date(2026, 1, 1)) == []


def test_the_thresholds_that_a_source_gives() -> None:
    found = thresholds_in_sources(tables.read("base_treaties"))
    assert (found["XVIII-9"], found["XVIII-12"], found["XVIII-14"]) == (22, 40, 30)
    assert "XVIII-10" not in found
