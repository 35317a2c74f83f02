"""Tables that compare conventions at the same age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import NOT_KNOWN, Table
from adoption.words import short_day

if TYPE_CHECKING:
    from adoption.law.status import Row

COMPLETE = {True: "yes", False: "no"}


def ages_view(compared: pd.DataFrame, days: int) -> Table:
    """Show `adoption.law.curves.compare_at_age`."""
    rows = []
    for row in compared.to_dict("records"):
        reported = _reached(row) and row["parties_reported"] > 0
        force = row["days_to_force"]
        rows.append(
            {
                "Convention": row["short_title"],
                "Opened": short_day(row["opens"]),
                "Signatories": _bounds(row, "signatories"),
                "Parties": _bounds(row, "parties") + (" (by report)" if reported else ""),
                "Needed": row["threshold"],
                "Days to entry into force": f"{force:,}" if pd.notna(force) else "not known",
                "List complete to this age": COMPLETE[bool(row["complete"])]
                if _reached(row)
                else "",
            }
        )
    return Table(pd.DataFrame(rows), f"Signatories and parties {days:,} days after opening")


def _bounds(row: Row, measure: str) -> str:
    lower, upper = row[f"{measure}_lower"], row[f"{measure}_upper"]
    if not isinstance(lower, int):
        return NOT_KNOWN if _reached(row) else "not yet that old"
    return f"{lower}" if lower == upper else f"{lower} to {upper}"


def _reached(row: Row) -> bool:
    return isinstance(row["parties_lower"], int)
