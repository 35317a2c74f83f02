"""The kind `pairs`: how many pairs of states a convention joins that no other joins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

import pandas as pd
from pydantic import model_validator

from adoption.claims.base import (
    Measured,
    OneConvention,
    OneGroup,
    SomeConventions,
    WholeNumber,
    check_others,
)
from adoption.claims.phrases import figure, reach_in_words, sources_of, span, treaty
from adoption.claims.verdicts import (
    NOT_MEASURABLE,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    Fact,
    Verdict,
    as_rows,
    holds,
    judge_by_days,
)
from adoption.data.dictionary import CONSENTS, GRADES, SIGNATURES
from adoption.law.conventions import Convention
from adoption.law.instruments import best_supported
from adoption.law.network import Network, added, network
from adoption.law.status import Status
from adoption.law.webs import Web, signed_or_bound, web_of
from adoption.words import by_grade, capitalised, counted, long_day, percent

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

COMPUTED = "computed"


class PairsClaim(Measured):
    """A number of pairs of states that a convention joins anew.

    Attributes
    ----------
    convention : Convention
        The one that is said to join states.
    beside : tuple of Convention
        Those that may join them already.
    group : Group, optional
        The states; the members of the United Nations where there is none.
    """

    convention: OneConvention
    beside: SomeConventions
    group: OneGroup | None = None
    value: WholeNumber | None = None

    @model_validator(mode="after")
    def _not_beside_itself(self) -> Self:
        check_others("beside", self.convention, self.beside)
        return self


def decide(claim: PairsClaim, data: ClaimData) -> Verdict:
    """Count the pairs joined without a convention, and those that it joins anew.

    Any verdict; while the convention is not in force, supported where the comparison is true
    of no pair at all, and too early otherwise. A pair is joined when one convention is in force
    for both states; see `adoption.law.network`.
    """
    said = data.status(claim.convention, data.said(claim))
    now = data.status(claim.convention, data.as_of)
    states = _states(claim, data)
    webs = [_web(convention, data, data.as_of) for convention in claim.beside]
    joined = network(webs, states)
    why, more = claim.opening + _effect(claim, joined, now), _joined(claim, joined, webs, now)
    rows = as_rows([*(_fact(web, data) for web in webs), *_totals(claim, joined, now, data)])
    if claim.comparison is None or claim.value is None:
        return Verdict(NOT_MEASURABLE, why, rows, more)
    more += f" Taken as: {claim.comparison} {figure(claim.value)}."
    if not now.in_force:
        most = added(joined, _web(claim.convention, data, data.as_of).possible)[1]
        so_far = holds(claim.comparison, claim.value, Bounds(0, most))
        more = f"{more} {reach_in_words(now)}".strip()
        return Verdict(SUPPORTED if so_far else TOO_EARLY, why, rows, more)
    then, today = (_anew(claim, data, status, states) for status in (said, now))
    why += f" It joins {span(today)} {'pair' if today == Bounds(1, 1) else 'pairs'} anew."
    verdict, day = judge_by_days(
        claim.comparison,
        holds(claim.comparison, claim.value, then),
        holds(claim.comparison, claim.value, today),
        lambda: _held_on(claim, data, said, states),
    )
    why += f" The statement was true of {long_day(day)}." if day else ""
    return Verdict(verdict, why, rows, more)


def _states(claim: PairsClaim, data: ClaimData) -> list[str]:
    if claim.group is not None:
        return sorted(claim.group.members)
    return sorted(data.states.loc[data.states["kind"] == "member", "iso3"])


def _web(convention: Convention, data: ClaimData, day: date) -> Web:
    """Return the states that a convention joins; that of an organisation, among its members."""
    made_for = data.groups.get(convention.made_for) if convention.made_for else None
    return web_of(data.status(convention, day), made_for)


def _anew(claim: PairsClaim, data: ClaimData, status: Status, states: list[str]) -> Bounds:
    """Return how many pairs the convention joins that none of the others does, on a day.

    Before it is in force it joins none.
    """
    if not status.in_force:
        return Bounds(0, 0)
    beside = network([_web(c, data, status.as_of) for c in claim.beside], states)
    own = _web(claim.convention, data, status.as_of)
    least, most = added(beside, own.certain)[0], added(beside, own.possible)[1]
    return Bounds(least, most if own.ceiling else None)


def _held_on(claim: PairsClaim, data: ClaimData, said: Status, states: list[str]) -> date | None:
    """Return the last day on which the comparison is known to have been true when it was said."""
    assert claim.comparison is not None
    assert claim.value is not None
    opens, until = claim.convention.opens, said.as_of
    statuses = [said, *(data.status(convention, until) for convention in claim.beside)]
    begun = {day.date() for s in statuses for day in s.participants["in_force_on"].dropna()}
    for day in sorted((d for d in begun | {opens} if opens <= d <= until), reverse=True):
        own, *others = (_joined_on(status, day) for status in statuses)
        about = added(network(others, states), own.certain)[0]
        # A status takes long to work out, and most days are far from the number.
        if holds(claim.comparison, claim.value, Bounds(about, about)):
            number = _anew(claim, data, data.status(claim.convention, day), states)
            if holds(claim.comparison, claim.value, number):
                return day
    return None


def _joined_on(status: Status, day: date) -> Web:
    """Return the states for which the convention was in force by a day, where that is known."""
    people = status.participants
    joined = frozenset(people.loc[people["in_force_on"] <= pd.Timestamp(day), "iso3"])
    return Web(status.convention, joined, joined, partial=True, ceiling=False)


def _joined(claim: PairsClaim, joined: Network, webs: list[Web], status: Status) -> str:
    """Say how many pairs the other conventions join."""
    least = "at least " if any(web.partial for web in webs) else ""
    text = (
        f"Without {treaty(claim.convention)}, {least}{joined.least:,} of "
        f"{counted(joined.of, 'pair')} of states ({percent(joined.least, joined.of)}) "
        f"{'is' if joined.least == 1 else 'are'} joined on {long_day(status.as_of)}"
    )
    if joined.most > joined.least:
        text += f", {joined.most:,} at most as far as the lists go"
    return f"{text}."


def _signed(joined: Network, status: Status) -> list[str]:
    acted = signed_or_bound(status)
    return [iso3 for iso3 in joined.states if iso3 in acted]


def _effect(claim: PairsClaim, joined: Network, status: Status) -> str:
    """Say what the convention joins, or would join if all who signed were bound."""
    group = "the United Nations" if claim.group is None else claim.group.in_sentence
    title = treaty(claim.convention)
    if status.in_force:
        return f"{capitalised(title)} is in force."
    signed = _signed(joined, status)
    text = (
        f"{capitalised(title)} is not known to be in force, and joins nobody. "
        f"{len(signed) or 'None'} of {len(joined.states)} members of {group} "
        f"{'is' if len(signed) < 2 else 'are'} known to have {_acted(signed, status)}"
    )
    if len(signed) < 2:
        return f"{text}."
    part, anew = percent(len(signed), len(joined.states)), _range(*added(joined, signed))
    return f"{text} ({part}); if all of those were bound, it would join {anew} anew."


def _acted(acted: list[str], status: Status) -> str:
    """Say what states have done, some of which may have consented without a signature."""
    people = status.participants
    unsigned = people["iso3"].isin(acted) & ~people["signed"]
    either = unsigned.any() or not status.convention.signatories_listed
    return "signed it or consented to it" if either else "signed it"


def _range(least: int, most: int) -> str:
    """Return a number of pairs within its bounds.

    Examples
    --------
    >>> _range(0, 33), _range(1983, 2249), _range(1, 1)
    ('up to 33 pairs', '1,983 to 2,249 pairs', '1 pair')
    """
    return f"{span(Bounds(least, most))} {'pair' if most == 1 else 'pairs'}"


def _fact(web: Web, data: ClaimData) -> Fact:
    convention = web.convention
    acts = data.acts_of(convention)
    return Fact(
        what=f"{convention.short_title}: states joined by it",
        value=f"{len(web.certain)} for certain, {len(web.possible)} possible",
        grade="list partial" if web.partial else "list complete",
        source=";".join(sources_of(acts)) or convention.source,
    )


def _totals(claim: PairsClaim, joined: Network, status: Status, data: ClaimData) -> list[Fact]:
    signed = _signed(joined, status)
    title, of = claim.convention.short_title, f"of {joined.of:,}"
    acts = f"{len(signed)} of {len(joined.states)}"
    kinds = (*SIGNATURES, *CONSENTS)
    rows = best_supported(data.acts_of(claim.convention), kinds, status.as_of).loc[signed]
    grades = by_grade({grade: int((rows["grade"] == grade).sum()) for grade in GRADES})
    source = ";".join(sources_of(rows))
    return [
        Fact("Pairs joined without it", f"{_range(joined.least, joined.most)} {of}", COMPUTED, ""),
        Fact(f"{title}: signed or bound", acts, grades or "no act known", source),
        Fact("Pairs that those would add", _range(*added(joined, signed)), COMPUTED, ""),
    ]
