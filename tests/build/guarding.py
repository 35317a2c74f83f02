"""What tests of the guards on lists share."""

from __future__ import annotations

from collections.abc import Iterable

from adoption.data.exceptions import Violation
from tests.build.listing import PLACE
from tests.conftest import Act

FIRST, SECOND = "2002-01-01", "2002-02-01"
NONE: list[str] = []


def told(violations: Iterable[Violation]) -> list[str]:
    """Return violations in one line each, without the convention's name."""
    found = list(violations)
    assert {violation.place for violation in found} <= {f"{PLACE}: "}
    assert all(violation.subject.startswith("atlantis ") for violation in found)
    return [f"{v.rule}: {v.subject.removeprefix('atlantis ')}: {v.found}" for v in found]


def withdrew(day: str, latest: str = "") -> list[Act]:
    return [("AAA", "withdrawal", day, latest, "confirmed")]
