"""The reviewed list of places where the tables do not agree: exactly those, no more, no fewer.

A new violation stops the build, and so does an exception that the data no longer show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from adoption.core.errors import AdoptionError
from adoption.tables.csvfile import RawTable, read_csv, unique

EXCEPTION_KEY = ("rule", "subject", "found")
EXCEPTION_COLUMNS = (*EXCEPTION_KEY, "why")
# Ends the note of an act and the reason of an exception that a command has listed.
ACCEPTED = re.compile(r"\(accepted by .+ on (\d{4}-\d{2}-\d{2})\)$")
NO_WITHDRAWAL, BOUND_AGAIN = "withdrawal-without-day", "bound-again"  # rules for lists


class Violation(NamedTuple):
    """One place where the tables do not agree.

    Attributes
    ----------
    rule, subject, finding : str
        What is broken, by what, and how; an exception lists them as rule, subject and found.
    place : str
        File, row and column, where the subject is one row of a file.
    """

    rule: str
    subject: str
    finding: str
    place: str = ""


ExceptionKey = tuple[str, str, str]


def acceptance(reason: str, person: str, day: date) -> str:
    """Return the note of what a person has accepted.

    Examples
    --------
    >>> accepted_on(acceptance("C.N.5.2026", "A. Person", date(2026, 12, 9)))
    datetime.date(2026, 12, 9)
    """
    return f"{reason} (accepted by {person} on {day})"


def accepted_on(note: str) -> date | None:
    """Return the day on which something was accepted by its note; None if it was not."""
    matched = ACCEPTED.search(note)
    return date.fromisoformat(matched[1]) if matched else None


def compare_with_exceptions(violations: Sequence[Violation], path: Path) -> None:
    """Check that the violations are exactly the reviewed exceptions."""
    wrong, unused, _ = match_exceptions(violations, path)
    for violation in wrong:
        what = f"{violation.rule}: {violation.subject}: {violation.finding}"
        raise AdoptionError(
            f"{violation.place}{what} "
            f"(mend the source, or list it with its reason in data/reference/{path.name})"
        )
    for key in unused:
        listed, rows = _listed(path)
        raise listed.error(
            rows[key], "found", f"the data no longer show {' / '.join(key)}: remove the row"
        )


def match_exceptions(
    violations: Sequence[Violation], path: Path
) -> tuple[list[Violation], list[ExceptionKey], frozenset[ExceptionKey]]:
    """Return the violations that are not listed, the exceptions that nothing shows, the others."""
    listed = _listed(path)[1]
    keys = {violation[:3] for violation in violations}
    wrong = [violation for violation in violations if violation[:3] not in listed]
    unused = [key for key in listed if key not in keys]
    return wrong, unused, frozenset(keys & listed.keys())


def subjects_of(rule: str, path: Path) -> frozenset[str]:
    """Return what the reviewed exceptions to a rule are about."""
    keys = _listed(path)[1]
    return frozenset(subject for of, subject, *_ in keys if of == rule)


def _listed(path: Path) -> tuple[RawTable, dict[ExceptionKey, object]]:
    """Return the exceptions, and the row of each."""
    listed = read_csv(path, f"data/reference/{path.name}", EXCEPTION_COLUMNS)
    unique(listed, *EXCEPTION_KEY)
    keys = listed.frame[list(EXCEPTION_KEY)].itertuples(index=False, name=None)
    return listed, dict(zip(keys, listed.frame.index, strict=True))
