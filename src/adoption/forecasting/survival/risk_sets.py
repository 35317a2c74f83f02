"""Who could act in each step of time and who did, for every treaty of the pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from adoption import tables
from adoption.forecasting.pool import Acts, Treaty, known_on, pool_of_tables
from adoption.forecasting.survival.pooled_logit import Numbers
from adoption.forecasting.survival.waits import Step, consent_waits, followed_to, signing_waits
from adoption.law.placement import base_treaty

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

DAYS_A_YEAR = 365.25
ENDS: Mapping[Step, tuple[float, ...]] = {  # of the steps, in years
    "signature": (0.5, 1, 1.5, 2, 2.5, 3),
    "consent": (0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20),
}
TABLES = ("acts", "states", "memberships", "base_acts", "base_treaties", "sources")


@dataclass(frozen=True, eq=False)
class Counts:
    """How many could act in each step after the first day, and how many did.

    Attributes
    ----------
    first_at_risk, first_acted : int
        On the first day.
    at_risk, acted : array of float, shape (steps,)
        In the steps of `ENDS`.
    """

    first_at_risk: int
    first_acted: int
    at_risk: Numbers
    acted: Numbers


def count(waits: pd.DataFrame, step: Step) -> Counts:
    """Count who could act and who did, step by step.

    A step counts for a state that was observed, and had not acted, from its beginning, and
    was followed to its end whether it acted or not. An act without a day counts where its
    whole window lies in one step; otherwise the state is followed to the beginning of the
    window.

    Examples
    --------
    >>> waits = pd.DataFrame({"entry": 0.0, "shortest": [0.0, 100.0, 150.0, np.inf],
    ...                       "longest": [0.0, 100.0, 250.0, np.inf],
    ...                       "seen_least": 800.0, "seen_most": 800.0})
    >>> found = count(waits, "signature")
    >>> found.first_at_risk, found.first_acted, found.at_risk[:2].tolist(), found.acted[:2].tolist()
    (4, 1, [2.0, 1.0], [1.0, 0.0])
    """
    entry, shortest, longest, seen = (
        waits[name].to_numpy(dtype="float64")[:, None]
        for name in ("entry", "shortest", "longest", "seen_least")
    )
    begin, end = bounds(step)
    open_to = (entry <= begin) & (seen >= end) & (shortest > begin)
    acted = open_to & (longest <= end)
    still = open_to & (shortest > end)
    first = (entry <= 0) & (seen >= 0)
    on_first, not_on_first = first & (longest <= 0), first & (shortest > 0)
    return Counts(
        int((on_first | not_on_first).sum()),
        int(on_first.sum()),
        (acted | still).sum(axis=0).astype("float64"),
        acted.sum(axis=0).astype("float64"),
    )


def bounds(step: Step) -> tuple[Numbers, Numbers]:
    """Return the days after which each step begins, and the last day of each.

    The first day, day 0, is no part of them: the first year ends on day 364.
    """
    end = np.floor(np.array(ENDS[step]) * DAYS_A_YEAR) - 1
    return np.concatenate([[0.0], end[:-1]]), end


def own_counts(
    convention: Convention,
    data: Mapping[str, pd.DataFrame],
    as_of: date,
    step: Step,
    *,
    known: bool = False,
    reports: bool = False,
) -> Counts | None:
    """Count a convention of the registry."""
    reach_day = min(as_of, convention.partial_to or as_of) if known else as_of
    last = followed_to(convention, step, reach_day, "known" if known else "complete")
    if last is None:
        return None
    acts, states = data["acts"], data["states"]
    if step == "signature":
        waits = signing_waits(convention, acts, states, data["memberships"], last)
    else:
        waits = consent_waits(convention, acts, states, as_of, last, reports=reports)
    return count(waits, step)


def pool(
    conventions: Sequence[Convention], data: Mapping[str, pd.DataFrame], as_of: date, step: Step
) -> dict[str, Counts]:
    """Count every treaty of the base set and every convention of the registry.

    Each as it was known on the day. For signatures, treaties of the base set of which it
    does not appear that all states could sign are left out (as in
    `adoption.law.placement.treaties_at_age`); their close for signature is not known, so each is
    followed to its last signature.

    Parameters
    ----------
    conventions : sequence of Convention
        The registry; one that is in the base set as well is taken from the registry.
    data : mapping of str to DataFrame
        The tables of `TABLES`.
    as_of : date
        The day.
    step : {"signature", "consent"}
        What is waited for.
    """
    found = {}
    for convention in conventions:
        own = own_counts(convention, data, as_of, step)
        if own is not None:
            found[convention.convention] = own
    twice = {base_treaty(convention) for convention in conventions}
    states = data["states"]
    people = states[states["kind"] != "organization"]
    group_of = dict(zip(people["iso3"], people["un_group"], strict=True))
    members = people[people["un_member"]]
    joined = dict(zip(members["iso3"], members["un_member_since"], strict=True))
    base = pool_of_tables(data["base_acts"], data["base_treaties"], states)
    for treaty in known_on(base, as_of):
        if treaty.treaty in twice:
            continue
        if step == "consent":
            found[treaty.treaty] = count(_consents(treaty), step)
        elif _groups(treaty, group_of) == set(people["un_group"].dropna()):
            found[treaty.treaty] = count(_signatures(treaty, joined), step)
    return found


def read_tables() -> dict[str, pd.DataFrame]:
    """Return the tables of `TABLES` by name."""
    return {name: tables.read(name) for name in TABLES}


def _groups(treaty: Treaty, group_of: Mapping[str, object]) -> set[object]:
    acted = (*treaty.signed.iso3, *treaty.consented.iso3)
    return {group for group in map(group_of.get, acted) if isinstance(group, str)}


def _series(acts: Acts) -> pd.Series[float]:
    return pd.Series(acts.day, index=list(acts.iso3), dtype="float64")


def _consents(treaty: Treaty) -> pd.DataFrame:
    signed = _series(treaty.signed)
    wait = (_series(treaty.consented).reindex(signed.index) - signed).clip(lower=0)
    return _dated(wait, entry=0.0, seen=treaty.seen - signed)


def _signatures(treaty: Treaty, joined: Mapping[str, int]) -> pd.DataFrame:
    signed = _series(treaty.signed)
    opened = pd.Timestamp(treaty.opened)
    days = [(pd.Timestamp(int(year), 1, 1) - opened).days for year in joined.values()]
    entry = pd.Series(days, index=list(joined), dtype="float64").clip(lower=0)
    entry = entry.reindex(entry.index.union(signed.index), fill_value=0.0)
    wait = signed.reindex(entry.index)
    entry = entry.mask(wait <= entry, 0.0)
    return _dated(wait, entry=entry, seen=float(signed.max()))


def _dated(
    wait: pd.Series[float], *, entry: pd.Series[float] | float, seen: pd.Series[float] | float
) -> pd.DataFrame:
    wait = wait.fillna(np.inf)
    return pd.DataFrame(
        {"entry": entry, "shortest": wait, "longest": wait, "seen_least": seen, "seen_most": seen}
    )
