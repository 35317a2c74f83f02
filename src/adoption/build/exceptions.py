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

KEY = ("rule", "subject", "found")


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
    listed = read_csv(path, f"data/reference/{path.name}", (*KEY, "why"))
    unique(listed, *KEY)
    columns = [listed.frame[column] for column in KEY]
    rows = dict(zip(zip(*columns, strict=True), listed.frame.index, strict=True))
    for violation in found:
        if violation[:3] not in rows:
            raise AdoptionError(
                f"{violation.place}{violation.rule}: {violation.subject}: {violation.found} "
                f"(mend the source, or list it with its reason in data/reference/{path.name})"
            )
    shown = {violation[:3] for violation in found}
    for key, row in rows.items():
        if key not in shown:
            raise listed.error(
                row, "found", f"the data no longer show {' / '.join(key)}: remove the row"
            )
