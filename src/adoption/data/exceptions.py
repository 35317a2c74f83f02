"""The reviewed list of places where the tables do not agree: exactly those, no more, no fewer.

A new violation stops the build, and so does an exception that the data no longer show. One that
names a list of a day holds for the same in a later list; `coverage` says why.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from adoption.data.csvfile import RawTable, read_csv, unique
from adoption.errors import AdoptionError

KEY = ("rule", "subject", "found")
COLUMNS = (*KEY, "why")
MOST_DAYS = timedelta(31)  # the next refresh and some after it, not what happens a year later
# How what is found names the list or file that says so: as the guards do, by its day at the end.
NAMES_DAY = re.compile(r"(.* in the (?:list|file) of |not on )(\d{4}-\d{2}-\d{2})")


class Violation(NamedTuple):
    """One place where the tables do not agree.

    Attributes
    ----------
    rule, subject, found : str
        What is broken, by what, and how; an exception lists these three.
    place : str
        File, row and column, where the subject is one row of a file.
    """

    rule: str
    subject: str
    found: str
    place: str = ""


Key = tuple[str, str, str]


def compare_with_exceptions(found: Sequence[Violation], path: Path) -> None:
    """Check that the violations are exactly the reviewed exceptions."""
    for violation in unlisted(found, path):
        raise AdoptionError(
            f"{violation.place}{violation.rule}: {violation.subject}: {violation.found} "
            f"(mend the source, or list it with its reason in data/reference/{path.name})"
        )
    listed, rows = _listed(path)
    for key in no_longer_shown(found, path):
        raise listed.error(
            rows[key], "found", f"the data no longer show {' / '.join(key)}: remove the row"
        )


def coverage(listed: Collection[Key], found: Iterable[Key]) -> dict[Key, Key]:
    """Return which exception covers each violation that one covers.

    One that is exactly the violation goes first. Any that is left and names the day of a list
    covers the same of a later day too, up to `MOST_DAYS`: whoever lists by hand what was refused
    on one day gets the same file again on the next, and has looked at all that it says. It covers
    one violation only: what vanishes again, after it had come back, is to be looked at again.

    Examples
    --------
    >>> then, later = (("rule", "subject", f"not in the list of 2026-11-{day}") for day in (25, 26))
    >>> coverage([then], [later]) == {later: then}
    True
    """
    keys = set(found)
    covering = {key: key for key in listed if key in keys}
    free = [key for key in listed if key not in keys]
    for key in sorted(keys - covering.keys()):  # the same of several days: the first one first
        earlier = [one for one in free if _is_same_later(one, key)]
        if earlier:
            covering[key] = max(earlier)
            free.remove(covering[key])
    return covering


def _is_same_later(one: Key, later: Key) -> bool:
    """Return whether something is the same of a later list, and not of one long after."""
    (what, first), (same, day) = _day_apart(one), _day_apart(later)
    if what != same or first is None or day is None:
        return False
    return timedelta(0) < day - first <= MOST_DAYS


def _day_apart(key: Key) -> tuple[Key, date | None]:
    """Return what is listed or found without the day of its list, and that day if it has one."""
    rule, subject, found = key
    if named := NAMES_DAY.fullmatch(found):
        with suppress(ValueError):  # a person may have written a day that does not exist
            return (rule, subject, named[1]), date.fromisoformat(named[2])
    return key, None


def unlisted(found: Sequence[Violation], path: Path) -> list[Violation]:
    """Return the violations that are no reviewed exceptions."""
    covered = _coverage(found, path)
    return [violation for violation in found if violation[:3] not in covered]


def shown(found: Sequence[Violation], path: Path) -> set[Key]:
    """Return the reviewed exceptions that are violations."""
    return set(_coverage(found, path).values())


def no_longer_shown(found: Sequence[Violation], path: Path) -> list[Key]:
    """Return the reviewed exceptions that are no violations any more."""
    still = shown(found, path)
    return [key for key in _listed(path)[1] if key not in still]


def _coverage(found: Sequence[Violation], path: Path) -> dict[Key, Key]:
    return coverage(_listed(path)[1].keys(), (violation[:3] for violation in found))


def _listed(path: Path) -> tuple[RawTable, dict[Key, object]]:
    """Return the exceptions, and the row of each."""
    listed = read_csv(path, f"data/reference/{path.name}", COLUMNS)
    unique(listed, *KEY)
    rows = {
        (str(row["rule"]), str(row["subject"]), str(row["found"])): line
        for line, row in zip(listed.frame.index, listed.frame.to_dict("records"), strict=True)
    }
    return listed, rows
