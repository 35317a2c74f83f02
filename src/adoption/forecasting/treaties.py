"""Treaties as days since they opened, from a table of acts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from adoption import tables
from adoption.core.acts import CONSENTS, SIGNING_ACTS
from adoption.core.errors import AdoptionError
from adoption.core.reading import remembered
from adoption.tables.choices import check_acts

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

YEAR = 365.25  # days
LEARNT_SINCE = pd.Timestamp("1946-01-01")
TREATY_ACT_COLUMNS = ("treaty", "iso3", "act", "date")
SAME_ACTS = 0.8  # share of acts in common from which two lists are of one treaty
FADING = 1.4 * np.log(2)  # how fast an act fades: over a year by 1 - 2^-1.4, or 62 %
TOGETHER = 30  # days: treaties opened within them may be one package


@dataclass(frozen=True, eq=False)
class Acts:
    """The first act of one kind by each state, in the order of the days.

    Attributes
    ----------
    iso3 : tuple of str
        Who acted.
    day : array of float, shape (acts,)
        Days from opening by which the act had certainly been done; never below 0, in order.
    earliest : array of float, shape (acts,)
        Days from opening from which it may have been done: its day, where that is known.
    """

    iso3: tuple[str, ...]
    day: Numbers
    earliest: Numbers

    def by(self, age: float | Numbers) -> NDArray[np.intp]:
        """Return how many had certainly acted by ages in days."""
        return np.asarray(np.searchsorted(self.day, age, side="right"))

    def recent(
        self, days: float, age: Numbers, unnamed: Numbers | float = 0.0, since: float = 1.0
    ) -> Numbers:
        """Return how many had acted by ages, each act counting less the older it is.

        An act counts 1 on its day, half after five sevenths of the days, and never nothing. Of an
        act without a day it is known only when it had been done: it counts as from its first day.
        Acts that nobody has named may be added, spread evenly in the days since.
        """
        days_since = age[:, None] - self.earliest
        weight = np.exp(-FADING * days_since / days)
        named = np.where(self.day <= age[:, None], weight, 0.0).sum(axis=1)
        faded = since * FADING / days
        return np.asarray(named - unnamed * np.expm1(-faded) / faded)

    def nth(self, number: int) -> float:
        """Return the age at the nth act; infinite where there are fewer."""
        if number > len(self.day):
            return np.inf
        return float(self.day[number - 1])

    def until(self, age: float) -> Acts:
        """Return the acts that had certainly been done by an age."""
        is_done = self.day <= age
        return self if is_done.all() else self.only(is_done)

    def only(self, kept: Flags) -> Acts:
        """Return some of the acts."""
        codes = tuple(iso3 for iso3, keep in zip(self.iso3, kept, strict=True) if keep)
        return Acts(codes, self.day[kept], self.earliest[kept])


NO_ACTS = Acts((), np.empty(0), np.empty(0))


@dataclass(frozen=True, eq=False)
class TreatyRecord:
    """How states signed a treaty and consented to be bound.

    Attributes
    ----------
    treaty : str
        Its number with the depositary, or the id of a convention.
    opened : date
        Day zero: that of the first signature.
    seen : float
        Days from opening to the last day that the list of acts covers.
    signed, consented : Acts
        The first signature and the first consent of each state. A definitive signature is both.
    """

    treaty: str
    opened: date
    seen: float
    signed: Acts
    consented: Acts

    def known_at(self, age: float) -> TreatyRecord:
        """Return the treaty as it was known at an age: itself, where that is all of it."""
        signed = self.signed.until(age)
        consented = self.consented.until(age)
        if age >= self.seen and signed is self.signed and consented is self.consented:
            return self
        return replace(self, seen=min(self.seen, age), signed=signed, consented=consented)


def treaties_of(
    acts: pd.DataFrame, opened: Mapping[str, date], seen: Mapping[str, float]
) -> dict[str, TreatyRecord]:
    """Return treaties by number from their acts.

    The day of an act is that by which it had certainly been done: `latest`, where there are
    columns for a window, else `date`. A few acts are dated before the first signature (a state
    may deposit its instrument on the day of adoption): they count from day zero. Organisations
    and participants without a code are left out.

    Parameters
    ----------
    acts : DataFrame
        treaty, iso3, act, date; earliest and latest if the day of some acts is not known.
    opened, seen : mapping of str to date and to float
        Day zero, and days from it to the last day that the list covers. Others are left out.
    """
    of_states = acts["iso3"].isin(state_codes())
    dated = acts[of_states & acts["treaty"].isin(list(opened))]
    zero = pd.to_datetime(dated["treaty"].map(opened))
    days = {}
    for name in ("latest", "earliest"):
        dates = dated["date"].fillna(dated[name]) if name in dated else dated["date"]
        days[name] = (dates - zero).dt.days
    dated = dated[["treaty", "iso3", "act"]].assign(**days).dropna(subset="latest")
    ends = dated[["latest", "earliest"]].clip(lower=0)
    dated[["latest", "earliest"]] = ends.astype("float64")
    dated = dated.sort_values(["latest", "earliest", "iso3"])

    def firsts(kinds: Collection[str]) -> dict[str, Acts]:
        acts = dated[dated["act"].isin(list(kinds))].drop_duplicates(["treaty", "iso3"])
        iso3, latest, earliest = (acts[name].to_numpy() for name in ("iso3", "latest", "earliest"))
        return {
            str(number): Acts(tuple(iso3[rows]), latest[rows], earliest[rows])
            for number, rows in acts.groupby("treaty").indices.items()
        }

    signed, consented = firsts(SIGNING_ACTS), firsts(CONSENTS)
    treaties = {}
    for number, day in opened.items():
        acts_of_kinds = (signed.get(number, NO_ACTS), consented.get(number, NO_ACTS))
        treaties[number] = TreatyRecord(number, day, seen[number], *acts_of_kinds)
    return treaties


def treaty_of(acts: pd.DataFrame, opened: date, until: date, treaty: str = "") -> TreatyRecord:
    """Return one treaty as it was known on a day."""
    if until < opened:
        raise AdoptionError(f"as_of: {until} is before the opening on {opened}")
    age = float((until - opened).days)
    named = acts.assign(treaty=treaty)
    treaties = treaties_of(named, {treaty: opened}, {treaty: age})
    return treaties[treaty].known_at(age)


def base_set(acts: pd.DataFrame, seen_to: Mapping[str, pd.Timestamp]) -> tuple[TreatyRecord, ...]:
    """Return the treaties to learn from.

    A treaty is among them if it was signed, for the first time in 1946 or later. Treaties with
    few or no consents stay in, since leaving them out would bias the forecasts.
    """
    state_acts = acts[acts["iso3"].isin(state_codes())]
    newest = state_acts["date"].max()
    opened = state_acts[state_acts["act"] == "signature"].groupby("treaty")["date"].min()
    opened = opened[opened >= LEARNT_SINCE]
    seen = {}
    for number, first in opened.items():
        last = seen_to.get(str(number), newest)
        seen[str(number)] = float((last - first).days)
    in_order = opened.sort_index()
    days = {str(number): first.date() for number, first in in_order.items()}
    return tuple(treaties_of(state_acts, days, seen).values())


@remembered
def base_treaties() -> tuple[TreatyRecord, ...]:
    """Return the treaties of the base set, from which forecasts learn."""
    return base_set(_acts(learnt_from=True), _seen_to())


@remembered
def outside_treaties() -> tuple[TreatyRecord, ...]:
    """Return treaties that no forecast learnt from."""
    return base_set(_acts(learnt_from=False), _seen_to())


def _acts(*, learnt_from: bool) -> pd.DataFrame:
    acts = tables.read("base_acts")
    return acts[acts["learnt_from"] == learnt_from]


def treaties_from(base_acts: pd.DataFrame) -> tuple[TreatyRecord, ...]:
    """Return the treaties of a user's table of acts."""
    if "treaty" not in base_acts:
        raise AdoptionError("base_acts: there is no column 'treaty'")
    columns = [name for name in (*TREATY_ACT_COLUMNS, "participant") if name in base_acts]
    check_acts(base_acts[columns], "base_acts")  # windows are not learnt from
    if "learnt_from" in base_acts:
        base_acts = base_acts[base_acts["learnt_from"]]
    newest, seen = base_acts["date"].max(), _seen_to()
    if newest < _acts(learnt_from=True)["date"].max():  # nothing is known after the newest act
        seen = {number: min(day, newest) for number, day in seen.items()}
    return base_set(base_acts[list(TREATY_ACT_COLUMNS)], seen)


def _seen_to() -> dict[str, pd.Timestamp]:
    listed = tables.read("base_treaties")
    return dict(zip(listed["treaty"], listed["as_of"], strict=True))


def known_on(treaties: Iterable[TreatyRecord], day: date) -> tuple[TreatyRecord, ...]:
    """Return treaties as they were known on a day: later acts and later treaties are cut off."""
    then = (treaty.known_at(float((day - treaty.opened).days)) for treaty in treaties)
    return tuple(treaty for treaty in then if treaty.seen > 0)


@cache
def family(treaty: str) -> str:
    """Return the number of a treaty without the letters of protocols and amendments.

    Examples
    --------
    >>> family("XVIII-12-a"), family("XVIII-12")
    ('XVIII-12', 'XVIII-12')
    """
    return re.sub(r"(-[a-z]+)+$", "", treaty)


def related(treaty: TreatyRecord, other: TreatyRecord) -> bool:
    """Return whether two treaties are the same or one package: a convention and its protocols.

    They have the same number but for letters at its end, or opened within thirty days. The
    parties to one predict those to the other, a help that no new treaty has.
    """
    same = family(treaty.treaty) == family(other.treaty)
    return same or abs((treaty.opened - other.opened).days) <= TOGETHER


def packages(treaties: Sequence[TreatyRecord]) -> dict[str, str]:
    """Return the first treaty of each treaty's package: its kin, and the kin of kin."""
    ordered = sorted(treaties, key=lambda treaty: (treaty.opened, treaty.treaty))
    kin = np.array([[related(treaty, other) for other in ordered] for treaty in ordered])
    _, number = connected_components(kin, directed=False)
    names = pd.Series([treaty.treaty for treaty in ordered], dtype="str")
    return dict(zip(names, names.groupby(number).transform("first"), strict=True))


def same_treaty(treaty: TreatyRecord, other: TreatyRecord) -> bool:
    """Return whether two treaties are one, by their first day and acts, as far as both are seen."""
    if treaty.opened != other.opened:
        return False
    age = min(treaty.seen, other.seen)
    ours = _facts_until(treaty, age)
    theirs = _facts_until(other, age)
    return len(ours & theirs) >= SAME_ACTS * len(ours | theirs)


def _facts_until(treaty: TreatyRecord, age: float) -> set[tuple[str, str, float]]:
    facts = set()
    for kind, acts in (("signed", treaty.signed), ("bound", treaty.consented)):
        early = acts.until(age)
        days = early.day.tolist()
        pairs = zip(early.iso3, days, strict=True)
        facts |= {(kind, iso3, day) for iso3, day in pairs}
    return facts


def without(treaties: Sequence[TreatyRecord], subject: TreatyRecord) -> tuple[TreatyRecord, ...]:
    """Return treaties without the one asked about."""
    return tuple(treaty for treaty in treaties if not same_treaty(treaty, subject))


@remembered
def state_codes() -> tuple[str, ...]:
    """Return the ISO3 of those whose consents count: not organisations."""
    frame = tables.read("states")
    return tuple(frame.loc[frame["kind"] != "organization", "iso3"])
