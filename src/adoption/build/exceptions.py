"""The reviewed list of places where the tables do not agree: exactly those, no more, no fewer.

A new violation stops the build, and so does an exception that the data no longer show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from adoption.build.csvfile import read_csv, unique
from adoption.errors import AdoptionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from adoption.build.csvfile import RawTable

KEY = ("rule", "subject", "found")
COLUMNS = (*KEY, "why")


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
    """Check that the violations are exactly the reviewed exceptions.

    Parameters
    ----------
    found : sequence of Violation
        What the rules of `adoption.build.checks` found.
    path : Path
        `data/reference/exceptions.csv`.

    Raises
    ------
    AdoptionError
        For the first violation that is not listed, or the first listed one that the
        data no longer show.
    """
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


def unlisted(found: Sequence[Violation], path: Path) -> list[Violation]:
    """Return the violations that are no reviewed exceptions."""
    _, rows = _listed(path)
    return [violation for violation in found if violation[:3] not in rows]


def no_longer_shown(found: Sequence[Violation], path: Path) -> list[Key]:
    """Return the reviewed exceptions that are no violations any more."""
    _, rows = _listed(path)
    shown = {violation[:3] for violation in found}
    return [key for key in rows if key not in shown]


def _listed(path: Path) -> tuple[RawTable, dict[Key, object]]:
    """Return the exceptions, and the row of each."""
    listed = read_csv(path, f"data/reference/{path.name}", COLUMNS)
    unique(listed, *KEY)
    rows = {
        (str(row["rule"]), str(row["subject"]), str(row["found"])): line
        for line, row in zip(listed.frame.index, listed.frame.to_dict("records"), strict=True)
    }
    return listed, rows
