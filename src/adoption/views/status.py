"""Tables on a convention on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import NOT_KNOWN, Badge, Table
from adoption.figures.theme import status_class
from adoption.views.sources import when

if TYPE_CHECKING:
    from adoption.law.status import Row, Status


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
