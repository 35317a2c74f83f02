"""The weighted Kaplan-Meier estimate, against that of statsmodels and by hand."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import binom, poisson
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.forecasting import backtest
from adoption.forecasting.baselines import STATES, bass, climatology, pace
from adoption.forecasting.learnt import base_pool
from adoption.forecasting.waiting import Steps, kaplan_meier
from tests.forecast.made import consents_on

STEPS = Steps(np.array([1.0, 2.0, 2.0, 5.0]), np.array([0.25, 0.4, 0.5, 0.75]))


def some_waits(seed: int) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return waits with many ties, of ends and of censorings, and whole weights from 0."""
    random = np.random.default_rng(seed)
    return random.integers(1, 12, 60) / 1.0, random.random(60) < 0.6, random.integers(0, 5, 60)


@pytest.mark.parametrize("seed", range(2))
def test_with_weights_of_one_it_is_the_usual_estimate(seed: int) -> None:
    x, ended, _ = some_waits(seed)
    steps = kaplan_meier(x, ended, np.ones(len(x)))
    theirs = SurvfuncRight(x, ended)
    assert steps.cdf(theirs.surv_times) == pytest.approx(1 - theirs.surv_prob, abs=1e-12)


@pytest.mark.parametrize("seed", range(2))
def test_a_whole_weight_is_a_row_that_is_repeated(seed: int) -> None:
    x, ended, weight = some_waits(seed)
    steps = kaplan_meier(x, ended, weight / 7.0)
    theirs = SurvfuncRight(np.repeat(x, weight), np.repeat(ended, weight))
    assert steps.cdf(theirs.surv_times) == pytest.approx(1 - theirs.surv_prob, abs=1e-12)


def test_of_an_end_and_a_censoring_on_one_day_the_end_comes_first() -> None:
    x, ones = np.array([3.0, 3.0]), np.ones(2)
    for ended in ([True, False], [False, True]):
        steps = kaplan_meier(x, np.array(ended), ones)
        assert steps.cdf(np.array([2.9, 3.0])).tolist() == [0, 0.5]


@pytest.mark.parametrize("number", [0, 3])
def test_where_nothing_ended_the_probability_stays_zero(number: int) -> None:
    steps = kaplan_meier(np.linspace(1, 9, number), np.zeros(number, dtype=bool), np.ones(number))
    assert steps.cdf(np.array([0.0, 1e9])).tolist() == [0, 0]
    assert steps.quantile(0.01) == np.inf


def test_the_height_never_falls_whatever_the_weights() -> None:
    random = np.random.default_rng(0)
    x, ended = random.normal(size=500), random.random(500) < 0.8
    height = kaplan_meier(x, ended, random.random(500) ** 20).height
    assert (np.diff(height) >= 0).all()
    assert 0 <= height[0] <= height[-1] <= 1


@pytest.mark.parametrize(
    ("q", "x"), [(0.1, 1), (0.25, 1), (0.26, 2), (0.5, 2), (0.51, 5), (0.75, 5), (0.76, np.inf)]
)
def test_a_quantile_is_the_first_place_that_is_high_enough(q: float, x: float) -> None:
    assert STEPS.quantile(q) == x


# The plain forecasts, against other libraries, by hand and in their limits.


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


def test_more_than_all_states_never_come() -> None:
    assert bass(np.array([0.0, 9.0]), 365.0, STATES + 1, DAYS).tolist() == [0] * len(DAYS)
