"""What a model is worth: of one that knows, of one that does not, and the same on every run."""

from __future__ import annotations

import numpy as np
import pytest

from adoption.countries.signing_model import cross_validate


def by_first(outcome: object, covariates: object, others: np.ndarray) -> np.ndarray:
    """Give each state its first covariate as probability, whatever there is to learn."""
    del outcome, covariates
    first: np.ndarray = others[:, 0]
    return first


def test_a_model_that_knows_and_one_that_does_not() -> None:
    outcome = np.array([1.0, 0.0] * 20)
    knows = cross_validate(outcome, outcome[:, None], by_first)
    assert (knows.auc, knows.auc_lowest, knows.auc_highest, knows.brier) == (1, 1, 1, 0)
    blind = cross_validate(outcome, np.full((40, 1), 0.5), by_first)
    assert (blind.auc, blind.brier) == (0.5, 0.25)
    # In each part 16 of the 32 others have acted, so that the base rate is one half.
    assert knows.base_brier == blind.base_brier == 0.25


def test_the_same_seed_gives_the_same_result_and_another_does_not() -> None:
    random = np.random.default_rng(1)
    outcome = np.array([1.0] * 20 + [0.0] * 30)
    covariates = random.random((50, 1))
    first, second = (cross_validate(outcome, covariates, by_first) for _ in range(2))
    assert first == second
    assert cross_validate(outcome, covariates, by_first, seed=1) != first


def test_an_outcome_rarer_than_the_folds() -> None:
    outcome = np.array([1.0] * 4 + [0.0] * 10)
    with pytest.raises(ValueError, match="each outcome"):
        cross_validate(outcome, outcome[:, None], by_first)
