"""The plain forecasts, against other libraries, by hand and in their limits."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from scipy.stats import binom, poisson
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.forecasting import backtest
from adoption.forecasting.baselines import STATES, bass, climatology, pace
from adoption.forecasting.learnt import base_pool
from tests.forecast.made import consents_on

DAYS = np.array([1.0, 30.0, 365.0, 3650.0, 36500.0])


def test_climatology_by_hand() -> None:
    # To two consents from day 10: waits of 20 and 90 days; one watched for 40 and one that
    # had them already, and one that was not watched beyond the age.
    others = [
        consents_on(0, 30), consents_on(5, 100), consents_on(5, seen=50), consents_on(0, 10),
        consents_on(0, seen=10),
    ]  # fmt: skip
    steps = climatology(others, 10.0, 2)
    assert (steps.at.tolist(), steps.height.tolist()) == ([20, 90], pytest.approx([1 / 3, 1]))


def test_climatology_takes_what_was_not_seen_for_not_reached() -> None:
    steps = climatology([consents_on(0, 300, seen=200), consents_on(0, 50, seen=200)], 10.0, 2)
    assert (steps.at.tolist(), steps.height.tolist()) == ([40], [0.5])


def test_climatology_of_nobody_is_never() -> None:
    assert climatology([], 10.0, 2).quantile(0.1) == np.inf


@pytest.mark.parametrize(("age", "target"), [(91, 20), (365, 40), (1461, 50)])
def test_climatology_of_the_base_set_is_that_of_statsmodels(age: int, target: int) -> None:
    pool = backtest.tested(base_pool())
    waits, ended = [], []
    for treaty in pool:
        days = treaty.consented.day
        reached = days[target - 1] if len(days) >= target else np.inf
        if treaty.seen > age and reached > age:
            ended.append(reached <= treaty.seen)
            waits.append(min(reached, treaty.seen) - age)
    theirs = SurvfuncRight(np.array(waits), np.array(ended))
    steps = climatology(pool, float(age), target)
    assert steps.cdf(theirs.surv_times) == pytest.approx(1 - theirs.surv_prob, abs=1e-12)


@pytest.mark.parametrize("needed", [1, 2, 10])
def test_constant_pace_counts_as_a_poisson_process(needed: int) -> None:
    # The kth is there by t when at least k came by t.
    rate = 12.5 / 365
    by_hand = poisson.sf(needed - 1, rate * DAYS)
    assert pace(12, 2000.0, needed, DAYS) == pytest.approx(by_hand)


def test_the_pace_of_a_young_treaty_is_that_since_it_opened() -> None:
    assert pace(2, 100.0, 1, np.array([10.0])) == pytest.approx([1 - exp(-0.25)])
    assert pace(0, 0.0, 1, np.array([2.0])) == pytest.approx([1 - exp(-1)])  # as if a day old
    assert 0 < pace(0, 4000.0, 5, DAYS)[0] < pace(0, 4000.0, 5, DAYS)[2] < 0.01


def test_a_simulated_bass_curve_is_forecast_as_if_its_rates_were_known() -> None:
    p, q, age, ahead = 1e-4, 1.5e-3, 1500.0, np.array([200.0, 500.0, 900.0])

    def share(t: float) -> float:  # Bass 1969, equation 12
        return (1 - exp(-(p + q) * t)) / (1 + q / p * exp(-(p + q) * t))

    random = np.random.default_rng(0)
    found, known = [], []
    for _ in range(10):
        u = random.random(STATES)
        waits = np.log((1 + u * q / p) / (1 - u)) / (p + q)  # its inverse
        so_far = np.sort(waits[waits <= age])
        further = np.array([(share(age + t) - share(age)) / (1 - share(age)) for t in ahead])
        target = len(so_far) + 30
        found.append(bass(so_far, age, target, ahead))
        known.append(binom.sf(29, STATES - len(so_far), further))
    assert np.mean(known, axis=0)[0] < 0.2 < 0.8 < np.mean(known, axis=0)[-1]
    assert np.mean(found, axis=0) == pytest.approx(np.mean(known, axis=0), abs=0.1)


def test_the_bass_curve_goes_from_never_to_surely() -> None:
    so_far = np.array([0.0, 20.0, 90.0, 200.0, 350.0])
    share = bass(so_far, 365.0, 40, np.array([1e-6, *DAYS, 1e7]))
    assert (np.diff(share) >= 0).all()
    assert (share[0], share[-1]) == pytest.approx((0, 1))
    by_target = [bass(so_far, 365.0, target, np.array([365.0]))[0] for target in (6, 9, 12, 40)]
    assert by_target == sorted(by_target, reverse=True)
    assert by_target[0] > by_target[-1]


def test_more_than_all_states_never_come() -> None:
    assert bass(np.array([0.0, 9.0]), 365.0, STATES + 1, DAYS).tolist() == [0] * len(DAYS)


def test_a_treaty_without_a_consent_has_a_bass_curve_too() -> None:
    chances = bass(np.array([]), 91.0, 20, DAYS)
    assert np.isfinite(chances).all()
    assert ((chances >= 0) & (chances <= 1)).all()
