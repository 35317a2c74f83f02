"""Measures of how unequal a group of states is in one quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np


def gini(values: Sequence[float]) -> float:
    """Return the Gini coefficient: 0 if all are equal, near 1 if one has everything.

    G = sum over i of (2 i - n - 1) x_i / (n sum of x), with x in ascending order.

    Examples
    --------
    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 1])
    (0.0, 0.75)
    """
    ordered = np.sort(_checked(values))
    count, total = len(ordered), ordered.sum()
    if count == 0:
        return float("nan")
    if total == 0:
        return 0.0
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float((weights * ordered).sum() / (count * total))


def theil(values: Sequence[float]) -> float:
    """Return Theil's T: the mean of (x / mean) ln(x / mean); a value of 0 adds 0.

    Examples
    --------
    >>> round(theil([0, 0, 0, 1]), 4)  # ln 4
    1.3863
    """
    x = _checked(values)
    if len(x) == 0:
        return float("nan")
    mean = x.mean()
    if mean == 0:
        return 0.0
    share = x[x > 0] / mean
    return float((share * np.log(share)).sum() / len(x))


def theil_parts(groups: Mapping[str, Sequence[float]]) -> tuple[float, float]:
    """Split Theil's T into inequality within groups and between them.

    Each group's own T counts by its share of the total; what is left is what there would
    be if every state had its group's mean (Theil 1967; Shorrocks 1980).

    Examples
    --------
    >>> theil_parts({"a": [1, 1], "b": [1, 1]})
    (0.0, 0.0)
    """
    arrays = [_checked(values) for values in groups.values() if len(values)]
    if not arrays:
        return float("nan"), float("nan")
    everything = np.concatenate(arrays)
    total, mean = everything.sum(), everything.mean()
    if total == 0:
        return 0.0, 0.0
    within = between = 0.0
    for x in arrays:
        share = x.sum() / total
        if share > 0:
            within += share * theil(x.tolist())
            between += share * float(np.log(x.mean() / mean))
    return float(within), float(between)


def interquartile_range(values: Sequence[float]) -> float:
    """Return the distance between the quartiles (linear interpolation); NaN for no values.

    Examples
    --------
    >>> interquartile_range([1, 2, 3, 4, 5])
    2.0
    """
    x = _checked(values)
    if len(x) == 0:
        return float("nan")
    low, high = np.quantile(x, [0.25, 0.75])
    return float(high - low)


def _checked(values: Sequence[float]) -> np.ndarray:
    x = np.asarray(values, dtype="float64")
    if np.isnan(x).any() or (x < 0).any():
        raise ValueError("an inequality measure needs values that are known and not negative")
    return x
