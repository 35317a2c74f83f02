"""What the registry says of the reach of a list: the days to which it reaches.

It names nobody who has acted since: an act after the end of a list concerns the pages that show or
count it, and stands with the others on the page of evidence.
"""

from __future__ import annotations

from adoption.core.text import capitalised, long_day
from adoption.ingest.lists import Conventions
from adoption.law.conventions import REACH_DAYS, Convention


def with_reach(conventions: Conventions) -> dict[str, Convention]:
    """Return the registry with the reach of each list in words."""
    return {
        name: convention.model_copy(update={"reach": reach_in_words(convention)})
        for name, convention in conventions.items()
    }


def reach_in_words(convention: Convention) -> str:
    """Say to which days a list reaches, where the registry has no words of its own for it."""
    words = ("complete to", "nearly complete to", "partial to")
    days = [getattr(convention, name) for name in REACH_DAYS]
    pairs = zip(words, days, strict=True)
    clauses = [f"{word} {long_day(day)}" for word, day in pairs if day]
    return convention.reach or (f"{capitalised(', '.join(clauses))}." if clauses else "")
