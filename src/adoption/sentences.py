"""Sentences that say what the data show; no figure in them is typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.law import ordinal
from adoption.status import NO_ACT, SIGNED, WITHDRAWN, Row
from adoption.words import (
    capitalised,
    counted,
    in_sentence,
    listed,
    long_day,
    numeral,
    when_long,
    window_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

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
    if not status.convention.signatories_listed:
        return f"Who has signed is not known; {_bound(status)}"
    lower, upper = status.signatories.lower, status.signatories.upper
    have = "has" if lower == upper == 1 else "have"
    return f"{_participants(lower, upper)} {have} signed; {_bound(status)}"


def _participants(lower: int, upper: int) -> str:
    if lower == upper:
        return counted(lower, "participant")
    span = f"{lower} to {upper}" if lower else f"Up to {upper}"
    return f"{span} participants"


def _bound(status: Status) -> str:
    parties = status.parties
    lower, upper, reported = parties.lower, parties.upper, parties.by_grade["reported"]
    only_reports = parties.upper_by_grade["reported"] == upper
    if upper == 0:
        return "none is known to be bound"
    if lower == 0:
        return f"up to {upper} may be bound{', by report only' if only_reports else ''}"
    if only_reports:
        number = _are(lower) if lower == upper else f"{lower} to {upper} are"
        return f"{number} reported to be bound, none is confirmed"
    by_report = f", {numeral(reported)} of them by report only" if reported else ""
    if lower < upper:
        return f"{lower} to {upper} are bound{by_report}"
    return f"{_are(lower)} bound{by_report}"


def _are(number: int) -> str:
    return f"{numeral(number)} {'is' if number == 1 else 'are'}"


def force_sentence(status: Status) -> str:
    """Return what a status means for entry into force.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.status import load_status
    >>> force_sentence(load_status("untoc", date(2003, 7, 15)))
    'It enters into force on 29 September 2003, after the deposit of the 40th instrument on \
1 July 2003.'
    """
    convention = status.convention
    if status.entry_into_force is None or status.nth_instrument is None:
        return _not_in_force(status)
    day = status.entry_into_force.day
    nth = f"the {ordinal(convention.threshold)} instrument"
    when = when_long(status.nth_instrument.earliest, status.nth_instrument.latest)
    if day is None:
        force = window_in_words(status.entry_into_force)
        verb = "entered" if status.in_force else "enters"
        return f"It {verb} into force on a day {force}, after the deposit of {nth} {when}."
    verb = "has been in force since" if status.in_force else "enters into force on"
    return f"It {verb} {long_day(day)}, after the deposit of {nth} {when}."


def _not_in_force(status: Status) -> str:
    """Say how many instruments lack; beyond the reach of the list that is only what is known."""
    needed = status.convention.threshold
    most, least = status.remaining, max(needed - status.counted.upper, 0)
    if most == least == needed:
        what, verb = f"all {needed} instruments it needs", "are"
    else:
        span = f"{most}" if most == least else f"{least} to {most}"
        what = f"{span} of the {needed} instruments it needs"
        verb = "is" if most == least == 1 else "are"
    strict = ""
    if most != status.remaining_if_confirmed_only:
        strict = f"; if only confirmed ones count, {status.remaining_if_confirmed_only}"
    if status.beyond_reach:
        return f"It is not known to be in force: {what} {verb} not known to be deposited{strict}."
    return f"It is not in force: {what} {verb} missing{strict}."


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
    signed = _participants(status.signatories.lower, status.signatories.upper)
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
    lower, upper = compared[f"{measure}_lower"], compared[f"{measure}_upper"]
    if pd.isna(lower.iloc[0]):
        return f"Its {measure} are not named in any source seen"
    least, most = int(lower.iloc[0]), int(upper.iloc[0])
    singular = {"signatories": "signatory", "parties": "party"}[measure]
    number = counted(most, singular, measure)
    known = number if compared["complete"].iloc[0] else f"{most} known {number.split()[1]}"
    found = f"{known if least == most else f'{least} to {known}'} {_at_age(days)}"
    others = pd.DataFrame({"lower": lower, "upper": upper}).iloc[1:].dropna()
    more, settled = others["lower"] > most, others["upper"] <= least
    if others.empty or not (more | settled).all():
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


def _at_age(days: int) -> str:
    return f"after {counted(days, 'day')}" if days else "on the first day"


def pace_sentence(compared: pd.DataFrame, days: int) -> str:
    """Say how fast adoption is, next to comparable conventions."""
    subject, *others = compared.to_dict("records")
    when = f"{counted(days, 'day')} after it opened" if days else "On its first day"
    reported = subject["parties_reported"]
    sure = f", {numeral(int(reported))} of them by report only" if reported else ""
    signed = (
        f"{_span(subject, 'signatories')} signatories and "
        if pd.notna(subject["signatories_lower"])
        else ""
    )
    first = (
        f"{when}, the {subject['short_title']} had {signed}{_span(subject, 'parties')} known "
        f"parties{sure}."
    )
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


def act_sentence(row: Row, title: str) -> str:
    """Return what one participant has done on a convention.

    Parameters
    ----------
    row : mapping
        A row of `Status.participants`.
    title : str
        How to call the convention.
    """
    status, name = row["status"], in_sentence(row["name"], row["article"])
    if status == NO_ACT:
        return f"No act of {name} on the {title} is known."
    when = when_long(row["earliest"], row["latest"])
    signed = ""
    if row["signed"]:
        dated = isinstance(row["signed_on"], pd.Timestamp)
        day = f" on {long_day(row['signed_on'])}" if dated else ""
        signed = f"{name} {'signed' if dated else 'has signed'} the {title}{day}"
    if status == SIGNED:
        sure = ", by one report," if row["grade"] == "reported" else ""
        return f"{signed}{sure} and is not known to be bound."
    if status == WITHDRAWN:
        return f"{name} withdrew from the {title} {when}."
    if row["grade"] == "reported":
        if signed:
            return f"{signed}; its {row['act']} {when} is reported, not confirmed."
        of = "to" if row["act"] == "accession" else "of"
        return f"The {row['act']} {of} the {title} by {name} {when} is reported, not confirmed."
    if not signed:
        return f"{name} is bound by the {title}, by its {row['act']} {when}."
    return f"{signed} and is bound by its {row['act']} {when}."


def brief_sentence(
    row: Row, title: str, bound: Sequence[str], reported: Sequence[str], others: int
) -> str:
    """Say what is known of a state.

    Parameters
    ----------
    row : mapping
        Its row of `Status.participants`.
    title : str
        How to call the convention.
    bound, reported : sequence of str
        Titles of the other conventions by which it is bound, and of those by which it is
        bound by report only.
    others : int
        How many other conventions it could have joined.
    """
    of = f"of the {numeral(others)} other conventions it could have joined"
    if bound:
        rest = f"It is bound by {numeral(len(bound))} {of}: {listed(bound)}."
    else:
        rest = f"It is not known to be bound by any {of}."
    if reported:
        rest += f" Its consent to the {listed(reported)} is reported, not confirmed."
    return f"{capitalised(act_sentence(row, title))} {rest}"


def curve_title(status: Status) -> str:
    """Return the finding of the curve by day."""
    convention = status.convention
    if status.entry_into_force is not None:
        parties = counted(status.parties.lower, "party", "parties")
        verb = "In force since" if status.in_force else "In force from"
        force = window_in_words(status.entry_into_force)
        if status.entry_into_force.day is None:
            force = f"a day {force}"
        return f"{verb} {force}; {parties} by {long_day(status.as_of)}"
    known = status.counted.lower
    if known == 0:
        return f"None of the {convention.threshold} instruments needed is known"
    sure = status.counted.confirmed
    confirmed = "" if sure == known else f", {numeral(sure) if sure else 'none'} confirmed"
    verb = "is" if known == 1 else "are"
    return (
        f"{capitalised(numeral(known))} of the {convention.threshold} instruments needed "
        f"{verb} known{confirmed}"
    )


def reading_note(status: Status) -> str:
    """Return the rule of a convention and the limits of what is known, as Markdown."""
    convention = status.convention
    lines = [
        f"The {convention.title} ({convention.reference}) {convention.rule_in_words()}.",
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


def acts_title(acts: pd.DataFrame, state: pd.Series[Any], as_of: date) -> str:
    """Return the finding of a state's acts: on how many conventions it has acted.

    Parameters
    ----------
    acts : DataFrame
        From `adoption.profiles.acts_of`.
    state : Series
        Its row of the table `states`.
    as_of : date
        The day: an act that may have come after it is not counted.
    """
    name = capitalised(in_sentence(state["name"], state["article"]))
    done = acts[acts["latest"] <= pd.Timestamp(as_of)]
    acted = done.dropna(subset=["act"])["convention"].nunique()
    of = acts["convention"].nunique()
    if not acted:
        return f"{name} is not known to have acted on any of {_conventions(of)}"
    return f"{name} has acted on {numeral(acted)} of {_conventions(of)}"


def _conventions(number: int) -> str:
    """Return a number of conventions in words."""
    return f"{numeral(number)} convention{'' if number == 1 else 's'}"


def pillar_title(profile: pd.DataFrame, state: pd.Series[Any]) -> str:
    """Return the finding of a state's pillars beside its region.

    Parameters
    ----------
    profile : DataFrame
        From `adoption.profiles.pillar_profile`.
    state : Series
        Its row of the table `states`.
    """
    name = capitalised(in_sentence(state["name"], state["article"]))
    known = profile.dropna(subset=["value", "median"])
    if known.empty:
        return f"{name} has no value in this edition of the index"
    above = int((known["value"] > known["median"]).sum())
    return (
        f"{name} is above the median of {state['region']} in "
        f"{numeral(above) if above else 'none'} of {numeral(len(known))} pillars"
    )


def missing_note(missing: Sequence[str]) -> str:
    """Return what is missing, as Markdown."""
    if not missing:
        return "Nothing that this brief shows is missing from the data."
    return "\n".join(f"- {line}" for line in missing)
