"""How good a forecast was: the CRPS on log days, coverage and the PIT."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

POINTS = 401  # of the grid on which the score is integrated


def grid(followed: float) -> Numbers:
    """Return days from one to the end of the follow-up, evenly spaced on a log scale."""
    return np.exp(np.linspace(0.0, np.log(followed), POINTS))


def crps(cdf: Numbers, days: Numbers, wait: float) -> float:
    """Return the continuous ranked probability score on log days; 0 is perfect.

    The integral of (F(t) - 1{wait <= t})^2 over log t (Gneiting and Raftery 2007, Journal
    of the American Statistical Association 102), from one day to the end of the follow-up,
    so that a target that was not reached scores as well.

    Examples
    --------
    A coin's toss about everything costs a quarter of the log range:

    >>> days = grid(np.exp(4.0))
    >>> round(crps(np.full(len(days), 0.5), days, 10.0), 6)
    1.0
    """
    return float(np.trapezoid((cdf - (wait <= days)) ** 2, np.log(days)))


def pit(cdf: Numbers, days: Numbers, wait: float) -> float:
    """Return the probability integral transform: F at the wait, or at the end if not seen.

    Over many forecasts that are right it is evenly spread from 0 to 1, a wait that was cut
    short standing for all values above its own.
    """
    return float(np.interp(min(max(wait, 1.0), days[-1]), days, cdf))


def within(value: float, reached: bool, percent: int) -> bool:
    """Return whether a central interval held what happened.

    Examples
    --------
    >>> within(0.05, True, 80), within(0.05, False, 80)
    (False, True)
    """
    tail = (1 - percent / 100) / 2
    return value <= 1 - tail and (value >= tail or not reached)


def pit_histogram(values: Numbers, reached: NDArray[np.bool_], bins: int = 10) -> Numbers:
    """Return the share of the PIT in each part of 0 to 1; even if forecasts are right.

    A case whose target was not seen is spread evenly from its value to 1 (Gneiting,
    Balabdaoui and Raftery 2007 for the histogram).

    Examples
    --------
    >>> pit_histogram(np.array([0.1, 0.5]), np.array([True, False]), 2)
    array([0.5, 0.5])
    """
    edges = np.linspace(0, 1, bins + 1)
    total = np.zeros(bins)
    for value, seen in zip(values, reached, strict=True):
        if seen:
            total[min(int(value * bins), bins - 1)] += 1
        else:
            above = np.clip(edges[1:] - np.maximum(edges[:-1], value), 0, None)
            total += above / above.sum() if above.sum() else np.eye(bins)[-1]
    shares: Numbers = total / max(len(values), 1)
    return shares
