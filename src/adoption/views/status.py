"""Tables on a convention on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import NOT_KNOWN, Badge, Table
from adoption.figures.theme import status_class
from adoption.views.sources import when
from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.law.status import Row, Status


def region_view(by_group: pd.DataFrame, status: Status) -> Table:
    """Show `adoption.law.regions.by_group`; those that have withdrawn apart, where there are any."""
    share = (by_group["acted_share"] * 100).round().astype(int).astype(str) + "%"
    shown = {
        "Region": by_group["group"],
        "UN members": by_group["members"],
        "Signed only": by_group["signed"],
        "Bound": by_group["bound_confirmed"],
        "Reported bound": by_group["bound_reported"],
    }
    caption = f"Members of the United Nations by M49 region, {long_day(status.as_of)}"
    classes = by_group[["signed", "bound_confirmed", "bound_reported"]]
    withdrawn = by_group["acted"] - classes.sum(axis=1)
    if withdrawn.any():
        shown["Withdrawn"] = withdrawn
        caption += "; one that has withdrawn has acted, and is in the share"
    shown |= {"No act known": by_group["no_act"], "Share with an act": share}
    return Table(pd.DataFrame(shown), caption)


def named_view(acts: pd.DataFrame, status: Status) -> Table:
    """Show rows of `adoption.law.status.named_acts`, as they come; a grade that is not confirmed.

    Four columns stand side by side on a small screen, and five do not.
    """
    grades = (", " + acts["grade"]).where(acts["grade"] != "confirmed", "")
    frame = pd.DataFrame(
        {
            "Participant": acts["name"],
            "Act": acts["act"] + grades,
            "Day": [when(row) for row in acts.to_dict("records")],
            "Region": acts["region"].fillna("organisation"),
        }
    )
    day = long_day(status.as_of)
    return Table(frame, f"Acts known by {day}, by name; confirmed where no grade is given")


def doubtful_view(status: Status) -> Table:
    """Show the acts that are not confirmed, or that may have happened by the day."""
    frame = status.participants
    chosen = frame[
        frame["grade"].isin(["reported", "inferred"]) | frame["possible"].notna()
    ].sort_values(["grade", "name"])
    rows = [
        {
            "Participant": row["name"],
            "Shown as": Badge(status_class(row["status"], row["grade"])),
            "Act": _act_and_possible(row),
            "Day": when(row),
            "Grade": row["grade"] if pd.notna(row["grade"]) else NOT_KNOWN,
            "Why": row["note"] if pd.notna(row["note"]) else "",
        }
        for row in chosen.to_dict("records")
    ]
    columns = ["Participant", "Shown as", "Act", "Day", "Grade", "Why"]
    return Table(
        pd.DataFrame(rows, columns=columns),
        "Acts that are reported by one source, or whose day is inferred",
    )


def _act_and_possible(row: Row) -> str:
    further = f"possibly {row['possible']} by then" if isinstance(row["possible"], str) else ""
    return "; ".join(part for part in (row["act"], further) if isinstance(part, str) and part)
