"""Where a state stands: in its groups, and beside states of like capacity that act otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from adoption.countries.dispersion import pillar_values
from adoption.law.deciding import NO_ACT

if TYPE_CHECKING:
    from adoption.countries.groups import Group
    from adoption.law.status import Status


def overall_values(capacity: pd.DataFrame, edition: int) -> pd.Series[float]:
    """Return the overall GCI of an edition by iso3; a state without one has no row."""
    chosen = (
        (capacity["index"] == "GCI")
        & (capacity["edition"] == edition)
        & (capacity["component"] == "overall")
    )
    values: pd.Series[float] = capacity[chosen].set_index("iso3")["value"]
    return values


def ranks(values: pd.Series[float]) -> pd.Series[int]:
    """Return each value's place, the highest first; equal values share the better place.

    Examples
    --------
    >>> ranks(pd.Series([90.0, 100.0, 90.0, 50.0])).tolist()
    [2, 1, 2, 4]
    """
    return values.rank(method="min", ascending=False).astype("int64")


def place_in_groups(
    iso3: str, groups: Iterable[Group], status: Status, values: pd.Series[float]
) -> pd.DataFrame:
    """Place a state in every group that it belongs to.

    Parameters
    ----------
    iso3 : str
        The state.
    groups : iterable of Group
        Those to look through.
    status : Status
        The convention on a day.
    values : Series
        From `overall_values`.

    Returns
    -------
    DataFrame
        One row a group, the smallest last: group (its name), members (int64), with_value
        (int64), place and equals (Int64: its place by the index, and how many share it;
        missing without a value), acted (int64: members that have certainly acted).
    """
    frame = status.participants
    acted = set(frame.loc[frame["status"] != NO_ACT, "iso3"])
    rows = []
    for group in groups:
        if iso3 not in group.members:
            continue
        known = values[values.index.isin(list(group.members))]
        place = ranks(known).get(iso3)
        rows.append(
            {
                "group": group.name,
                "members": len(group.members),
                "with_value": len(known),
                "place": place,
                "equals": None if place is None else int((known == known[iso3]).sum()),
                "acted": len(acted & group.members),
            }
        )
    columns = ["group", "members", "with_value", "place", "equals", "acted"]
    found = pd.DataFrame(rows, columns=columns).astype({"place": "Int64", "equals": "Int64"})
    return found.sort_values(["members", "group"], ascending=[False, True], ignore_index=True)


def like_but_otherwise(
    iso3: str, status: Status, capacity: pd.DataFrame, edition: int, count: int = 5
) -> pd.DataFrame:
    """Return the states nearest in capacity whose course on a convention is the other one.

    Beside a state that has acted those on which no act is known, and the reverse. Nearness
    is the distance between the five GCI pillars (Euclidean, in points).

    Parameters
    ----------
    iso3 : str
        The state.
    status : Status
        The convention on a day.
    capacity : DataFrame
        The table `capacity`.
    edition : int
        Edition of the GCI.
    count : int
        How many states at most.

    Returns
    -------
    DataFrame
        iso3, name, status, grade, possible, act, earliest, latest, open_ended, overall and
        distance (float64, points), the nearest first; empty if the state has no pillars.
    """
    pillars = pillar_values(capacity, edition).dropna()
    frame = status.participants.set_index("iso3", drop=False)
    kept = [
        "iso3", "name", "status", "grade", "possible", "act", "earliest", "latest", "open_ended",
    ]  # fmt: skip
    if iso3 not in pillars.index:
        return frame.iloc[:0][kept].assign(overall=0.0, distance=0.0)
    own_acted = frame.at[iso3, "status"] != NO_ACT
    other = (frame["status"] != NO_ACT) != own_acted
    others = frame[other & (frame["kind"] == "member") & frame["iso3"].isin(pillars.index)]
    own = pillars.loc[iso3].to_numpy(dtype="float64")
    gaps = pillars.loc[others["iso3"]].to_numpy(dtype="float64") - own
    found = others[kept].assign(
        overall=overall_values(capacity, edition).reindex(others["iso3"]).to_numpy(),
        distance=np.sqrt((gaps**2).sum(axis=1)),
    )
    return found.sort_values(["distance", "name"], ignore_index=True).head(count)
