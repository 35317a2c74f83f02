"""The rules for lists of acts, by the names that exceptions call them, and what breaks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.data.exceptions import Violation

if TYPE_CHECKING:
    from adoption.data.lists import PublishedList
    from adoption.law.status import Row

VANISHED, CHANGED, RENAMED = "act-vanished", "act-day-changed", "act-renamed"
SUPERSEDED, LEFT_OUT = "act-superseded", "earlier-term-left-out"
NOT_IN_LIST, OTHER_DAY = "act-not-in-list", "act-day-differs"
OLDER = "list-older"
FUTURE = "act-after-list"
NO_WITHDRAWAL, STILL_LISTED = "withdrawal-without-day", "withdrawn-but-listed"
TO_ACTS = "goes into data/reference/acts.csv"


def act_violation(rule: str, one: PublishedList, row: Row, found: str) -> Violation:
    """Return that a list breaks a rule with an act."""
    subject = f"{one.convention} {row['iso3']} {row['act']}"
    return Violation(rule, subject, found, f"{one.place}: ")
