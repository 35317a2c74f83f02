"""Sentences on where figures come from, how sure they are, and what changed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from adoption.answers import Answer
from adoption.law.conflicts import AGREES, DIFFERS, NO_DAY, NO_RULE, NOT_LISTED
from adoption.law.conventions import Convention
from adoption.law.evidence import Tally
from adoption.law.status import Status
from adoption.words import (
    by_grade,
    capitalised,
    counted,
    is_are,
    long_day,
    numeral,
    some,
    window_in_words,
)

ENTRY_RESULTS = (AGREES, DIFFERS, NO_RULE)


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


def grades_note() -> str:
    """Return what the grades mean, as Markdown."""
    return (
        "**Confirmed**: the depositary's own list, or two independent sources, with the day. "
        "**Reported**: one source, or several copies of one; whether the act took place is not "
        "settled. **Inferred**: that it happened is sourced, its day is derived or open. "
        "A further source named in a note need not agree with the row: the note says so. "
        "Where a window was drawn from a published total, its note says so: that our count agrees "
        "with the total is no proof there."
    )


def totals_sentence(compared: pd.DataFrame) -> str:
    """Say how many published totals agree with the acts.

    Parameters
    ----------
    compared : DataFrame
        From `adoption.law.conflicts.totals_compared`.
    """
    if compared.empty:
        return "The table of published totals has none to compare with by this day."
    number = {result: int((compared["result"] == result).sum()) for result in
              (AGREES, DIFFERS, NO_DAY, NOT_LISTED)}  # fmt: skip
    checked = number[AGREES] + number[DIFFERS]
    said = []
    within = "with our count on the day, within its bounds"
    if checked == 1:
        agree = "agrees" if number[AGREES] else "does not agree"
        said.append(f"the one published total that can be compared {agree} {within}")
    elif checked == number[AGREES] > 0:
        said.append(f"all {numeral(checked)} published totals that can be compared agree {within}")
    elif checked:
        agree = f"{some(number[AGREES])} {'agrees' if number[AGREES] == 1 else 'agree'}"
        said.append(
            f"of {numeral(checked)} published totals that can be compared, {agree} {within}"
        )
    for result, why in ((NO_DAY, "the source gives no day"),
                        (NOT_LISTED, "no source names the signatories")):  # fmt: skip
        if number[result]:
            what = _numeral_of(number[result], "published total")
            if said:
                what = f"{numeral(number[result])} more"
            said.append(f"{what} cannot be compared: {why}")
    return f"{capitalised('; '.join(said))}."


def force_sentence(status: Status, entries: pd.DataFrame) -> str:
    """Say whether published days of entry into force follow from the acts.

    Parameters
    ----------
    status : Status
        The convention on a day.
    entries : DataFrame
        From `adoption.law.conflicts.entries_compared`.
    """
    published, window = status.convention.entered_into_force, status.entry_into_force
    if published is None or published > status.as_of:
        general = f"No entry into force is published by {long_day(status.as_of)}"
        if window is not None:
            general += f"; by the rule and the acts it is {window_in_words(window)}"
    elif window is None:
        general = f"The published entry into force, {long_day(published)}, cannot be computed"
    elif window.day == published:
        general = f"The published entry into force, {long_day(published)}, follows from the acts"
    else:
        general = (
            f"The published entry into force is {long_day(published)}; by the acts it is "
            f"{window_in_words(window)}"
        )
    if entries.empty:
        return f"{general}."
    found = {result: int((entries["result"] == result).sum()) for result in ENTRY_RESULTS}
    agree, differ, cannot = (found[result] for result in ENTRY_RESULTS)
    states = (
        f"Of {counted(len(entries), 'state')} with a published day, "
        f"{some(agree)} {'agrees' if agree == 1 else 'agree'} with the rule and {some(differ)} "
        f"{'differ' if differ > 1 else 'differs'}"
    )
    if cannot:
        states += (
            f"; {numeral(cannot)} cannot be computed, because the day of deposit or the rule is "
            "not known"
        )
    return f"{general}. {states}."


def limits_note(convention: Convention, tally: Tally, as_of: date) -> str:
    """Return how far the list of acts reaches and what that means for its counts, as Markdown."""
    complete = convention.complete_to
    note = f"Reach of the list: {convention.reach}"
    if tally.possible:
        note += (
            f" By {long_day(as_of)}, {counted(tally.possible, 'act')} may have happened and "
            f"{is_are(tally.possible)} not counted."
        )
    if complete is None or complete < as_of:
        note += (
            f"\n\n**{long_day(as_of)} lies beyond the day to which the list is known to be "
            "complete: each count of acts is what is known, and at least so high.**"
        )
    return note
