"""A status by region or group: how many states acted, out of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.law.deciding import IN_FORCE, PARTY, SIGNED, WITHDRAWN

if TYPE_CHECKING:
    from adoption.law.status import Status


def by_group(status: Status, column: str = "region") -> pd.DataFrame:
    """Count the members of the United Nations in each group by status.

    Parameters
    ----------
    status : Status
        The convention on a day.
    column : str
        `region` (M49) or `un_group`.

    Returns
    -------
    DataFrame
        One row a group, most members first, and a last row `All`: group, members,
        acted (any act), signed (and no more), bound_confirmed (grade confirmed or
        inferred), bound_reported, no_act (int), acted_share (float, 0 to 1).
    """
    members = status.participants[status.participants["kind"] == "member"]
    bound = members["status"].isin((PARTY, IN_FORCE))
    reported = members["grade"] == "reported"
    counted = pd.DataFrame(
        {
            "group": members[column],
            "members": 1,
            "acted": members["status"].isin((SIGNED, PARTY, IN_FORCE, WITHDRAWN)).astype(int),
            "signed": (members["status"] == SIGNED).astype(int),
            "bound_confirmed": (bound & ~reported).astype(int),
            "bound_reported": (bound & reported).astype(int),
        }
    )
    table = counted.groupby("group").sum().sort_values(["members", "acted"], ascending=False)
    table.loc["All"] = table.sum()
    table["no_act"] = table["members"] - table["acted"]
    table["acted_share"] = table["acted"] / table["members"]
    return table.reset_index()
