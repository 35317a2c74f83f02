"""A fitted forest in as few numbers as it takes to find the leaves of a case.

scikit-learn keeps what it needs to grow a tree, some 72 bytes a node; to follow one takes 17.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sklearn.ensemble import ExtraTreesRegressor


Numbers = NDArray[np.float64]

LEAF = 255  # in place of a feature, where a node is a leaf


@dataclass(frozen=True, eq=False)
class Forest:
    """The nodes of all trees, one tree after the other.

    Attributes
    ----------
    roots : array of int32, shape (trees,)
        The first node of each tree.
    feature : array of uint8, shape (nodes,)
        What a node asks for; `LEAF` where it asks for nothing.
    threshold : array of float64, shape (nodes,)
        A case that has at most so much goes on to the left.
    left, right : array of int32, shape (nodes,)
        Where it goes on; of a leaf itself.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.uint8]
    threshold: Numbers
    left: NDArray[np.int32]
    right: NDArray[np.int32]

    def leaves(self, features: Numbers) -> NDArray[np.int32]:
        """Return the leaf in which each tree puts each case, as scikit-learn's `apply` does."""
        asked = features.astype(np.float32)  # which is what scikit-learn compares
        case = np.arange(len(asked))[None, :]
        at = np.repeat(self.roots[:, None], len(asked), axis=1)
        while True:
            feature = self.feature[at]
            inside = feature != LEAF
            if not inside.any():
                return at - self.roots[:, None]
            value = asked[case, np.where(inside, feature, 0)]
            at = np.where(value <= self.threshold[at], self.left[at], self.right[at])


def forest_of(fitted: ExtraTreesRegressor) -> Forest:
    """Return what is needed of a fitted forest."""
    if fitted.n_features_in_ > LEAF:
        raise ValueError(f"{fitted.n_features_in_} features; allowed: {LEAF} at most")
    trees = [estimator.tree_ for estimator in fitted.estimators_]
    roots = np.cumsum([0, *(tree.node_count for tree in trees)], dtype=np.int32)[:-1]
    is_leaf = np.concatenate([tree.children_left for tree in trees]) < 0
    own = np.arange(len(is_leaf), dtype=np.int32)

    def together(name: str) -> NDArray[np.int32]:
        nodes = [getattr(tree, name) + root for tree, root in zip(trees, roots, strict=True)]
        return np.where(is_leaf, own, np.concatenate(nodes)).astype(np.int32)

    feature = np.concatenate([tree.feature for tree in trees])
    return Forest(
        roots=roots,
        feature=np.where(is_leaf, LEAF, feature).astype(np.uint8),
        threshold=np.concatenate([tree.threshold for tree in trees]),
        left=together("children_left"),
        right=together("children_right"),
    )
