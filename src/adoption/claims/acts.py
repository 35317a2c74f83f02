"""The kind `act`: a state, or the European Union, did something on a convention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

import pandas as pd
from pydantic import model_validator

from adoption.claims.base import Country, Dated, OneConvention, Words
from adoption.claims.events import last_day
from adoption.claims.phrases import act_facts, law_fact, reach_in_words, treaty
from adoption.claims.places import at_the_place
from adoption.claims.verdicts import (
    CONTRADICTED,
    NOT_MEASURABLE,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    Comparison,
    Fact,
    Verdict,
    all_hold,
    as_rows,
    day_holds,
    judge,
    verdict_of,
)
from adoption.data.dictionary import CONSENTS, SIGNATURES, WITHDRAWAL
from adoption.law.instruments import first_acts
from adoption.law.rules import Window
from adoption.law.status import Row, Status
from adoption.words import capitalised, long_day, when_long

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

KINDS_OF = {"signature": SIGNATURES, "consent": CONSENTS, "withdrawal": (WITHDRAWAL,)}


class ActClaim(Dated):
    """An act of a participant on a convention.

    Attributes
    ----------
    convention : Convention
        Which one.
    country : str
        ISO3 code; EUE is the European Union.
    act : str
        `consent` is any consent to be bound.
    place : str, optional
        Where; it can be told only of a signature on the days on which the registry says where
        the convention was opened.
    done : bool
        False where the statement is that there was no such act by the day it was said.
    """

    convention: OneConvention
    country: Country
    act: Literal[
        "signature", "consent", "ratification", "acceptance", "approval", "formal confirmation",
        "accession", "succession", "definitive signature", "withdrawal",
    ]  # fmt: skip
    place: Words | None = None
    done: bool = True

    @model_validator(mode="after")
    def _no_day_of_what_was_not_done(self) -> Self:
        if not self.done and (self.comparison or self.place):
            raise ValueError("an act that was not done has neither a day nor a place")
        return self


def decide(claim: ActClaim, data: ClaimData) -> Verdict:
    """Look the act up, with its day and, if it was signed at the opening, its place.

    Any verdict. No act known is evidence only within the reach of the list: beyond it the
    data cannot tell, and before the end of the claimed time it is too early.
    """
    status = data.status(claim.convention, data.as_of)
    own = data.acts_of(claim.convention)
    own = own[own["iso3"] == claim.country]
    found = first_acts(own, KINDS_OF.get(claim.act, (claim.act,))).reset_index()
    rows = [*act_facts(found, data), _opening(claim)] if claim.place else act_facts(found, data)
    rows = rows if len(found) else [_nothing(claim, data)]
    if claim.comparison is None:
        return _by_the_day_said(claim, data, status, found, rows)
    if found.empty:
        return _nothing_known(claim, data, status, rows)
    act = found.to_dict("records")[0]
    assert claim.value is not None
    truth = day_holds(claim.comparison, claim.value, claim.until, _window(act))
    why = f"{_told(act, claim, data)}"
    why += "." if truth else f"; the statement says {claim.in_words}."
    if claim.place and truth is not False:
        at_it, told = _at_the_place(claim, act)
        truth, why = all_hold([truth, at_it]), f"{why} {told}"
    return Verdict(verdict_of(truth), why, as_rows(rows))


def _no_act(claim: ActClaim, data: ClaimData, status: Status) -> str:
    return (
        f"No {_act_on(claim.act)} {treaty(claim.convention)} is known of "
        f"{data.name(claim.country)} by {long_day(status.as_of)}."
    )


def _act_on(act: str) -> str:
    """Return an act with the word that leads to its convention.

    Examples
    --------
    >>> _act_on("signature"), _act_on("accession"), _act_on("consent")
    ('signature of', 'accession to', 'consent to be bound by')
    """
    if act in ("consent", "consent to be bound"):
        return "consent to be bound by"
    return f"{act} {'to' if act == 'accession' else 'of'}"


def _told(act: Row, claim: ActClaim, data: ClaimData) -> str:
    when = when_long(act["earliest"], act["latest"], act["open_ended"])
    grade = "by report only" if act["grade"] == "reported" else act["grade"]
    name = capitalised(data.name(claim.country))
    return f"{name}: {_act_on(act['act'])} {treaty(claim.convention)} {when} ({grade})"


def _by_the_day_said(
    claim: ActClaim, data: ClaimData, status: Status, found: pd.DataFrame, rows: list[Fact]
) -> Verdict:
    """Decide a claim without a day: whether there was the act when it was said."""
    said = data.status(claim.convention, data.said(claim))
    numbers = []
    for on in (said, status):
        day = pd.Timestamp(on.as_of)
        certain, possible = (found["latest"] <= day).any(), (found["earliest"] <= day).any()
        is_open = not certain and _may_be_missing(claim, on)
        numbers.append(Bounds(int(certain), None if is_open else int(possible)))
    comparison: Comparison = "at least" if claim.done else "at most"
    verdict = judge(comparison, int(claim.done), *numbers, grows=True)
    if found.empty:
        why = _no_act(claim, data, status)
    else:
        act = found.to_dict("records")[0]
        why = f"{_told(act, claim, data)}."
        if claim.place and verdict == SUPPORTED:
            truth, told = _at_the_place(claim, act)
            verdict, why = verdict_of(truth), f"{why} {told}"
    more = f"The statement is of {long_day(claim.said_on)}."
    if verdict == NOT_MEASURABLE and found.empty:
        more = f"No act known is not the same as none. {reach_in_words(status)} {more}"
    return Verdict(verdict, why, as_rows(rows), more.replace("  ", " "))


def _may_be_missing(claim: ActClaim, status: Status) -> bool:
    if claim.act == "signature":
        return status.signatures_may_be_missing or not claim.convention.signatories_listed
    return status.beyond_reach


def _nothing_known(claim: ActClaim, data: ClaimData, status: Status, rows: list[Fact]) -> Verdict:
    why, last = _no_act(claim, data, status), last_day(claim)
    if last is None or last > data.as_of:
        return Verdict(TOO_EARLY, why, as_rows(rows))
    if _may_be_missing(claim, data.status(claim.convention, last)):
        more = f"No act known is not the same as none. {reach_in_words(status)}".strip()
        return Verdict(NOT_MEASURABLE, why, as_rows(rows), more)
    assert claim.convention.complete_to is not None
    more = f"The list of acts is complete to {long_day(claim.convention.complete_to)}."
    return Verdict(CONTRADICTED, why, as_rows(rows), more)


def _nothing(claim: ActClaim, data: ClaimData) -> Fact:
    name = capitalised(data.name(claim.country))
    return Fact(f"{name}: {claim.act}", "no act known", "as listed", claim.convention.source)


def _opening(claim: ActClaim) -> Fact:
    return law_fact(claim.convention, "Opened for signature", claim.convention.opens_at)


def _window(act: Row) -> Window:
    return Window(act["earliest"].date(), act["latest"].date())


def _at_the_place(claim: ActClaim, act: Row) -> tuple[bool | None, str]:
    """Decide a place: the registry says where a convention was opened for signature."""
    if act["act"] not in ("signature", "definitive signature"):
        return None, "Where an instrument was deposited is not in the data."
    return at_the_place(claim.convention, str(claim.place), _window(act))
