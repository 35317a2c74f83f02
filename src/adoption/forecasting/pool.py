"""The pool: treaties, each as two sequences of days since it opened for signature."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from adoption.data.dictionary import CONSENTS, SIGNING_ACTS

Days = NDArray[np.float64]

SINCE = pd.Timestamp("1946-01-01")
OPENING = "signature"


@dataclass(frozen=True, eq=False)
class Acts:
    """The first act of one kind by each state, in the order of the days.

    Attributes
    ----------
    iso3 : tuple of str
        Who acted.
    day : array of float, shape (acts,)
        Whole days from opening to the act, never below 0, in order. Of an act without a
        day, the day by which it was certainly done.
    earliest : array of float, optional
        The day from which it may have been done, where that is another.
    """

    iso3: tuple[str, ...]
    day: Days
    earliest: Days | None = None

    @property
    def since(self) -> Days:
        """From when each act may have been done: its day, where that is known."""
        return self.day if self.earliest is None else self.earliest

    def by(self, age: float) -> int:
        """Return how many had acted by an age in days."""
        return int(np.searchsorted(self.day, age, side="right"))

    def between(self, after: float, until: float) -> int:
        """Return how many certainly acted after one age and not after another."""
        if self.earliest is None:
            return self.by(until) - self.by(after)
        return int(((self.earliest > after) & (self.day <= until)).sum())

    def who(self, age: float) -> frozenset[str]:
        """Return who had acted by an age in days."""
        return frozenset(self.iso3[: self.by(age)])

    def nth(self, number: int) -> float:
        """Return the age at the nth act; infinite where there are fewer."""
        return float(self.day[number - 1]) if number <= len(self.day) else np.inf


@dataclass(frozen=True, eq=False)
class Treaty:
    """How states signed a treaty and consented to be bound.

    Attributes
    ----------
    treaty : str
        Its number with the depositary.
    opened : date
        Day zero: that of the first signature.
    seen : float
        Days from opening to the last day that the list of acts covers.
    signed, consented : Acts
        The first signature and the first consent of each state. A definitive signature
        is both.
    """

    treaty: str
    opened: date
    seen: float
    signed: Acts
    consented: Acts


def first_acts_of(acts: pd.DataFrame, kinds: Collection[str]) -> pd.DataFrame:
    """Return each state's first act of some kinds, in the order of the days."""
    chosen = acts[acts["act"].isin(list(kinds)) & acts["date"].notna()]
    ordered = chosen.sort_values(["date", "iso3"], kind="stable")
    return ordered.drop_duplicates([c for c in ("treaty", "iso3") if c in acts.columns])


def acts_since(opened: date, first: pd.DataFrame) -> Acts:
    """Return first acts as days since opening.

    A few acts are dated before the first signature (a state may deposit its instrument on
    the day of adoption): they count from day zero.

    Examples
    --------
    >>> from datetime import date
    >>> acts = pd.DataFrame({"iso3": ["QAT", "FJI"], "act": "signature",
    ...                      "date": pd.to_datetime(["2030-01-03", "2030-01-01"])})
    >>> acts_since(date(2030, 1, 1), first_acts_of(acts, ["signature"])).day
    array([0., 2.])
    """
    days = first["date"].to_numpy(dtype="datetime64[D]") - np.datetime64(opened, "D")
    return Acts(tuple(first["iso3"]), np.maximum(days.astype("float64"), 0.0))


def pool_of(
    base_acts: pd.DataFrame, states: Collection[str], seen_to: Mapping[str, pd.Timestamp]
) -> tuple[Treaty, ...]:
    """Make the pool from the acts on many treaties.

    A treaty is in it if it was signed, for the first time in 1946 or later, and has a
    consent. Treaties with few parties stay in: leaving them out would flatter.
    """
    own = base_acts[base_acts["iso3"].isin(list(states))]
    newest = own["date"].max()
    opened = own[own["act"] == OPENING].groupby("treaty")["date"].min()
    signed = {str(key): acts for key, acts in first_acts_of(own, SIGNING_ACTS).groupby("treaty")}
    consented = {str(key): acts for key, acts in first_acts_of(own, CONSENTS).groupby("treaty")}
    made = []
    for number, first in zip(opened.index.astype(str), opened, strict=True):
        if first >= SINCE and number in consented:
            day = first.date()
            made.append(
                Treaty(
                    treaty=number,
                    opened=day,
                    seen=float((seen_to.get(number, newest) - first).days),
                    signed=acts_since(day, signed[number]),
                    consented=acts_since(day, consented[number]),
                )
            )
    return tuple(made)


def pool_of_tables(
    base_acts: pd.DataFrame, base_treaties: pd.DataFrame, states: pd.DataFrame
) -> tuple[Treaty, ...]:
    """Make the pool from the tables of these names; states count, organisations do not."""
    counted = states.loc[states["kind"] != "organization", "iso3"]
    seen_to = dict(zip(base_treaties["treaty"], base_treaties["as_of"], strict=True))
    return pool_of(base_acts, list(counted), seen_to)


def family(treaty: str) -> str:
    """Return the number of a treaty without the letters of protocols and amendments.

    Examples
    --------
    >>> family("XVIII-12-a"), family("XVIII-12")
    ('XVIII-12', 'XVIII-12')
    """
    return re.sub(r"(-[a-z]+)+$", "", treaty)


def known_on(pool: Sequence[Treaty], day: date) -> tuple[Treaty, ...]:
    """Return the pool as it was known on a day: later acts and later treaties are cut off."""
    made = []
    for treaty in pool:
        age = float((day - treaty.opened).days)
        if age >= treaty.seen:
            made.append(treaty)
        elif age > 0 and treaty.consented.by(age):
            signed, consented = _until(treaty.signed, age), _until(treaty.consented, age)
            made.append(Treaty(treaty.treaty, treaty.opened, age, signed, consented))
    return tuple(made)


def _until(acts: Acts, age: float) -> Acts:
    number = acts.by(age)
    return Acts(acts.iso3[:number], acts.day[:number])
