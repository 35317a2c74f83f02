"""The model: the typical wait, corrected by what happened in the cases most alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from adoption.errors import AdoptionError
from adoption.forecasting.cases import LINEAR, NEEDED, SIGNS, features, learning_cases
from adoption.forecasting.likeness import Trees, fit_likeness
from adoption.forecasting.location import RIDGE, fit_location
from adoption.forecasting.waiting import Steps, kaplan_meier

if TYPE_CHECKING:
    from adoption.forecasting.cases import Cases, Situation
    from adoption.forecasting.likeness import Likeness
    from adoption.forecasting.location import Location, Numbers
    from adoption.forecasting.pool import Treaty

FEWEST_CASES = 20
TREES = Trees()


@dataclass(frozen=True, eq=False)
class Model:
    """What a pool of treaties has taught.

    Attributes
    ----------
    pool : tuple of Treaty
        Whom it learnt from.
    cases : Cases
        What it learnt from.
    location : Location
        The typical wait.
    likeness : Likeness
        Which cases are alike.
    residual : array of float, shape (cases,)
        Log wait less its typical value.
    lowest, highest : array of float, shape (features,)
        The range of each feature among the cases.
    """

    pool: tuple[Treaty, ...]
    cases: Cases
    location: Location
    likeness: Likeness
    residual: Numbers
    lowest: Numbers
    highest: Numbers

    def within(self, table: Numbers) -> Numbers:
        """Return features cut off at what the pool has shown, but for the consents needed.

        So that a treaty opened after all of the pool counts as its newest, and a number of
        signatures never seen as the highest seen.
        """
        cut = np.clip(table, self.lowest, self.highest)
        cut[:, NEEDED] = table[:, NEEDED]
        return cut

    def waits(self, known: Situation, targets: Sequence[int]) -> list[Steps]:
        """Return the distribution of the log wait for each of some numbers of parties."""
        table = self.within(features(known, targets))
        typical = self.location.of(table[:, : len(LINEAR)])
        found = []
        for middle, weight in zip(typical, self.likeness.weights(alike(table)), strict=True):
            steps = kaplan_meier(self.residual, self.cases.reached, weight)
            found.append(Steps(steps.at + middle, steps.height))
        return found

    def most_alike(self, known: Situation, target: int) -> dict[str, float]:
        """Return how much each treaty of the pool weighs in a forecast, most first."""
        weight = self.likeness.weights(alike(self.within(features(known, [target]))))[0]
        of_treaty = np.bincount(self.cases.treaty, weights=weight, minlength=len(self.pool))
        order = np.argsort(-of_treaty, kind="stable")
        return {self.pool[p].treaty: float(of_treaty[p]) for p in order if of_treaty[p] > 0}


def alike(table: Numbers) -> Numbers:
    """Return the features that say which cases are alike: all but the pace of consents."""
    return table[:, 1:]


def fit(
    pool: Sequence[Treaty],
    groups: Mapping[str, str],
    seed: int = 0,
    *,
    ridge: float = RIDGE,
    trees: Trees = TREES,
) -> Model:
    """Learn from a pool of treaties."""
    cases = learning_cases(pool, groups)
    if len(cases.log_wait) < FEWEST_CASES:
        raise AdoptionError(
            f"forecast: {len(cases.log_wait)} cases of {len(pool)} treaties are too few to "
            f"learn from; {FEWEST_CASES} are needed"
        )
    linear = cases.features[:, : len(LINEAR)]
    signs = [SIGNS.get(name, 0) for name in LINEAR]
    location = fit_location(linear, cases.log_wait, cases.reached, cases.weight, ridge, signs)
    residual = cases.log_wait - location.of(linear)
    likeness = fit_likeness(
        alike(cases.features), residual, cases.reached, cases.weight, trees, seed
    )
    return Model(
        pool=tuple(pool),
        cases=cases,
        location=location,
        likeness=likeness,
        residual=residual,
        lowest=cases.features.min(axis=0),
        highest=cases.features.max(axis=0),
    )
