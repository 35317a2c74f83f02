"""Which cases are alike: the weights that a forest of trees gives to the cases of a pool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesRegressor

from adoption.forecasting.forest import forest_of

if TYPE_CHECKING:
    from adoption.forecasting.forest import Forest


Numbers = NDArray[np.float64]


BEYOND = 1.0  # log days by which a wait that was not seen to end is taken to be longer


@dataclass(frozen=True)
class Trees:
    """How the trees are grown; `benchmarks/forecast_choice.py` compares others.

    Attributes
    ----------
    number : int
        How many trees.
    least_in_a_leaf : int
        The fewest cases that are taken to be alike.
    share_of_features : float
        The share of the features that is looked at for a division.
    """

    number: int = 120
    least_in_a_leaf: int = 5
    share_of_features: float = 0.5


@dataclass(frozen=True, eq=False)
class Likeness:
    """A fitted forest.

    Attributes
    ----------
    forest : Forest
        The trees.
    leaves : array of whole numbers, shape (trees, cases)
        The leaf of each learnt case in each tree.
    weight : array of float, shape (cases,)
        How much each learnt case counts.
    """

    forest: Forest
    leaves: NDArray[np.unsignedinteger]
    weight: Numbers

    def weights(self, features: Numbers) -> Numbers:
        """Return how much each learnt case weighs for other cases.

        In each tree the cases of the same leaf share a weight of one; the mean over the
        trees is the weight (Meinshausen 2006, Journal of Machine Learning Research 7).
        """
        total = np.zeros((len(features), len(self.weight)))
        for leaves, asked in zip(self.leaves, self.forest.leaves(features), strict=True):
            in_leaf = np.bincount(leaves, weights=self.weight)
            same = leaves[None, :] == asked[:, None]
            total += same * (self.weight[None, :] / in_leaf[asked][:, None])
        return total / len(self.leaves)


def fit_likeness(
    features: Numbers,
    residual: Numbers,
    reached: NDArray[np.bool_],
    weight: Numbers,
    trees: Trees,
    seed: int,
) -> Likeness:
    """Grow extremely randomised trees that tell the residuals of the typical wait apart.

    The trees only choose which cases are alike; the waits that were not seen to end are
    dealt with afterwards by the Kaplan-Meier estimate, so a rough guess of their length
    does here.
    """
    forest = ExtraTreesRegressor(
        n_estimators=trees.number,
        min_samples_leaf=min(trees.least_in_a_leaf, max(len(features) // 2, 1)),
        max_features=trees.share_of_features,
        random_state=seed,
    )
    forest.fit(features, np.where(reached, residual, residual + BEYOND), sample_weight=weight)
    leaves = forest.apply(features).T
    fewest_bytes = np.min_scalar_type(leaves.max())
    return Likeness(forest_of(forest), np.ascontiguousarray(leaves, dtype=fewest_bytes), weight)
