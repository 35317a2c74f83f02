"""Explore: from a selection to what is shown of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from adoption import tables
from adoption.countries.adopters import by_report
from adoption.countries.groups import Group, all_groups
from adoption.countries.indices import Indicator
from adoption.law.conventions import Convention
from adoption.law.status import Status, status_of
from adoption.selection import Selection

StatusOf = Callable[[Convention, date], Status]

DAYS_KEPT = 256  # statuses that are remembered: a slider goes to and fro over the same days


@dataclass(frozen=True, eq=False)
class Library:
    """The processed tables that Explore looks into, read once, and the day of the data."""

    acts: pd.DataFrame
    states: pd.DataFrame
    memberships: pd.DataFrame
    capacity: pd.DataFrame
    entries_into_force: pd.DataFrame
    sources: pd.DataFrame
    newest: date

    def groups(self) -> list[Group]:
        """Return every group, those of a kind together and by name."""
        found = all_groups(self.states, self.memberships)
        kinds = list(dict.fromkeys(group.kind for group in found.values()))
        return sorted(found.values(), key=lambda group: (kinds.index(group.kind), group.name))


@dataclass(frozen=True, eq=False)
class Shown:
    """What is shown of a selection.

    Attributes
    ----------
    selection : Selection
        What was chosen.
    status : Status
        The convention on the day.
    members : DataFrame
        From `members_of`, and by_report (bool: signed or consented, by report alone).
    """

    selection: Selection
    status: Status
    members: pd.DataFrame


def read_library() -> Library:
    """Read the processed tables that Explore looks into."""
    return Library(
        acts=tables.read("acts"),
        states=tables.read("states"),
        memberships=tables.read("memberships"),
        capacity=tables.read("capacity"),
        entries_into_force=tables.read("entries_into_force"),
        sources=tables.read("sources"),
        newest=tables.data_day(),
    )


def remembering(library: Library) -> StatusOf:
    """Return what works out a convention's status on a day, and remembers the last ones."""

    @lru_cache(maxsize=DAYS_KEPT)
    def on_day(convention: Convention, as_of: date) -> Status:
        return status_of(
            convention,
            as_of,
            library.acts,
            library.states,
            library.memberships,
            library.entries_into_force,
        )

    return on_day


def look_up(selection: Selection, library: Library, on_day: StatusOf | None = None) -> Shown:
    """Return what is shown of a selection.

    Parameters
    ----------
    selection : Selection
        What was chosen.
    library : Library
        The tables.
    on_day : callable, optional
        From `remembering`, where one library is asked again and again.
    """
    status = (on_day or remembering(library))(selection.convention, selection.as_of)
    members = members_of(status, selection.group, library.capacity, selection.indicator)
    reported = members["iso3"].isin(by_report(library.acts, status))
    return Shown(selection, status, members.assign(by_report=reported))


def members_of(
    status: Status, group: Group, capacity: pd.DataFrame, indicator: Indicator
) -> pd.DataFrame:
    """Set the members of a group beside their value of an indicator."""
    of_indicator = capacity[
        (capacity["index"] == indicator.index)
        & (capacity["edition"] == indicator.edition)
        & (capacity["component"] == indicator.component)
    ].set_index("iso3")
    people = status.participants
    members = people[people["iso3"].isin(group.members)].sort_values("name", ignore_index=True)
    return members.assign(
        value=members["iso3"].map(of_indicator["value"]),
        value_grade=members["iso3"].map(of_indicator["grade"]),
        value_source=members["iso3"].map(of_indicator["source"]),
    )
