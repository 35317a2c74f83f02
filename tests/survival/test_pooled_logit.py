"""The partially pooled logit: its limits, an independent maximisation, and known effects."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import approx_fprime, minimize
from scipy.special import expit

from adoption.forecasting.hazard import effect_of, fit

AT_RISK = np.array([[40.0, 30.0, 20.0], [60.0, 50.0, 45.0], [10.0, 9.0, 9.0], [0.0, 25.0, 12.0]])
ACTED = np.array([[10.0, 10.0, 4.0], [6.0, 5.0, 2.0], [1.0, 0.0, 0.0], [0.0, 13.0, 7.0]])
GROUPS, STEPS = AT_RISK.shape


def penalised(parameters: np.ndarray, deviation: float) -> float:
    """Return minus the penalised log likelihood, written out once more."""
    level, effect = parameters[:STEPS], parameters[STEPS:]
    total = 0.0
    for group in range(GROUPS):
        for step in range(STEPS):
            p = 1 / (1 + np.exp(-level[step] - effect[group]))
            total += ACTED[group, step] * np.log(p)
            total += (AT_RISK[group, step] - ACTED[group, step]) * np.log(1 - p)
    return float(-total + (effect**2).sum() / (2 * deviation**2))


@pytest.mark.parametrize("deviation", [0.3, 1.0])
def test_an_independent_maximisation_agrees(deviation: float) -> None:
    found = fit(AT_RISK, ACTED, deviation)
    start = np.zeros(STEPS + GROUPS)
    best = minimize(penalised, start, (deviation,), method="BFGS", options={"gtol": 1e-7})
    assert found.level == pytest.approx(best.x[:STEPS], abs=1e-4)
    assert found.effect == pytest.approx(best.x[STEPS:], abs=1e-4)
    at = np.concatenate([found.level, found.effect])

    def slope(x: np.ndarray) -> np.ndarray:
        made: np.ndarray = approx_fprime(x, penalised, 1e-5, deviation)
        return made

    information = np.array([approx_fprime(at, lambda x, i=i: slope(x)[i], 1e-4)
                            for i in range(len(at))])  # fmt: skip
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    assert found.level_error == pytest.approx(errors[:STEPS], rel=0.01)
    assert found.effect_error == pytest.approx(errors[STEPS:], rel=0.01)


def test_without_pooling_it_is_a_logit_with_dummies() -> None:
    found = fit(AT_RISK, ACTED, 50.0)
    rows, outcome = [], []
    for group in range(GROUPS):
        for step in range(STEPS):
            if AT_RISK[group, step]:
                dummies = np.eye(GROUPS)[group][1:]
                rows.append(np.concatenate([np.eye(STEPS)[step], dummies]))
                acted = ACTED[group, step]
                outcome.append([acted, AT_RISK[group, step] - acted])
    other = sm.GLM(np.array(outcome), np.array(rows), sm.families.Binomial()).fit()
    between = found.effect[1:] - found.effect[0]
    assert between == pytest.approx(other.params[STEPS:], abs=0.01)
    assert np.diff(found.level) == pytest.approx(np.diff(other.params[:STEPS]), abs=0.001)


def test_fully_pooled_it_is_the_share_of_each_step() -> None:
    found = fit(AT_RISK, ACTED, 0.01)
    assert expit(found.level) == pytest.approx(ACTED.sum(0) / AT_RISK.sum(0), abs=0.001)
    assert found.effect == pytest.approx(0, abs=0.01)


def test_the_deviation_of_known_effects_is_found_again() -> None:
    random = np.random.default_rng(0)
    effect = random.normal(0, 0.8, 400)
    level = np.array([-2.0, -1.0, -1.5])
    at_risk = np.full((400, 3), 40.0)
    acted = random.binomial(40, expit(level + effect[:, None])).astype(float)
    found = fit(at_risk, acted)
    assert found.deviation == pytest.approx(effect.std(), abs=0.05)
    assert found.level == pytest.approx(level, abs=0.12)
    inside = np.abs(found.effect - effect) < 1.96 * found.effect_error
    assert 0.92 < inside.mean() < 0.98


def test_one_more_group() -> None:
    found = fit(AT_RISK, ACTED, 0.7)
    for group in range(GROUPS):
        effect, error = effect_of(AT_RISK[group], ACTED[group], found.level, 0.7)
        assert effect == pytest.approx(found.effect[group], abs=1e-6)
        assert error <= found.effect_error[group]  # the levels are taken as known
    effect, error = effect_of(np.zeros(STEPS), np.zeros(STEPS), found.level, 0.7)
    assert (effect, error) == pytest.approx((0, 0.7))


@pytest.mark.parametrize("acted", [[[0.0, 5.0]], [[10.0, 5.0]]])
def test_a_step_in_which_all_or_none_acted_has_no_level(acted: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="each step needs"):
        fit(np.array([[10.0, 10.0]]), np.array(acted))


def test_the_same_on_every_run() -> None:
    one, other = fit(AT_RISK, ACTED), fit(AT_RISK, ACTED)
    assert one.deviation == other.deviation
    assert one.level.tobytes() == other.level.tobytes()
