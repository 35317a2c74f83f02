"""How unequal cyber-capacity is inside a group of states, beside the other states."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from adoption.countries.capacity import PILLARS

# A Theil's T below it is that of equal values, whose computed mean is not quite theirs.
EQUAL = 1e-12


def ginis(values: np.ndarray) -> np.ndarray:
    """Return the Gini coefficient of each column: 0 if all are equal, near 1 if one has everything.

    G = sum over i of (2 i - n - 1) x_i / (n sum of x), with x in ascending order. Not a number
    for fewer than two values, or if all are zero: there is nothing to share. What is missing is
    left out; leading axes are kept.

    Examples
    --------
    >>> ginis(np.array([[1, 0, 5], [1, 0, np.nan], [1, 1, np.nan]])).round(4).tolist()
    [0.0, 0.6667, nan]
    """
    ordered = np.sort(values, axis=-2)  # what is missing stands last
    count = np.isfinite(ordered).sum(axis=-2)
    rank = np.arange(1, values.shape[-2] + 1)[:, None]
    weight = 2 * rank - count[..., None, :] - 1
    weighted = np.nansum(weight * ordered, axis=-2)
    total = count * np.nansum(ordered, axis=-2)
    measurable = (count > 1) & (total > 0)
    return np.where(measurable, weighted / np.where(measurable, total, 1), np.nan)


def theil(values: Sequence[float]) -> float:
    """Return Theil's T: the mean of (x / mean) ln(x / mean); a value of 0 adds 0.

    Where all are 0 it is not defined: NaN.

    Examples
    --------
    >>> round(theil([0, 0, 0, 1]), 4)  # ln 4
    1.3863
    """
    x = _checked(values)
    if len(x) == 0 or not x.any():
        return float("nan")
    share = x[x > 0] / x.mean()
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
        return float("nan"), float("nan")
    within = between = 0.0
    for x in arrays:
        share = x.sum() / total
        if share > 0:
            within += share * theil(x.tolist())
            between += share * float(np.log(x.mean() / mean))
    return float(within), float(between)


def _checked(values: Sequence[float]) -> np.ndarray:
    x = np.asarray(values, dtype="float64")
    if np.isnan(x).any() or (x < 0).any():
        raise ValueError("an inequality measure needs values that are known and not negative")
    return x


DRAWS, SPLITS, SEED = 999, 9_999, 0
MAX_COUNTED = 100_000  # groups of a size: of more, some are drawn


def most_unequal(values: pd.DataFrame) -> pd.Series[float]:
    """Return how often each column has the highest Gini coefficient when states are resampled.

    Bootstrap of the rows (Efron 1979). Missing where no column can be measured.
    """
    if values.empty:
        return pd.Series(np.nan, values.columns)
    random = np.random.default_rng(SEED)
    places = random.integers(len(values), size=(DRAWS, len(values)))
    drawn = ginis(values.to_numpy(float)[places])
    best = np.nanargmax(drawn[np.isfinite(drawn).any(axis=1)], axis=1)
    number = np.bincount(best, minlength=values.shape[1])
    return pd.Series(number / len(best) if len(best) else np.nan, values.columns)


def pillar_dispersion(values: pd.DataFrame, members: Collection[str]) -> pd.DataFrame:
    """Measure each pillar's dispersion inside a group, and beside the other states.

    Parameters
    ----------
    values : DataFrame
        Index iso3; one float column a pillar of the GCI.
    members : collection of str
        The group, by ISO3.

    Returns
    -------
    DataFrame
        One row a pillar: component, label, states (members with a value), lowest, median,
        highest, iqr, gini, theil (T; missing with fewer than two values, or if all are zero),
        most_often (share of resamples in which its Gini is the highest); others_median,
        others_gini and others (states outside the group).
    """
    is_member = values.index.isin(list(members))
    inner = values.loc[is_member, list(PILLARS)]
    outer = values.loc[~is_member, list(PILLARS)]
    several = inner.count() > 1
    theils = {name: theil(inner[name].dropna().tolist()) for name in PILLARS}
    spread = inner.quantile(0.75) - inner.quantile(0.25)
    values_of_members = inner.to_numpy(float)
    of_members = {
        "label": pd.Series(PILLARS),
        "states": inner.count(),
        "lowest": inner.min(),
        "median": inner.median(),
        "highest": inner.max(),
        "iqr": spread.where(several),
    }
    of_members |= {
        "gini": ginis(values_of_members),
        "theil": pd.Series(theils).where(several),
        "most_often": most_unequal(inner),
    }
    of_others = {
        "others": outer.count(),
        "others_median": outer.median(),
        "others_gini": ginis(outer.to_numpy(float)),
    }
    columns = of_members | of_others
    return pd.DataFrame(columns, index=list(PILLARS)).rename_axis("component").reset_index()


def spread_between(
    values: pd.DataFrame, members: Collection[str], inner: Collection[str]
) -> pd.DataFrame:
    """Split a group's inequality between an inner group and the group's other members.

    Parameters
    ----------
    values : DataFrame
        Index iso3; one float column a pillar of the GCI.
    members, inner : collection of str
        The group and a part of it, such as the Gulf states in the League of Arab States.

    Returns
    -------
    DataFrame
        One row a pillar, none where the inner group is no part of the group or all of it:
        component, label, inner_median, outer_median, within and between (Theil's T, whose
        sum is that of the group), between_share, the share of it that lies between the two
        (missing where all are equal), and random_share, which 95 % of random groups of the
        inner group's size do not pass.
    """
    group = values[values.index.isin(list(members))]
    is_inner = group.index.isin(list(inner))
    rows = []
    apart = 0 < len(set(inner) & set(members)) < len(set(members))
    for component, label in PILLARS.items() if apart else ():
        part = group.loc[is_inner, component].dropna()
        outer = group.loc[~is_inner, component].dropna()
        parts = {"inner": part.tolist(), "outer": outer.tolist()}
        within, between = theil_parts(parts)
        total = within + between
        is_unequal = total > EQUAL
        random = _random_between(part, outer) if is_unequal else np.nan
        row = {
            "component": component,
            "label": label,
            "inner_median": part.median(),
            "outer_median": outer.median(),
            "within": within,
            "between": between,
        }
        row["between_share"] = between / total if is_unequal else np.nan
        row["random_share"] = random / total if is_unequal else np.nan
        rows.append(row)
    columns = ["component", "label", "inner_median", "outer_median", "within", "between"]
    return pd.DataFrame(rows, columns=[*columns, "between_share", "random_share"])


def _random_between(inner: pd.Series[float], outer: pd.Series[float]) -> float:
    """Return the 95th percentile of Theil's T between groups, over random groups of that size.

    Over every group of that size where they are few enough to be listed.
    """
    x = pd.concat([inner, outer]).to_numpy()
    size = len(inner)
    if comb(len(x), size) <= MAX_COUNTED:
        members = np.array(list(combinations(range(len(x)), size)), dtype=int)
    else:
        places = np.tile(np.arange(len(x)), (SPLITS, 1))
        members = np.random.default_rng(SEED).permuted(places, axis=1)[:, :size]
    share = x[members].sum(axis=1) / x.sum()
    parts = (share, size), (1 - share, len(x) - size)
    terms = []
    for part, states in parts:
        ratio = part * len(x) / max(states, 1)
        terms.append(part * np.log(np.where(part > 0, ratio, 1)))
    return float(np.quantile(sum(terms), 0.95))
