"""The typical wait, against another maximisation, its own gradient and simulated waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import logistic

from adoption.forecasting.location import RIDGE, Location, fit_location

if TYPE_CHECKING:
    Numbers = NDArray[np.float64]

TRUE = np.array([0.8, -0.5, 0.0])
CONSTANT, SCALE = 5.0, 0.6


def simulated(cases: int, seed: int = 0) -> tuple[Numbers, Numbers, NDArray[np.bool_], Numbers]:
    """Return features, log waits of which about a third are cut short, and weights."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(cases, 3))
    whole = CONSTANT + features @ TRUE + SCALE * random.logistic(size=cases)
    cut = random.normal(6.0, 1.5, size=cases)
    return features, np.minimum(whole, cut), whole <= cut, random.uniform(0.2, 2.0, cases)


def minus_penalised(
    theta: Numbers,
    features: Numbers,
    log_wait: Numbers,
    reached: NDArray[np.bool_],
    weight: Numbers,
) -> float:
    """Return what is minimised, from the densities of scipy; theta is as in `theta_of`."""
    standard = (features - features.mean(axis=0)) / features.std(axis=0)
    law = logistic(theta[0] + standard @ theta[1:-1], np.exp(theta[-1]))
    each = np.where(reached, law.logpdf(log_wait), law.logsf(log_wait))
    share = weight / weight.mean()
    return float(-(share * each).sum() + RIDGE / 2 * (theta[1:-1] ** 2).sum())


def theta_of(found: Location) -> Numbers:
    return np.append(found.coefficients, np.log(found.scale))


def test_another_maximisation_finds_the_same() -> None:
    data = simulated(400)
    found = fit_location(*data)
    start = np.array([data[1].mean(), 0, 0, 0, 0])
    theirs = minimize(minus_penalised, start, args=data, method="Nelder-Mead",
                      options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 5000})  # fmt: skip
    assert theirs.success
    assert theta_of(found) == pytest.approx(theirs.x, abs=1e-3)
    assert minus_penalised(theta_of(found), *data) <= theirs.fun + 1e-4


def test_the_slope_is_zero_where_it_ends() -> None:
    data = simulated(400, seed=1)
    theta, step = theta_of(fit_location(*data)), 1e-5
    for place in range(len(theta)):
        move = np.eye(len(theta))[place] * step
        ahead, back = (minus_penalised(theta + m, *data) for m in (move, -move))
        assert (ahead - back) / (2 * step) == pytest.approx(0, abs=0.05)  # of a sum of 400


def test_simulated_coefficients_are_found_again() -> None:
    features, log_wait, reached, _ = simulated(20_000, seed=2)
    assert 0.2 < 1 - reached.mean() < 0.5
    found = fit_location(features, log_wait, reached, np.ones(len(reached)))
    assert found.coefficients[1:] / found.deviation == pytest.approx(TRUE, abs=0.03)
    assert found.scale == pytest.approx(SCALE, abs=0.02)
    assert found.of(np.zeros((1, 3))) == pytest.approx([CONSTANT], abs=0.03)
    asked = np.array([[1.0, -2.0, 4.0]])
    assert found.of(asked) == pytest.approx(CONSTANT + asked @ TRUE, abs=0.1)


def test_only_the_ratio_of_weights_matters() -> None:
    features, log_wait, reached, weight = simulated(200, seed=3)
    found, tenfold = (fit_location(features, log_wait, reached, w) for w in (weight, 10 * weight))
    assert theta_of(found) == pytest.approx(theta_of(tenfold), abs=1e-6)


def test_a_whole_weight_is_a_case_that_is_repeated() -> None:
    features, log_wait, reached, _ = simulated(300, seed=4)
    times = np.repeat(np.arange(300), np.arange(300) % 3 + 1)  # one, two or three times
    repeated = fit_location(
        features[times], log_wait[times], reached[times], np.ones(len(times)), ridge=0.0
    )
    weighted = fit_location(features, log_wait, reached, np.bincount(times) / 1.0, ridge=0.0)
    # They are standardised otherwise, but say the same of any case.
    assert weighted.of(features) == pytest.approx(repeated.of(features), abs=1e-3)
    assert weighted.scale == pytest.approx(repeated.scale, abs=1e-3)


def test_a_ridge_pulls_towards_zero() -> None:
    data = simulated(100, seed=6)
    sizes = [np.abs(fit_location(*data, ridge=pull).coefficients[1:]).sum() for pull in (0, 3, 300)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 2 * sizes[2]


def test_a_feature_that_never_varies_does_no_harm() -> None:
    features, log_wait, reached, weight = simulated(100, seed=5)
    features[:, 2] = 7.0
    found = fit_location(features, log_wait, reached, weight)
    assert found.coefficients[3] == pytest.approx(0, abs=1e-6)
    assert np.isfinite(found.of(features)).all()


def test_a_sign_that_is_fixed_is_kept() -> None:
    random = np.random.default_rng(3)
    features = random.normal(size=(400, 3))
    log_wait = 5 + features @ np.array([0.8, -0.6, 0.3]) + random.logistic(size=400) / 4
    seen, ones = np.ones(400, dtype=bool), np.ones(400)
    free = fit_location(features, log_wait, seen, ones).coefficients[1:]
    assert np.sign(free).tolist() == [1, -1, 1]
    kept = fit_location(features, log_wait, seen, ones, signs=[-1, -1, 0]).coefficients[1:]
    assert kept[0] == 0
    assert kept[1] < 0 < kept[2]
