"""The kind `event`: a convention was adopted, opened, closed or in force on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from adoption.claims.base import Dated, OneConvention
from adoption.claims.phrases import act_facts, graded, known_by, law_fact, reach_in_words, treaty
from adoption.claims.verdicts import (
    CONTRADICTED,
    NOT_MEASURABLE,
    TOO_EARLY,
    DayComparison,
    Fact,
    Verdict,
    as_rows,
    day_holds,
    verdict_of,
)
from adoption.data.dictionary import CONSENTS, SIGNATURES
from adoption.law.rules import Window, ordinal
from adoption.law.status import Status
from adoption.words import capitalised, counted, long_day, when_long, when_short

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

NOUNS = {
    "adopted": "Adopted",
    "opens": "Opened for signature",
    "closes": "Last day for signature",
    "entered into force": "Entry into force",
    "threshold reached": "Threshold reached",
}
VERBS = {  # of what is past, and of what is to come
    "adopted": ("was adopted", "is adopted"),
    "opens": ("was opened for signature", "opens for signature"),
    "closes": ("had its last day for signature", "has its last day for signature"),
    "entered into force": ("entered into force", "enters into force"),
    "threshold reached": ("had the instruments it needs", "has the instruments it needs"),
}


class EventClaim(Dated):
    """A convention's own event happened on a day, before or after it."""

    convention: OneConvention
    event: Literal["adopted", "opens", "closes", "entered into force", "threshold reached"]
    comparison: DayComparison
    value: date


def decide(claim: EventClaim, data: ClaimData) -> Verdict:
    """Compare the day of an event with the one that is claimed.

    supported or contradicted where the day is known; too early while an event that has not
    happened may still happen when it is said to; not measurable where the day, or whether it
    happened, is not known.
    """
    status = data.status(claim.convention, data.as_of)
    window = _window(claim, status)
    if window is None:
        return _without_a_day(claim, status)
    verb = VERBS[claim.event][window.latest > data.as_of]
    truth = day_holds(claim.comparison, claim.value, claim.until, window)
    when = when_long(window.earliest, window.latest)
    facts = [
        law_fact(claim.convention, NOUNS[claim.event], when_short(window.earliest, window.latest))
    ]
    why = f"{capitalised(treaty(claim.convention))} {verb} {when}"
    why += f", as the statement says ({claim.in_words})." if truth else (
        f"; the statement says {claim.in_words}."
    )  # fmt: skip
    more = ""
    if claim.event == "opens":
        more, rows = _on_the_first_day(claim, data)
        facts += rows
    return Verdict(verdict_of(truth), why, as_rows(facts), more)


def _window(claim: EventClaim, status: Status) -> Window | None:
    convention = claim.convention
    if claim.event in ("adopted", "opens", "closes"):
        day: date | None = getattr(convention, claim.event)
        return Window(day, day) if day else None
    if claim.event == "threshold reached":
        return status.nth_instrument
    published = convention.entered_into_force
    if published and published <= status.as_of:
        return Window(published, published)
    return status.entry_into_force


def _without_a_day(claim: EventClaim, status: Status) -> Verdict:
    convention, as_of = claim.convention, status.as_of
    noun = NOUNS[claim.event]
    if claim.event in ("adopted", "closes"):
        why = f"The registry holds no such day for {treaty(convention)}."
        return Verdict(
            NOT_MEASURABLE, why, as_rows([law_fact(convention, noun, "not in the registry")])
        )
    last = last_day(claim)
    nth = f"the {ordinal(convention.threshold)} instrument"
    why = (
        f"By {long_day(as_of)} {status.counted.lower} of the {convention.threshold} instruments "
        f"are known{graded(status.counted.by_grade)}, and {treaty(convention)} "
        f"{convention.rule_in_words()}."
    )
    rows = as_rows([law_fact(convention, noun, f"not by {long_day(as_of)}: {nth} is not known")])
    if last is None or last > as_of:
        return Verdict(TOO_EARLY, why, rows)
    within = convention.complete_to is not None and last <= convention.complete_to
    return Verdict(
        CONTRADICTED if within else NOT_MEASURABLE, why, rows, reach_in_words(status)
    )  # fmt: skip


def last_day(claim: Dated) -> date | None:
    """Return the last day on which what is claimed can happen; None where it has no end."""
    if claim.comparison == "after" or claim.value is None:
        return None
    if claim.comparison == "before":
        return max(claim.value, date.min + timedelta(days=1)) - timedelta(days=1)
    return claim.until or claim.value


def _on_the_first_day(claim: EventClaim, data: ClaimData) -> tuple[str, list[Fact]]:
    """Say who acted on the day of opening: a statement may mean that by signing."""
    convention = claim.convention
    acts = data.acts_of(convention)
    acts = acts[acts["act"].isin((*SIGNATURES, *CONSENTS))]
    first = known_by(acts, min(convention.opens, data.as_of))
    place = f"Place and time: {convention.opens_at}."
    if first.empty:
        return place, []
    grades = {str(grade): len(rows) for grade, rows in first.groupby("grade")}
    text = f"{counted(len(first), 'act')} of that day {'is' if len(first) == 1 else 'are'} known"
    return f"{place} {text}{graded(grades)}.", act_facts(first, data)
