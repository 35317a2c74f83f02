"""Sentences that compare conventions at the same age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from adoption.answers import Answer
from adoption.words import age_in_words, counted, listed, long_day, numeral

if TYPE_CHECKING:
    from adoption.law.conventions import Convention
    from adoption.law.curves import Measure
    from adoption.law.status import Row, Status


def pace_title(compared: pd.DataFrame, days: int, measure: Measure) -> str:
    """Return how a convention compares at its age; the first row is the subject.

    Parameters
    ----------
    compared : DataFrame
        From `adoption.law.curves.compare_at_age`.
    days : int
        The age.
    measure : {"signatories", "parties"}
        What is counted.
    """
    lower, upper = compared[f"{measure}_lower"], compared[f"{measure}_upper"]
    if pd.isna(lower.iloc[0]):
        return f"Its {measure} are not named in any source seen"
    least, most = int(lower.iloc[0]), int(upper.iloc[0])
    complete = compared["complete"]
    reported = int(compared["parties_reported"].iloc[0]) if measure == "parties" else 0
    singular = {"signatories": "signatory", "parties": "party"}[measure]
    noun = singular if least == most == 1 else measure
    span = f"{least}" if least == most else f"{least} to {most}"
    known = "" if complete.iloc[0] else "known "
    sure = f", {reported} by report only," if reported else ""
    found = f"{span} {known}{noun}{sure} {age_in_words(days)}"
    if reported and reported == least == most:
        found = f"No confirmed party, {numeral(reported)} by report only, {age_in_words(days)}"
    others = pd.DataFrame({"lower": lower, "upper": upper, "complete": complete}).iloc[1:].dropna()
    more = others["lower"] > most
    settled = (others["upper"] <= least) & others["complete"]
    ranked = complete.iloc[0] or not more.any()  # what is not known could change the place
    if others.empty or reported or not ranked or not (more | settled).all():
        return found
    return f"{found}: {_place(int(more.sum()), len(others))}"


def _place(more: int, others: int) -> str:
    """Say how many of the others have more."""
    if others == 1:
        return "fewer than the one compared" if more else "no fewer than the one compared"
    if more == 0:
        return f"no fewer than any of the {numeral(others)} compared"
    if more == others:
        return f"fewer than {'both' if more == 2 else f'all {numeral(more)}'} compared"
    return f"fewer than {numeral(more)} of the {numeral(others)} compared"


def pace_sentence(compared: pd.DataFrame, days: int) -> str:
    """Say how fast adoption is, next to comparable conventions."""
    subject, *others = compared.to_dict("records")
    when = f"{counted(days, 'day')} after it opened" if days else "On its first day"
    reported = subject["parties_reported"]
    every = reported == subject["parties_lower"]
    sure = f", {numeral(int(reported))} of them by report only" if reported and not every else ""
    parties = f"{_span(subject, 'parties')} known parties{sure}"
    if reported and every:
        parties = f"no confirmed party, {numeral(int(reported))} by report only"
    signed = (
        f"{_span(subject, 'signatories')} signatories and "
        if pd.notna(subject["signatories_lower"])
        else ""
    )
    first = f"{when}, the {subject['short_title']} had {signed}{parties}."
    reached = [row for row in others if pd.notna(row["parties_lower"])]
    if not reached:
        return first
    beside = listed(
        [f"{row['short_title']} {_span(row, 'parties', none='none')}" for row in reached]
    )
    days_to_force = [row["days_to_force"] for row in reached if pd.notna(row["days_to_force"])]
    force = ""
    if len(days_to_force) > 1:
        span = f"{min(days_to_force):,} and {max(days_to_force):,}"
        force = f" Those whose day is known entered into force between {span} days after opening."
    return f"{first} Parties at the same age: {beside}.{force}"


def _span(row: Row, measure: str, none: str = "no") -> str:
    """Return a count with its bounds; at least, where the list was not complete then."""
    lower, upper = int(row[f"{measure}_lower"]), int(row[f"{measure}_upper"])
    if upper == 0:
        return none
    if not row["complete"] and lower:
        return f"at least {lower}"
    return f"{lower}" if lower == upper else f"{lower} to {upper}"


def ages_note(conventions: Sequence[Convention]) -> str:
    """Return the reach of each convention's list, as a Markdown list."""
    return "\n".join(f"- **{c.short_title}:** {c.reach}" for c in conventions)


def pace_answer(status: Status, compared: pd.DataFrame, days: int) -> Answer:
    """Answer how fast adoption is, next to comparable conventions."""
    convention = status.convention
    reported = status.counted.by_grade["reported"]
    only_reports = status.counted.lower == reported > 0
    known = "reported, not confirmed, that would" if only_reports else "known that"
    counted, needed = status.counted.lower, convention.threshold
    reached = counted >= needed or status.nth_instrument is not None  # a withdrawal undoes nothing
    return Answer(
        title=f"{convention.short_title}: how fast is adoption",
        text=pace_sentence(compared, days),
        key_figure=str(counted) if reached else f"{counted} of {needed}",
        key_label=f"instruments known that count; {needed} were needed for entry into force"
        if reached
        else f"instruments {known} count towards entry into force",
        as_of=long_day(status.as_of),
        reach=convention.reach,
    )
