"""The distribution of a wait: the weighted Kaplan-Meier estimate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Steps:
    """A distribution function that rises in steps; it need not reach 1.

    Attributes
    ----------
    at : array of float
        Where it rises, in order.
    height : array of float
        Its value from there on.
    """

    at: Numbers
    height: Numbers

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most x."""
        found: Numbers = np.concatenate([[0.0], self.height])[
            np.searchsorted(self.at, x, side="right")
        ]
        return found

    def quantile(self, q: float) -> float:
        """Return the smallest x whose probability is at least q; infinite if none."""
        place = int(np.searchsorted(self.height, q, side="left"))
        return float(self.at[place]) if place < len(self.at) else np.inf


def kaplan_meier(x: Numbers, ended: NDArray[np.bool_], weight: Numbers) -> Steps:
    """Return the weighted Kaplan-Meier estimate of a distribution function.

    1 - F(t) is the product over the ends x up to t of one minus the weight that ended
    there over the weight still waiting (Kaplan and Meier 1958). Of an end and a censoring
    at the same x, the end comes first.

    Examples
    --------
    Three ends and one wait that was cut short between the first two:

    >>> x, ended = np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, False, True, True])
    >>> kaplan_meier(x, ended, np.ones(4)).height
    array([0.25 , 0.625, 1.   ])
    """
    heavy = weight > 0
    x, ended, weight = x[heavy], ended[heavy], weight[heavy]
    order = np.lexsort((~ended, x))
    x, ended, weight = x[order], ended[order], weight[order]
    waiting = np.cumsum(weight[::-1])[::-1]
    left: Numbers = np.where(ended, np.maximum(1 - weight / waiting, 0.0), 1.0)
    height: Numbers = 1 - np.multiply.accumulate(left)
    return Steps(x[ended], height[ended])
