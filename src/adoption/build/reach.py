"""How far the acts on a convention are known once its depositary's list has been fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.words import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adoption.build.lists import PublishedList
    from adoption.conventions import Convention


def with_lists(
    conventions: Mapping[str, Convention], lists: Sequence[PublishedList]
) -> dict[str, Convention]:
    """Return the registry with the reach of the lists.

    A list is complete to its day, also where the registry said that none ever is. Where the
    registry is complete to a later day, or the same, it holds.

    Parameters
    ----------
    conventions : mapping of str to Convention
        The registry, as people wrote it.
    lists : sequence of PublishedList
        One a convention, its newest.
    """
    found = dict(conventions)
    for one in lists:
        convention = found[one.convention]
        if convention.complete_to is None or one.day > convention.complete_to:
            known = convention.known_to
            further = known if known and known > one.day else None
            partly = f" Partly known to {long_day(further)}." if further else ""
            day = long_day(one.day)
            found[one.convention] = convention.model_copy(
                update={
                    "complete_to": one.day,
                    "known_to": further,
                    "signatories_listed": True,
                    "reach": f"Complete to {day}, the day of the depositary's list.{partly}",
                    "source": one.source,
                }
            )
    return found
