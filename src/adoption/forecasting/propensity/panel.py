"""Treaties by states: on which day of a treaty's life each state acted on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from adoption.countries.cross_validation import Numbers
from adoption.forecasting.pool import Acts, Treaty

Flags = NDArray[np.bool_]
Places = NDArray[np.integer[Any]]

LEARN_SINCE = np.datetime64("1960-01-01", "D").astype("float64")
LEAST_PARTIES = 20  # a treaty with fewer is not learnt from
LEAST_SIGNATORIES = 10
YEAR = 365
LONGEST = 3 * 366  # days: a treaty signed for longer than that is taken to stay open
SHORTEST = 90


@dataclass(frozen=True, eq=False)
class Panel:
    """Acts by treaty and state; the last treaty is the subject, and nothing is learnt from it.

    Attributes
    ----------
    treaties, states : tuple of str
        Numbers of the treaties and ISO3 codes: the order of rows and columns.
    opened : array of float, shape (treaties,)
        Day of opening, in days since 1970.
    seen : array of float, shape (treaties,)
        Days from opening to the last day that the list of acts covers.
    length : array of float, shape (treaties,)
        Days from opening to closing for signature; 0 where it has no end that is known.
    signed, consented : array of float, shape (treaties, states)
        Days from opening to the first act; infinite where there is none.
    since : array of float, shape (states,)
        First day as a member of the United Nations, in days since 1970; infinite for others.
    group : array of int, shape (states,)
        United Nations regional group.
    candidates : array of bool, shape (states,)
        Who could join the subject on the day asked about.
    recalled : array of bool, shape (treaties,)
        Whether a treaty is part of the states' record: states of every regional group have
        acted on it, which is as near as the data come to saying that it is open to all.
    learns : array of bool, shape (treaties,)
        Whether it is learnt from as well: opened in 1960 or later, with enough parties.
    closed : array of bool, shape (treaties,)
        Whether it is known to have closed for signature, a year before its list ends at least.
    """

    treaties: tuple[str, ...]
    states: tuple[str, ...]
    opened: Numbers
    seen: Numbers
    length: Numbers
    signed: Numbers
    consented: Numbers
    since: Numbers
    group: Places
    candidates: Flags
    recalled: Flags
    learns: Flags
    closed: Flags

    def able(self, age: Numbers) -> Flags:
        """Return who could act on each treaty at an age in days: bool (treaties, states)."""
        found: Flags = self.since[None, :] <= (self.opened + age)[:, None]
        found[-1] = self.candidates
        return found


def panel_of(
    pool: Sequence[Treaty],
    subject: Treaty,
    states: pd.DataFrame,
    candidates: Sequence[str],
    closings: Mapping[str, date],
    *,
    signatures: bool = True,
) -> Panel:
    """Set the pool and the subject side by side.

    The data do not say when a treaty of the pool closed for signature, except where it is a
    convention of the registry. For another, its last signature stands for the closing day if
    that came within three years and nobody signed for a year afterwards; the true day is
    that one or later.
    """
    own = states[states["kind"] != "organization"].sort_values("iso3", ignore_index=True)
    codes = tuple(own["iso3"])
    place = {iso3: number for number, iso3 in enumerate(codes)}
    treaties = (*pool, subject)
    opened = _days([treaty.opened for treaty in treaties])
    seen = np.array([treaty.seen for treaty in treaties])
    consented = _matrix([treaty.consented for treaty in treaties], place)
    signed = np.full(consented.shape, np.inf)
    if signatures:
        signed = _matrix([treaty.signed for treaty in treaties], place)
    group = pd.factorize(own["un_group"])[0]
    acted = np.isfinite(consented) | np.isfinite(signed)
    groups = sorted(set(group[group >= 0].tolist()))
    recalled = np.all([acted[:, group == number].any(axis=1) for number in groups], axis=0)
    length = np.where(np.isfinite(signed), signed, 0.0).max(axis=1)
    length[(length < SHORTEST) | (length > LONGEST)] = 0.0
    for number, treaty in enumerate(treaties):
        if treaty.treaty in closings:
            length[number] = float((closings[treaty.treaty] - treaty.opened).days)
    recalled[-1] = False
    parties = np.isfinite(consented).sum(axis=1)
    followed = (length > 0) & (seen >= length + YEAR)
    years = own["un_member_since"].astype("float64").to_numpy()
    first = (years - 1970).round() * 365.2425  # the year alone is known: from about its first day
    return Panel(
        treaties=tuple(treaty.treaty for treaty in treaties),
        states=codes,
        opened=opened,
        seen=seen,
        length=length,
        signed=signed,
        consented=consented,
        since=np.where(np.isnan(first), np.inf, first),
        group=group,
        candidates=np.isin(codes, list(candidates)),
        recalled=recalled,
        learns=recalled & (opened >= LEARN_SINCE) & (parties >= LEAST_PARTIES),
        closed=recalled & followed & (np.isfinite(signed).sum(axis=1) >= LEAST_SIGNATORIES),
    )


def _days(days: Sequence[date]) -> Numbers:
    found: Numbers = np.array(days, dtype="datetime64[D]").astype("float64")
    return found


def _matrix(lists: Sequence[Acts], place: Mapping[str, int]) -> Numbers:
    found = np.full((len(lists), len(place)), np.inf)
    for row, acts in enumerate(lists):
        for iso3, day in zip(acts.iso3, acts.day, strict=True):
            if iso3 in place:
                found[row, place[iso3]] = day
    return found
