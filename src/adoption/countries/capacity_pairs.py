"""An indicator beside another one: its earlier edition, or the other index."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from adoption.countries.capacity import values_by_state, with_parts
from adoption.countries.indices import OTHER, OVERALL, PARTS, Indicator

LEAST_STATES = 3  # with fewer, an order says nothing


@dataclass(frozen=True)
class Pair:
    """Two indicators of the same states.

    Attributes
    ----------
    indicator, beside : Indicator
        The one asked about, and the one it is set beside.
    frame : DataFrame
        One row a state with both: iso3, name, article, region (str), value, beside (float)
        and difference (value minus beside, to the decimals that are shown), in the order of
        `adoption.countries.capacity.values_by_state`.
    only_value, only_beside : tuple of str
        Names of the states with one of them only, in alphabetical order.
    """

    indicator: Indicator
    beside: Indicator
    frame: pd.DataFrame
    only_value: tuple[str, ...]
    only_beside: tuple[str, ...]


def pair(
    capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator, beside: Indicator
) -> Pair:
    """Set an indicator beside another one, state by state."""
    frame = values_by_state(capacity, states, indicator)
    frame = frame[["iso3", "name", "article", "region", "value"]]
    others = values_by_state(capacity, states, beside).set_index("iso3")["value"]
    frame = frame.assign(beside=frame["iso3"].map(others))
    frame["difference"] = (frame["value"] - frame["beside"]).round(indicator.decimals)
    has, has_other = frame["value"].notna(), frame["beside"].notna()
    return Pair(
        indicator=indicator,
        beside=beside,
        frame=frame[has & has_other].reset_index(drop=True),
        only_value=tuple(sorted(frame.loc[has & ~has_other, "name"])),
        only_beside=tuple(sorted(frame.loc[~has & has_other, "name"])),
    )


def earlier_edition(capacity: pd.DataFrame, indicator: Indicator) -> Indicator | None:
    """Return the same component in the edition before; None if the data have no such one.

    An edition of which the data have the overall value only is none for a part.
    """
    earlier = capacity.loc[
        (capacity["index"] == indicator.index)
        & (capacity["component"] == indicator.component)
        & (capacity["edition"] < indicator.edition),
        "edition",
    ]
    if earlier.empty:
        return None
    return Indicator(indicator.index, int(earlier.max()), indicator.component)


def since_earlier(
    capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator
) -> Pair | None:
    """Set an indicator beside its `earlier_edition`; None if there is none."""
    earlier = earlier_edition(capacity, indicator)
    return pair(capacity, states, indicator, earlier) if earlier else None


def other_index(capacity: pd.DataFrame, indicator: Indicator) -> Indicator:
    """Return the other index's overall value in its nearest edition.

    Of two that are equally near it is the earlier: its values were known by then.
    """
    other = OTHER[indicator.index]
    editions = [int(year) for year in capacity.loc[capacity["index"] == other, "edition"].unique()]
    nearest = min(editions, key=lambda year: (abs(year - indicator.edition), year))
    return Indicator(other, nearest)


def beside_other(capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator) -> Pair:
    """Set an indicator beside `other_index`."""
    return pair(capacity, states, indicator, other_index(capacity, indicator))


def zero_without_parts(
    capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator
) -> list[str]:
    """Return the names of the states whose overall value is 0 and whose parts are not known.

    The 0 is published and so is a value; what it sums up is missing.
    """
    full = with_parts(capacity, states, Indicator(indicator.index, indicator.edition))
    blank = full[list(PARTS[indicator.index])].isna().all(axis=1)
    return full.loc[(full[OVERALL] == 0) & blank, "name"].tolist()


def zeros_compared(capacity: pd.DataFrame, states: pd.DataFrame, moves: Pair | None) -> list[str]:
    """Return the names of the states of a pair of which either value is `zero_without_parts`.

    Nobody where a part is compared: there such a state has no value.
    """
    if moves is None or moves.indicator.component != OVERALL:
        return []
    found = {
        name
        for indicator in (moves.indicator, moves.beside)
        for name in zero_without_parts(capacity, states, indicator)
    }
    return sorted(found & set(moves.frame["name"]))


def sources_of(
    capacity: pd.DataFrame, indicator: Indicator, moves: Pair | None, other: Pair
) -> list[str]:
    """Return the keys of the sources of an edition, of the one before and of the other index."""
    shown = {(indicator.index, indicator.edition), (other.beside.index, other.beside.edition)}
    if moves is not None:
        shown.add((moves.beside.index, moves.beside.edition))
    named = capacity[["index", "edition", "source"]].drop_duplicates()
    return sorted(
        {
            str(row["source"])
            for row in named.to_dict("records")
            if (row["index"], row["edition"]) in shown
        }
    )


def rank_correlation(frame: pd.DataFrame) -> float:
    """Return Spearman's rank correlation of the columns value and beside.

    It is Pearson's correlation of the ranks, equal values sharing their mean rank (Spearman
    1904).

    Examples
    --------
    >>> frame = pd.DataFrame({"value": [1.0, 2.0, 3.0], "beside": [0.1, 0.9, 0.2]})
    >>> round(rank_correlation(frame), 6)
    0.5
    """
    one, other = frame["value"].rank(), frame["beside"].rank()
    if len(frame) < LEAST_STATES or one.std() == 0 or other.std() == 0:
        return float("nan")
    return float(one.corr(other))


def rank_gaps(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the states whose places in the two orders lie furthest apart."""
    gap = frame["value"].rank(pct=True) - frame["beside"].rank(pct=True)
    return _ends(frame.assign(gap=gap.round(9)), "gap", count)  # equal gaps stay equal


def largest_moves(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the largest rises and the largest falls, at most `count` of each."""
    return _ends(frame, "difference", count)


def _ends(frame: pd.DataFrame, column: str, count: int) -> pd.DataFrame:
    ordered = frame.sort_values([column, "name"], ascending=[False, True], ignore_index=True)
    rises = ordered[ordered[column] > 0].head(count)
    falls = ordered.sort_values([column, "name"])
    falls = falls[falls[column] < 0].head(count)
    return pd.concat([rises, falls.iloc[::-1]], ignore_index=True)


def moves_by_region(frame: pd.DataFrame) -> pd.DataFrame:
    """Count in each M49 region who has a higher, the same and a lower value than before."""
    rows = []
    for region, own in [*frame.groupby("region"), ("All states", frame)]:
        rows.append({"region": region, **_moved(own["difference"])})
    return pd.DataFrame(rows)


def _moved(differences: pd.Series[float]) -> dict[str, float]:
    return {
        "states": len(differences),
        "rose": int((differences > 0).sum()),
        "same": int((differences == 0).sum()),
        "fell": int((differences < 0).sum()),
        "median_difference": float(differences.median()),
    }
