"""Where an act was done, as far as the registry says where a convention was opened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from adoption.law.rules import Window
from adoption.words import MONTHS

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

# "Hanoi, 25 and 26 October 2025, then New York", or a place alone; prose is no place.
WRITTEN = re.compile(
    r"(?P<place>[^,;]+)"
    r"(, (?P<first>\d+)( (and|to) (?P<last>\d+))? (?P<month>[A-Z][a-z]+) (?P<year>\d{4})(,.*)?)?"
)


@dataclass(frozen=True)
class Opening:
    """Where a convention was opened for signature, and on which days that is known.

    Attributes
    ----------
    place : str
        As the registry writes it.
    first, last : date
        The first and the last day that the registry names with the place; the day of opening
        where it names none.
    """

    place: str
    first: date
    last: date

    def covers(self, window: Window) -> bool:
        """Return whether all of a window lies within the days."""
        return self.first <= window.earliest and window.latest <= self.last


def opening_place(convention: Convention) -> Opening | None:
    """Return where a convention was opened; None where the registry names no place.

    Examples
    --------
    >>> from adoption.law.conventions import load_conventions
    >>> opening = opening_place(load_conventions()["hanoi"])
    >>> opening.place, opening.last.isoformat()
    ('Hanoi', '2025-10-26')
    >>> opening_place(load_conventions()["malabo"]) is None
    True
    """
    written = WRITTEN.fullmatch(convention.opens_at)
    if written is None:
        return None
    place = written["place"].strip()
    if written["month"] not in MONTHS:
        return Opening(place, convention.opens, convention.opens)
    year, month = int(written["year"]), MONTHS.index(written["month"]) + 1
    first, last = (
        date(year, month, int(day))
        for day in (written["first"], written["last"] or written["first"])
    )
    return Opening(place, first, last)


def at_the_place(convention: Convention, place: str, window: Window) -> tuple[bool | None, str]:
    """Decide whether a signature was given at a place, and say by what."""
    where, opening = convention.opens_at, opening_place(convention)
    if opening is None:
        return None, f"The place of opening is not in the data, which say: {where}."
    if not opening.covers(window):
        return None, f"Where is not in the data, which say: opened in {where}."
    of_opening = "the day of opening" if window.day == convention.opens else "during the opening"
    same = place.strip().casefold() == opening.place.casefold()
    says = "" if same else f" The statement says {place.strip()}."
    return same, f"That was {of_opening}: {where}.{says}"
