"""Exceptions that nothing shows any more, once a refresh has used what it could.

Those that `--accept` has listed are taken out. One that a person wrote stays, because it may be
meant for a list that is to come; the build says so until then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from adoption.data.exceptions import Key
from adoption.refresh.acceptance import EXCEPTIONS, accepted_keys, drop_exceptions
from adoption.words import counted

if TYPE_CHECKING:
    from adoption.refresh.place import Place


def tidy_exceptions(place: Place, unused: Sequence[Key], say: Callable[[str], object]) -> None:
    """Take out what was accepted before and is not shown now; tell of what a person wrote."""
    path = place.reference / EXCEPTIONS
    listed = accepted_keys(path)
    dropped = drop_exceptions(path, [key for key in unused if key in listed])
    if dropped:
        say(taken_out(dropped))
    for key in unused:
        if key not in listed:
            where = f"data/reference/{EXCEPTIONS}: {' / '.join(key)}"
            say(f"{where}: nothing shows it; `adoption build` wants it taken out")


def taken_out(number: int) -> str:
    """Say how many exceptions were taken out of the list; nothing for none.

    Examples
    --------
    >>> taken_out(1)
    '1 exception no longer shown is taken out of the list'
    """
    if not number:
        return ""
    verb = "is" if number == 1 else "are"
    return f"{counted(number, 'exception')} no longer shown {verb} taken out of the list"
