"""Sentences that say what the data show; no figure in them is typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.law import ordinal
from adoption.status import IN_FORCE, NO_ACT, PARTY, SIGNED, Row
from adoption.words import (
    capitalised,
    counted,
    listed,
    long_day,
    numeral,
    when_long,
    window_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adoption.conventions import Convention
    from adoption.curves import Measure
    from adoption.status import Status


def status_title(status: Status) -> str:
    """Return the finding of a status as a title: who signed, who is bound.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.status import load_status
    >>> status_title(load_status("hanoi", date(2025, 10, 26)))
    '72 participants have signed; none is known to be bound'
    """
    signed = f"{counted(status.signatories.lower, 'participant')} have signed; "
    if not status.convention.signatories_listed:
        signed = "Who has signed is not known; "
    elif status.signatories.lower == 1:
        signed = signed.replace("have", "has")
    return signed + _bound(status)


def _bound(status: Status) -> str:
    parties = status.parties
    reported = parties.by_grade["reported"]
    if parties.lower == 0:
        return "none is known to be bound"
    if reported == parties.lower:
        return f"{_are(reported)} reported bound, none is confirmed"
    by_report = f", {numeral(reported)} of them by report only" if reported else ""
    return f"{_are(parties.lower)} bound{by_report}"


def _are(number: int) -> str:
    return f"{numeral(number)} {'is' if number == 1 else 'are'}"


def force_sentence(status: Status) -> str:
    """Return what a status means for entry into force.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.status import load_status
    >>> force_sentence(load_status("untoc", date(2003, 7, 15)))
    'It enters into force on 29 September 2003, after the 40th instrument of 1 July 2003.'
    """
    convention = status.convention
    if status.entry_into_force is None or status.nth_instrument is None:
        missing = f"{status.remaining} of the {convention.threshold} instruments it needs"
        if status.remaining == status.remaining_if_confirmed_only:
            return f"It is not in force: {missing} are missing."
        strict = f"{status.remaining_if_confirmed_only} if only confirmed ones count"
        return f"It is not in force: {missing} are missing, {strict}."
    day = status.entry_into_force.day
    nth = f"the {ordinal(convention.threshold)} instrument"
    of = "of" if status.nth_instrument.day else "deposited"
    when = window_in_words(status.nth_instrument)
    if day is None:
        force = window_in_words(status.entry_into_force)
        return f"It entered into force {force}, after {nth} {of} {when}."
    verb = "has been in force since" if status.in_force else "enters into force on"
    return f"It {verb} {long_day(day)}, after {nth} {of} {when}."


def status_sentence(status: Status) -> str:
    """Say who has signed, who is bound, and what follows for entry into force.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.status import load_status
    >>> status_sentence(load_status("hanoi", date(2025, 10, 26))).split(". ")[0]
    '72 participants had signed the UN Convention against Cybercrime by 26 October 2025; \
none is known to be bound by it'
    """
    title, day = status.convention.short_title, long_day(status.as_of)
    bound = _bound(status).replace(" bound", " bound by it", 1)
    if not status.convention.signatories_listed:
        return f"By {day}, {bound.replace('by it', f'by the {title}', 1)}. {force_sentence(status)}"
    signed = counted(status.signatories.lower, "participant")
    return f"{signed} had signed the {title} by {day}; {bound}. {force_sentence(status)}"


def pace_title(compared: pd.DataFrame, days: int, measure: Measure) -> str:
    """Return how a convention compares at its age; the first row is the subject.

    Parameters
    ----------
    compared : DataFrame
        From `adoption.curves.compare_at_age`.
    days : int
        The age.
    measure : {"signatories", "parties"}
        What is counted.
    """
    counts = compared[f"{measure}_lower"]
    own, others = int(counts.iloc[0]), counts.iloc[1:]
    singular = {"signatories": "signatory", "parties": "party"}[measure]
    more = int((others > own).sum())
    place = {
        0: f"no fewer than any of the {numeral(len(others))} compared",
        len(others): f"fewer than all {numeral(len(others))} compared",
    }.get(more, f"fewer than {numeral(more)} of the {numeral(len(others))} compared")
    return f"{counted(own, singular, measure)} after {days:,} days: {place}"


def pace_sentence(compared: pd.DataFrame, days: int) -> str:
    """Say how fast adoption is, next to comparable conventions."""
    subject, *others = compared.to_dict("records")
    consents = listed([f"{row['short_title']} {_span(row, 'parties')}" for row in others])
    reported = subject["parties_reported"]
    sure = "" if not reported else f", {numeral(reported)} of them by report only"
    forced = compared["days_to_force"].iloc[1:].dropna()
    quickest, slowest = forced.min(), forced.max()
    force = (
        f" Those in force needed between {quickest:,} and {slowest:,} days from opening."
        if len(forced) > 1
        else ""
    )
    return (
        f"{days:,} days after it opened, the {subject['short_title']} has "
        f"{_span(subject, 'signatories')} signatories and {_span(subject, 'parties')} known "
        f"parties{sure}. Parties at the same age: {consents}.{force}"
    )


def _span(row: Row, measure: str) -> str:
    lower, upper = row[f"{measure}_lower"], row[f"{measure}_upper"]
    return f"{lower}" if lower == upper else f"{lower} to {upper}"


def act_sentence(row: Row, name: str, title: str) -> str:
    """Return what one participant has done on a convention.

    Parameters
    ----------
    row : mapping
        A row of `Status.participants`.
    name : str
        How to call the participant.
    title : str
        How to call the convention.
    """
    status = row["status"]
    if status == NO_ACT:
        return f"No act of {name} on the {title} is known."
    signed_on = row["signed_on"]
    signed: str = (
        f"{name} signed the {title} on {long_day(signed_on)}"
        if pd.notna(signed_on)
        else f"{name} has signed the {title}"
    )
    if status == SIGNED:
        return f"{signed} and is not known to be bound."
    when = when_long(row["earliest"], row["latest"])
    if row["grade"] == "reported":
        return f"{signed}; its {row['act']} {when} is reported, not confirmed."
    if status in (PARTY, IN_FORCE):
        first: str = f"{signed} and" if pd.notna(signed_on) else name
        return f"{first} is bound by its {row['act']} {when}."
    return f"{name} withdrew from the {title} {when}."


def brief_sentence(row: Row, name: str, title: str, other_bound: list[str], others: int) -> str:
    """Say what is known of a state.

    Parameters
    ----------
    row : mapping
        Its row of `Status.participants`.
    name, title : str
        How to call the state and the convention.
    other_bound : list of str
        Titles of the other conventions by which it is bound.
    others : int
        How many other conventions it could have joined.
    """
    if not other_bound:
        rest = f"It is not known to be bound by any of the {numeral(others)} others compared."
    else:
        rest = (
            f"It is bound by {numeral(len(other_bound))} of the {numeral(others)} other "
            f"conventions it could have joined: {listed(other_bound)}."
        )
    return f"{act_sentence(row, name, title)} {capitalised(rest)}"


def curve_title(status: Status) -> str:
    """Return the finding of the curve by day."""
    convention = status.convention
    if status.in_force and status.entry_into_force and status.entry_into_force.day:
        days = (status.entry_into_force.day - convention.opens).days
        parties = counted(status.parties.lower, "party", "parties")
        return f"In force {days:,} days after opening; {parties} by {long_day(status.as_of)}"
    return (
        f"{capitalised(numeral(status.counted.lower))} of the {convention.threshold} "
        f"instruments needed {'is' if status.counted.lower == 1 else 'are'} known, "
        f"{numeral(status.counted.confirmed).replace('no', 'none')} confirmed"
    )


def reading_note(status: Status) -> str:
    """Return the rule of a convention and the limits of what is known, as Markdown."""
    convention = status.convention
    lines = [
        f"The {convention.title} ({convention.reference}) is {convention.rule_in_words()}.",
    ]
    if convention.excludes_reio:
        lines.append(
            "An instrument of a regional economic integration organization such as the "
            "European Union does not add to that number."
        )
    if convention.later is None:
        lines.append(
            "The rule for a state that joins later was not seen in a text, so the day on which "
            "it is in force for such a state is left open."
        )
    warning = (
        f"\n\n**{long_day(status.as_of)} lies beyond the day to which the list is known to be "
        "complete: acts may be missing.**"
        if status.beyond_reach
        else ""
    )
    return f"{' '.join(lines)}\n\nReach of the list: {convention.reach}{warning}"


def ages_note(conventions: Sequence[Convention]) -> str:
    """Return the reach of each convention's list, as a Markdown list."""
    return "\n".join(f"- **{c.short_title}:** {c.reach}" for c in conventions)


def acts_title(acts: pd.DataFrame, name: str) -> str:
    """Return the finding of a state's acts: on how many conventions it has acted.

    Parameters
    ----------
    acts : DataFrame
        From `adoption.profiles.acts_of`.
    name : str
        The state.
    """
    acted = numeral(acts.dropna(subset=["act"])["convention"].nunique())
    return f"{name} has acted on {acted} of {numeral(acts['convention'].nunique())} conventions"


def pillar_title(profile: pd.DataFrame, state: pd.Series[Any]) -> str:
    """Return the finding of a state's pillars beside its region.

    Parameters
    ----------
    profile : DataFrame
        From `adoption.profiles.pillar_profile`.
    state : Series
        Its row of the table `states`.
    """
    known = profile.dropna(subset=["value", "median"])
    if known.empty:
        return f"{state['name']} has no value in this edition of the index"
    above = int((known["value"] > known["median"]).sum())
    return (
        f"{state['name']} is above the median of {state['region']} in {numeral(above)} of "
        f"{numeral(len(known))} pillars"
    )


def missing_note(missing: Sequence[str]) -> str:
    """Return what is missing, as Markdown."""
    if not missing:
        return "Nothing that this brief shows is missing from the data."
    return "\n".join(f"- {line}" for line in missing)
