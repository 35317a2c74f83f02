"""Whether a file is the list of the convention as whose list it came.

Two lists of a publisher have the same form, so another one can be saved or served by mistake, and
its rows may even be those of the right one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from adoption.data.readers.listed import ListedTreaty
from adoption.data.readers.text import LONGEST, shown
from adoption.errors import AdoptionError

if TYPE_CHECKING:
    from adoption.data.readers.publishers import Reader
    from adoption.law.conventions import Convention

ALIKE = 0.9  # the least likeness of a title to itself as it may be printed
# The number in the series of a publisher: European Treaty Series, and the Council of Europe's.
SERIES = {"untc": re.compile(r"UNTC (.+)"), "coe": re.compile(r"C?ETS 0*([0-9]+)")}


def check_belonging(
    treaty: ListedTreaty,
    reader: Reader,
    own: Convention,
    conventions: Mapping[str, Convention],
    name: str,
) -> None:
    """Check that a list is that of its convention: by its number, or else by its title."""
    series = SERIES["untc" if reader == "untc" else "coe"].fullmatch(own.reference)
    number = treaty.number.lstrip("0")
    if number and series:
        if number != series[1]:
            raise AdoptionError(
                f"{name}: is of treaty {number}; allowed: the list of {own.convention}, "
                f"treaty {series[1]}"
            )
        return
    if reader == "untc":
        other = nearest_title(treaty.title, own, conventions)
        if other.convention != own.convention and likeness(treaty.title, other) >= ALIKE:
            raise AdoptionError(
                f"{name}: its title is {shown(treaty.title)}, that of {other.convention}; "
                f"allowed: the list of {own.convention}"
            )


def nearest_title(title: str, own: Convention, conventions: Mapping[str, Convention]) -> Convention:
    """Return the convention whose title is nearest to a printed one; of the same, its own."""
    return max((own, *conventions.values()), key=lambda one: likeness(title, one))


def likeness(title: str, convention: Convention) -> float:
    """Return how like a printed title is to that of a convention, from 0 to 1.

    A depositary may print more after the title than the registry has, as it does after
    `United Nations Convention against Cybercrime; `, so as much is looked at as the title is
    long, too. Letter case does not count.
    """
    printed = title[:LONGEST].casefold()
    found = 0.0
    for known in (convention.title.casefold(), convention.short_title.casefold()):
        for text in (printed, printed[: len(known)]):
            found = max(found, SequenceMatcher(None, text, known, autojunk=False).ratio())
    return found
