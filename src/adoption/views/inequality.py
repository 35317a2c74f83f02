"""Tables on how unequal a group of states is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import NOT_KNOWN, Table
from adoption.words import capitalised

if TYPE_CHECKING:
    from adoption.countries.groups import Group


def dispersion_view(measured: pd.DataFrame, group: Group) -> Table:
    """Show `adoption.countries.inequality.dispersion`."""
    frame = pd.DataFrame(
        {
            "Pillar": measured["label"],
            "Members with a value": measured["states"],
            "Lowest": measured["lowest"],
            "Median": measured["median"],
            "Highest": measured["highest"],
            "Interquartile range": measured["iqr"],
            "Gini": measured["gini"],
            "Theil's T": measured["theil"],
            "Others, median": measured["others_median"],
            "Others, Gini": measured["others_gini"],
        }
    )
    return Table(frame, f"Dispersion of the GCI pillars inside {group.in_sentence}, points of 20")


def split_view(split: pd.DataFrame, group: Group, inner: Group) -> Table:
    """Show `adoption.countries.inequality.spread_between`."""
    frame = pd.DataFrame(
        {
            "Pillar": split["label"],
            f"Median of {inner.in_sentence}": split["inner_median"],
            "Median of the other members": split["outer_median"],
            "Theil's T within the two": split["within"],
            "Between them": split["between"],
            "Share between them": [
                f"{share:.0%}" if pd.notna(share) else NOT_KNOWN for share in split["between_share"]
            ],
        }
    )
    return Table(frame, f"{capitalised(inner.in_sentence)} inside {group.in_sentence}", decimals=3)
