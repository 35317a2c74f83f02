"""What can be chosen in Explore, and the parameters that say a selection again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.countries.groups import Group
from adoption.countries.indices import PARTS, Indicator
from adoption.errors import AdoptionError

if TYPE_CHECKING:
    from adoption.law.conventions import Convention
    from adoption.notebook_parameters import Parameters

USUAL_INDEX = "GCI"  # what an edition means in a notebook that has no index to choose


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
    """

    convention: Convention
    as_of: date
    group: Group
    indicator: Indicator

    @classmethod
    def of(cls, given: Parameters) -> Selection:
        """Return the selection that checked parameters make.

        Raises
        ------
        AdoptionError
            If they name no group.
        """
        if given.group is None:
            raise AdoptionError("group: none is given; name one, such as arab-league")
        indicator = Indicator(given.index, given.edition, given.component)
        return cls(given.convention, given.as_of, given.group, indicator)

    def parameters(self) -> dict[str, str | int]:
        """Return the selection as the parameters of a notebook."""
        return {
            "convention": self.convention.convention,
            "as_of": self.as_of.isoformat(),
            "group": self.group.group,
            "index": self.indicator.index,
            "component": self.indicator.component,
            "edition": self.indicator.edition,
        }


def indicators(capacity: pd.DataFrame) -> list[Indicator]:
    """Return every indicator that the parameters allow: newest edition first, the whole first.

    An edition without its parts is left out, and so is a rank, which is no measure.
    """
    measured = capacity[capacity["component"] != "rank"]
    found: list[Indicator] = []
    for index, parts in PARTS.items():
        own = measured[measured["index"] == index]
        editions = own.loc[own["component"] == next(iter(parts)), "edition"].unique()
        for edition in sorted(map(int, editions), reverse=True):
            components = set(own.loc[own["edition"] == edition, "component"])
            in_order = sorted(components, key=lambda name: (name != "overall", name))
            found += [Indicator(index, edition, component) for component in in_order]
    return found


def clamped(day: date, convention: Convention, newest: date) -> date:
    """Return the day nearest to a day on which a convention was open and the data reach.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.conventions import find_convention
    >>> clamped(date(2004, 7, 1), find_convention("hanoi"), date(2026, 11, 24))
    datetime.date(2025, 10, 25)
    """
    return min(max(day, convention.opens), newest)


def act_days(convention: Convention, acts: pd.DataFrame, newest: date) -> list[date]:
    """Return the days on which an act begins to count, with the first and the last day.

    An act whose day is not known counts from the last day on which it can have happened.
    """
    latest = acts.loc[acts["convention"] == convention.convention, "latest"]
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
    place = bisect_right(days, day) if forward else bisect_left(days, day) - 1
    return days[place] if 0 <= place < len(days) else day


def arguments(selection: Selection, defaults: Mapping[str, object]) -> dict[str, str | int]:
    """Return those parameters of a notebook that a selection gives."""
    given = selection.parameters()
    if "index" not in defaults and selection.indicator.index != USUAL_INDEX:
        given = {name: given[name] for name in given if name not in ("component", "edition")}
    return {name: given[name] for name in defaults if name in given}
