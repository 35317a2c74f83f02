"""The kind `count`: how many have signed, or are bound."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import pandas as pd

from adoption.claims.base import Claim, OneConvention, WholeNumber
from adoption.claims.phrases import act_facts, figure, graded, not_yet, reach_in_words, span, treaty
from adoption.claims.verdicts import (
    NOT_MEASURABLE,
    Bounds,
    Comparison,
    Fact,
    Verdict,
    as_rows,
    judge,
)
from adoption.data.dictionary import SIGNATURES
from adoption.law.counts import Count
from adoption.law.curves import cumulative, events
from adoption.law.deciding import IN_FORCE, PARTY
from adoption.law.instruments import first_acts, terms
from adoption.law.status import Status
from adoption.words import capitalised, listed, long_day, short_day

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

Measure = Literal["signatories", "parties", "counted"]
BOUND = (PARTY, IN_FORCE)
DID = {
    "signatories": "signed",
    "parties": "consented to be bound by",
    "counted": "deposited an instrument that counts to the threshold of",
}


class CountClaim(Claim):
    """A number of signatories or parties.

    Attributes
    ----------
    convention : Convention
        Of which convention.
    measure : {"signatories", "parties", "counted"}
        Parties are those that have consented to be bound; counted, those of them whose
        instrument adds to the threshold.
    comparison, value
        What is said of the number.
    on : date, optional
        The day for which it is said, where the statement names one. Without, it is the day on
        which the statement was made, and the number may be superseded.
    """

    convention: OneConvention
    measure: Measure
    comparison: Comparison
    value: WholeNumber
    on: date | None = None


def decide(claim: CountClaim, data: ClaimData) -> Verdict:
    """Compare a count with that of the data, on the day it was said and on the day asked about.

    Any verdict. A count of the present that has been passed is outdated; one for a day that
    is named stays true.
    """
    if claim.measure == "signatories" and not claim.convention.signatories_listed:
        why = f"The signatories of {treaty(claim.convention)} are not named in any source seen."
        rows = as_rows([Fact("Signatories", "not named", "as listed", claim.convention.source)])
        return Verdict(NOT_MEASURABLE, why, rows)
    if claim.on is not None and claim.on > data.as_of:
        return not_yet(claim.on, data.as_of)
    said = data.status(claim.convention, claim.on or data.said(claim))
    now = said if claim.on else data.status(claim.convention, data.as_of)
    verdict = judge(
        claim.comparison, claim.value, _bounds(said, claim), _bounds(now, claim), grows=True
    )
    why = f"{_had(said, claim)}; the statement says {_claimed(claim)}."
    passed = _when_passed(claim, data, said) if claim.comparison == "equals" else ""
    later = f" {_had(now, claim, 'it')}." if now.as_of != said.as_of else ""
    reach = reach_in_words(now) if _bounds(now, claim).upper is None else ""
    more = f"{later if passed else ''} {_organizations(now, claim)} {reach}".strip()
    why += passed or later
    return Verdict(verdict, why, as_rows(_facts(claim, data, now)), more)


def _count(status: Status, claim: CountClaim) -> Count:
    found: Count = getattr(status, claim.measure)
    return found


def _bounds(status: Status, claim: CountClaim) -> Bounds:
    count = _count(status, claim)
    signed = claim.measure == "signatories"
    is_open = status.signatures_may_be_missing if signed else status.beyond_reach
    return Bounds(count.lower, None if is_open else count.upper)


def _claimed(claim: CountClaim) -> str:
    return f"{'' if claim.comparison == 'equals' else f'{claim.comparison} '}{figure(claim.value)}"


def _organizations(status: Status, claim: CountClaim) -> str:
    """Say that an organization is counted as well, where a reader may think of states alone."""
    people = status.participants
    acted = people["signed"] if claim.measure == "signatories" else people["status"].isin(BOUND)
    names = people.loc[acted & (people["kind"] == "organization"), "name"].tolist()
    if not names or claim.measure == "counted":
        return ""
    return f"The {listed(names)} is one of them."


def _had(status: Status, claim: CountClaim, title: str = "") -> str:
    """Say how many had acted by a day, with grades."""
    count = _count(status, claim)
    bounds = _bounds(status, claim)
    one = bounds == Bounds(1, 1)
    number = f"{span(bounds)} {'participant' if one else 'participants'} had"
    if bounds.upper is None and not bounds.lower:
        number = "no participant is known to have"
    return (
        f"By {long_day(status.as_of)} {number} {DID[claim.measure]} "
        f"{title or treaty(claim.convention)}"
        f"{graded(count.by_grade)}"
    )


def _when_passed(claim: CountClaim, data: ClaimData, said: Status) -> str:
    """Say when a count was as it is said to be, or was passed within a day."""
    if claim.measure == "counted" or claim.value >= _count(said, claim).lower:
        return ""
    rows = events(claim.convention, data.acts_of(claim.convention), claim.measure)
    curve = cumulative(rows, claim.convention.opens, said.as_of)
    days = curve.to_dict("records")
    for row, following in pairwise(days):
        if row["lower"] == row["upper"] == claim.value:
            first, last = row["day"].date(), following["day"].date() - timedelta(days=1)
            if first < claim.convention.opens:
                return f" It was so before {long_day(following['day'])}."
            if first == last:
                return f" It was so on {long_day(first)}."
            return f" It was so from {long_day(first)} to {long_day(last)}."
        if row["upper"] < claim.value < following["lower"]:
            before = figure(row["lower"]) if row["lower"] else "none"
            return (
                f" The count passed {figure(claim.value)} within {long_day(following['day'])}: "
                f"{before} the day before, {figure(following['lower'])} at its end."
            )
    return ""


def _facts(claim: CountClaim, data: ClaimData, status: Status) -> list[Fact]:
    acts = data.acts_of(claim.convention)
    if claim.measure == "signatories":
        acted = first_acts(acts, SIGNATURES).reset_index()
    else:
        acted = terms(acts)
    acted = acted[acted["earliest"] <= pd.Timestamp(status.as_of)]
    total = Fact(
        what=f"{capitalised(claim.measure)} by {short_day(status.as_of)}",
        value=span(_bounds(status, claim)),
        grade="by grade below",
        source="",
    )
    return [total, *act_facts(acted, data)]
