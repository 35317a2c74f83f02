"""Tables on the cooperation network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import Table
from adoption.law.network import Network, components
from adoption.words import listed

if TYPE_CHECKING:
    from adoption.law.status import Status
    from adoption.law.webs import Web

MOST_NAMES = 12  # of a row that lists states


def webs_view(webs: Sequence[Web]) -> Table:
    """Show how many states each convention joins, with what is not known."""
    rows = [
        {
            "Convention": web.convention.short_title,
            "In force for": len(web.certain),
            "At most for": len(web.possible) if web.ceiling else "not known",
            "Pairs joined": len(web.certain) * (len(web.certain) - 1) // 2,
            "List complete": "no" if web.partial else "yes",
        }
        for web in webs
    ]
    return Table(pd.DataFrame(rows), "States for which each instrument is in force")


def parts_view(joined: Network, names: Mapping[str, str]) -> Table:
    """Show the parts into which the network falls; states without a partner make one row."""
    parts = components(joined.states, joined.certain)
    alone = [iso3 for part in parts if len(part) == 1 for iso3 in part]
    rows = [
        {"Part": f"Network {number}", "States": len(part), "Who": _some(part, names)}
        for number, part in enumerate((p for p in parts if len(p) > 1), start=1)
    ]
    if alone:
        rows.append({"Part": "Without a known partner", "States": len(alone),
                     "Who": _some(alone, names)})  # fmt: skip
    return Table(
        pd.DataFrame(rows, columns=["Part", "States", "Who"]),
        "Parts of the network: states joined directly or through others",
    )


def next_view(gains: pd.DataFrame, names: Mapping[str, str], status: Status, limit: int) -> Table:
    """Show who would gain most partners by ratifying, states with equal gains in one row.

    Parameters
    ----------
    gains : DataFrame
        From `adoption.law.network.next_ratifications`.
    names : mapping of str to str
        Names by ISO3.
    status : Status
        The convention.
    limit : int
        How many rows at most.
    """
    columns = [
        "Who",
        "States",
        "New partners each, if all who signed are bound",
        "of them parties, reports included",
    ]
    rows = []
    for (with_all, with_bound), same in gains.groupby(["with_all", "with_bound"], sort=False):
        who = _some(same["iso3"].tolist(), names)
        rows.append(dict(zip(columns, (who, len(same), with_all, with_bound), strict=True)))
    title = status.convention.short_title
    return Table(
        pd.DataFrame(rows[:limit], columns=columns),
        f"Next ratifications of the {title}: what each state would gain",
    )


def _some(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the names in alphabetical order, and how many more there are."""
    listed_names = sorted(names[iso3] for iso3 in codes)
    if len(listed_names) <= MOST_NAMES:
        return listed(listed_names)
    more = len(listed_names) - MOST_NAMES + 1
    return f"{', '.join(listed_names[: MOST_NAMES - 1])} and {more} more"
