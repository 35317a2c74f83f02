"""The chance of each state's consent: by its signature, its speed elsewhere, and who went before.

One logistic regression of whether a state that has not consented does so within a time. It is
fitted to the states of every treaty at several ages, with what was known on each day. It tells one
state from another; how many consent is the model's to say (`adding_up`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq, root
from scipy.special import expit, logit

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.reading import remembered
from adoption.forecasting.model import (
    DIGITS,
    HALF,
    RIDGE,
    TOLERANCE,
    TRAINING_AGES,
    one_thread,
    standardised,
)
from adoption.forecasting.treaties import (
    YEAR,
    Acts,
    Flags,
    Numbers,
    TreatyRecord,
    related,
    state_codes,
)

FIRST_YEAR = 1946
YEARS = range(FIRST_YEAR, 2200)
FIRST_DAYS = np.array([date(year, 1, 1).toordinal() for year in YEARS])
SHRUNK = 3.0  # consents by which a speed is drawn to the usual
MIN_CHANCE = 1e-9
MAX_SHIFT = 40.0  # of log odds
FEATURES = (
    "signed",
    "region",
    "EU member",
    "EU",
    "speed",
    "region signed",
    "signed as its region",
)


@dataclass(frozen=True, eq=False)
class People:
    """The states in the order of `states()`: arrays of shape (states,), and who is in which group.

    Attributes
    ----------
    since : array of float
        First day as a state, of the proleptic calendar; before it, it is not waited for. Where
        no list has it (of four that are no members of the United Nations) that of 1946.
    region : array of bool, shape (states, groups)
        Membership of United Nations regional groups, as today.
    union : array of bool
        Membership of the European Union, as today.
    """

    since: Numbers
    region: Numbers
    union: Numbers


@remembered
def people() -> People:
    """Return what is known of states for every treaty."""
    frame = tables.read("states").set_index("iso3").loc[list(state_codes())]
    members = tables.read("memberships")
    union = members.loc[members["organisation"] == "EU", "iso3"]
    region = pd.get_dummies(frame["un_group"]).to_numpy("float64")
    days = frame["state_since"].fillna(pd.Timestamp(FIRST_YEAR, 1, 1))
    since = np.array([day.toordinal() for day in days], dtype="float64")
    return People(since, region, frame.index.isin(union).astype("float64"))


def days_by_state(acts: Acts) -> Numbers:
    """Return the day of each of `state_codes()`; infinite for those that are not in the acts."""
    positions = _positions()
    days = np.full(len(positions), np.inf)
    days[[positions[iso3] for iso3 in acts.iso3]] = acts.day
    return days


@remembered
def _positions() -> dict[str, int]:
    """Return the position of each state in `state_codes`."""
    return {iso3: position for position, iso3 in enumerate(state_codes())}


@dataclass(frozen=True, eq=False)
class Speeds:
    """How many consents each state gave by the first day of years, and how many were usual.

    Attributes
    ----------
    treaties : tuple of Treaty
        Of which.
    observed, expected : array of float, shape (years, treaties, states)
        Expected is the Nelson-Aalen estimate over all states, from the state's beginning to the
        day of its own consent, or to that year's first day.
    """

    treaties: tuple[TreatyRecord, ...]
    observed: Numbers
    expected: Numbers

    @cached_property
    def totals(self) -> tuple[Numbers, Numbers]:
        """The same over all treaties; shape (years, states)."""
        observed = self.observed.sum(axis=1, dtype=float)
        return observed, self.expected.sum(axis=1, dtype=float)

    def on(self, day: Numbers, subject: TreatyRecord) -> Numbers:
        """Return each state's speed on unrelated treaties, shape (days, states).

        The logarithm of observed over expected consents at the beginning of the year of each
        day (days of the proleptic calendar); 0 is usual.
        """
        year = np.searchsorted(FIRST_DAYS, day, side="right") - 1
        row = np.clip(year, 0, len(self.observed) - 1)
        kin = np.flatnonzero([related(treaty, subject) for treaty in self.treaties])
        at = np.ix_(row, kin)
        observed, expected = self.totals
        seen = observed[row] - self.observed[at].sum(axis=1, dtype=float)
        usual = expected[row] - self.expected[at].sum(axis=1, dtype=float)
        return np.asarray(np.log((seen + SHRUNK) / (usual + SHRUNK)))


def speeds_of(treaties: Sequence[TreatyRecord]) -> Speeds:
    """Return the speeds of states on treaties, as far as these are seen."""
    starts = people().since
    last_years = (treaty.opened.year + int(treaty.seen / YEAR) for treaty in treaties)
    last = max(last_years, default=FIRST_YEAR)
    years = np.arange(FIRST_YEAR, last + 1)
    begins = FIRST_DAYS[: len(years)]
    there = starts <= begins[:, None]
    shape = (len(years), len(treaties), len(starts))
    observed = np.zeros(shape, "float32")
    expected = np.zeros(shape, "float32")
    left = np.arange(len(starts), 0, -1)
    risk = np.concatenate([[0.0], np.cumsum(1 / left)])
    for column, treaty in enumerate(treaties):
        day, opened = days_by_state(treaty.consented), treaty.opened.toordinal()
        age = np.minimum(begins - opened, treaty.seen)[:, None]
        ends = np.minimum(age, day), np.maximum(starts - opened, -1.0)
        begun = np.sort(day)
        later, before = (risk[np.searchsorted(begun, end, side="right")] for end in ends)
        usual = later - before
        observed[:, column] = (day <= age) & there
        at_risk = there & (age >= 0)
        expected[:, column] = np.where(at_risk, np.maximum(usual, 0.0), 0.0)
    return Speeds(tuple(treaties), observed, expected)


@dataclass(frozen=True, eq=False)
class WaitingStates:
    """The states that had not consented to a treaty at some ages.

    Attributes
    ----------
    place, state : array of int, shape (rows,)
        Which age, and which state in the order of `states()`.
    features : array of float, shape (rows, columns)
        `FEATURES`.
    """

    age_index: NDArray[np.intp]
    state: NDArray[np.intp]
    features: Numbers


def waiting_states(treaty: TreatyRecord, ages: Numbers, speeds: Speeds) -> WaitingStates:
    """Return the states yet to consent at ages."""
    everybody, cut = people(), ages[:, None]
    signed_on, consented_on = days_by_state(treaty.signed), days_by_state(treaty.consented)
    signed, there = signed_on <= cut, consented_on <= cut
    day = treaty.opened.toordinal() + ages
    begun = everybody.since <= day[:, None]
    region, region_signed = (_region_share(acted) for acted in (there, signed))
    share = (there @ everybody.union + HALF) / (everybody.union.sum() + 1)
    union = np.log(share)[:, None] * everybody.union
    columns = (
        signed,
        region,
        np.broadcast_to(everybody.union, there.shape),
        union,
        speeds.on(day, treaty),
        region_signed,
        signed * region_signed,
    )
    row, state = np.nonzero(~there & begun)
    return WaitingStates(row, state, np.stack(columns, axis=-1)[row, state])


def _region_share(acted: Flags) -> Numbers:
    """Return the log share of each state's regional group that acted; of all if it is in none."""
    region = people().region
    total = region.sum(axis=0) + 1
    shares = np.log((acted @ region + HALF) / total)
    share = shares[:, region.argmax(axis=1)]
    overall = (acted.sum(axis=1) + HALF) / (acted.shape[1] + 1)
    of_all = np.log(overall)[:, None]
    return np.asarray(np.where(region.any(axis=1), share, of_all))


@dataclass(frozen=True, eq=False)
class Hazards:
    """The fitted chance of a consent within a time.

    Attributes
    ----------
    speeds : Speeds
        Of its states.
    mean, deviation, effects : array of float
        By which the columns are standardised; the constant, and their effects on the log odds.
    lowest, highest : array of float
        Between which the pool has shown the columns.
    """

    speeds: Speeds
    mean: Numbers
    deviation: Numbers
    effects: Numbers
    lowest: Numbers
    highest: Numbers

    def parts(self, features: Numbers) -> Numbers:
        """Return what each column adds to the log odds; shape (rows, columns)."""
        cut = np.clip(features, self.lowest, self.highest)
        return np.asarray((cut - self.mean) / self.deviation * self.effects[1:])

    def chances(self, features: Numbers) -> Numbers:
        """Return the chance of a consent within the time, of each row."""
        log_odds = self.effects[0] + self.parts(features).sum(axis=1)
        return np.asarray(expit(log_odds))


def adding_up(chance: Numbers, expected: float) -> Numbers:
    """Return chances, shifted equally in log odds so that they add up to a number.

    Examples
    --------
    >>> adding_up(np.array([0.2, 0.2, 0.5]), 1.5).round(2)
    array([0.39, 0.39, 0.72])
    """
    odds = logit(np.clip(chance, MIN_CHANCE, 1 - MIN_CHANCE))
    total = min(expected, len(odds) - HALF)

    def gap(shift: float) -> float:
        return float(expit(odds + shift).sum() - total)

    shift = brentq(gap, -MAX_SHIFT, MAX_SHIFT)
    return np.asarray(expit(odds + shift))


@dataclass(frozen=True, eq=False)
class TrainingCases:
    """The states of a pool of treaties that had not consented, and whether they did in a time.

    Attributes
    ----------
    speeds : Speeds
        Of the states of the pool.
    features : array of float, shape (rows, columns)
        `FEATURES`.
    done : array of bool, shape (rows,)
        Whether the state consented within the time.
    """

    speeds: Speeds
    features: Numbers
    done: Flags


def training_cases(treaties: Sequence[TreatyRecord], within: float) -> TrainingCases:
    """Return who consented within some days on each treaty, as far as it was followed."""
    speeds, parts = speeds_of(treaties), []
    for treaty in treaties:
        ages = TRAINING_AGES[treaty.seen - TRAINING_AGES >= within]
        if not len(ages):
            continue
        rows = waiting_states(treaty, ages, speeds)
        done = days_by_state(treaty.consented)[rows.state] <= ages[rows.age_index] + within
        parts.append((rows.features, done))
    if not parts:
        raise AdoptionError(
            f"forecast: none of {len(treaties)} treaties was watched long enough to learn from"
        )
    return TrainingCases(speeds, *map(np.concatenate, zip(*parts, strict=True)))


def fit_hazards(training: TrainingCases, columns: Sequence[str] = FEATURES) -> Hazards:
    """Fit a logistic regression of who consents within the time, on all or some of the columns."""
    features = training.features
    standard, mean, deviation = standardised(features)
    kept = np.array([True, *(name in columns for name in FEATURES)])
    effects = np.zeros(standard.shape[1])
    with one_thread():
        effects[kept] = logistic(standard[:, kept], training.done)
    lowest = features.min(axis=0)
    highest = features.max(axis=0)
    return Hazards(training.speeds, mean, deviation, effects, lowest, highest)


def logistic(standard: Numbers, done: Flags) -> Numbers:
    """Fit a logistic regression with a ridge, but on the constant: the root of the slope."""
    pull = np.array([0.0, *[RIDGE] * (standard.shape[1] - 1)])

    def slope(effects: Numbers) -> Numbers:
        error = expit(standard @ effects) - done
        return np.asarray(standard.T @ error + pull * effects)

    def curve(effects: Numbers) -> Numbers:
        chance = expit(standard @ effects)
        weighted = standard.T * (chance * (1 - chance))
        return np.asarray(weighted @ standard + np.diag(pull))

    best = root(slope, np.zeros(len(pull)), jac=curve, tol=TOLERANCE)
    return np.asarray(best.x.round(DIGITS))
