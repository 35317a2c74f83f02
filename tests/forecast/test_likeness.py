"""The weights of the forest: they add up, come from shared leaves, and depend on the seed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from adoption.forecasting.likeness import BEYOND, Likeness, Trees, fit_likeness

if TYPE_CHECKING:
    Numbers = NDArray[np.float64]


def grown(cases: int = 120, seed: int = 0) -> tuple[Likeness, Numbers]:
    """Return a forest grown on two clouds of cases, and the cases."""
    random = np.random.default_rng(7)
    features = random.normal(size=(cases, 3))
    features[cases // 2 :, 0] += 20
    residual = np.where(features[:, 0] > 10, 3.0, -3.0) + random.normal(size=cases)
    weight = random.uniform(0.1, 1.0, cases)
    reached = random.random(cases) < 0.7
    return fit_likeness(features, residual, reached, weight, Trees(), seed), features


def test_the_weights_of_a_case_add_up_to_one() -> None:
    likeness, _ = grown()
    asked = np.random.default_rng(1).normal(size=(30, 3)) * 15
    weights = likeness.weights(asked)
    assert weights.shape == (30, 120)
    assert (weights >= 0).all()
    assert weights.sum(axis=1) == pytest.approx(np.ones(30))


def test_they_are_shared_out_inside_each_leaf_tree_by_tree() -> None:
    likeness, _ = grown()
    asked = np.array([[0.3, -0.2, 1.0]])
    by_hand = np.zeros(120)
    for found, leaves in zip(likeness.forest.leaves(asked), likeness.leaves, strict=True):
        inside = leaves == found[0]
        by_hand += np.where(inside, likeness.weight, 0) / likeness.weight[inside].sum()
    assert likeness.weights(asked)[0] == pytest.approx(by_hand / len(likeness.leaves))


def test_cases_that_are_alike_weigh_more() -> None:
    likeness, features = grown()
    left, right = likeness.weights(np.array([[0.0, 0.0, 0.0], [20.0, 0.0, 0.0]]))
    on_the_left = features[:, 0] < 10
    assert left[on_the_left].sum() > 2 * left[~on_the_left].sum()
    assert right[~on_the_left].sum() > 2 * right[on_the_left].sum()


def test_the_same_seed_gives_the_same_bytes() -> None:
    asked = np.random.default_rng(2).normal(size=(10, 3))
    one, again, other = (grown(seed=seed)[0].weights(asked) for seed in (5, 5, 6))
    assert one.tobytes() == again.tobytes()
    assert not np.array_equal(one, other)


def test_a_wait_that_was_cut_short_is_taken_to_be_longer() -> None:
    features = np.arange(40.0).reshape(-1, 1)
    reached = np.arange(40) < 20
    likeness = fit_likeness(features, np.zeros(40), reached, np.ones(40), Trees(), 0)
    longer = likeness.weights(features) @ np.where(reached, 0.0, BEYOND)
    assert (longer[:15].mean(), longer[-15:].mean()) == pytest.approx((0, BEYOND), abs=0.3)


@pytest.mark.parametrize("cases", [2, 3, 5])
def test_a_few_cases_are_enough_to_grow_something(cases: int) -> None:
    likeness, features = grown(cases)
    assert likeness.weights(features).sum(axis=1) == pytest.approx(np.ones(cases))
