"""The kind `share`: which part of some states has signed, or is bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import pandas as pd

from adoption.claims.base import Measured, OneConvention, Share
from adoption.claims.phrases import (
    MOST_ROWS,
    act_facts,
    days_of_change,
    figure,
    names_in_words,
    not_yet,
    reach_in_words,
    sources_of,
    span,
    treaty,
)
from adoption.claims.verdicts import (
    NOT_MEASURABLE,
    Bounds,
    Fact,
    Verdict,
    all_hold,
    as_rows,
    holds,
    judge_by_days,
)
from adoption.claims.whom import SIGNATORIES, Whom
from adoption.countries.groups import Group
from adoption.data.dictionary import SIGNATURES
from adoption.law.deciding import IN_FORCE, NO_ACT, PARTY, SIGNED, WITHDRAWN
from adoption.law.instruments import best_supported
from adoption.law.status import Status
from adoption.words import capitalised, listed, long_day, percent, region_in_sentence

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

FEW = 5  # names that a sentence can carry


class ShareClaim(Measured):
    """A share of some states, from 0 to 1.

    Attributes
    ----------
    convention : Convention
        Which one.
    of : str or Group
        `signatories` (of the convention), `un-members` or a group of states.
    acted : {"signed", "bound"}
        What the share has done.
    each : {"region", "un_group"}, optional
        The comparison must be true in each of these.
    on : date, optional
        The day for which it is said, where the statement names one.
    """

    convention: OneConvention
    of: Whom
    acted: Literal["signed", "bound"]
    each: Literal["region", "un_group"] | None = None
    on: date | None = None
    value: Share | None = None


@dataclass(frozen=True)
class Part:
    """How many of some states have acted: the certain ones by ISO3, and the possible number."""

    name: str
    of: int
    acted: tuple[str, ...]
    possible: int

    @property
    def share(self) -> Bounds:
        """The share, 0 to 1; where there are no states, from 0 to 1."""
        if not self.of:
            return Bounds(0, 1)
        return Bounds(len(self.acted) / self.of, self.possible / self.of)


def decide(claim: ShareClaim, data: ClaimData) -> Verdict:
    """Count a share on the day it was said and on the day asked about.

    Any verdict; beyond the reach of a list the whole may have acted.
    """
    if claim.on is not None and claim.on > data.as_of:
        return not_yet(claim.on, data.as_of)
    if claim.acted == "signed" and not claim.convention.signatories_listed:
        why = f"The signatories of {treaty(claim.convention)} are not named in any source seen."
        rows = as_rows([Fact("Signatories", "not named", "as listed", claim.convention.source)])
        return Verdict(NOT_MEASURABLE, why, rows)
    said = data.status(claim.convention, claim.on or data.said(claim))
    now = said if claim.on else data.status(claim.convention, data.as_of)
    before, after = parts(claim, said), parts(claim, now)
    why = claim.opening + _told(claim, said, before, data)
    if now.as_of != said.as_of:
        why += f" {_told(claim, now, after, data, 'it')}"
    more = _each(claim, after)
    more += reach_in_words(now) if any(part.possible == part.of for part in after) else ""
    more += _taken_as(claim)
    rows = as_rows(_facts(claim, data, now, after))
    if claim.comparison is None:
        return Verdict(NOT_MEASURABLE, why, rows, more.strip())
    verdict, day = judge_by_days(
        claim.comparison,
        _truth(claim, before),
        _truth(claim, after),
        lambda: None if claim.on else _held_on(claim, data, said.as_of),
    )
    why += f" The statement was true of {long_day(day)}." if day else ""
    return Verdict(verdict, why, rows, more.strip())


def _truth(claim: ShareClaim, found: list[Part]) -> bool | None:
    """Return whether the comparison is true of the whole, or of each part of it."""
    comparison, value = claim.comparison, claim.value
    if comparison is None or value is None or not found or not all(part.of for part in found):
        return None
    return all_hold([holds(comparison, value, part.share) for part in found])


def _held_on(claim: ShareClaim, data: ClaimData, until: date) -> date | None:
    """Return the last day up to one on which the comparison is known to have been true."""
    convention, acts = claim.convention, data.acts_of(claim.convention)
    if isinstance(claim.of, Group):
        acts = acts[acts["iso3"].isin(claim.of.members)]
    if claim.acted == "signed":
        acts = acts[acts["act"].isin(SIGNATURES)]
    for day in days_of_change(acts, convention.opens, until):
        if _truth(claim, parts(claim, data.status(convention, day))):
            return day
    return None


def parts(claim: ShareClaim, status: Status) -> list[Part]:
    """Return the whole, or each region or group of it, largest first."""
    frame = status.participants
    if claim.of == SIGNATORIES:
        frame = frame[frame["signed"]]
    elif isinstance(claim.of, Group):
        frame = frame[frame["iso3"].isin(claim.of.members)]
    else:
        frame = frame[frame["kind"] == "member"]
    if claim.each is None:
        return [_part(claim, status, "", frame)]
    found = [_part(claim, status, str(n), rows) for n, rows in frame.groupby(claim.each)]
    return sorted(found, key=lambda part: (-part.of, part.name))


def _part(claim: ShareClaim, status: Status, name: str, frame: pd.DataFrame) -> Part:
    bound = frame["status"].isin((PARTY, IN_FORCE)) & frame["possible"].ne(WITHDRAWN)
    may_be_bound = frame["status"].isin((PARTY, IN_FORCE)) | frame["possible"].eq(PARTY)
    may_sign = frame["possible"].eq(SIGNED) & frame["status"].eq(NO_ACT)
    signed = claim.acted == "signed"
    certain, possible = (
        (frame["signed"], frame["signed"] | may_sign) if signed else (bound, may_be_bound)
    )
    is_open = status.signatures_may_be_missing if signed else status.beyond_reach
    return Part(
        name=name,
        of=len(frame),
        acted=tuple(frame.loc[certain, "iso3"]),
        possible=len(frame) if is_open else int(possible.sum()),
    )


def _whole(claim: ShareClaim, number: int) -> str:
    if claim.of == SIGNATORIES:
        return "the one signatory" if number == 1 else f"{number} signatories"
    if isinstance(claim.of, Group):
        return f"{number} members of {claim.of.in_sentence}"
    return f"{number} members of the United Nations"


def _told(
    claim: ShareClaim, status: Status, found: list[Part], data: ClaimData, title: str = ""
) -> str:
    """Say which share has acted by a day, with names where they are few."""
    of, acted = sum(part.of for part in found), [iso3 for part in found for iso3 in part.acted]
    grades = status.participants.set_index("iso3")["grade"].reindex(acted)
    reported = int(grades.eq("reported").sum()) if claim.acted == "bound" else 0
    be = "is" if len(acted) < 2 else "are"
    known = "reported" if reported and reported == len(acted) else "known"
    did = "to have signed" if claim.acted == "signed" else "to be bound by"
    text = (
        f"By {long_day(status.as_of)}, {len(acted) or 'none'} of {_whole(claim, of)} {be} {known} "
        f"{did} {title or treaty(claim.convention)}"
    )
    if reported:
        text += ", none is confirmed" if reported == len(acted) else f", {reported} by report only"
    if 0 < len(acted) <= FEW:
        text += f" ({names_in_words(acted, data)})"
    return f"{text}."


def _taken_as(claim: ShareClaim) -> str:
    if claim.value is None:
        return ""
    each = {None: "", "region": " in each region", "un_group": " in each UN group"}[claim.each]
    exact = {("at most", 0.0): "none", ("equals", 0.0): "none", ("at least", 1.0): "all"}
    number = f"{claim.comparison} {percent(claim.value, 1)}"
    return f" Taken as: {exact.get((claim.comparison or '', claim.value), number)}{each}."


def _each(claim: ShareClaim, found: list[Part]) -> str:
    """Say how many have acted in each region or group; nothing where there are no parts."""
    if claim.each is None:
        return ""
    told = [
        f"{len(part.acted)} of {part.of} in {_within(claim, part)} "
        f"({percent(len(part.acted), part.of)})"
        for part in found
    ]
    return f"{capitalised(listed(told))}. "


def _within(claim: ShareClaim, part: Part) -> str:
    return region_in_sentence(part.name) if claim.each == "region" else f"the {part.name}"


def _facts(claim: ShareClaim, data: ClaimData, status: Status, found: list[Part]) -> list[Fact]:
    frame = status.participants.set_index("iso3")
    if claim.acted == "signed":
        frame = best_supported(data.acts_of(claim.convention), SIGNATURES, status.as_of)
    facts = []
    for part in found:
        own = frame.loc[list(part.acted)]
        told = [f"{n} {grade}" for grade, n in own["grade"].value_counts().items()]
        is_open = len(part.acted) < part.possible == part.of
        bounds = Bounds(len(part.acted), None if is_open else part.possible)
        facts.append(
            Fact(
                what=part.name or capitalised(_whole(claim, part.of)),
                value=f"{span(bounds)} of {figure(part.of)}",
                grade=", ".join(told) or "no act known",
                source=";".join(sources_of(own)) or claim.convention.source,
            )
        )
    codes = [iso3 for part in found for iso3 in part.acted]
    if not claim.each and 0 < len(codes) <= MOST_ROWS:
        facts += act_facts(frame.loc[codes].reset_index(), data)
    return facts
