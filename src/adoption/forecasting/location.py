"""The typical wait: a log-logistic regression of the days to a number of parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Numbers = NDArray[np.float64]

RIDGE = 3.0  # pull of the standardised coefficients towards zero, in units of likelihood
MOST_STEPS = 300
FREE = (None, None)
ALLOWED = {1: (0.0, None), 0: FREE, -1: (None, 0.0)}


@dataclass(frozen=True, eq=False)
class Location:
    """A fitted log-logistic accelerated failure time regression.

    Attributes
    ----------
    coefficients : array of float, shape (1 + features,)
        The constant, and the effect of one standard deviation of each feature on the
        logarithm of the wait.
    scale : float
        Of the logistic distribution of the logarithm.
    mean, deviation : array of float, shape (features,)
        By which the features are standardised.
    """

    coefficients: Numbers
    scale: float
    mean: Numbers
    deviation: Numbers

    def of(self, features: Numbers) -> Numbers:
        """Return the median of the log wait of each case, shape (cases,)."""
        standard = (features - self.mean) / self.deviation
        median: Numbers = self.coefficients[0] + standard @ self.coefficients[1:]
        return median


def fit_location(
    features: Numbers,
    log_wait: Numbers,
    reached: NDArray[np.bool_],
    weight: Numbers,
    ridge: float = RIDGE,
    signs: Sequence[int] = (),
) -> Location:
    """Fit the regression by penalised maximum likelihood.

    The wait T has log T = a + b'x + s e with e standard logistic, so that the odds of
    having reached the target by t are (t / exp(a + b'x))^(1/s). A case whose target was
    not seen adds the probability of waiting longer (Kalbfleisch and Prentice 2002,
    section 2.3). The gradient is exact and the problem smooth: L-BFGS.

    Examples
    --------
    Without features and censoring the median of the log waits is found:

    >>> from adoption.forecasting.location import fit_location
    >>> waits, ones = np.array([1.0, 2.0, 3.0]), np.ones(3)
    >>> fitted = fit_location(np.zeros((3, 0)), waits, ones == 1, ones)
    >>> round(float(fitted.coefficients[0]), 3)
    2.0
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    deviation[deviation == 0] = 1.0
    standard = np.column_stack([np.ones(len(features)), (features - mean) / deviation])
    share = weight / weight.mean()
    width = standard.shape[1]

    def loss(theta: Numbers) -> tuple[float, Numbers]:
        beta, log_scale = theta[:width], theta[width]
        z = (log_wait - standard @ beta) / np.exp(log_scale)
        longer = np.logaddexp(0.0, z)  # minus the log of the probability of waiting longer
        density = z - 2 * longer - log_scale
        odds = expit(z)
        slope = np.where(reached, 1 - 2 * odds, -odds)  # of the log likelihood in z
        penalty = ridge * (beta[1:] @ beta[1:]) / 2
        gradient = np.empty(width + 1)
        gradient[:width] = standard.T @ (share * slope) / np.exp(log_scale)
        gradient[1:width] += ridge * beta[1:]
        gradient[width] = (share * (slope * z + reached)).sum()
        return float(-(share * np.where(reached, density, -longer)).sum() + penalty), gradient

    limits = [ALLOWED[sign] for sign in signs] or [FREE] * (width - 1)
    start = np.zeros(width + 1)
    start[0] = log_wait.mean()
    found: Any = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[FREE, *limits, FREE],
        options={"maxiter": MOST_STEPS},
    )
    return Location(found.x[:width], float(np.exp(found.x[width])), mean, deviation)
