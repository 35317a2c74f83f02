"""The kind `rule`: what brings a convention into force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import model_validator

from adoption.claims.base import Claim, OneConvention, Whole
from adoption.claims.phrases import law_fact, treaty
from adoption.claims.verdicts import Fact, Verdict, as_rows, verdict_of
from adoption.law.rules import ordinal
from adoption.words import capitalised, counted, listed

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData


class RuleClaim(Claim):
    """How many instruments a convention needs, and how long it then waits.

    Attributes
    ----------
    convention : Convention
        Which one.
    instruments, delay_days, delay_months : int, optional
        What the statement says; at least one of them.
    """

    convention: OneConvention
    instruments: Whole | None = None
    delay_days: Whole | None = None
    delay_months: Whole | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.instruments is self.delay_days is self.delay_months is None:
            raise ValueError("needs at least one of instruments, delay_days and delay_months")
        return self


def decide(claim: RuleClaim, data: ClaimData) -> Verdict:  # noqa: ARG001  all kinds alike
    """Compare a rule with that of the registry: supported only if every part is right."""
    convention = claim.convention
    delay = convention.delay
    wait = counted(delay.days, "day") if delay.days else counted(delay.months or 0, "month")
    needed = counted(convention.threshold, "instrument")
    parts = (
        (claim.instruments, convention.threshold, "instrument", needed),
        (claim.delay_days, delay.days, "day", wait),
        (claim.delay_months, delay.months, "month", wait),
    )
    said = [part for part in parts if part[0] is not None]
    right = [counted(number or 0, noun) for number, true, noun, _ in said if number == true]
    wrong = [
        f"it says {counted(number or 0, noun)} where the rule says {actual}"
        for number, true, noun, actual in said
        if number != true
    ]
    why = f"{capitalised(treaty(convention))} {convention.rule_in_words()}."
    if wrong:
        agrees = f"The statement agrees on {listed(right)}; " if right else ""
        why += f" {capitalised(agrees + listed(wrong))}."
    more = _what_counts(claim) if claim.instruments is not None else ""
    return Verdict(verdict_of(not wrong), why, as_rows(_facts(claim)), more)


def _what_counts(claim: RuleClaim) -> str:
    text = "An acceptance, an approval and an accession count as a ratification does."
    if claim.convention.excludes_reio:
        text += (
            " The instrument of a regional economic integration organization, such as the "
            "European Union, does not add."
        )
    return text


def _facts(claim: RuleClaim) -> list[Fact]:
    convention, delay = claim.convention, claim.convention.delay
    wait = f"{ordinal(delay.days)} day" if delay.days else f"{delay.months} months, then the 1st"
    number = f"{convention.threshold} ({convention.threshold_article})"
    return [
        law_fact(convention, "Instruments needed", number),
        law_fact(convention, "From the decisive deposit to entry into force", wait),
    ]
