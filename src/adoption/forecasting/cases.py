"""A case: what was known of a treaty at an age, a number of parties, and the wait for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from adoption.forecasting.pool import Acts, Days, Treaty

YEAR = 365.25  # days
HALF_A_YEAR, ONE_YEAR = 183.0, 365.0
FIRST_DAYS = 10.0  # a signing ceremony and those who came a little late
LEARNT_AGES = (
    7.0, 30.0, 61.0, 91.0, 137.0, 205.0, 308.0, 461.0, 692.0, 1038.0, 1557.0, 2335.0, 3503.0,
)  # fmt: skip  # days; each about half as long again as the one before
LEARNT_TARGETS = (5, 10, 20, 30, 40, 50, 65, 90, 120)  # parties
LEAST_SEEN = 180.0  # days that a case must have been watched to teach anything
UN_GROUPS = (
    "African Group", "Asia-Pacific Group", "Eastern European Group",
    "Latin American and Caribbean Group", "Western European and Other States Group",
)  # fmt: skip

# The typical wait depends on the first six. All but the first say which cases are alike: if
# the pace of consents did, one consent more could put a treaty among slower cases and make
# its forecast later. The decade only says who is alike: a trend would have to be drawn out
# beyond the newest treaty, which made forecasts from what was known then worse.
LINEAR = (
    "consents in half a year", "consents needed", "age", "signatories",
    "signatories in the first days", "signatures in half a year",
)  # fmt: skip
FEATURES = (
    *LINEAR, "decade of opening", *(f"share of signatories: {group}" for group in UN_GROUPS),
)  # fmt: skip
NEEDED = FEATURES.index("consents needed")
SIGNS = {"consents in half a year": -1, "consents needed": 1}  # of the effect on the wait


@dataclass(frozen=True)
class Situation:
    """What is known of a treaty at an age.

    Attributes
    ----------
    age : float
        Days since opening.
    opened : float
        The year of opening with its fraction.
    consents, consents_half_year, consents_year : int
        States that have consented to be bound: in all, and recently.
    signatories, signatures_half_year, signatories_first_days : int
        States that have signed: in all, recently, and in the first ten days.
    waiting : int
        Signatories without a consent.
    groups : tuple of int
        Signatories by `UN_GROUPS`, and those of none.
    """

    age: float
    opened: float
    consents: int
    consents_half_year: int
    consents_year: int
    signatories: int
    signatures_half_year: int
    signatories_first_days: int
    waiting: int
    groups: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases to learn from.

    Attributes
    ----------
    features : array of float, shape (cases, features)
        The columns of `FEATURES`.
    log_wait : array of float, shape (cases,)
        Natural logarithm of the days from the age to the target, at least 0; or, where the
        target was not seen, to the last day seen.
    reached : array of bool, shape (cases,)
        Whether the target was seen.
    weight : array of float, shape (cases,)
        One over the square root of the number of cases of the same treaty: between one
        vote a treaty and one a case.
    treaty : array of int, shape (cases,)
        The place of the treaty in the pool.
    """

    features: NDArray[np.float64]
    log_wait: NDArray[np.float64]
    reached: NDArray[np.bool_]
    weight: NDArray[np.float64]
    treaty: NDArray[np.int64]


def year_of(day: date) -> float:
    """Return a day as a year with its fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / YEAR


def situation(
    signed: Acts, consented: Acts, opened: date, age: float, groups: Mapping[str, str]
) -> Situation:
    """Return what is known of a treaty at an age."""
    have_signed, have_consented = signed.who(age), consented.who(age)
    by_group = Counter(groups.get(iso3, "") for iso3 in have_signed)
    counted = [by_group[group] for group in UN_GROUPS]
    return Situation(
        age=age,
        opened=year_of(opened),
        consents=len(have_consented),
        consents_half_year=consented.between(age - HALF_A_YEAR, age),
        consents_year=consented.between(age - ONE_YEAR, age),
        signatories=len(have_signed),
        signatures_half_year=signed.between(age - HALF_A_YEAR, age),
        signatories_first_days=signed.by(min(age, FIRST_DAYS)),
        waiting=len(have_signed - have_consented),
        groups=(*counted, len(have_signed) - sum(counted)),
    )


def features(known: Situation, targets: Sequence[int]) -> NDArray[np.float64]:
    """Return the features of the cases of one situation.

    Counts are on a logarithmic scale, on which one more matters less the more there are.
    """
    needed = np.asarray(targets, dtype="float64") - known.consents
    total = sum(known.groups)
    table = np.empty((len(needed), len(FEATURES)))
    table[:, 0] = np.log(known.consents_half_year + 0.5)
    table[:, 1] = np.log(needed)
    table[:, 2:7] = [
        np.log(max(known.age, 1.0)),
        np.log(known.signatories + 1),
        np.log(known.signatories_first_days + 1),
        np.log(known.signatures_half_year + 0.5),
        known.opened / 10,
    ]
    table[:, 7:] = [(n + 0.5) / (total + 3) for n in known.groups[:-1]]
    return table


def cases_of(treaty: Treaty, groups: Mapping[str, str]) -> Iterable[tuple[Days, float, bool]]:
    """Return the cases of a treaty: features, log wait and whether the target was reached."""
    for age in LEARNT_AGES:
        left = treaty.seen - age
        if left < LEAST_SEEN:
            return
        known = situation(treaty.signed, treaty.consented, treaty.opened, age, groups)
        targets = [target for target in LEARNT_TARGETS if target > known.consents]
        if targets:
            for target, row in zip(targets, features(known, targets), strict=True):
                wait = treaty.consented.nth(target) - age
                yield row, float(np.log(max(min(wait, left), 1.0))), wait <= left


def learning_cases(pool: Sequence[Treaty], groups: Mapping[str, str]) -> Cases:
    """Return the cases of a pool of treaties."""
    rows = [(place, *case) for place, t in enumerate(pool) for case in cases_of(t, groups)]
    place = np.array([row[0] for row in rows], dtype="int64")
    counts = np.bincount(place, minlength=len(pool)) if rows else np.zeros(len(pool))
    return Cases(
        features=np.array([row[1] for row in rows]).reshape(len(rows), len(FEATURES)),
        log_wait=np.array([row[2] for row in rows], dtype="float64"),
        reached=np.array([row[3] for row in rows], dtype="bool"),
        weight=1 / np.sqrt(counts[place]),
        treaty=place,
    )
