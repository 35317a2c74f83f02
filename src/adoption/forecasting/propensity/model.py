"""The model of both questions: a ridge logit, learnt from other treaties than the one foretold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from adoption.countries.cross_validation import Numbers
from adoption.errors import AdoptionError
from adoption.forecasting.pool import family
from adoption.forecasting.propensity.cases import OF_STATE, OF_TREATY, Cases
from adoption.forecasting.propensity.panel import Flags, Panel, Places

RIDGE = 30.0  # on what differs between the states of a treaty
RIDGE_OF_TREATY = 1000.0  # on the rest: it takes few values, however many the cases
STEPS, SMALL = 30, 1e-7
LEAST_TREATIES = 10
BASELINES = ("alone", "pace", "share", "rate")


@dataclass(frozen=True, eq=False)
class Sample:
    """Cases in rows.

    Attributes
    ----------
    features : array of float, shape (cases, features)
        Standardised, with a constant first.
    outcome : array of float, shape (cases,)
        1 where the state acted in the time that follows, else 0.
    treaty, state : array of int, shape (cases,)
        Row and column of the panel.
    ends : array of float, shape (cases,)
        When the outcome was known, in days since 1970.
    asked : array of bool, shape (cases,)
        Whether the case is of the moment asked about, not of a nearby one.
    """

    features: Numbers
    outcome: Numbers
    treaty: Places
    state: Places
    ends: Numbers
    asked: Flags


@dataclass(frozen=True, eq=False)
class Model:
    """A fitted logit.

    Attributes
    ----------
    names : tuple of str
        Its features.
    mean, deviation : array of float, shape (features,)
        By which they are standardised.
    coefficients : array of float, shape (features + 1,)
        Of the constant and the standardised features.
    """

    names: tuple[str, ...]
    mean: Numbers
    deviation: Numbers
    coefficients: Numbers

    def contributions(self, cases: Cases, treaty: int) -> Numbers:
        """Return what each feature adds to the log odds: float (states, features)."""
        values = np.stack([cases.features[name][treaty] for name in self.names], axis=1)
        found: Numbers = (values - self.mean) / self.deviation * self.coefficients[1:]
        return found

    def chances(self, cases: Cases, treaty: int) -> Numbers:
        """Return the chance of every state on a treaty of the panel: float (states,)."""
        linear = self.coefficients[0] + self.contributions(cases, treaty).sum(axis=1)
        found: Numbers = expit(linear)
        return found


def penalties(names: Sequence[str]) -> Numbers:
    """Return the ridge on the constant, which is next to none, and on features by name."""
    few = {*OF_TREATY["consent"], *OF_TREATY["sign"], "signed_by_many"}
    return np.array([SMALL, *(RIDGE_OF_TREATY if name in few else RIDGE for name in names)])


def fit(
    features: Numbers, outcome: Numbers, penalty: Numbers, start: Numbers | None = None
) -> Numbers:
    """Return the coefficients of a ridge logit, by Newton's method.

    They make sum(y log p + (1 - y) log(1 - p)) - sum(k b^2) / 2 largest, with
    log(p / (1 - p)) = b x and the penalties k (le Cessie and van Houwelingen 1992).
    """
    found = np.zeros(features.shape[1]) if start is None else start.copy()
    for _ in range(STEPS):
        chance = expit(features @ found)
        slope = features.T @ (outcome - chance) - penalty * found
        bend = (features * (chance * (1 - chance))[:, None]).T @ features + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        found += step
        if np.abs(step).max() < SMALL:
            break
    return found


def learn(around: Sequence[Cases], panel: Panel, names: Sequence[str] = ()) -> tuple[Model, Sample]:
    """Learn from the treaties of a panel."""
    question = around[0].question
    names = tuple(names) or (*OF_TREATY[question], *OF_STATE[question])
    values, outcomes, treaties, states, ends, asked = [], [], [], [], [], []
    for cases in around:
        chosen = (panel.learns & cases.told)[:, None] & cases.open
        treaty, state = np.nonzero(chosen)
        values.append(np.stack([cases.features[name][chosen] for name in names], axis=1))
        outcomes.append(cases.outcome[chosen].astype("float64"))
        treaties.append(treaty)
        states.append(state)
        ends.append(cases.ends[treaty])
        asked.append(np.full(len(treaty), cases is around[0]))
    treaty = np.concatenate(treaties)
    number = len(set(treaties[0].tolist()))
    if number < LEAST_TREATIES:
        raise AdoptionError(
            f"next movers: {number} treaties of this age had been followed for long enough by "
            f"the day asked about; the model needs {LEAST_TREATIES}"
        )
    raw, outcome = np.concatenate(values), np.concatenate(outcomes)
    mean, spread = raw.mean(axis=0), raw.std(axis=0)
    deviation = np.where(spread > SMALL, spread, 1.0)
    features = np.column_stack([np.ones(len(raw)), (raw - mean) / deviation])
    sample = Sample(
        features, outcome, treaty, np.concatenate(states), np.concatenate(ends),
        np.concatenate(asked),
    )  # fmt: skip
    return Model(names, mean, deviation, fit(features, outcome, penalties(names))), sample


def families(panel: Panel) -> Places:
    """Return the same number for a convention and its protocols: int (treaties,).

    The depositary gives a protocol the convention's number and a letter: XVIII-12-a.
    """
    stems = [family(treaty) for treaty in panel.treaties]
    found: Places = pd.factorize(np.array(stems))[0]
    return found


def held_back(around: Sequence[Cases], panel: Panel, *, forward: bool = False) -> pd.DataFrame:
    """Foretell each treaty by a model that has not seen it, beside four baselines.

    A convention and its protocols are held back together: states act on them on one day.
    """
    first = around[0]
    whole, sample = learn(around, panel)
    alone, of_treaty = learn(around, panel, OF_TREATY[first.question])
    rows = np.flatnonzero(sample.asked)
    frame = pd.DataFrame(
        {
            "treaty": np.array(panel.treaties)[sample.treaty[rows]],
            "iso3": np.array(panel.states)[sample.state[rows]],
            "outcome": sample.outcome[rows],
        }
    )
    chances = {name: np.full(len(rows), np.nan) for name in ("model", "alone", "rate")}
    packages = families(panel)[sample.treaty]
    for number in dict.fromkeys(packages[rows].tolist()):
        known, held = packages != number, packages[rows] == number
        if forward:
            known &= sample.ends <= first.starts[sample.treaty[rows][held]].min()
            if len(set(sample.treaty[known & sample.asked].tolist())) < LEAST_TREATIES:
                continue
        own = rows[held]
        for name, model, told in (("model", whole, sample), ("alone", alone, of_treaty)):
            learnt = fit(
                told.features[known],
                told.outcome[known],
                penalties(model.names),
                model.coefficients,
            )
            chances[name][held] = expit(told.features[own] @ learnt)
        chances["rate"][held] = sample.outcome[known & sample.asked].mean()
    treaty_of = sample.treaty[rows]
    frame = frame.assign(**chances, pace=first.pace[treaty_of, 0], share=first.share[treaty_of, 0])
    return frame.dropna(subset=["model"])[
        ["treaty", "iso3", "outcome", "model", *BASELINES]
    ].reset_index(drop=True)
