"""AUC, Brier score and folds: by hand, by their properties, and the same on every run."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.countries.signing_model import auc, brier, cross_validate, stratified_folds

SCORES = st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.integers(0, 5).map(float)), min_size=2)


@given(SCORES)
def test_the_area_is_the_share_of_pairs_in_order(rows: list[tuple[float, float]]) -> None:
    outcome, score = (np.array(column) for column in zip(*rows, strict=True))
    ones, noughts = score[outcome == 1], score[outcome == 0]
    if len(ones) == 0 or len(noughts) == 0:
        with pytest.raises(ValueError, match="both outcomes"):
            auc(outcome, score)
        return
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a, b in product(ones, noughts)]
    assert auc(outcome, score) == pytest.approx(np.mean(pairs))
    assert auc(1 - outcome, score) == pytest.approx(1 - auc(outcome, score))


def test_the_brier_score_by_hand() -> None:
    outcome, probability = np.array([1.0, 0.0, 1.0]), np.array([0.8, 0.4, 1.0])
    assert brier(outcome, probability) == pytest.approx((0.04 + 0.16 + 0) / 3)
    # The base rate leaves the variance p (1 - p).
    assert brier(outcome, np.full(3, 2 / 3)) == pytest.approx(2 / 9)


@given(st.integers(5, 30), st.integers(5, 30), st.integers(0, 9))
def test_each_state_is_held_back_once_and_the_parts_are_alike(
    ones: int, noughts: int, seed: int
) -> None:
    outcome = np.array([1.0] * ones + [0.0] * noughts)
    parts = list(stratified_folds(outcome, 5, np.random.default_rng(seed)))
    held = np.array([part for _, part in parts])
    assert (held.sum(axis=0) == 1).all()
    assert all((learnt == ~part).all() for learnt, part in parts)
    for share in (held.sum(axis=1), held[:, outcome == 1].sum(axis=1)):
        assert share.max() - share.min() <= 1


def by_first(outcome: object, covariates: object, others: np.ndarray) -> np.ndarray:
    """Give each state its first covariate as probability, whatever there is to learn."""
    del outcome, covariates
    first: np.ndarray = others[:, 0]
    return first


def test_a_model_that_knows_and_one_that_does_not() -> None:
    outcome = np.array([1.0, 0.0] * 20)
    knows = cross_validate(outcome, outcome[:, None], by_first, repeats=2)
    assert (knows.auc, knows.auc_lowest, knows.auc_highest, knows.brier) == (1, 1, 1, 0)
    blind = cross_validate(outcome, np.full((40, 1), 0.5), by_first, repeats=2)
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
