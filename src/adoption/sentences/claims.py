"""Sentences on a file of claims: how many verdicts of each kind, and what they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from adoption.answers import Answer
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    VERDICTS,
    Verdict,
)
from adoption.law.conventions import Convention
from adoption.words import listed, long_day, numeral

if TYPE_CHECKING:
    from adoption.claims.model import Claim

MOST_REACHES = 2  # that the head of a page can carry


def verdicts_sentence(verdicts: Sequence[Verdict]) -> str:
    """Say how many claims have each verdict.

    Examples
    --------
    >>> verdicts_sentence([Verdict("supported", "", [])] * 2)
    'Of two statements, two are supported.'
    >>> verdicts_sentence([Verdict("too early", "", [])])
    'The one statement is too early to decide.'
    """
    number = Counter(verdict.verdict for verdict in verdicts)
    words = {
        SUPPORTED: "supported",
        CONTRADICTED: "contradicted",
        OUTDATED: "outdated",
        TOO_EARLY: "too early to decide",
        NOT_MEASURABLE: "not measurable with these data",
    }
    if len(verdicts) == 1:
        return f"The one statement is {words[verdicts[0].verdict]}."
    parts = [
        f"{numeral(number[verdict])} {'is' if number[verdict] == 1 else 'are'} {words[verdict]}"
        for verdict in VERDICTS
        if number[verdict]
    ]
    return f"Of {numeral(len(verdicts))} statements, {listed(parts)}."


def reports_sentence(verdicts: Sequence[Verdict]) -> str:
    """Say how many verdicts would be others without the acts that are only reported."""
    number = sum(verdict.without_reports is not None for verdict in verdicts)
    if number == 0:
        return "No verdict hangs on an act that is only reported."
    verb = "hangs" if number == 1 else "hang"
    return f"{numeral(number).capitalize()} {verb} on acts that are only reported."


def without_reports(verdict: Verdict) -> str:
    """Say what the verdict would be without reports, where it would be another."""
    if verdict.without_reports is None:
        return ""
    return f"If acts that are only reported are left out: {verdict.without_reports}."


def conventions_of(claims: Sequence[Claim]) -> list[Convention]:
    """Return the conventions that claims are about, each once."""
    found = (getattr(claim, "convention", None) for claim in claims)
    by_id = {c.convention: c for c in found if isinstance(c, Convention)}
    return list(by_id.values())


def reach(claims: Sequence[Claim]) -> str:
    """Say how far the lists of the conventions go that claims are about."""
    conventions = conventions_of(claims)
    if not conventions:
        return "The indices as published."
    if len(conventions) == 1:
        return conventions[0].reach
    if len(conventions) <= MOST_REACHES:
        return " ".join(f"{c.short_title}: {c.reach}" for c in conventions)
    return (
        f"The lists of {numeral(len(conventions))} conventions, each with a reach of its own, "
        "which stands with the statements that go beyond it."
    )


def claims_answer(claims: Sequence[Claim], verdicts: Sequence[Verdict], as_of: date) -> Answer:
    """Answer which of some statements the data bear out.

    Parameters
    ----------
    claims : sequence of Claim
        From `adoption.claims.check.read_claims`.
    verdicts : sequence of Verdict
        From `adoption.claims.check.check_claims`, in the same order.
    as_of : date
        The day.
    """
    supported = sum(verdict.verdict == SUPPORTED for verdict in verdicts)
    return Answer(
        title="Claims check: which statements the data bear out",
        text=f"{verdicts_sentence(verdicts)} {reports_sentence(verdicts)}",
        key_figure=f"{supported} of {len(verdicts)}",
        key_label="statements supported",
        as_of=long_day(as_of),
        reach=reach(claims),
    )
