"""Three plain forecasts to compare with: climatology, constant pace and a Bass curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import binom, gamma

from adoption.forecasting.cases import ONE_YEAR
from adoption.forecasting.pool import Days, Treaty
from adoption.forecasting.waiting import Steps, kaplan_meier

Numbers = NDArray[np.float64]

HALF_AN_ACT = 0.5  # so that a year without a consent is not taken for never
STATES = 193  # members of the United Nations: the market of the Bass curve
# Means of 213 fits to other innovations: 0.03 and 0.38 a year (Sultan, Farley and Lehmann
# 1990, Journal of Marketing Research 27). The prior has a deviation of 1 on the log scale:
# without it the curve of a treaty with few consents is far too sure.
TYPICAL = np.log(np.array([0.03, 0.38]) / 365.25)
TINY = 1e-300


def climatology(others: Sequence[Treaty], age: float, target: int) -> Steps:
    """Return how long other treaties of this age took to a number of parties.

    The Kaplan-Meier estimate of the days from the age to the target, over the treaties
    that were watched beyond the age and had not reached the target at it.
    """
    waits = [(min(t.consented.nth(target), t.seen) - age, t.consented.nth(target) <= t.seen)
             for t in others if t.seen > age and t.consented.nth(target) > age]  # fmt: skip
    days = np.array([wait for wait, _ in waits], dtype="float64")
    return kaplan_meier(days, np.array([end for _, end in waits], dtype="bool"), np.ones(len(days)))


def pace(consents_year: int, age: float, needed: int, days: Days) -> Numbers:
    """Return the probability of a number of further consents at the pace of the last year.

    Consents come one by one at a constant rate, so that the wait for the kth has a gamma
    distribution of shape k.

    Examples
    --------
    >>> pace(36, 365.0, 1, np.array([7.0, 70.0])).round(2)
    array([0.5, 1. ])
    """
    rate = (consents_year + HALF_AN_ACT) / max(min(age, ONE_YEAR), 1.0)
    reached: Numbers = gamma.cdf(days, needed, scale=1 / rate)
    return reached


def bass(consented: Days, age: float, target: int, days: Days) -> Numbers:
    """Return the probability of a number of parties after a Bass curve.

    Each state's time to consent has the distribution function of Bass (1969), with the
    rate p of those who move by themselves and q of those who follow, fitted to the consents
    so far and to what is typical; the states yet to come move independently.
    """
    p, q = _fit_bass(np.maximum(consented, 0.5), age)
    by_now = _bass(np.array([age]), p, q)[0]
    share = (_bass(age + days, p, q) - by_now) / (1 - by_now)
    left, needed = STATES - len(consented), target - len(consented)
    reached: Numbers = binom.sf(needed - 1, left, np.clip(share, 0, 1))
    return reached


def _bass(t: Numbers, p: float, q: float) -> Numbers:
    gone = np.exp(-(p + q) * t)
    share: Numbers = (1 - gone) / (1 + q / p * gone)
    return share


def _fit_bass(times: Numbers, age: float) -> tuple[float, float]:
    """Fit p and q per day: the posterior mode, with a normal prior for their logarithms."""

    def loss(theta: Numbers) -> float:
        p, q = np.exp(theta)
        share = _bass(times, p, q)
        density = (p + q * share) * (1 - share)
        left = max(1 - float(_bass(np.array([age]), p, q)[0]), TINY)
        seen = float(np.log(np.maximum(density, TINY)).sum())
        prior = float(((theta - TYPICAL) ** 2).sum()) / 2
        return float(prior - seen - (STATES - len(times)) * np.log(left))

    bounds = [(np.log(1e-8), np.log(1e-1))] * 2
    p, q = np.exp(minimize(loss, TYPICAL, method="L-BFGS-B", bounds=bounds).x)
    return float(p), float(q)
