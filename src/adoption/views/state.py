"""Tables on one state."""

from __future__ import annotations

import pandas as pd

from adoption.figures.tables import Table
from adoption.law.deciding import NO_ACT
from adoption.views.cells import badges, days
from adoption.views.sources import source_links, when


def acts_view(acts: pd.DataFrame, sources: pd.DataFrame, name: str) -> Table:
    """Show `adoption.countries.profiles.acts_of`, each act with its grade and source."""
    links = source_links(sources)
    rows = [
        {
            "Convention": row["label"],
            "Act": row["act"] if pd.notna(row["act"]) else NO_ACT,
            "Day": when(row) if pd.notna(row["act"]) else "",
            "Grade": row["grade"] if pd.notna(row["grade"]) else "",
            "Source": links(row["source"]),
            "Note": row["note"] if pd.notna(row["note"]) and row["grade"] != "confirmed" else "",
        }
        for row in acts.to_dict("records")
    ]
    return Table(pd.DataFrame(rows), f"Acts of {name} on the conventions of the registry")


def peers_view(peers: pd.DataFrame, subregion: str, edition: int) -> Table:
    """Show `adoption.countries.profiles.peers`."""
    frame = pd.DataFrame(
        {
            "State": peers["name"],
            "Status": badges(peers),
            "Day": days(peers),
            f"GCI {edition}": peers["overall"],
        }
    )
    return Table(frame, f"States of {subregion}, by GCI {edition}")


def history_view(history: pd.DataFrame, sources: pd.DataFrame, name: str) -> Table:
    """Show `adoption.countries.profiles.index_history`."""
    links = source_links(sources)
    decimals = {"GCI": 2, "EGDI": 4}
    frame = pd.DataFrame(
        {
            "Index": history["index"],
            "Edition": history["edition"].astype(str),
            "Value": [
                f"{value:.{decimals[index]}f}"
                for index, value in zip(history["index"], history["value"], strict=True)
            ],
            "Tier": history["tier"].where(history["tier"].notna(), ""),
            "Grade": history["grade"].where(history["grade"].notna(), "not assessed"),
            "Source": [links(key) for key in history["source"]],
        }
    )
    return Table(frame, f"{name}: overall values by edition (methods differ)")
