"""How unequal cyber-capacity is inside a group of states, beside the other states."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from adoption.countries.capacity import PILLARS
from adoption.tables import of_index

EQUAL = (
    1e-12  # a Theil's T below it is that of equal values, whose computed mean is not quite theirs
)


def gini(values: Sequence[float]) -> float:
    """Return the Gini coefficient: 0 if all are equal, near 1 if one has everything.

    Of a single value, or where all are 0, it is not defined: NaN.

    G = sum over i of (2 i - n - 1) x_i / (n sum of x), with x in ascending order.

    Examples
    --------
    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 1])
    (0.0, 0.75)
    """
    ordered = np.sort(_checked(values))
    count, total = len(ordered), ordered.sum()
    if count < 2 or total == 0:
        return float("nan")
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float((weights * ordered).sum() / (count * total))


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


def pillar_values(capacity: pd.DataFrame, edition: int) -> pd.DataFrame:
    """Return the GCI pillars of an edition, one row a state.

    Returns
    -------
    DataFrame
        Index iso3, one float column a pillar of `PILLARS`; a state without values has no
        row, a missing pillar is missing.
    """
    gci = of_index(capacity, "GCI", edition)
    pillars = gci[gci["component"].isin(PILLARS)]
    wide = pillars.set_index(["iso3", "component"])["value"].unstack()  # noqa: PD010  no means
    return wide.reindex(columns=list(PILLARS))


def dispersion(values: pd.DataFrame, members: Collection[str]) -> pd.DataFrame:
    """Measure each pillar's dispersion inside a group, and beside the other states.

    Parameters
    ----------
    values : DataFrame
        From `pillar_values`.
    members : collection of str
        The group, by ISO3.

    Returns
    -------
    DataFrame
        One row a pillar: component, label, states (members with a value), lowest, median,
        highest, iqr, gini, theil (T); others_median, others_gini and others (states outside the
        group).
    """
    inside = values.index.isin(list(members))
    rows = []
    for component, label in PILLARS.items():
        own = values.loc[inside, component].dropna()
        others = values.loc[~inside, component].dropna()
        rows.append(
            {
                "component": component,
                "label": label,
                "states": len(own),
                "lowest": own.min(),
                "median": own.median(),
                "highest": own.max(),
                "iqr": own.quantile(0.75) - own.quantile(0.25) if len(own) > 1 else float("nan"),
                "gini": gini(own.tolist()),
                "theil": theil(own.tolist()) if len(own) > 1 else float("nan"),
                "others": len(others),
                "others_median": others.median(),
                "others_gini": gini(others.tolist()),
            }
        )
    return pd.DataFrame(rows)


def spread_between(
    values: pd.DataFrame, members: Collection[str], inner: Collection[str]
) -> pd.DataFrame:
    """Split a group's inequality between an inner group and the group's other members.

    Parameters
    ----------
    values : DataFrame
        From `pillar_values`.
    members, inner : collection of str
        The group and a part of it, such as the Gulf states in the League of Arab States.

    Returns
    -------
    DataFrame
        One row a pillar, none where the inner group is no part of the group or all of it:
        component, label, inner_median, outer_median, within and between (Theil's T, whose
        sum is that of the group), and between_share, the share of it that lies between the
        two (missing where all are equal).
    """
    group = values[values.index.isin(list(members))]
    is_inner = group.index.isin(list(inner))
    rows = []
    apart = 0 < len(set(inner) & set(members)) < len(set(members))
    for component, label in PILLARS.items() if apart else ():
        own = group.loc[is_inner, component].dropna()
        rest = group.loc[~is_inner, component].dropna()
        within, between = theil_parts({"inner": own.tolist(), "outer": rest.tolist()})
        whole = within + between
        rows.append(
            {
                "component": component,
                "label": label,
                "inner_median": own.median(),
                "outer_median": rest.median(),
                "within": within,
                "between": between,
                "between_share": between / whole if whole > EQUAL else float("nan"),
            }
        )
    columns = ["component", "label", "inner_median", "outer_median", "within", "between"]
    return pd.DataFrame(rows, columns=[*columns, "between_share"])
