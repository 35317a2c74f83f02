"""Tables on the cooperation network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import Table
from adoption.law.network import Network, components
from adoption.words import listed

if TYPE_CHECKING:
    from adoption.law.network import Web

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


def _some(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the names in alphabetical order, and how many more there are."""
    listed_names = sorted(names[iso3] for iso3 in codes)
    if len(listed_names) <= MOST_NAMES:
        return listed(listed_names)
    more = len(listed_names) - MOST_NAMES + 1
    return f"{', '.join(listed_names[: MOST_NAMES - 1])} and {more} more"
