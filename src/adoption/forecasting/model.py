"""The number of consents in a time: one negative binomial regression.

Learnt from many treaties at several ages, with what was known of each on the day. No consent and
no signature more makes a number less likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy.optimize import Bounds, minimize, root
from scipy.special import betainc, gammaln, psi

from adoption.core.errors import AdoptionError
from adoption.forecasting.treaties import YEAR, Numbers, TreatyRecord

HALF_A_YEAR, ONE_YEAR = 183.0, 365.0
# Days after opening at which it is learnt, and the lengths of the times from there, in days.
TRAINING_AGES = np.array([30, 91, 205, 461, 1038, 2335], dtype="float64")
LENGTHS = np.array([14, 30, 91, 183, 365, 730, 1461, 2922, 5844, 10957], dtype="float64")
MAX_WAIT_DAYS = 11_000.0  # days: a little over thirty years
GRID = np.geomspace(1.0, MAX_WAIT_DAYS, 160)  # days on which every forecast is computed
FEATURES = ("recent consents", "age", "decade", "signatories", "recent signatures")
ON_ODDS = (
    "recent consents, long",
    "recent consents, short",
    "age, long",
    "age, short",
    "decade",
    "length",
    "length squared",
)
ON_SIZE = ("signatories", "recent signatures", "age", "length")
BOUNDED = 2  # so many of each, the first, are of consents or signatures: no effect below zero
HALF = 0.5  # no count is none, on a logarithmic scale
RIDGE = 3.0  # pull of standardised effects towards zero, in units of likelihood
MIN_CASES = 20
# Effects are rounded so that the last digits of a machine's sums change nothing that is published.
DIGITS, TOLERANCE = 6, 1e-12


def features_of(
    treaty: TreatyRecord,
    ages: Numbers,
    unnamed: Numbers | float = 0.0,
    unsigned: float = 0.0,
    since: float = 1.0,
) -> Numbers:
    """Return `FEATURES` of a treaty, as known at ages; shape (ages, features).

    Counts and age are on a logarithmic scale, on which one more matters less the more there are.
    Some consents and signatures may be added that nobody has named, spread evenly in the days
    since.
    """
    decade = (treaty.opened.year + (treaty.opened.timetuple().tm_yday - 1) / YEAR) / 10
    consents = treaty.consented.recent(ONE_YEAR, ages, unnamed, since)
    signatures = treaty.signed.recent(HALF_A_YEAR, ages, unsigned, since)
    signatures_so_far = treaty.signed.by(ages) + unsigned
    columns = [
        np.log(consents + HALF),
        np.log(np.maximum(ages, 1.0)),
        np.full(len(ages), decade),
        np.log(signatures_so_far + 1.0),
        np.log(signatures + HALF),
    ]
    return np.column_stack(columns)


def design_columns(features: Numbers, days: Numbers) -> tuple[Numbers, Numbers]:
    """Return the columns of the log odds and of the log size of the negative binomial.

    An effect that changes with the length of the time has two columns, one for a long and one for a
    short time: in between the effect lies between the two, so a bound on both bounds it everywhere.

    Parameters
    ----------
    features : array of float, shape (rows, 5)
        `FEATURES`.
    days : array of float, shape (rows,)
        The length of each time.

    Returns
    -------
    array of float, shape (rows, 7), array of float, shape (rows, 4)
        `ON_ODDS` and `ON_SIZE`.
    """
    consents, age, decade, signatories, signatures = features.T
    # From 0, a day, to 1, thirty years.
    length = np.log(np.clip(days, 1.0, MAX_WAIT_DAYS)) / np.log(MAX_WAIT_DAYS)
    short = 1 - length
    odds = (consents * length, consents * short, age * length, age * short, decade, length)
    size = (signatories, signatures, age, length)
    return np.column_stack([*odds, length**2]), np.column_stack(size)


@dataclass(frozen=True, eq=False)
class Model:
    """What is learnt from a pool of treaties: negative binomial numbers of consents in a time.

    The number is a sum of as many waits as the size, each with the same odds: of mean size times
    odds. It rises with both, which do not fall with a consent or a signature more.

    Attributes
    ----------
    lowest, highest : array of float, shape (features,)
        Between which the pool has shown the features: others count as the nearest.
    odds, size : array of float
        A constant, and the effects of `ON_ODDS` on the log odds; of `ON_SIZE` on the log size.
    """

    lowest: Numbers
    highest: Numbers
    odds: Numbers
    size: Numbers

    def chances(self, features: Numbers, needed: Numbers, days: Numbers) -> Numbers:
        """Return the chance of numbers of further consents by days: float (numbers, days).

        Never lower on a later day, by the highest of the days before.
        """
        within = np.clip(features, self.lowest, self.highest)
        grid = GRID[: np.searchsorted(GRID, days.max(initial=0.0)) + 1]  # no later day counts
        repeated = within.reshape(1, -1).repeat(len(grid), 0)
        on_odds, on_size = design_columns(repeated, grid)
        odds = np.exp(self.odds[0] + on_odds @ self.odds[1:])
        size = np.exp(self.size[0] + on_size @ self.size[1:])
        mean = odds / (1 + odds)
        chance = np.maximum.accumulate(betainc(needed[:, None], size, mean), axis=1)
        log_days, log_grid = np.log(days), np.log(grid)
        return np.array([np.interp(log_days, log_grid, row) for row in chance])


def fit(treaties: Sequence[TreatyRecord]) -> Model:
    """Fit the model to treaties."""
    cases = [cases_of(treaty) for treaty in treaties]
    number = sum(len(came) for *_, came, _ in cases)
    if number < MIN_CASES:
        raise AdoptionError(
            f"forecast: {len(treaties)} treaties were not watched long enough to learn from: they "
            f"give {number} cases; {MIN_CASES} are needed"
        )
    features, days, came, weight = map(np.concatenate, zip(*cases, strict=True))
    odds, size = effects_of(*design_columns(features, days), came, weight / weight.mean())
    return Model(features.min(axis=0), features.max(axis=0), odds, size)


def cases_of(treaty: TreatyRecord) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return a treaty at each age with the consents that came in each time that was watched.

    The features, the days, the number, and the weight, between one vote a treaty and one a case.
    """
    age, length = np.nonzero(TRAINING_AGES[:, None] + LENGTHS <= treaty.seen)
    by = treaty.consented.by
    later = by(TRAINING_AGES[age] + LENGTHS[length])
    came = (later - by(TRAINING_AGES[age])).astype("float64")
    weight = np.full(len(came), max(len(came), 1) ** -0.5)
    return features_of(treaty, TRAINING_AGES)[age], LENGTHS[length], came, weight


def effects_of(
    on_odds: Numbers, on_size: Numbers, came: Numbers, weight: Numbers
) -> tuple[Numbers, Numbers]:
    """Fit a negative binomial regression of log odds and log size, with bounds and a ridge.

    By penalised maximum likelihood (Hilbe 2011, chapter 8): L-BFGS-B, then the root of the slope.
    """
    (by_odds, *odds_scale), (by_size, *size_scale) = standardised(on_odds), standardised(on_size)
    split = by_odds.shape[1]
    pull = np.full(split + by_size.shape[1], RIDGE)
    lowest = np.full(split + by_size.shape[1], -np.inf)
    pull[[0, split]] = 0.0
    for start in (1, split + 1):
        lowest[start : start + BOUNDED] = 0.0

    def loss(effects: Numbers) -> tuple[float, Numbers]:
        log_odds = by_odds @ effects[:split]
        log_size = by_size @ effects[split:]
        size, both = np.exp(log_size), np.logaddexp(0.0, log_odds)
        likelihood = gammaln(came + size) - gammaln(size) + came * log_odds - (came + size) * both
        odds_slope = came - (came + size) * np.exp(log_odds - both)
        size_slope = size * (psi(came + size) - psi(size) - both)
        slope = [by_odds.T @ (weight * odds_slope), by_size.T @ (weight * size_slope)]
        penalty = float(effects @ (pull * effects)) / 2
        return penalty - float(weight @ likelihood), pull * effects - np.concatenate(slope)

    begin = np.zeros(len(pull))
    begin[0] = np.log(came.mean() + HALF)
    with one_thread():
        best: Any = minimize(loss, begin, jac=True, bounds=Bounds(lowest), tol=TOLERANCE)
        effects, free = best.x, best.x > lowest

        def free_slope(values: Numbers) -> Numbers:
            effects[free] = values
            return np.asarray(loss(effects)[1][free])

        # The loss is too coarse to tell the last digits, which differ by processor; its slope not.
        effects[free] = root(free_slope, effects[free], tol=TOLERANCE).x
    effects = effects.clip(lowest).round(DIGITS)
    return unscaled(effects[:split], *odds_scale), unscaled(effects[split:], *size_scale)


def one_thread() -> AbstractContextManager[object]:
    """Let products be made by one thread: several take thirty times as long for short ones."""
    limited: AbstractContextManager[object] = _libraries().limit(limits=1)
    return limited


@cache
def _libraries() -> Any:
    """Return the libraries that have threads; to find them takes 10 ms."""
    from threadpoolctl import ThreadpoolController  # what fits nothing can do without it

    return ThreadpoolController()


def standardised(table: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return a constant with the columns by their means and deviations, and these."""
    mean = table.mean(axis=0)
    deviation = table.std(axis=0)
    deviation[deviation == 0] = 1.0
    scaled = (table - mean) / deviation
    return np.column_stack([np.ones(len(table)), scaled]), mean, deviation


def unscaled(effects: Numbers, mean: Numbers, deviation: Numbers) -> Numbers:
    """Return effects of standardised columns as a constant and effects of the columns."""
    slopes = effects[1:] / deviation
    return np.concatenate([[effects[0] - mean @ slopes], slopes])
