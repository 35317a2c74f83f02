"""The record of states on earlier treaties: shares that weigh the recent more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from adoption.countries.cross_validation import Numbers
    from adoption.forecasting.propensity.panel import Flags, Panel, Places

HALF_LIFE = 3652.5  # days after which a treaty weighs half as much in the record
PRIOR = 5.0  # treaties' worth of the average with which every record begins
EDGE = 0.003  # no share is taken to be nearer to 0 or 1
WEAK = 1.0, 10.0  # the average itself begins at one in ten


def log_odds(share: Numbers) -> Numbers:
    """Return the log odds of shares, kept away from 0 and 1.

    Examples
    --------
    >>> log_odds(np.array([0.5, 0.0])).round(2)
    array([ 0.  , -5.81])
    """
    kept = np.clip(share, EDGE, 1 - EDGE)
    found: Numbers = np.log(kept / (1 - kept))
    return found


def weights(panel: Panel, usable: Flags, moment: Numbers, told: Numbers) -> Numbers:
    """Return how much each treaty (column) weighs in the record at each treaty (row).

    Only a treaty opened earlier, whose outcome was known by the moment, has a weight; it
    halves every ten years, and the newest one has the weight 1. A treaty never is part of
    the record that foretells it.
    """
    gap = panel.opened[:, None] - panel.opened[None, :]
    known = (gap > 0) & usable[None, :] & (told[None, :] <= moment[:, None])
    found = np.where(known, 0.5 ** (np.maximum(gap, 0.0) / HALF_LIFE), 0.0)
    newest: Numbers = found.max(axis=1, keepdims=True)
    return found / np.where(newest > 0, newest, 1.0)


def shares(done: Flags, could: Flags, weight: Numbers) -> tuple[Numbers, Numbers]:
    """Return each state's share of treaties, drawn to the average, and the average.

    With weights w, states s and treaties k, the share is (sum of w_k done_ks + m b) over
    (sum of w_k could_ks + m): the mean of a beta distribution that begins with m treaties at
    the average b of all states (Gelman and others, Bayesian Data Analysis, ch. 2).
    """
    hits, chances = weight @ done.astype("float64"), weight @ could.astype("float64")
    average = (hits.sum(axis=1, keepdims=True) + WEAK[0]) / (
        chances.sum(axis=1, keepdims=True) + WEAK[1]
    )
    return (hits + PRIOR * average) / (chances + PRIOR), average


def others(acted: Flags, able: Flags, group: Places) -> Numbers:
    """Return the share of the other states of each one's regional group that have acted.

    Examples
    --------
    >>> acted = np.array([[True, False, False]])
    >>> others(acted, np.ones((1, 3), dtype=bool), np.array([0, 0, 1]))
    array([[0., 1., 0.]])
    """
    found = np.zeros(acted.shape)
    for number in set(group.tolist()):
        inside = group == number
        did = (acted & able)[:, inside].astype("float64")
        could = able[:, inside].astype("float64")
        rest = did.sum(axis=1, keepdims=True) - did
        found[:, inside] = rest / np.maximum(could.sum(axis=1, keepdims=True) - could, 1.0)
    return found
