"""Waits as spells under observation, under each reading of what is not known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import pandas as pd

from adoption.forecasting.survival.waits import Reach, consent_waits, followed_to, signing_waits

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

Reading = Literal["least", "with_reports", "most"]
READINGS: tuple[Reading, ...] = ("least", "with_reports", "most")
COLUMNS = ("reading", "iso3", "un_group", "entry", "time", "acted")


def to_signature(
    convention: Convention,
    acts: pd.DataFrame,
    states: pd.DataFrame,
    memberships: pd.DataFrame,
    as_of: date,
    reach: Reach = "complete",
) -> pd.DataFrame:
    """Return the waits for signature as spells, under each reading of what is not known."""
    last = followed_to(convention, "signature", as_of, reach)
    if last is None:
        return _none()
    firm, every = (
        signing_waits(convention, acts, states, memberships, last, reports=reports)
        for reports in (False, True)
    )
    return _spells(firm, every, states)


def to_consent(
    convention: Convention,
    acts: pd.DataFrame,
    states: pd.DataFrame,
    as_of: date,
    reach: Reach = "complete",
) -> pd.DataFrame:
    """Return the waits for consent as spells; parameters and columns as of `to_signature`."""
    last = followed_to(convention, "consent", as_of, reach)
    if last is None:
        return _none()
    firm, every = (
        consent_waits(convention, acts, states, as_of, last, reports=reports)
        for reports in (False, True)
    )
    return _spells(firm, every, states)


def _spells(firm: pd.DataFrame, every: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Return waits as spells: a state that has not acted by the end is censored there."""
    chosen: tuple[tuple[Reading, pd.DataFrame, str, str], ...] = (
        ("least", firm, "longest", "seen_most"),
        ("with_reports", every, "longest", "seen_most"),
        ("most", every, "shortest", "seen_least"),
    )
    frames = []
    for reading, waits, wait, seen in chosen:
        acted = waits[wait] <= waits[seen]
        frame = pd.DataFrame(
            {"reading": reading, "entry": waits["entry"],
             "time": waits[wait].where(acted, waits[seen]), "acted": acted}
        )  # fmt: skip
        there = (frame["time"] > frame["entry"]) | (frame["entry"].eq(0) & frame["time"].ge(0))
        frames.append(frame[there].rename_axis("iso3").reset_index())
    group = states.set_index("iso3")["un_group"]
    whole = pd.concat(frames, ignore_index=True)
    return whole.assign(un_group=whole["iso3"].map(group))[list(COLUMNS)]


def _none() -> pd.DataFrame:
    kinds = dict.fromkeys(("reading", "iso3", "un_group"), "str")
    kinds |= {"entry": "float64", "time": "float64", "acted": "bool"}
    return pd.DataFrame({name: pd.Series(dtype=kinds[name]) for name in COLUMNS})
