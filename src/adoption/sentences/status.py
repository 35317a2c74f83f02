"""Sentences on a convention on a day; no figure in them is typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.answers import Answer
from adoption.law.rules import ordinal
from adoption.law.status import PARTY
from adoption.sentences.withdrawals import left, left_counted, told
from adoption.words import capitalised, counted, long_day, numeral, when_long, window_in_words

if TYPE_CHECKING:
    from adoption.law.status import Status


def status_title(status: Status) -> str:
    """Return the finding of a status as a title: who signed, who is bound.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> status_title(load_status("hanoi", date(2025, 10, 26)))
    '72 participants have signed; none is known to be bound'
    """
    if not status.convention.signatories_listed:
        return f"Who has signed is not known; {_bound(status)}{_left(status)}"
    have = "has" if status.signatories.lower == status.signatories.possible == 1 else "have"
    return f"{_participants(status)} {have} signed; {_bound(status)}{_left(status)}"


def _participants(status: Status) -> str:
    lower, upper = status.signatories.lower, status.signatories.possible
    if lower and status.signatures_may_be_missing:
        return f"At least {counted(lower, 'participant')}"
    if lower == upper:
        return counted(lower, "participant")
    return f"{lower} to {upper} participants" if lower else f"Up to {upper} participants"


def _bound(status: Status) -> str:
    """Say who is bound, or before entry into force has consented to be."""
    parties = status.parties
    lower, upper, reported = parties.lower, parties.possible, parties.by_grade["reported"]
    only_reports = parties.possible_by_grade["reported"] == upper
    if upper == 0:
        return "none is known to be bound"
    if lower == 0:
        may = "may be bound" if status.in_force else "may have consented to be bound"
        return f"up to {upper} {may}{', by report only' if only_reports else ''}"
    span = f"{lower} to {upper}" if lower < upper else numeral(lower)
    one = lower == upper == 1
    if only_reports:
        done = "be bound" if status.in_force else f"have {_consented(status)}"
        return f"{span} {'is' if one else 'are'} reported to {done}, none is confirmed"
    if status.in_force:
        verb = "is bound" if one else "are bound"
    else:
        have = "has" if one else "have"
        verb = f"{have} consented to be bound"
        if left(status.participants):
            verb += f" and {have} not withdrawn"
    least = "at least " if status.beyond_reach else ""
    by_report = f", {numeral(reported)} of them by report only" if reported else ""
    return f"{least}{numeral(lower) if least else span} {verb}{by_report}"


def _consented(status: Status) -> str:
    """Say what those did that no treaty in force binds yet: whether each act is a ratification."""
    participants = status.participants
    acts = set(participants.loc[participants["status"] == PARTY, "act"])
    only = acts == {"ratification"} and status.parties.lower == status.parties.possible
    return "ratified" if only else "consented to be bound"


def _left(status: Status) -> str:
    """Say who has withdrawn, after who is bound; no text where nobody has."""
    found = left(status.participants)
    beside = status.parties.lower and not found.back
    return told(found, "{} more" if beside else "{}", "{}")


def _left_counted(status: Status) -> str:
    """Say who has withdrawn, after how many instruments stand."""
    found = left_counted(status)
    nouns = ["participant" if n == 1 else "participants" for n in (found.withdrawn, found.maybe)]
    return told(found, f"{{}} {nouns[0]}", f"{{}} {nouns[1]}")


def force_sentence(status: Status) -> str:
    """Return what a status means for entry into force.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
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
    """Say how many instruments lack; beyond the reach of the list that is only what is known.

    A report is no deposit: what lacks is counted without reports, and they are named apart.
    What lacks only because a withdrawal is reported is said to do so by report.
    """
    needed = status.convention.threshold
    reported = status.counted.by_grade["reported"]
    most = min(status.remaining + reported, needed)
    least = most if status.least_remaining is None else min(status.least_remaining, most)
    if most == least == needed:
        what, verb = f"all {needed} instruments it needs", "are"
    else:
        span = f"{most}" if most == least else f"{least} to {most}"
        what = f"{span} of the {needed} instruments it needs"
        verb = "is" if most == least == 1 else "are"
    by_report = ""
    none_known = status.beyond_reach and most == needed
    if status.lacking_by_report:
        some = f"{numeral(status.lacking_by_report)} of them "
        some = f"for {some}" if none_known else some  # there are none of whom it could be said
        some = "" if status.lacking_by_report == most else some
        by_report = f", {some}by report of withdrawal only"
    if reported:
        by_report += f"; {numeral(reported)} {'is' if reported == 1 else 'are'} reported"
    if status.beyond_reach:
        there = "to stand" if left_counted(status) else "to be deposited"
        lack = f"{what} {verb} not known {there}"
        if none_known:
            lack = f"none of the {needed} instruments it needs is known {there}"
        return f"It is not known to be in force: {lack}{by_report}."
    return f"It is not in force: {what} {verb} missing{by_report}."


def status_sentence(status: Status) -> str:
    """Say who has signed, who is bound, and what follows for entry into force.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> status_sentence(load_status("hanoi", date(2025, 10, 26))).split(". ")[0]
    '72 participants had signed the UN Convention against Cybercrime by 26 October 2025; \
none is known to be bound by it'
    """
    title, day = status.convention.short_title, long_day(status.as_of)
    listed = status.convention.signatories_listed
    treaty = "it" if listed else f"the {title}"
    bound = _bound(status).replace(" bound", f" bound by {treaty}", 1)
    bound = bound.replace(" ratified", f" ratified {treaty}", 1) + _left(status)
    if not listed:
        return f"By {day}, {bound}. {force_sentence(status)}"
    signed = f"{_participants(status)} had signed the {title} by {day}"
    return f"{signed}; {bound}. {force_sentence(status)}"


def curve_title(status: Status) -> str:
    """Return the finding of the curve by day."""
    convention, gone = status.convention, _left_counted(status)
    if status.entry_into_force is not None:
        verb = "In force since" if status.in_force else "In force from"
        force = window_in_words(status.entry_into_force)
        if status.entry_into_force.day is None:
            force = f"a day {force}"
        gone = _left(status)
        return f"{verb} {force}; {_parties(status)} by {long_day(status.as_of)}{gone}"
    lower, upper = status.counted.lower, status.counted.possible
    known = "known to stand" if gone else "known"
    if upper == 0:
        return f"None of the {convention.threshold} instruments needed is {known}{gone}"
    sure = status.counted.confirmed
    if status.counted.possible_by_grade["reported"] == upper:
        span = f"{lower} to {upper}" if lower < upper else capitalised(numeral(lower))
        verb = "is" if lower == upper == 1 else "are"
        return (
            f"{span} of the {convention.threshold} instruments needed {verb} reported, "
            f"none is confirmed{gone}"
        )
    confirmed = "" if sure == lower else f", {numeral(sure) if sure else 'none'} confirmed"
    number = f"{lower} to {upper}" if lower < upper else capitalised(numeral(lower))
    verb = "is" if lower == upper == 1 else "are"
    of = f"of the {convention.threshold} instruments needed"
    return f"{number} {of} {verb} {known}{confirmed}{gone}"


def _parties(status: Status) -> str:
    lower, upper = status.parties.lower, status.parties.possible
    if status.beyond_reach:
        return f"at least {counted(lower, 'party', 'parties')}"
    span = counted(upper, "party", "parties")
    return span if lower == upper else f"{lower} to {span}"


def signatories_figure(status: Status) -> str:
    """Return the number of signatories, as a lower bound where the list may lack some."""
    return f"{status.signatories.lower}{'+' if status.signatures_may_be_missing else ''}"


def parties_figure(status: Status) -> str:
    """Return the number of parties, as a lower bound where the list may lack some."""
    return f"{status.parties.lower}{'+' if status.beyond_reach else ''}"


def status_answer(status: Status) -> Answer:
    """Answer who has signed and who is bound."""
    convention = status.convention
    by_parties = status.in_force or not convention.signatories_listed
    return Answer(
        title=f"{convention.short_title}: who has signed, who is bound",
        text=status_sentence(status),
        key_figure=parties_figure(status) if by_parties else signatories_figure(status),
        key_label="parties known" if by_parties else "signatories known",
        as_of=long_day(status.as_of),
        reach=convention.reach,
    )
