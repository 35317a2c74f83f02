"""The coverage of each list in words: the days to which it is complete or partial.

Later acts are not mentioned, because they concern only the pages that show or count them. The page
of evidence lists them all.
"""

from __future__ import annotations

from adoption.core.text import capitalised, long_day
from adoption.ingest.lists import Conventions
from adoption.law.conventions import REACH_DAYS, Convention


def with_reach(conventions: Conventions) -> dict[str, Convention]:
    """Return the registry with the coverage of each list in words."""
    return {
        name: convention.model_copy(update={"reach": reach_in_words(convention)})
        for name, convention in conventions.items()
    }


def reach_in_words(convention: Convention) -> str:
    """Return the coverage of a list in words; the registry's own words come first."""
    words = ("complete to", "nearly complete to", "partial to")
    days = [getattr(convention, name) for name in REACH_DAYS]
    pairs = zip(words, days, strict=True)
    clauses = [f"{word} {long_day(day)}" for word, day in pairs if day]
    return convention.reach or (f"{capitalised(', '.join(clauses))}." if clauses else "")
