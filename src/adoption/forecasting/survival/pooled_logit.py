"""A logit of counts with a level for each step and a partially pooled effect for each group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit

Numbers = NDArray[np.float64]

MOST_STEPS = 100  # of Newton's method; a few are enough
CLOSE = 1e-10
LARGEST_MOVE = 2.0  # of a level in one step of it, on the logit scale
DEVIATIONS = (0.01, 5.0)  # between which that of the effects is sought


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fitted logit: logit p = level of the step + effect of the group.

    Attributes
    ----------
    level, level_error : array of float, shape (steps,)
        Of a typical group, whose effect is 0, with the standard error.
    effect, effect_error : array of float, shape (groups,)
        Drawn towards 0 the more, the less is known of the group.
    deviation : float
        The standard deviation of the effects, estimated with the rest.
    """

    level: Numbers
    level_error: Numbers
    effect: Numbers
    effect_error: Numbers
    deviation: float


def fit(at_risk: Numbers, acted: Numbers, deviation: float | None = None) -> Fitted:
    """Fit the logit by penalised likelihood.

    The effects are taken as draws from a normal distribution with mean 0, which penalises
    them by half the sum of their squares over its variance; its standard deviation is that
    of the highest restricted likelihood by Laplace's approximation (Wood 2011, Journal of
    the Royal Statistical Society B 73). Standard errors come from the inverse of the
    penalised information: those of the model, not clustered any further.

    Examples
    --------
    >>> found = fit(np.array([[100.0], [100.0]]), np.array([[20.0], [20.0]]))
    >>> [round(float(p), 3) for p in expit(found.level)]
    [0.2]
    """
    totals, events = at_risk.sum(axis=0), acted.sum(axis=0)
    if not ((events > 0) & (events < totals)).all():
        raise ValueError("each step needs some that acted and some that did not")
    if deviation is None:
        found = minimize_scalar(
            lambda log_deviation: -_evidence(at_risk, acted, float(np.exp(log_deviation))),
            bounds=tuple(np.log(DEVIATIONS)),
            method="bounded",
            options={"xatol": 1e-4},
        )
        deviation = float(np.exp(found.x))
    level, effect = _mode(at_risk, acted, deviation)
    weight = _weight(at_risk, level, effect)
    own = weight.sum(axis=1) + deviation**-2
    covariance = np.linalg.inv(_schur(weight, own))
    across = weight / own[:, None]
    error = 1 / own + ((across @ covariance) * across).sum(axis=1)
    return Fitted(level, np.sqrt(np.diag(covariance)), effect, np.sqrt(error), deviation)


def effect_of(
    at_risk: Numbers, acted: Numbers, level: Numbers, deviation: float
) -> tuple[float, float]:
    """Return the effect of one more group, with its standard error, the levels being given.

    Examples
    --------
    >>> effect_of(np.zeros(2), np.zeros(2), np.zeros(2), 0.5)
    (0.0, 0.5)
    """
    effect, information = 0.0, deviation**-2
    for _ in range(MOST_STEPS):
        chance = expit(level + effect)
        information = float((at_risk * chance * (1 - chance)).sum()) + deviation**-2
        move = (float((acted - at_risk * chance).sum()) - effect * deviation**-2) / information
        effect += float(np.clip(move, -LARGEST_MOVE, LARGEST_MOVE))
        if abs(move) < CLOSE:
            break
    return effect, information**-0.5


def _weight(at_risk: Numbers, level: Numbers, effect: Numbers) -> Numbers:
    chance: Numbers = expit(level[None, :] + effect[:, None])
    return at_risk * chance * (1 - chance)


def _schur(weight: Numbers, own: Numbers) -> Numbers:
    """Return the information on the levels once the effects are accounted for.

    The information of all has two diagonal blocks, so it is never built as a whole.
    """
    return np.diag(weight.sum(axis=0)) - weight.T @ (weight / own[:, None])


def _mode(at_risk: Numbers, acted: Numbers, deviation: float) -> tuple[Numbers, Numbers]:
    """Return levels and effects of the highest penalised likelihood, by Newton's method."""
    share = acted.sum(axis=0) / at_risk.sum(axis=0)
    level: Numbers = np.log(share / (1 - share))
    effect: Numbers = np.zeros(len(at_risk))
    for _ in range(MOST_STEPS):
        rest = acted - at_risk * expit(level[None, :] + effect[:, None])
        weight = _weight(at_risk, level, effect)
        own = weight.sum(axis=1) + deviation**-2
        score = rest.sum(axis=1) - effect * deviation**-2
        by_level = np.linalg.solve(_schur(weight, own), rest.sum(axis=0) - weight.T @ (score / own))
        by_effect = (score - weight @ by_level) / own
        largest = max(np.abs(by_level).max(), np.abs(by_effect).max())
        damped = min(1.0, LARGEST_MOVE / largest) if largest > 0 else 1.0
        level, effect = level + damped * by_level, effect + damped * by_effect
        if largest < CLOSE:
            break
    return level, effect


def _evidence(at_risk: Numbers, acted: Numbers, deviation: float) -> float:
    """Return the restricted log likelihood of a deviation, up to a constant."""
    level, effect = _mode(at_risk, acted, deviation)
    logit = level[None, :] + effect[:, None]
    likelihood = float((acted * logit - at_risk * np.logaddexp(0, logit)).sum())
    weight = _weight(at_risk, level, effect)
    own = weight.sum(axis=1) + deviation**-2
    _, log_information = np.linalg.slogdet(_schur(weight, own))
    log_information += float(np.log(own).sum())
    penalty = float((effect**2).sum()) / deviation**2
    return float(likelihood - (penalty + log_information) / 2 - len(effect) * np.log(deviation))
