"""The differences as text for a terminal."""

from __future__ import annotations

from adoption.news.kinds import ADDED, CHANGED, REMOVED, Differences
from adoption.news.sections import NOTHING, sections
from adoption.news.summary import summary_line
from adoption.words import long_day

SIGNS = {ADDED: "+", CHANGED: "~", REMOVED: "-"}


def as_text(differences: Differences) -> str:
    """Return the differences as text, one line a change: + added, ~ changed, - removed.

    Examples
    --------
    >>> from adoption.news.kinds import Differences
    >>> as_text(Differences())
    'nothing has changed'
    """
    if differences.empty:
        return NOTHING
    lines = [summary_line(differences), *([between(differences)] if between(differences) else [])]
    for section in sections(differences):
        lines += ["", section.title]
        lines += [f"  {SIGNS[line.sign]} {line.words}" for line in section.lines]
    return "\n".join(lines)


def between(differences: Differences) -> str:
    """Return the days of the data of both sides in words; empty where one is not known."""
    old, new = differences.old_day, differences.new_day
    if old is None or new is None:
        return ""
    if old == new:
        return f"data of {long_day(new)} on both sides"
    return f"data of {long_day(new)}, beside those of {long_day(old)}"
