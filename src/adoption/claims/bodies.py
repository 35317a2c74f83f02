"""The kind `body`: an organ of the United Nations did something to a convention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from adoption.claims.base import Dated, OneConvention
from adoption.claims.phrases import law_fact, treaty
from adoption.claims.verdicts import (
    CONTRADICTED,
    NOT_MEASURABLE,
    Fact,
    Verdict,
    as_rows,
    day_holds,
    verdict_of,
)
from adoption.law.rules import Window
from adoption.words import capitalised, long_day, short_day

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

# How the symbol of a body's document begins.
SYMBOLS = {"General Assembly": "A/RES/"}


class BodyClaim(Dated):
    """A body adopted a convention, or gave its consent to be bound by it."""

    convention: OneConvention
    body: Literal["General Assembly"]
    act: Literal[
        "adoption", "signature", "ratification", "acceptance", "approval", "formal confirmation",
        "accession", "definitive signature",
    ]  # fmt: skip


def decide(claim: BodyClaim, data: ClaimData) -> Verdict:
    """Tell adoption, which a body does, from consent, which participants give.

    supported where the body adopted it, on the day if one is claimed; contradicted where it
    did not, or is said to have done what only a participant can do; not measurable where the
    registry does not say who adopted it or when.
    """
    convention, symbol = claim.convention, claim.convention.adopted_by
    adopted = convention.adopted
    by_it = symbol is not None and symbol.startswith(SYMBOLS[claim.body])
    day = short_day(adopted) if adopted else "day not known"
    facts = [law_fact(convention, "Adopted", f"{day}, by {symbol or 'whom is not known'}")]
    did = (
        f"The {claim.body} adopted {treaty(convention)} ({symbol})"
        f"{f' on {long_day(adopted)}' if adopted else ''}."
        if by_it
        else f"Whether the {claim.body} adopted {treaty(convention)} is not in the registry."
    )
    if claim.act != "adoption":
        acts = data.acts_of(convention)
        kinds = data.states.set_index("iso3")["kind"].reindex(acts["iso3"])
        states = int((kinds != "organization").sum())
        others = len(acts) - states
        facts.append(
            Fact("Acts known", f"{len(acts)}: {states} of states, {others} of organizations",
                 "as listed", convention.source)
        )  # fmt: skip
        article = "An" if claim.act[0] in "aeiou" else "A"
        why = (
            f"{did} {article} {claim.act} is given by a state, or by an organization that takes "
            f"part; the {claim.body} is not among the participants of the acts listed."
        )
        return Verdict(CONTRADICTED, why, as_rows(facts))
    if symbol is None or (adopted is None and claim.value is not None):
        return Verdict(NOT_MEASURABLE, did, as_rows(facts))
    if not by_it:
        why = f"{capitalised(treaty(convention))} was adopted by {symbol}."
        return Verdict(CONTRADICTED, why, as_rows(facts))
    truth: bool | None = True
    if claim.comparison and claim.value and adopted:
        truth = day_holds(claim.comparison, claim.value, claim.until, Window(adopted, adopted))
        did += "" if truth else f" The statement says {claim.in_words}."
    return Verdict(verdict_of(truth), did, as_rows(facts))
