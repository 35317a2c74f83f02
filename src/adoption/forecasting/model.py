"""The wait for a number of consents: the mean of a regression of waits and one of counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import betainc, expit, gammaln, psi
from threadpoolctl import threadpool_limits

from adoption.core.errors import AdoptionError
from adoption.forecasting.hazards import (
    DIGITS,
    HALF,
    Hazards,
    Lessons,
    fit_hazards,
    lessons,
    standardised,
    waiting_states,
)
from adoption.forecasting.treaties import YEAR, Flags, Numbers, Treaty

HALF_A_YEAR, ONE_YEAR = 183.0, 365.0
FIRST_DAYS = 10.0  # a signing ceremony and those who came a little late
# The regression of waits: the consents needed, the features but for the last, and products.
PRODUCTS = ((0, 1), (0, 2), (0, 3), (0, 0), (2, 2), (2, 3), (0, 5))
CENTRES = np.array([2.5, 0.5, 6.0, 3.0, 0.0, 1.0, 0.0, 0.0, 0.0])
SCALED_BY = (0, 2, 3)
# The regression of counts: some features, the length of the time, its square, and products.
COUNTED = (0, 1, 2, 3, 4, 5, 8)
BY_LENGTH = (0, 1, 5, 6)
SPREAD_BY = (1, 2, 7)
LEARNT_AGES = np.array(
    [7, 30, 61, 91, 137, 205, 308, 461, 692, 1038, 1557, 2335, 3503], dtype="float64"
)  # days; each about half as long again as the one before
LEARNT_TARGETS = np.array([3, 5, 10, 20, 30, 40, 50, 65, 90, 120])  # consents
LENGTHS = np.array([14, 30, 91, 183, 365, 730, 1461, 2922, 5844, 10957], dtype="float64")  # days
MIN_DAYS_SEEN = 180.0  # days that a case must have been watched to teach anything
MIN_CASES = 20
RIDGE = 3.0  # pull of the standardised effects towards zero, in units of likelihood
MAX_STEPS = 300
POINTS = 160  # days at which a long forecast is computed, evenly spaced on a log scale


@dataclass(frozen=True, eq=False)
class Situations:
    """What was known of a treaty at some ages, one element each.

    Attributes
    ----------
    consents, signatories, consents_year : array of float, shape (ages,)
        States that had consented and signed, and that had consented in the last 365 days.
    features : array of float, shape (ages, features)
        Consents in half a year, age, signatories, decade, consents, consents in a year,
        signatories in the first days, signatures in half a year, consents expected in a year.
        Counts are on a logarithmic scale, on which one more matters less the more there are.
    """

    consents: Numbers
    signatories: Numbers
    consents_year: Numbers
    features: Numbers


def situations(
    treaty: Treaty, ages: Numbers, expected: Numbers | None = None, more: float = 0.0,
    since: float = 1.0,
) -> Situations:  # fmt: skip
    """Return what was known of a treaty at ages; without `expected` that column is not known.

    Some consents more may be added that nobody has named, given evenly in the days since.
    """
    signed, consented = treaty.signed, treaty.consented
    signatories = signed.by(ages).astype("float64")
    consents = consented.by(ages) + more
    half, year = (
        consented.within(days, ages) + more * min(1.0, days / since)
        for days in (HALF_A_YEAR, ONE_YEAR)
    )
    opened = treaty.opened.year + (treaty.opened.timetuple().tm_yday - 1) / YEAR
    columns = (
        np.log(half + HALF), np.log(np.maximum(ages, 1.0)), np.log(signatories + 1),
        np.full(len(ages), opened / 10), np.log(consents + HALF), np.log(year + HALF),
        np.log(signed.by(np.minimum(ages, FIRST_DAYS)) + 1),
        np.log(signed.within(HALF_A_YEAR, ages) + HALF),
        np.full(len(ages), np.nan) if expected is None else np.log(expected + HALF),
    )  # fmt: skip
    table = np.column_stack(columns)
    return Situations(np.asarray(consents), signatories, np.asarray(year), table)


@dataclass(frozen=True, eq=False)
class Regression:
    """Effects of standardised columns on a location and on the logarithm of a scale.

    Attributes
    ----------
    lowest, highest : array of float, shape (features,)
        Between which the pool has shown the features: others count as the nearest.
    mean, deviation : array of float, shape (columns,)
        By which the columns of the design are standardised.
    effects, scaling : array of float
        The constant and the effects on the location, and on the log scale.
    """

    lowest: Numbers
    highest: Numbers
    mean: Numbers
    deviation: Numbers
    effects: Numbers
    scaling: Numbers

    def at(self, design: Numbers, scaled_by: Sequence[int]) -> tuple[Numbers, Numbers]:
        """Return the location and the scale of each row of a design."""
        intercept = np.ones((len(design), 1))
        standard = np.hstack([intercept, (design - self.mean) / self.deviation])
        scale = standard[:, [0, *(place + 1 for place in scaled_by)]] @ self.scaling
        return standard @ self.effects, np.exp(scale)


Score = Callable[[Numbers, Numbers], tuple[float, Numbers, Numbers]]


def regression(
    features: Numbers,
    design: Numbers,
    scaled_by: Sequence[int],
    start: tuple[float, float],
    score: Score,
) -> Regression:
    """Fit a location and a log scale by penalised maximum likelihood (L-BFGS, exact gradient).

    `score` returns the weighted log likelihood of locations and log scales, and its slopes.
    """
    mean, deviation, standard = standardised(design)
    scaled = standard[:, [0, *(place + 1 for place in scaled_by)]]
    width = standard.shape[1]
    pull = np.full(width + scaled.shape[1], RIDGE)
    pull[[0, width]] = 0.0

    def loss(theta: Numbers) -> tuple[float, Numbers]:
        likelihood, by_location, by_scale = score(standard @ theta[:width], scaled @ theta[width:])
        slope = np.concatenate([standard.T @ by_location, scaled.T @ by_scale])
        return float(theta @ (pull * theta) / 2 - likelihood), pull * theta - slope

    begin = np.zeros(len(pull))
    begin[[0, width]] = start
    options = {"maxiter": MAX_STEPS, "ftol": 1e-12, "gtol": 1e-6}
    best: Any = minimize(loss, begin, jac=True, method="L-BFGS-B", options=options)
    theta = best.x.round(DIGITS)
    lowest, highest = features.min(axis=0), features.max(axis=0)
    return Regression(lowest, highest, mean, deviation, theta[:width], theta[width:])


@dataclass(frozen=True, eq=False)
class Model:
    """The regressions fitted to a pool of treaties.

    Attributes
    ----------
    hazards : Hazards
        Which states consent within a year.
    waits : Regression
        Of the log wait for a number of consents: log-logistic, of log odds (log t - x) / scale.
    counts : Regression
        Of the log number of consents in a time: negative binomial, of variance m + m^2 / size.
    """

    hazards: Hazards
    waits: Regression
    counts: Regression

    def situation(
        self, treaty: Treaty, age: float, more: float = 0.0, since: float = 1.0
    ) -> Situations:
        """Return what was known of a treaty at an age, with some consents that nobody named."""
        ages = np.array([float(age)])
        rows = waiting_states(treaty, ages, self.hazards.speeds, more, since)
        expected = self.hazards.chances(rows.features).sum(keepdims=True)
        left = 1 - min(more / max(len(rows.state), 1), 1.0)
        return situations(treaty, ages, expected * left, more, since)

    def chances(self, known: Situations, needed: Numbers, days: Numbers) -> Numbers:
        """Return the chance of numbers of further consents by days: float (numbers, days).

        The plain mean of both regressions. Features outside the range of the pool are clipped to
        it, except the consents needed and the length of time.
        """
        grid = days
        if len(days) > POINTS:
            grid = np.exp(np.linspace(np.log(days[0]), np.log(days[-1]), POINTS))
        every = (self.by_waits(known, needed, grid) + self.by_counts(known, needed, grid)) / 2
        if grid is days:
            return every
        return np.array([np.interp(np.log(days), np.log(grid), row) for row in every])

    def by_waits(self, known: Situations, needed: Numbers, days: Numbers) -> Numbers:
        """Return the chances by the regression of waits; of more never above those of fewer."""
        every = np.arange(1.0, needed.max() + 1)
        cut = np.clip(known.features[:, :-1], self.waits.lowest, self.waits.highest)
        table = wait_table(every, cut)
        place, scale = self.waits.at(wait_design(table), SCALED_BY)
        chance = expit((np.log(days) - place[:, None]) / scale[:, None])
        return np.asarray(np.minimum.accumulate(chance, axis=0)[needed.astype(int) - 1])

    def by_counts(self, known: Situations, needed: Numbers, days: Numbers) -> Numbers:
        """Return the chances by the regression of counts; later days are never less likely."""
        cut = np.clip(known.features[:, COUNTED], self.counts.lowest, self.counts.highest)
        design = count_design(cut.repeat(len(days), axis=0), days)
        log_mean, size = self.counts.at(design, SPREAD_BY)
        mean = np.exp(log_mean)
        chance = betainc(needed[:, None], size, mean / (mean + size))
        return np.asarray(np.maximum.accumulate(chance, axis=1))


def wait_table(needed: Numbers, features: Numbers) -> Numbers:
    """Return the consents needed, on a log scale, and the features that the waits depend on."""
    repeated = np.broadcast_to(features, (len(needed), features.shape[1]))
    return np.column_stack([np.log(needed), repeated])


def wait_design(table: Numbers) -> Numbers:
    """Return the columns of the regression of waits."""
    apart = table - CENTRES
    return np.column_stack([table, *(apart[:, a] * apart[:, b] for a, b in PRODUCTS)])


def count_design(features: Numbers, days: Numbers) -> Numbers:
    """Return the columns of the regression of counts: the features and the length of the time."""
    length = np.log(days / ONE_YEAR)
    products = (length * features[:, place] for place in BY_LENGTH)
    return np.column_stack([features, length, length**2, *products])


def fit(treaties: Sequence[Treaty], learnt: Lessons | None = None) -> Model:
    """Fit the model to treaties; their hazards may be known already."""
    learnt = learnt or lessons(treaties, ONE_YEAR)
    with threadpool_limits(1):  # several threads take thirty times as long for short products
        hazards = fit_hazards(learnt)
        expected = np.bincount(learnt.moment, hazards.chances(learnt.features)).astype("float64")
        ends = np.cumsum([len(ages) for _, ages in learnt.treaties])
        waits = [_waits(treaty) for treaty in treaties]
        counts = [
            _counts(*moments, part)
            for moments, part in zip(learnt.treaties, np.split(expected, ends[:-1]), strict=True)
        ]
        return Model(
            hazards,
            _fit_waits(*map(np.concatenate, zip(*waits, strict=True))),
            _fit_counts(*map(np.concatenate, zip(*counts, strict=True))),
        )


def _waits(treaty: Treaty) -> tuple[Numbers, ...]:
    """Return a treaty at each age with each target that it had not reached.

    What is needed and known; the log wait to the target, or to the last day seen; whether the
    target was seen; and the weight, between one vote a treaty and one a case.
    """
    ages = LEARNT_AGES[treaty.seen - LEARNT_AGES >= MIN_DAYS_SEEN]
    known = situations(treaty, ages)
    age, target = np.nonzero(known.consents[:, None] < LEARNT_TARGETS)
    nth = np.array([treaty.consented.nth(int(number)) for number in LEARNT_TARGETS])
    wait, left = nth[target] - ages[age], treaty.seen - ages[age]
    features = known.features[age, :-1]
    table = wait_table(LEARNT_TARGETS[target] - known.consents[age], features)
    log_wait = np.log(np.maximum(np.minimum(wait, left), 1.0))
    return table, features, log_wait, wait <= left, _weight(wait)


def _counts(treaty: Treaty, ages: Numbers, expected: Numbers) -> tuple[Numbers, ...]:
    """Return a treaty at each age with the consents that came in each time that was watched."""
    known = situations(treaty, ages, expected)
    age, length = np.nonzero(ages[:, None] + LENGTHS <= treaty.seen)
    came = treaty.consented.by(ages[age] + LENGTHS[length]) - known.consents[age]
    return known.features[age][:, COUNTED], LENGTHS[length], came, _weight(came)


def _weight(cases: Numbers) -> Numbers:
    return np.full(len(cases), max(len(cases), 1) ** -0.5)


def _fit_waits(
    table: Numbers, features: Numbers, log_wait: Numbers, reached: Flags, weight: Numbers
) -> Regression:
    """Fit a log-logistic regression of the wait (Kalbfleisch and Prentice 2002, section 2.3).

    A case whose target was not seen adds the probability of waiting longer.
    """
    if len(table) < MIN_CASES:
        raise AdoptionError(
            f"forecast: {len(table)} cases are too few to learn from; {MIN_CASES} are needed"
        )
    weight = weight / weight.mean()

    def score(place: Numbers, log_scale: Numbers) -> tuple[float, Numbers, Numbers]:
        scale = np.exp(log_scale)
        z = (log_wait - place) / scale
        longer = np.logaddexp(0.0, z)
        slope = weight * (reached - (1 + reached) * expit(z))  # of the log likelihood in z
        likelihood = weight @ (reached * (z - longer - log_scale) - longer)
        return float(likelihood), -slope / scale, -slope * z - weight * reached

    start = (float(log_wait.mean()), 0.0)
    return regression(features, wait_design(table), SCALED_BY, start, score)


def _fit_counts(features: Numbers, days: Numbers, came: Numbers, weight: Numbers) -> Regression:
    """Fit a negative-binomial regression of numbers of consents (Hilbe 2011, chapter 8)."""
    weight = weight / weight.mean()

    def score(log_mean: Numbers, log_size: Numbers) -> tuple[float, Numbers, Numbers]:
        mean, size = np.exp(log_mean), np.exp(log_size)
        both = np.log(mean + size)
        likelihood = (gammaln(came + size) - gammaln(size) + size * (log_size - both)
                      + came * (log_mean - both))  # fmt: skip
        by_size = size * (
            psi(came + size) - psi(size) + log_size + 1 - both - (came + size) / (mean + size)
        )
        by_mean = size * (came - mean) / (mean + size)
        return float(weight @ likelihood), weight * by_mean, weight * by_size

    start = (float(np.log(came.mean() + HALF)), 0.0)
    return regression(features, count_design(features, days), SPREAD_BY, start, score)
