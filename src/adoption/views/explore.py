"""Tables of Explore."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import Badge, Table
from adoption.figures.theme import status_class
from adoption.sentences.explore import INDEX_SOURCES, indicator_name, indicator_scale
from adoption.views.sources import sources_view, when
from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.explore import Shown
    from adoption.law.status import Row


def members_view(shown: Shown) -> Table:
    """Show the members of the group: status and act, value, and the grade of each."""
    indicator, status = shown.selection.indicator, shown.status
    members = shown.members.to_dict("records")
    head = f"{indicator.index} ({indicator_scale(indicator)})"  # its caption says which part
    frame = pd.DataFrame(
        {
            "State": [row["name"] for row in members],
            "Status": [Badge(status_class(row["status"], row["grade"])) for row in members],
            head: shown.members["value"].to_numpy(dtype="float64"),
            "Grade of the value": [_value_grade(row) for row in members],
            "Act": [_act(row) for row in members],
        }
    )
    caption = (
        f"{shown.selection.group.name}: {status.convention.short_title} on "
        f"{long_day(status.as_of)}, and {indicator_name(indicator)}. "
        f"Source of the values: {INDEX_SOURCES[indicator.index]}"
    )
    return Table(frame, caption, decimals=indicator.decimals)


def _act(row: Row) -> str:
    """Return the act that decides a status, its day and grade, and what else may have been."""
    told = []
    if isinstance(row["act"], str):
        told.append(f"{row['act']} {when(row)}, {row['grade']}")
    if isinstance(row["possible"], str):
        told.append(f"possibly {row['possible']} by then")
    return "; ".join(told)


def _value_grade(row: Row) -> str:
    """Return how sure a value is, which for some indexes nobody has assessed."""
    if math.isnan(row["value"]):
        return ""
    return row["value_grade"] if isinstance(row["value_grade"], str) else "not assessed"


def shown_sources(shown: Shown, sources: pd.DataFrame) -> Table:
    """Show the sources of every act on the map and of every value in the table."""
    keys = [*shown.status.participants["source"], *shown.members["value_source"]]
    return sources_view(keys, sources)
