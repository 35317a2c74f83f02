"""Sentences on the place of a convention among the treaties of the base set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from adoption.law.curves import Measure
from adoption.law.placement import Known, place
from adoption.words import age_in_words, capitalised, counted, numeral, percent

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

ACTS = {"signatories": "signature", "parties": "consent"}


def place_title(
    known: Mapping[Measure, Known | None],
    frame: pd.DataFrame,
    subject: Convention,
    measure: Measure,
    days: int,
) -> str:
    """Return the finding: with how many acts the subject had more than which share of treaties.

    Parameters
    ----------
    known : mapping of measure to Known or None
        From `adoption.law.placement.known_counts`.
    frame : DataFrame
        The treaties to compare with, from `adoption.law.placement.treaties_at_age`.
    subject : Convention
        The subject.
    measure : {"signatories", "parties"}
        Signatures or consents.
    days : int
        The age.
    """
    count = known[measure]
    if count is None:
        return f"Who has signed the {subject.short_title} is not named in any source seen"
    found = f"{capitalised(_acts(count, measure))} {age_in_words(days)}"
    if frame.empty:
        return found
    number = floor(count, measure) or count.with_reports
    fewer, equal = _shares(number, frame[measure].tolist())
    if number == 0:
        return f"{found}, as in {equal} of treaties" if count.complete else found
    by_report = floor(count, measure) == 0
    return f"{found}{', which is' if by_report else ':'} more than {fewer} of treaties had"


def place_summary(known: Mapping[Measure, Known | None], frame: pd.DataFrame, days: int) -> str:
    """Say in a sentence where the counts of a convention stand among treaties.

    Parameters
    ----------
    known : mapping of measure to Known or None
        From `adoption.law.placement.known_counts`.
    frame : DataFrame
        The treaties to compare with, from `adoption.law.placement.treaties_at_age`.
    days : int
        The age.
    """
    if frame.empty:
        return f"No treaty of the base set had been open for {counted(days, 'day')}."
    parts: list[str] = []
    for measure, count in known.items():
        if count is not None:
            when = f" {age_in_words(days)}" if not parts else ""
            parts.append(_clause(count, frame[measure].tolist(), measure, when))
    return (
        f"Of {counted(len(frame), 'UN treaty', 'UN treaties')} open to all, as far as the data "
        f"tell, {', and '.join(parts)}."
    )


def _clause(known: Known, counts: Sequence[int], measure: Measure, when: str) -> str:
    """Say how many treaties had fewer acts: 84% had fewer signatures than its at least 74."""
    noun, least = ACTS[measure], floor(known, measure)
    number = least or known.with_reports
    fewer, equal = _shares(number, counts)
    if number == 0 and not known.complete:
        return f"{equal} had no {noun}{when}, and of its own none is known for certain"
    if number == 0:
        return f"{equal} had no {noun}{when}, as it had none{' for certain' if known.most else ''}"
    if least == 0:
        own = f"the {numeral(number)} reported for it"
    elif known.complete and known.most > least:
        own = f"its {least} to {known.most}"
    else:
        own = f"its {least}" if known.complete else f"its at least {least}"
    return f"{fewer} had fewer {noun}s{when} than {own}"


def _shares(number: int, counts: Sequence[int]) -> tuple[str, str]:
    """Return the shares of treaties with fewer acts and with as many."""
    at = place(number, counts)
    return percent(at.fewer, len(counts)), percent(at.equal, len(counts))


def floor(known: Known, measure: Measure) -> int:
    """Return the least count: of consents without those that are only reported."""
    return known.firm if measure == "parties" else known.with_reports


def _acts(known: Known, measure: Measure) -> str:
    """Return a count of acts: at least 74 signatures; no confirmed consent, three by report."""
    least, noun = floor(known, measure), ACTS[measure]
    if least == 0 and known.with_reports:
        return f"no confirmed {noun} and {numeral(known.with_reports)} by report"
    if not known.complete:
        return f"at least {counted(least, noun)}" if least else f"no {noun} known for certain"
    if known.most > least:
        return f"{least} to {counted(known.most, noun)}"
    return counted(least, noun) if least else f"no {noun}"


def limits_note(subject: Convention, days: int, frame: pd.DataFrame) -> str:
    """Return what the base set leaves out, as Markdown, with its numbers."""
    left = int((~frame["everywhere"]).sum())
    made_for = (
        f" The {subject.short_title} is made for the members of the {subject.made_for}: few states "
        "could join it, so its place among treaties open to all says little of its pace."
        if subject.made_for
        else ""
    )
    return (
        f"{counted(len(frame), 'treaty', 'treaties')} of the base set had a first signature in "
        f"1946 or later and had been open for {counted(days, 'day')} on the day their lists show. "
        f"The data do not say who could sign. {left} of them {'is' if left == 1 else 'are'} left "
        "out because no state of some United Nations regional group has acted on them; that drops "
        "regional treaties, and with them some that are open to all and on which few acted, which "
        f"makes the others look more adopted.{made_for}"
    )
