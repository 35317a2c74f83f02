"""Explore: what can be chosen, what is shown, and the same selection as parameters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from adoption import tables
from adoption.core.acts import CONSENTS, SIGNATURES
from adoption.countries.capacity import OVERALL, Indicator, editions_of, indices, parts_of_index
from adoption.countries.groups import USER_GROUP, Group
from adoption.law.conventions import Convention
from adoption.law.status import Status, load_status


@dataclass(frozen=True)
class Selection:
    """What a person chose to see.

    Attributes
    ----------
    convention : Convention
        Which convention.
    as_of : date
        The day, from the opening of the convention to the day of the data.
    group : Group
        The states of the table.
    indicator : Indicator
        The measure beside them.
    compare : tuple of Convention
        Conventions whose curves stand beside its own.
    """

    convention: Convention
    as_of: date
    group: Group
    indicator: Indicator
    compare: tuple[Convention, ...] = ()

    def parameters(self) -> dict[str, str | int]:
        """Return the selection as the parameters of a notebook; none for what is not chosen."""
        states = ", ".join(sorted(self.group.members))
        compared = ", ".join(other.convention for other in self.compare)
        return {
            "convention": self.convention.convention,
            "as_of": self.as_of.isoformat(),
            **({"compare": compared} if compared else {}),
            "group": states if self.group.kind == USER_GROUP else self.group.group,
            "index": self.indicator.index,
            "component": self.indicator.component,
            "edition": self.indicator.edition,
        }


def indicators() -> list[Indicator]:
    """Return every indicator that the parameters allow: newest edition first, the whole first.

    An edition without its parts is left out, and so is a rank, which is no measure.
    """
    return [
        Indicator(index, edition, component)
        for index in indices()
        for edition in reversed(editions_of(index))
        for component in (OVERALL, *parts_of_index(index))
    ]


def act_days(convention: Convention, acts: pd.DataFrame, newest: date) -> list[date]:
    """Return the days on which an act begins to count, with the first and the last day.

    An act whose day is not known counts from the last day on which it can have happened.
    """
    latest = tables.of_convention(acts, convention.convention)["latest"]
    counted = {day.date() for day in latest if convention.opens <= day.date() <= newest}
    return sorted(counted | {convention.opens, newest})


def step(days: Sequence[date], day: date, forward: bool) -> date:
    """Return the next or the previous of some days; the day itself where there is none.

    Examples
    --------
    >>> from datetime import date
    >>> days = [date(2025, 10, 25), date(2025, 10, 26)]
    >>> step(days, date(2025, 10, 25), forward=True), step(days, date(2025, 10, 25), forward=False)
    (datetime.date(2025, 10, 26), datetime.date(2025, 10, 25))
    """
    position = bisect_right(days, day) if forward else bisect_left(days, day) - 1
    return days[position] if 0 <= position < len(days) else day


@dataclass(frozen=True, eq=False)
class Exploration:
    """What is shown of a selection.

    Attributes
    ----------
    selection : Selection
        What was chosen.
    status : Status
        The convention on the day.
    members : DataFrame
        From `members_with_values`, and by_report (bool: signed or consented, by report alone).
    """

    selection: Selection
    status: Status
    members: pd.DataFrame


def look_up(selection: Selection) -> Exploration:
    """Return what is shown of a selection."""
    status = load_status(selection.convention, selection.as_of)
    members = members_with_values(status, selection.group, selection.indicator)
    reported = members["iso3"].isin(by_report(tables.read("acts"), status))
    return Exploration(selection, status, members.assign(by_report=reported))


def members_with_values(status: Status, group: Group, indicator: Indicator) -> pd.DataFrame:
    """Return the members of a group with their values of an indicator."""
    columns = {"value": "value", "grade": "value_grade", "source": "value_source"}
    rows = indicator.rows(tables.read("capacity"))
    values = rows[["iso3", *columns]].rename(columns=columns)
    people = status.participants
    members = people[people["iso3"].isin(group.members)].sort_values("name")
    return members.merge(values, on="iso3", how="left")


def by_report(acts: pd.DataFrame, status: Status) -> list[str]:
    """Return who had signed or consented by report alone, by ISO3."""
    on_it = tables.of_convention(acts, status.convention.convention)
    best = tables.best_supported(on_it, (*SIGNATURES, *CONSENTS), status.as_of)
    return [str(iso3) for iso3 in best.index[best["grade"] == "reported"]]
