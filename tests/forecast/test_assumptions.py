"""Other assumptions: each changes one thing, and the plain methods are what they say."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from scipy.stats import gamma

from adoption.forecasting import assumptions as ways
from adoption.forecasting.assumptions import (
    Alternative,
    after_deposits,
    after_quiet,
    alternatives,
    by_climatology,
    by_pace,
)
from adoption.forecasting.convention import ConventionForecast
from adoption.forecasting.known import known_on
from adoption.forecasting.threshold import forecast
from tests.forecast import entries
from tests.forecast.entries import entry, forecast_of
from tests.forecast.made import OPENED, consents_on, frame_of


def hanoi() -> ConventionForecast:
    return entry("hanoi").found


def by_key(name: str) -> dict[str, Alternative]:
    return {one.key: one for one in entries.alternatives(name)}


def test_each_is_there_once_and_the_main_one_is_first() -> None:
    made = entries.alternatives("hanoi")
    assert [one.key for one in made] == [
        ways.MAIN, ways.COUNTED, ways.RECENT, ways.MANY, ways.DEPOSITS, ways.QUIET, ways.SEED,
        ways.CLIMATOLOGY, ways.PACE,
    ]  # fmt: skip
    assert made[0].forecast is hanoi().firm
    assert made[0].shift(made[0]) == 0
    assert by_key("hanoi")[ways.COUNTED].forecast is hanoi().counted


def test_news_moves_it_the_way_it_must() -> None:
    made = by_key("hanoi")
    main = made[ways.MAIN]
    for key, sign in ((ways.COUNTED, -1), (ways.DEPOSITS, -1), (ways.QUIET, 1)):
        shift = made[key].shift(main)
        assert shift is not None
        assert np.sign(shift) == sign, key


def test_the_pools_are_parts_of_the_whole() -> None:
    made = by_key("hanoi")
    recent = [t for t in hanoi().pool if t.opened.year >= 1990]
    many = [t for t in hanoi().pool if len(t.consented.iso3) >= 30]
    assert (made[ways.RECENT].treaties, made[ways.MANY].treaties) == (len(recent), len(many))
    assert made[ways.MAIN].treaties == 178
    same = forecast(hanoi().known["not counted"], 40, recent)
    assert same.summary() == made[ways.RECENT].forecast.summary()


def test_of_the_seeds_the_one_that_moves_it_most() -> None:
    known, pool = hanoi().known["not counted"], hanoi().pool
    medians = [forecast(known, 40, pool, seed).quantile(0.5) for seed in ways.SEEDS]
    main = hanoi().firm.quantile(0.5)
    assert main is not None
    moved = [abs((median - main).days) for median in medians if median is not None]
    shown = by_key("hanoi")[ways.SEED].shift(by_key("hanoi")[ways.MAIN])
    assert shown is not None
    assert abs(shown) == pytest.approx(max(moved) / 365.25)


def test_deposits_are_those_of_signatories_on_the_day() -> None:
    known = hanoi().known["not counted"]
    more = after_deposits(known, 5)
    assert more.now.consents == known.now.consents + 5
    assert more.now.waiting == known.now.waiting - 5
    assert more.now.signatories == known.now.signatories
    assert set(more.consented.iso3) <= set(known.signed.iso3)
    assert set(more.consented.day[-5:]) == {known.now.age}
    few = after_deposits(known_on(frame_of([("FRA", "signature", 0)]), OPENED, OPENED), 5)
    assert (few.now.consents, few.now.waiting) == (1, 0)


def test_a_quiet_year_makes_it_older_and_changes_nothing_else() -> None:
    known = hanoi().known["not counted"]
    quiet = after_quiet(known, 365)
    assert quiet.as_of == known.as_of + timedelta(days=365)
    assert quiet.now.age == known.now.age + 365
    assert (quiet.now.consents, quiet.now.signatories) == (
        known.now.consents,
        known.now.signatories,
    )
    assert (quiet.now.consents_year, quiet.now.signatures_half_year) == (0, 0)
    with_reports = hanoi().known["counted"]  # three consents came since: within the year
    later = after_quiet(with_reports, 365)
    assert (later.later, later.now.consents, later.consents) == (0, 3, with_reports.consents)


def test_climatology_is_the_estimate_over_all_treaties() -> None:
    """Four treaties of an age of 100 days: three reach two parties, after 50, 150 and 400 days."""
    pool = [consents_on(1, 150, number="a"), consents_on(1, 250, number="b"),
            consents_on(1, 500, number="c"), consents_on(1, number="d", seen=10_000),
            consents_on(1, 50, number="e")]  # fmt: skip  # there before
    known = known_on(frame_of([]), OPENED, OPENED + timedelta(days=100))
    found = by_climatology(forecast_of(1, 2, 3, threshold=2, as_of=known.as_of), known, pool)
    chances = [found.cdf(known.as_of + timedelta(days=days)) for days in (49, 50, 150, 400, 9000)]
    assert chances == pytest.approx([0, 0.25, 0.5, 0.75, 0.75])


def test_pace_is_a_gamma_wait() -> None:
    rows = [(f"S{i:02}", "ratification", 10 * i) for i in range(10)]
    known = known_on(frame_of(rows), OPENED, OPENED + timedelta(days=364))
    found = by_pace(forecast_of(1, 2, 3, threshold=15, as_of=known.as_of), known)
    expected = gamma.ppf([0.1, 0.5, 0.9], 5, scale=364 / 10.5)  # five more at 10.5 in 364 days
    told = [found.quantile(q) for q in (0.1, 0.5, 0.9)]
    days = [(day - known.as_of).days for day in told if day is not None]
    assert days == pytest.approx(expected, rel=0.02, abs=1.5)


def test_there_is_nothing_to_assume_where_the_threshold_is_reached() -> None:
    assert alternatives(None) == []
    assert alternatives(entry("untoc").found) == []
    assert entry("arab-2010").alternatives() == []


def test_a_shift_is_in_years_and_none_where_one_is_beyond() -> None:
    main = Alternative(ways.MAIN, forecast_of(10, 1000, 2000), 9)
    later = Alternative(ways.QUIET, forecast_of(10, 1000 + 730.5, 9000), 9)
    beyond = Alternative(ways.SEED, forecast_of(10, height=(0.2,)), 9)
    assert later.shift(main) == pytest.approx(2.0, abs=0.01)
    assert beyond.shift(main) is None
    assert main.shift(beyond) is None


def test_before_a_month_has_passed_there_is_no_pace() -> None:
    young = entry("hanoi", date(2025, 10, 25)).alternatives()
    assert ways.PACE not in {one.key for one in young}
