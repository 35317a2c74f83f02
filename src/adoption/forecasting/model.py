"""The number of consents in a time: a regression by which no consent and no signature delays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import Bounds, minimize, root
from scipy.special import betainc, gammaln, psi

from adoption.core.errors import AdoptionError
from adoption.forecasting.hazards import (
    COLUMNS,
    DIGITS,
    HALF,
    RIDGE,
    TOLERANCE,
    Hazards,
    Lessons,
    days_of,
    fit_hazards,
    lessons,
    people,
    standardised,
    waiting_states,
)
from adoption.forecasting.treaties import FADING, NO_ACTS, YEAR, Acts, Numbers, Treaty

HALF_A_YEAR, ONE_YEAR = 183.0, 365.0
ALONE = ("signed", "days signed", "EU member", "speed", "signed and fast", "age", "decade")
BY_SIGNATURE = [COLUMNS.index(name) for name in ("signed", "days signed", "signed and fast")]
LENGTHS = np.array([14, 30, 91, 183, 365, 730, 1461, 2922, 5844, 10957], dtype="float64")  # days
LONGEST = 11_000.0  # days: a little over thirty years
GRID = np.geomspace(1.0, LONGEST, 160)  # days on which every forecast is computed
BY_ODDS = 9  # as many columns of the design act on the log odds, the others on the log size
BOUNDED = (0, 1, 5, 6, 10, 11, 13)  # columns of consents and signatures: no effect below zero
MIN_CASES = 20


def features_of(
    treaty: Treaty,
    ages: Numbers,
    inclined: Numbers,
    more: Numbers | float = 0.0,
    unsigned: float = 0.0,
    since: float = 1.0,
) -> Numbers:
    """Return what was known of a treaty at ages; shape (ages, features).

    Recent consents, age, decade, the consents expected in a year by what states are alone,
    signatories, recent signatures, and the states of the regional groups of the signatories.
    Counts are on a logarithmic scale, on which one more matters less the more there are. Some
    consents and signatures more may be added that nobody has named, given evenly in the days since.
    """
    signed, who = treaty.signed, people()
    decade = (treaty.opened.year + (treaty.opened.timetuple().tm_yday - 1) / YEAR) / 10
    groups = (days_of(signed) <= ages[:, None]).astype("float64") @ who.region > 0

    def recent(acts: Acts, unnamed: Numbers | float, days: float) -> Numbers:
        faded = since * FADING / days
        counted = acts.recent(days, ages) - unnamed * np.expm1(-faded) / faded
        return np.asarray(np.log(counted + HALF))

    return np.column_stack(
        [
            recent(treaty.consented, more, ONE_YEAR),
            np.log(np.maximum(ages, 1.0)),
            np.full(len(ages), decade),
            np.log(inclined + HALF),
            np.log(signed.by(ages) + unsigned + 1.0),
            recent(signed, unsigned, HALF_A_YEAR),
            np.log(groups @ who.region.sum(axis=0) + 1.0),
        ]
    )


def inclined_to(treaty: Treaty, ages: Numbers, alone: Hazards) -> Numbers:
    """Return the sum over all states of the chance to consent in a year by what each is alone.

    States that have consented count on, so that a consent does not lower the sum; nor does a
    signature, whatever the regression says of its age.
    """
    rows = waiting_states(replace(treaty, consented=NO_ACTS), ages, alone.speeds)
    unsigned = rows.features.copy()
    unsigned[:, BY_SIGNATURE] = 0.0
    chance = np.maximum(*map(alone.chances, (rows.features, unsigned)))
    return np.bincount(rows.place, chance, len(ages)).astype("float64")


def design_of(features: Numbers, days: Numbers) -> Numbers:
    """Return the columns that act on the log odds, then those that act on the log size.

    An effect that changes with the length of the time is two, on a short and on a long one: in
    between it lies between them, so that a bound holds for both.
    """
    recent, age, decade, inclined, signed, signing, groups = features.T
    share = np.log(np.clip(days, 1.0, LONGEST)) / np.log(LONGEST)
    odds = (
        recent * share,
        recent * (1 - share),
        age * share,
        age * (1 - share),
        decade,
        inclined * share,
        inclined * (1 - share),
        share,
        share**2,
    )
    return np.column_stack([*odds, age, signed, signing, share, groups])


@dataclass(frozen=True, eq=False)
class Model:
    """What is learnt from a pool of treaties: negative binomial numbers of consents in a time.

    The number is a sum of as many waits as the size, each with the same odds: of mean size times
    odds. It rises with both, which do not fall with a consent or a signature more.

    Attributes
    ----------
    hazards, alone : Hazards
        Which states consent within a year; and that by what each is alone.
    lowest, highest : array of float, shape (features,)
        Between which the pool has shown the features: others count as the nearest.
    mean, deviation : array of float, shape (columns,)
        By which the columns of the design are standardised.
    odds, size : array of float
        The constant and the effects on the log odds, and on the log size.
    """

    hazards: Hazards
    alone: Hazards
    lowest: Numbers
    highest: Numbers
    mean: Numbers
    deviation: Numbers
    odds: Numbers
    size: Numbers

    def features(
        self,
        treaty: Treaty,
        age: float,
        more: Numbers | float = 0.0,
        unsigned: float = 0.0,
        since: float = 1.0,
    ) -> Numbers:
        """Return what was known of a treaty at an age, a row for each number nobody named."""
        more = np.atleast_1d(more)
        ages = np.full(len(more), float(age))
        inclined = inclined_to(treaty, ages[:1], self.alone).repeat(len(more))
        return features_of(treaty, ages, inclined, more, unsigned, since)

    def chances(self, features: Numbers, needed: Numbers, days: Numbers) -> Numbers:
        """Return the chance of numbers of further consents by days: float (numbers, days).

        Never lower on a later day, by the highest of the days before.
        """
        cut = np.clip(features, self.lowest, self.highest).repeat(len(GRID), axis=0)
        standard = (design_of(cut, GRID) - self.mean) / self.deviation
        odds, size = (
            np.exp(effects[0] + part @ effects[1:])
            for effects, part in (
                (self.odds, standard[:, :BY_ODDS]),
                (self.size, standard[:, BY_ODDS:]),
            )
        )
        chance = np.maximum.accumulate(betainc(needed[:, None], size, odds / (1 + odds)), axis=1)
        return np.array([np.interp(np.log(days), np.log(GRID), row) for row in chance])


def fit(treaties: Sequence[Treaty], learnt: Lessons | None = None) -> Model:
    """Fit the model to treaties; the lessons of their states may be known already."""
    from threadpoolctl import threadpool_limits  # what fits nothing can do without it

    learnt = learnt or lessons(treaties, ONE_YEAR)
    with threadpool_limits(1):  # several threads take thirty times as long for short products
        hazards, alone = fit_hazards(learnt), fit_hazards(learnt, ALONE)
        cases = [_cases(treaty, ages, alone) for treaty, ages in learnt.treaties]
        features, days, came, weight = map(np.concatenate, zip(*cases, strict=True))
        if len(came) < MIN_CASES:
            raise AdoptionError(
                f"forecast: {len(came)} cases are too few to learn from; {MIN_CASES} are needed"
            )
        mean, deviation, standard = standardised(design_of(features, days))
        odds, size = effects_of(standard, came, weight / weight.mean())
    lowest, highest = features.min(axis=0), features.max(axis=0)
    return Model(hazards, alone, lowest, highest, mean, deviation, odds, size)


def _cases(treaty: Treaty, ages: Numbers, alone: Hazards) -> tuple[Numbers, ...]:
    """Return a treaty at each age with the consents that came in each time that was watched.

    What was known, the days, the number, and the weight, between one vote a treaty and one a case.
    """
    known = features_of(treaty, ages, inclined_to(treaty, ages, alone))
    age, length = np.nonzero(ages[:, None] + LENGTHS <= treaty.seen)
    by = treaty.consented.by
    came = (by(ages[age] + LENGTHS[length]) - by(ages[age])).astype("float64")
    return known[age], LENGTHS[length], came, np.full(len(came), max(len(came), 1) ** -0.5)


def effects_of(standard: Numbers, came: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    """Fit a negative binomial regression of log odds and log size, with bounds and a ridge.

    By penalised maximum likelihood (Hilbe 2011, chapter 8): L-BFGS-B, then the root of the slope.
    """
    split = BY_ODDS + 1
    by_odds, by_size = standard[:, :split], np.delete(standard, range(1, split), axis=1)
    pull = np.full(standard.shape[1] + 1, RIDGE)
    pull[[0, split]] = 0.0
    lowest = np.full(len(pull), -np.inf)
    lowest[[place + 1 + (place >= BY_ODDS) for place in BOUNDED]] = 0.0

    def loss(effects: Numbers) -> tuple[float, Numbers]:
        log_odds, log_size = by_odds @ effects[:split], by_size @ effects[split:]
        size, both = np.exp(log_size), np.logaddexp(0.0, log_odds)
        likelihood = gammaln(came + size) - gammaln(size) + came * log_odds - (came + size) * both
        odds_slope = came - (came + size) * np.exp(log_odds - both)
        size_slope = size * (psi(came + size) - psi(size) - both)
        slope = [by_odds.T @ (weight * odds_slope), by_size.T @ (weight * size_slope)]
        penalty = float(effects @ (pull * effects)) / 2
        return penalty - float(weight @ likelihood), pull * effects - np.concatenate(slope)

    begin = np.zeros(len(pull))
    begin[0] = np.log(came.mean() + HALF)
    best: Any = minimize(loss, begin, jac=True, bounds=Bounds(lowest), tol=TOLERANCE)
    effects, free = best.x, best.x > lowest

    def free_slope(values: Numbers) -> Numbers:
        effects[free] = values
        return np.asarray(loss(effects)[1][free])

    # The loss is too coarse to tell the last digits, which differ by processor; its slope is not.
    effects[free] = root(free_slope, effects[free], tol=TOLERANCE).x
    effects = effects.clip(lowest).round(DIGITS)
    return effects[:split], effects[split:]
