"""Tables on one group of states, and on a state among its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import Table
from adoption.law.deciding import NO_ACT
from adoption.views.cells import badges, days

if TYPE_CHECKING:
    from adoption.countries.groups import Group
    from adoption.law.status import Row, Status


def group_members_view(members: pd.DataFrame, group: Group, status: Status, edition: int) -> Table:
    """Show `adoption.countries.group_profile.members_of`."""
    frame = pd.DataFrame(
        {
            "State": members["name"],
            "Status": badges(members),
            "Day": days(members),
            f"GCI {edition}": members["overall"],
            "Place": members["place"],
            "Other conventions that bind it": members["bound_by"],
            "States joined with": members["partners"],
        }
    )
    title = f"{group.name}: {status.convention.short_title}, capacity and partners, by state"
    return Table(frame, title)


def places_view(places: pd.DataFrame, name: str, edition: int) -> Table:
    """Show `adoption.countries.standing.place_in_groups`."""
    frame = pd.DataFrame(
        {
            "Group": places["group"],
            "Members": places["members"],
            "Known to have acted": places["acted"],
            f"Place by GCI {edition}": [_place(row) for row in places.to_dict("records")],
        }
    )
    return Table(frame, f"{name} in its groups; its place is among those with a value")


def _place(row: Row) -> str:
    if not isinstance(row["place"], int):
        return "no value"
    equals = f", with {row['equals'] - 1} equal" if row["equals"] > 1 else ""
    return f"{row['place']} of {row['with_value']}{equals}"


def like_view(found: pd.DataFrame, name: str, edition: int) -> Table:
    """Show `adoption.countries.standing.like_but_otherwise`."""
    frame = pd.DataFrame(
        {
            "State": found["name"],
            "Status": badges(found),
            "Day": days(found),
            f"GCI {edition}": found["overall"],
            "Distance, points": found["distance"],
        }
    )
    course = "without a known act" if (found["status"] == NO_ACT).all() else "with an act"
    return Table(frame, f"Nearest to {name} in the GCI pillars {course}")
