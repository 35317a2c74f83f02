"""What the depositary's list says of a convention itself: its reach, and its entry into force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.data.lists import PublishedList
    from adoption.law.conventions import Convention


def with_lists(
    conventions: Mapping[str, Convention], lists: Sequence[PublishedList]
) -> dict[str, Convention]:
    """Return the registry with the reach of the lists, and the entries into force they print.

    A list is complete to its day, or to the last one on which it was found unchanged; also where
    the registry said that none ever is. Where the registry is complete to a later day, or the
    same, it holds.
    """
    found = dict(conventions)
    for one in lists:
        convention = found[one.convention]
        if convention.complete_to is None or one.complete_to > convention.complete_to:
            nearly, partly = (
                day if day and day > one.complete_to else None
                for day in (convention.nearly_complete_to, convention.partial_to)
            )
            further = f" Nearly complete to {long_day(nearly)}." if nearly else ""
            further += f" Partial to {long_day(partly)}." if partly else ""
            convention = convention.model_copy(
                update={
                    "complete_to": one.complete_to,
                    "nearly_complete_to": nearly,
                    "partial_to": partly,
                    "signatories_listed": True,
                    "reach": f"Complete to {_day_of(one)}.{further}",
                    "source": one.source,
                }
            )
        if one.treaty.in_force_on:  # whether it follows from the acts is for the checks to say
            convention = convention.model_copy(
                update={"entered_into_force": one.treaty.in_force_on}
            )
        found[one.convention] = convention
    return found


def _day_of(one: PublishedList) -> str:
    if one.complete_to == one.day:
        return f"{long_day(one.day)}, the day of the depositary's list"
    until, day = long_day(one.complete_to), long_day(one.day)
    return f"{until}, when the depositary's list was still that of {day}"
