"""The two questions as cases: who had not acted at a moment, what was known, what followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from adoption.countries.cross_validation import Numbers
from adoption.forecasting.propensity.panel import YEAR, Flags, Panel
from adoption.forecasting.propensity.record import log_odds, others, shares, weights

Question = Literal["consent", "sign"]

# What each model is told: of the treaty, the same for all states, and of the state.
OF_TREATY: Mapping[Question, tuple[str, ...]] = {
    "consent": ("level", "signatures", "pace"),
    "sign": ("level",),
}
OF_STATE: Mapping[Question, tuple[str, ...]] = {
    "consent": ("signed", "signed_by_many", "record", "next", "neighbours"),
    "sign": ("record", "next", "neighbours"),
}
NEARBY = (1.0, 0.6, 1.6)  # moments learnt from, times the one that is asked about


@dataclass(frozen=True, eq=False)
class Cases:
    """Every treaty and state at one moment of the treaties' lives.

    Attributes
    ----------
    question : {"consent", "sign"}
        Which act is asked about.
    features : mapping of str to array of float, shape (treaties, states)
        What the model is told, by name in `OF_TREATY` and `OF_STATE`.
    record, following : array of float, shape (treaties, states)
        The state's share of earlier treaties on which it had acted by this moment, and, of
        those on which it had not, the share on which it acted in the time that follows.
    neighbours : array of float, shape (treaties, states)
        The share of the others of its regional group that have acted on this treaty.
    open : array of bool, shape (treaties, states)
        Who could act and had not: the cases.
    outcome : array of bool, shape (treaties, states)
        Who acted in the time that follows.
    told : array of bool, shape (treaties,)
        Whether all of that time has been seen.
    share, pace : array of float, shape (treaties, 1)
        The share of states that had acted, and how many acted in as long a time before, for
        each state that had not: two baselines.
    starts, ends : array of float, shape (treaties,)
        The moment and the end of the time that follows, in days since 1970.
    """

    question: Question
    features: Mapping[str, Numbers]
    record: Numbers
    following: Numbers
    neighbours: Numbers
    open: Flags
    outcome: Flags
    told: Flags
    share: Numbers
    pace: Numbers
    starts: Numbers
    ends: Numbers


def consent_cases(panel: Panel, age: float) -> Cases:
    """Ask of each treaty at an age who consents within 365 days."""
    able = panel.able(np.full(len(panel.treaties), age))
    done = able & (panel.consented <= age)
    signed = able & (panel.signed <= age)
    waiting = able & ~done
    follows = waiting & (panel.consented <= age + YEAR)
    starts = panel.opened + age
    past = weights(panel, panel.recalled & (panel.seen >= age), starts, starts)
    after = weights(panel, panel.recalled & (panel.seen >= age + YEAR), starts, starts + YEAR)
    record, usual = shares(done, able, past)
    # A state that has signed is measured by how it followed signatures up, another by the rest.
    next_signed = shares(follows & signed, waiting & signed, after)
    next_other = shares(follows & ~signed, waiting & ~signed, after)
    following, usual_next = (
        np.where(signed, a, b) for a, b in zip(next_signed, next_other, strict=True)
    )
    level, signatures = (log_odds(_share(acted, able)) for acted in (done, signed))
    pace = _ratio(done & (panel.consented > age - YEAR), waiting)
    whole = np.ones(able.shape)
    neighbours = others(done, able, panel.group)
    return Cases(
        question="consent",
        features={
            "level": level * whole,
            "signatures": signatures * whole,
            "pace": log_odds(pace) * whole,
            "signed": signed.astype("float64"),
            "signed_by_many": signed * signatures,
            "record": log_odds(record) - log_odds(usual),
            "next": log_odds(following) - log_odds(usual_next),
            "neighbours": neighbours,
        },
        record=record,
        following=following,
        neighbours=neighbours,
        open=waiting,
        outcome=follows,
        told=panel.seen >= age + YEAR,
        share=_share(done, able),
        pace=pace,
        starts=starts,
        ends=starts + YEAR,
    )


def signing_cases(panel: Panel, left: float) -> Cases:
    """Ask of each treaty, a time before it closes for signature, who signs by then.

    A treaty that was open for less than that time is looked at on its first day, if it was
    open for half as long. A state that has consented without signing is not asked.
    """
    age = np.maximum(panel.length - left, 0.0)
    now, end = age[:, None], panel.length[:, None]
    able = panel.able(age)
    signed = able & (panel.signed <= now)
    waiting = able & ~signed & ~(panel.consented <= now)
    follows = waiting & (panel.signed <= end)
    starts, ends = panel.opened + age, panel.opened + panel.length
    usable = panel.closed & (panel.length >= left / 2)
    record, usual = shares(signed, able, weights(panel, usable, starts, starts))
    following, usual_next = shares(follows, waiting, weights(panel, usable, starts, ends))
    neighbours = others(signed, able, panel.group)
    return Cases(
        question="sign",
        features={
            "level": log_odds(_share(signed, able)) * np.ones(able.shape),
            "record": log_odds(record) - log_odds(usual),
            "next": log_odds(following) - log_odds(usual_next),
            "neighbours": neighbours,
        },
        record=record,
        following=following,
        neighbours=neighbours,
        open=waiting,
        outcome=follows,
        told=usable,
        share=_share(signed, able),
        pace=_ratio(signed & (panel.signed > now - (ends - starts)[:, None]), waiting),
        starts=starts,
        ends=ends,
    )


def cases_around(panel: Panel, question: Question, moment: float) -> tuple[Cases, ...]:
    """Return the cases at a moment, which are asked about, and at nearby ones to learn from."""
    made = consent_cases if question == "consent" else signing_cases
    moments = dict.fromkeys(float(round(moment * factor)) for factor in NEARBY)
    return tuple(made(panel, nearby) for nearby in moments)


def _share(acted: Flags, able: Flags) -> Numbers:
    """Return the share that has acted, with half a state added on either side."""
    return _ratio(acted, able & ~acted, both=True)


def _ratio(acted: Flags, waiting: Flags, *, both: bool = False) -> Numbers:
    did = acted.sum(axis=1, keepdims=True) + 0.5
    rest = waiting.sum(axis=1, keepdims=True) + (0.5 if both else 1.0)
    found: Numbers = did / (did + rest) if both else np.minimum(did / rest, 1.0)
    return found
