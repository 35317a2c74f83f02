"""Scores by hand, and intervals by another library."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from adoption.forecasting.propensity.validation import (
    covered,
    dispersion,
    interval,
    log_loss,
    score,
    tenths,
)

FRAME = pd.DataFrame(
    {
        "treaty": ["A", "A", "B", "B"],
        "iso3": ["AAA", "BBB", "AAA", "BBB"],
        "outcome": [1.0, 0.0, 1.0, 1.0],
        "model": [0.5, 0.25, 0.5, 0.75],
    }
)


def test_scores_by_hand() -> None:
    found = score(FRAME, "model")
    assert found["brier"] == pytest.approx((0.25 + 0.0625 + 0.25 + 0.0625) / 4)
    assert found["log_loss"] == pytest.approx(
        -(math.log(0.5) + math.log(0.75) + math.log(0.5) + math.log(0.75)) / 4
    )
    assert found["auc"] == 1.0
    assert found["within"] == 1.0  # of treaty A alone: B has one outcome
    assert (found["treaties"], found["cases"], found["acted"], found["expected"]) == (2, 4, 3, 2.0)


def test_one_outcome_has_no_area() -> None:
    found = score(FRAME[FRAME["treaty"] == "B"], "model")
    assert math.isnan(float(str(found["auc"])))
    assert math.isnan(float(str(found["within"])))


def test_a_certain_error_costs_much_but_not_everything() -> None:
    assert log_loss(np.array([1.0]), np.array([0.0])) == pytest.approx(-math.log(1e-4))


def test_dispersion_by_moments() -> None:
    # Expected 0.75 and 1.25, seen 1 and 2.
    seen = ((1 - 0.75) ** 2 - 0.75 + (2 - 1.25) ** 2 - 1.25) / (0.75**2 + 1.25**2)
    assert seen < 0
    assert dispersion(FRAME) == 0.0
    many = FRAME.assign(outcome=[5.0, 5.0, 0.0, 0.0])
    by_hand = ((10 - 0.75) ** 2 - 0.75 + 1.25**2 - 1.25) / (0.75**2 + 1.25**2)
    assert dispersion(many) == pytest.approx(by_hand)


@pytest.mark.parametrize("expected", [0.3, 3.0, 40.0])
def test_without_dispersion_the_interval_is_that_of_poisson(expected: float) -> None:
    low, high = poisson.ppf([0.1, 0.9], expected)
    assert interval(expected, 0.0, 1000) == (low, high)


def test_an_interval_keeps_to_the_states_there_are() -> None:
    assert interval(30.0, 2.0, 35)[1] == 35
    assert interval(0.0, 1.0, 0) == (0, 0)


def test_a_treaty_is_covered_by_the_spread_of_the_others() -> None:
    assert covered(FRAME) == 1.0
    assert covered(FRAME.assign(outcome=[50.0, 0.0, 0.0, 0.0])) == 0.5


def test_tenths_hold_every_case_once_in_order() -> None:
    random = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "treaty": [f"T{n % 7}" for n in range(103)],
            "iso3": [f"S{n:03}" for n in range(103)],
            "outcome": (random.random(103) < 0.3).astype("float64"),
            "model": random.random(103),
        }
    )
    found = tenths(frame)
    assert found["cases"].sum() == 103
    assert found["cases"].between(10, 11).all()
    assert (found["lowest"].to_numpy()[1:] >= found["highest"].to_numpy()[:-1]).all()
    assert found["chance"].is_monotonic_increasing
    assert ((found["low"] <= found["share"]) & (found["share"] <= found["high"])).all()
    assert (found["share"] * found["cases"]).sum() == pytest.approx(frame["outcome"].sum())


def test_the_interval_of_a_tenth_is_wider_where_treaties_move_as_one() -> None:
    half = [1.0, 0.0] * 50
    apart = pd.DataFrame({"iso3": range(100), "outcome": half, "model": 0.5})
    one = tenths(apart.assign(treaty=[n // 50 for n in range(100)])).iloc[0]
    states = tenths(apart.assign(treaty=range(100))).iloc[0]
    # Ten cases of which five acted: in ten treaties the interval is that of a binomial.
    assert states["high"] - states["share"] == pytest.approx(1.96 * math.sqrt(0.025))
    assert one["high"] == pytest.approx(0.5)  # the residuals of its one treaty cancel
    assert tenths(apart.iloc[:0].assign(treaty=[])).empty
