"""What the registry says of the reach of a list: its days, and who has acted since."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from adoption.core.text import capitalised, counted, listed, long_day
from adoption.core.vocabulary import CONSENT, DOMESTIC_APPROVAL, REPORTED, SIGNATURE, WITHDRAWAL
from adoption.ingest.lists import Conventions, kind_of_act
from adoption.law.conventions import REACH_DAYS, Convention

MAX_NAMES = 5  # of those that did an act of a kind; more are counted
NOUNS_OF_ACTS = {
    SIGNATURE: ("signature", "signatures"),
    CONSENT: ("consent to be bound", "consents to be bound"),
    WITHDRAWAL: ("withdrawal", "withdrawals"),
    DOMESTIC_APPROVAL: ("approval at home", "approvals at home"),
}


def with_reach(
    conventions: Conventions, acts: pd.DataFrame, added_to: Collection[str]
) -> dict[str, Convention]:
    """Return the registry with what its acts say of its reach: who acted after the complete days.

    The list of a convention to which a user added an act is partial to the last such day.
    """
    rows = dict(list(acts.groupby("convention")))
    return {
        name: _with_reach(convention, rows.get(name, acts[:0]), is_added_to=name in added_to)
        for name, convention in conventions.items()
    }


def _with_reach(convention: Convention, acts: pd.DataFrame, *, is_added_to: bool) -> Convention:
    complete_to = convention.complete_to
    if complete_to is None:
        return convention.model_copy(update={"reach": _days_in_words(convention)})
    later = acts[acts["earliest"] > pd.Timestamp(complete_to)]
    done = later[later["act"] != WITHDRAWAL]  # of which the day of effect may be to come
    if is_added_to and not done.empty:
        last = max(convention.partial_to or complete_to, done["latest"].max().date())
        convention = convention.model_copy(update={"partial_to": last})
    text = _days_in_words(convention)
    if not later.empty:
        text = f"{text} Known after {long_day(complete_to)}: {_acts_in_words(later)}."
    return convention.model_copy(update={"reach": text})


def _days_in_words(convention: Convention) -> str:
    """Say to which days a list reaches, where the registry has no words of its own for it."""
    words = ("complete to", "nearly complete to", "partial to")
    days = [getattr(convention, name) for name in REACH_DAYS]
    pairs = zip(words, days, strict=True)
    clauses = [f"{word} {long_day(day)}" for word, day in pairs if day]
    return convention.reach or (f"{capitalised(', '.join(clauses))}." if clauses else "")


def _acts_in_words(acts: pd.DataFrame) -> str:
    """Name who did each kind of act, or count them where they are many."""
    kinds, clauses = acts["act"].map(kind_of_act), []
    for kind, (singular, plural) in NOUNS_OF_ACTS.items():
        of_kind = acts[kinds == kind].sort_values(["participant", "earliest"])
        names = of_kind["participant"].where(
            of_kind["grade"] != REPORTED, of_kind["participant"] + " by report"
        )
        amount = counted(len(of_kind), singular, plural)
        if 0 < len(names) <= MAX_NAMES:
            amount = f"{amount} ({', '.join(names)})"
        if len(names):
            clauses.append(amount)
    return listed(clauses)
