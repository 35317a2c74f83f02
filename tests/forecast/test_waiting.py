"""The weighted Kaplan-Meier estimate, against that of statsmodels and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.forecasting.waiting import Steps, kaplan_meier

STEPS = Steps(np.array([1.0, 2.0, 2.0, 5.0]), np.array([0.25, 0.4, 0.5, 0.75]))


def some_waits(seed: int) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return waits with many ties, of ends and of censorings, and whole weights from 0."""
    random = np.random.default_rng(seed)
    return random.integers(1, 12, 60) / 1.0, random.random(60) < 0.6, random.integers(0, 5, 60)


@pytest.mark.parametrize("seed", range(5))
def test_with_weights_of_one_it_is_the_usual_estimate(seed: int) -> None:
    x, ended, _ = some_waits(seed)
    steps = kaplan_meier(x, ended, np.ones(len(x)))
    theirs = SurvfuncRight(x, ended)
    assert steps.cdf(theirs.surv_times) == pytest.approx(1 - theirs.surv_prob, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
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


def test_a_wait_without_weight_changes_nothing() -> None:
    x, ended = np.array([1.0, 2.0, 3.0]), np.array([True, True, True])
    steps = kaplan_meier(x, ended, np.array([1.0, 0.0, 1.0]))
    assert (steps.at.tolist(), steps.height.tolist()) == ([1, 3], [0.5, 1])


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


def test_steps_are_read_from_the_right() -> None:
    asked = np.array([0.9, 1.0, 1.9, 2.0, 4.0, 5.0, 9.0])
    assert STEPS.cdf(asked).tolist() == [0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75]


@pytest.mark.parametrize(
    ("q", "x"), [(0.1, 1), (0.25, 1), (0.26, 2), (0.5, 2), (0.51, 5), (0.75, 5), (0.76, np.inf)]
)
def test_a_quantile_is_the_first_place_that_is_high_enough(q: float, x: float) -> None:
    assert STEPS.quantile(q) == x
