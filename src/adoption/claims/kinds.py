"""The kinds of claim: a closed set, each a model of its fields and a function that decides.

A kind is a general question. `adoption.claims.check` reads the file that puts it to a convention,
a state, a group or an index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adoption.claims import (
    acts,
    bodies,
    counts,
    events,
    firsts,
    indices,
    pairs,
    rules,
    shares,
    spreads,
)
from adoption.claims.verdicts import Verdict

if TYPE_CHECKING:
    from adoption.claims.base import Claim
    from adoption.claims.data import ClaimData


@dataclass(frozen=True)
class Kind:
    """A kind of claim.

    Attributes
    ----------
    model : type of Claim
        Its fields.
    decide : callable
        From a claim of the model and the data to a verdict.
    hangs_on_reports : bool
        Whether a verdict can be another one without the acts that are only reported; not
        where the bounds of its numbers leave them out already.
    """

    model: type[Claim]
    decide: Callable[[Any, ClaimData], Verdict]
    hangs_on_reports: bool = True


KINDS = {
    "event": Kind(events.EventClaim, events.decide),
    "first": Kind(firsts.FirstClaim, firsts.decide),
    "body": Kind(bodies.BodyClaim, bodies.decide),
    "rule": Kind(rules.RuleClaim, rules.decide),
    "count": Kind(counts.CountClaim, counts.decide),
    "act": Kind(acts.ActClaim, acts.decide),
    "share": Kind(shares.ShareClaim, shares.decide),
    "spread": Kind(spreads.SpreadClaim, spreads.decide),
    "index": Kind(indices.IndexClaim, indices.decide),
    "pairs": Kind(pairs.PairsClaim, pairs.decide, hangs_on_reports=False),
}
