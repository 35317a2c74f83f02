"""The scores, against closed forms and simulated forecasts that are right."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.stats import expon, logistic, uniform

from adoption.forecasting.scoring import crps, grid, pit, pit_histogram, within

DAYS = grid(float(np.exp(10.0)))
LOG = np.log(DAYS)


def test_the_grid_is_even_on_a_log_scale() -> None:
    assert (DAYS[0], DAYS[-1]) == pytest.approx((1, np.exp(10)))
    assert np.diff(LOG) == pytest.approx(np.full(400, 10 / 400))


def test_a_sure_and_right_forecast_costs_nothing() -> None:
    assert crps((DAYS >= 100).astype(float), DAYS, 100.0) == 0
    assert crps((DAYS[100] <= DAYS).astype(float), DAYS, float(DAYS[100])) == 0
    assert crps(np.zeros(len(DAYS)), DAYS, np.inf) == 0


def test_a_sure_and_wrong_forecast_costs_its_distance_in_log_days() -> None:
    for said, happened in ((np.exp(3), np.exp(7)), (np.exp(7), np.exp(3))):
        score = crps((said <= DAYS).astype(float), DAYS, float(happened))
        assert score == pytest.approx(4, abs=0.03)  # a step of the grid is 0.025
    never = crps(np.zeros(len(DAYS)), DAYS, float(np.exp(7)))
    assert never == pytest.approx(3, abs=0.03)
    assert crps((np.exp(4) <= DAYS).astype(float), DAYS, np.inf) == pytest.approx(6, abs=0.03)


@pytest.mark.parametrize("happened", [0.5, 2.0, 6.0, 9.5])
def test_an_even_forecast_has_a_closed_form(happened: float) -> None:
    # Even on 0 to 10: the integral of (u/10)^2 up to y and of (1 - u/10)^2 from y on.
    by_hand = (happened**3 + (10 - happened) ** 3) / 300
    assert crps(LOG / 10, DAYS, float(np.exp(happened))) == pytest.approx(by_hand, abs=0.02)


@pytest.mark.parametrize("happened", [1.0, 5.0, 8.0])
def test_a_logistic_forecast_against_a_quadrature(happened: float) -> None:
    law = logistic(5, 0.7)
    below, _ = quad(lambda u: law.cdf(u) ** 2, 0, happened)
    above, _ = quad(lambda u: law.sf(u) ** 2, happened, 10)
    score = crps(law.cdf(LOG), DAYS, float(np.exp(happened)))
    assert score == pytest.approx(below + above, abs=0.02)


def test_a_target_that_was_not_seen_is_scored_up_to_the_end() -> None:
    law = logistic(5, 0.7)
    by_hand, _ = quad(lambda u: law.cdf(u) ** 2, 0, 10)
    assert crps(law.cdf(LOG), DAYS, np.inf) == pytest.approx(by_hand, abs=1e-3)


def test_the_transform_is_the_forecast_at_the_wait() -> None:
    cdf = uniform.cdf(LOG / 10)
    assert pit(cdf, DAYS, float(np.exp(4))) == pytest.approx(0.4, abs=1e-3)
    assert pit(cdf, DAYS, 0.2) == 0  # less than a day is a day
    cut = grid(float(np.exp(6)))
    assert pit(np.log(cut) / 10, cut, np.inf) == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("value", "reached", "held"),
    [(0.05, True, False), (0.1001, True, True), (0.8999, True, True), (0.95, True, False),
     (0.05, False, True), (0.5, False, True), (0.95, False, False)],
)  # fmt: skip
def test_the_central_eighty_percent(value: float, reached: bool, held: bool) -> None:
    assert within(value, reached, 80) is held


def test_wider_intervals_hold_more() -> None:
    values = np.linspace(0.001, 0.999, 999)
    shares = [np.mean([within(v, True, p) for v in values]) for p in (50, 80, 95)]
    assert shares == pytest.approx([0.5, 0.8, 0.95], abs=2e-3)


def simulated(cases: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the transform of right forecasts, of which more than a third were cut short."""
    random = np.random.default_rng(3)
    waits, ends = random.exponential(size=cases), random.exponential(1.5, size=cases)
    return expon.cdf(np.minimum(waits, ends)), waits <= ends


def test_the_histogram_of_right_forecasts_is_even_though_waits_were_cut_short() -> None:
    values, reached = simulated(20_000)
    assert 0.35 < 1 - reached.mean() < 0.45
    histogram = pit_histogram(values, reached)
    assert histogram == pytest.approx(np.full(10, 0.1), abs=0.008)
    # Where the cut ones are taken for ends it is not: the test can fail.
    assert pit_histogram(values, np.ones_like(reached))[-1] < 0.05


def test_the_histogram_adds_up_to_one() -> None:
    values = np.array([0.0, 0.25, 1.0, 0.6, 1.0])
    reached = np.array([True, False, True, False, False])
    for bins in (1, 4, 7, 10):
        assert pit_histogram(values, reached, bins).sum() == pytest.approx(1)
    # Two at the ends; from 0.25 a third each of three quarters; from 0.6 0.15 and 0.25 of 0.4.
    by_hand = np.array([1, 1 / 3, 1 / 3 + 0.15 / 0.4, 1 / 3 + 0.25 / 0.4 + 2]) / 5
    assert pit_histogram(values, reached, 4) == pytest.approx(by_hand)


def test_no_forecast_is_no_histogram() -> None:
    none = np.array([])
    assert pit_histogram(none, none.astype(bool)).tolist() == [0] * 10
