"""How well a model tells apart states that it has not seen: cross-validated AUC and Brier score."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.floating[Any]]
# From the outcomes and covariates of some states, and the covariates of others, to the
# probabilities of the others.
Predict = Callable[[Numbers, Numbers, Numbers], Numbers]

SEED = 20251025
FOLDS = 5
REPEATS = 20


@dataclass(frozen=True)
class Validation:
    """What a model is worth on states that it has not seen.

    Attributes
    ----------
    auc : float
        Mean over the repeats; 0.5 is chance, 1 a perfect order.
    auc_lowest, auc_highest : float
        Of the single repeats.
    brier, base_brier : float
        Mean squared error of the probabilities: the model's, and that of giving every state
        the share of the others that have acted; 0 is perfect.
    folds, repeats : int
        Into how many parts the states were divided, and how often.
    """

    auc: float
    auc_lowest: float
    auc_highest: float
    brier: float
    base_brier: float
    folds: int = FOLDS
    repeats: int = REPEATS


def auc(outcome: Numbers, score: Numbers) -> float:
    """Return the area under the receiver operating characteristic curve.

    The share of pairs of one state that has acted and one that has not in which the first has
    the higher score, a tie counting one half: from the rank sum (Hanley and McNeil 1982).

    Examples
    --------
    >>> auc(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.1, 0.4, 0.35, 0.8]))
    0.75
    """
    positive = outcome == 1
    ones, zeros = int(positive.sum()), int((~positive).sum())
    if ones == 0 or zeros == 0:
        raise ValueError("the area needs both outcomes")
    ranks = pd.Series(score).rank(method="average").to_numpy()
    return float((ranks[positive].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def brier(outcome: Numbers, probability: Numbers) -> float:
    """Return the mean squared error of probabilities (Brier 1950).

    Examples
    --------
    >>> brier(np.array([1.0, 0.0]), np.array([0.5, 0.5]))
    0.25
    """
    return float(np.mean((probability - outcome) ** 2))


def stratified_folds(
    outcome: Numbers, folds: int, random: np.random.Generator
) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Divide states at random into parts with the same mix of outcomes."""
    part = np.empty(len(outcome), dtype=int)
    dealt = 0  # goes on from one outcome to the next, so that the parts are of one size
    for value in (0, 1):
        own = random.permutation(np.flatnonzero(outcome == value))
        part[own] = (np.arange(len(own)) + dealt) % folds
        dealt += len(own)
    for number in range(folds):
        yield part != number, part == number


def cross_validate(
    outcome: Numbers,
    covariates: Numbers,
    predict: Predict,
    *,
    folds: int = FOLDS,
    repeats: int = REPEATS,
    seed: int = SEED,
) -> Validation:
    """Validate a model by repeated stratified cross-validation."""
    if min((outcome == 0).sum(), (outcome == 1).sum()) < folds:
        raise ValueError(f"each outcome must be there {folds} times, once a fold")
    random = np.random.default_rng(seed)
    areas, errors, base_errors = [], [], []
    for _ in range(repeats):
        by_fold = []
        probability, base = np.empty(len(outcome)), np.empty(len(outcome))
        for learnt, held in stratified_folds(outcome, folds, random):
            probability[held] = predict(outcome[learnt], covariates[learnt], covariates[held])
            base[held] = outcome[learnt].mean()
            by_fold.append(auc(outcome[held], probability[held]))
        areas.append(float(np.mean(by_fold)))
        errors.append(brier(outcome, probability))
        base_errors.append(brier(outcome, base))
    return Validation(
        auc=float(np.mean(areas)),
        auc_lowest=min(areas),
        auc_highest=max(areas),
        brier=float(np.mean(errors)),
        base_brier=float(np.mean(base_errors)),
        folds=folds,
        repeats=repeats,
    )
