"""Whether states that share a border act together: join counts, with permutation tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from adoption.core.errors import AdoptionError
from adoption.core.vocabulary import CONSENTS

if TYPE_CHECKING:
    from adoption.law.status import Status

Untold = Literal["few", "gaps", "unknown gaps"]
MIN_STATES = 10  # states that acted, and that did not, below which the test can tell nothing
GAPS = 0.1  # of the states without a known act, that may be gaps of the list


def unnamed(status: Status) -> int | None:
    """Return how many acts the greatest published totals count and no source names.

    0 where the list is complete to the day; None where no total reaches beyond the list, or no
    source names the signatories.
    """
    convention = status.convention
    if not (status.beyond_reach or status.signatures_may_be_missing):
        return 0
    complete = convention.complete_to or date.min
    named = {
        status.signatories: status.signatories.with_reports,
        status.parties: int(status.participants["act"].isin(CONSENTS).sum()),
    }
    later = [
        total.number - number
        for count, number in named.items()
        for total in count.totals
        if total.latest > complete
    ]
    if not later or not convention.signatories_listed:
        return None
    return max(0, *later)


def untold(acted: pd.Series, missing: int | None) -> Untold | None:
    """Return why there is no verdict on whether neighbours act together; None if there is one.

    Parameters
    ----------
    acted : Series of bool
        Whether each state with a border has acted.
    missing : int or None
        From `unnamed`.
    """
    quiet = int((~acted).sum())
    if missing is None:
        return "unknown gaps"
    if missing > GAPS * quiet:
        return "gaps"
    return "few" if min(int(acted.sum()), quiet) < MIN_STATES else None


@dataclass(frozen=True)
class JoinCount:
    """How many borders lie between two states that have acted, and how many chance would give.

    Attributes
    ----------
    both : int
        Borders between two states that have acted.
    mean, low, high : float
        The mean of the draws, and the range that 95 % of them lie in.
    p : float
        The share of draws with at least as many, the counted one among them.
    """

    both: int
    mean: float
    low: float
    high: float
    p: float


def join_count(
    borders: pd.DataFrame,
    acted: pd.Series,
    within: pd.Series | None = None,
    *,
    draws: int = 9_999,
    seed: int = 0,
) -> JoinCount:
    """Count the borders between two states that have acted, and test the count by permutation.

    Parameters
    ----------
    borders : DataFrame
        One row per border, with the columns `left` and `right`: two labels of `acted`.
    acted : Series of bool
        Whether each state has acted.
    within : Series, optional
        A class of each state, such as its sub-region. Who has acted is then shuffled inside each
        class only, so that a class in which most act does not make neighbours look alike.
    draws, seed : int
        How many permutations, and the seed of their random numbers.

    Returns
    -------
    JoinCount

    Raises
    ------
    AdoptionError
        If a border names a state of which `acted` says nothing.

    Notes
    -----
    The statistic is the black-black join count of Moran (1948) and Cliff and Ord (1973); the test
    is one-sided, (1 + draws with as many or more) / (1 + draws).
    """
    unknown = sorted({*borders["left"], *borders["right"]} - set(acted.index))
    if unknown:
        raise AdoptionError(f"borders name states of which nothing is said: {', '.join(unknown)}")
    left, right = (acted.index.get_indexer(pd.Index(borders[side])) for side in ("left", "right"))
    values = acted.to_numpy(bool)
    classes = np.zeros(len(values)) if within is None else pd.factorize(within[acted.index])[0]
    random = np.random.default_rng(seed)
    drawn = np.tile(values, (draws, 1))
    for number in np.unique(classes):
        inside = classes == number
        drawn[:, inside] = random.permuted(drawn[:, inside], axis=1)
    counts = (drawn[:, left] & drawn[:, right]).sum(axis=1)
    both = int((values[left] & values[right]).sum())
    low, high = np.quantile(counts, [0.025, 0.975])
    p = (1 + int((counts >= both).sum())) / (1 + draws)
    return JoinCount(both, float(counts.mean()), float(low), float(high), p)
