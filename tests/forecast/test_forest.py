"""A forest in few numbers finds the leaves that scikit-learn finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesRegressor

from adoption.forecasting.forest import LEAF, forest_of


def fitted(
    cases: int, features: int, least: int, seed: int
) -> tuple[ExtraTreesRegressor, NDArray[np.float64]]:
    random = np.random.default_rng(seed)
    known = random.normal(size=(cases, features)).round(1)  # some are equal
    grown = ExtraTreesRegressor(n_estimators=7, min_samples_leaf=least, random_state=seed)
    return grown.fit(known, random.normal(size=cases)), known


@settings(max_examples=30, deadline=None)
@given(
    cases=st.integers(1, 200), features=st.integers(1, 9), least=st.integers(1, 20),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_every_case_falls_into_the_leaf_of_scikit_learn(
    cases: int, features: int, least: int, seed: int
) -> None:
    grown, known = fitted(cases, features, least, seed)
    forest = forest_of(grown)
    asked = np.random.default_rng(seed + 1).normal(size=(50, features)) * 2
    for some in (known, asked):
        assert (forest.leaves(some) == grown.apply(some).T).all()
    assert forest.leaves(asked[:0]).shape == (7, 0)


def test_a_case_on_a_threshold_goes_to_the_left() -> None:
    """And what lies so close above it that a float32 cannot tell does too."""
    grown, _ = fitted(100, 1, 5, 3)
    forest = forest_of(grown)
    inner = forest.threshold[forest.feature != LEAF]
    asked = np.concatenate([inner, np.nextafter(inner, np.inf), np.nextafter(inner, -np.inf)])
    assert (forest.leaves(asked[:, None]) == grown.apply(asked[:, None]).T).all()


def test_it_takes_a_quarter_of_the_room() -> None:
    grown, _ = fitted(2000, 5, 2, 1)
    forest = forest_of(grown)
    ours = sum(part.nbytes for part in vars(forest).values())
    theirs = sum(
        tree.tree_.__getstate__()["nodes"].nbytes + tree.tree_.value.nbytes
        for tree in grown.estimators_
    )
    assert ours < theirs / 3.9


def test_more_features_than_a_node_can_name_are_refused() -> None:
    random = np.random.default_rng(0)
    grown = ExtraTreesRegressor(n_estimators=1).fit(random.normal(size=(9, LEAF + 1)), range(9))
    with pytest.raises(ValueError, match=r"^256 features; allowed: 255 at most$"):
        forest_of(grown)
