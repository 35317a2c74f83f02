"""Sentences on where figures come from, how sure they are, and what changed."""

from __future__ import annotations

from datetime import date

from adoption.answers import Answer
from adoption.law.conventions import Convention
from adoption.law.evidence import Tally
from adoption.words import (
    by_grade,
    capitalised,
    counted,
    is_are,
    long_day,
    numeral,
)


def grades_title(tally: Tally, as_of: date) -> str:
    """Return the finding: how many acts are confirmed, and what the others are.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.evidence import Tally
    >>> grades = {"confirmed": 65, "reported": 10, "inferred": 3}
    >>> grades_title(Tally(78, grades, 75, 14, 5, 0), date(2026, 11, 24))
    '65 of 78 acts are confirmed; ten are reported, three inferred'
    """
    if tally.acts == 0:
        return f"No act is known to have happened by {long_day(as_of)}"
    confirmed = tally.by_grade["confirmed"]
    for grade, number in tally.by_grade.items():
        if number == tally.acts:
            return f"All {number} acts are {grade}" if number > 1 else f"The one act is {grade}"
    others = [(n, grade) for grade, n in tally.by_grade.items() if n and grade != "confirmed"]
    first, *more = [
        f"{numeral(n)} {is_are(n)} {grade}" if place == 0 else f"{numeral(n)} {grade}"
        for place, (n, grade) in enumerate(others)
    ]
    of_all = f"{confirmed or 'None'} of {counted(tally.acts, 'act')} {is_are(confirmed or 1)}"
    return f"{of_all} confirmed; {', '.join([first, *more])}"


def evidence_answer(convention: Convention, tally: Tally, as_of: date) -> Answer:
    """Answer where the acts on a convention come from, and how sure they are."""
    day = long_day(as_of)
    if tally.acts:
        by = counted(tally.participants, "participant")
        grades = by_grade(tally.by_grade)
        if tally.acts in tally.by_grade.values() and tally.acts > 1:
            grades = f"all {grades.split(' ')[1]}"
        rest = "rests" if tally.acts == 1 else "rest"
        first = (
            f"{counted(tally.acts, 'act')} by {by} on the {convention.short_title} "
            f"{is_are(tally.acts)} known by {day}: {grades}. "
            f"{'It' if tally.acts == 1 else 'They'} {rest} on "
            f"{_numeral_of(tally.sources, 'source')}; {_undated(tally)}."
        )
    else:
        first = f"No act on the {convention.short_title} is known to have happened by {day}."
    more = ""
    if tally.possible:
        more = (
            f" {capitalised(_numeral_of(tally.possible, 'further act'))} may have happened by then."
        )
    return Answer(
        title=f"{convention.short_title}: where the figures come from",
        text=f"{first}{more} {list_sentence(convention, as_of)}",
        key_figure=f"{tally.by_grade['confirmed']} of {tally.acts}" if tally.acts else "0",
        key_label="acts confirmed" if tally.acts else "acts known",
        as_of=day,
        reach=convention.reach,
    )


def _numeral_of(number: int, noun: str) -> str:
    """Return a number in words with its noun: three sources, 14 sources."""
    return f"{numeral(number)} {noun}{'' if number == 1 else 's'}"


def _undated(tally: Tally) -> str:
    if tally.undated == 0:
        return "each has a day" if tally.acts > 1 else "it has a day"
    if tally.undated == tally.acts:
        return "none has a known day" if tally.acts > 1 else "its day is not known"
    return f"{numeral(tally.undated)} {'has' if tally.undated == 1 else 'have'} no known day"


def list_sentence(convention: Convention, as_of: date) -> str:
    """Say how far the list of acts reaches, and what follows for a day."""
    complete = convention.complete_to
    if complete is None:
        return "The list is not known to be complete to any day: acts may be missing."
    if complete >= as_of:
        return f"The list is complete to {long_day(complete)}."
    beyond = (as_of - complete).days
    return (
        f"The list is complete to {long_day(complete)}: acts of the {counted(beyond, 'day')} "
        "since then may be missing."
        if beyond > 1
        else f"The list is complete to {long_day(complete)}: acts of the day after may be missing."
    )
