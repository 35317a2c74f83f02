"""The back-test: what would have been forecast for the treaties of the past."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from adoption.errors import AdoptionError
from adoption.forecasting.answer import HORIZON_YEARS
from adoption.forecasting.baselines import bass, climatology, pace
from adoption.forecasting.cases import YEAR, Situation, situation
from adoption.forecasting.model import Model, fit
from adoption.forecasting.pool import Treaty, family, known_on
from adoption.forecasting.scoring import crps, grid, pit
from adoption.forecasting.waiting import Numbers, Steps

Row = dict[str, Any]
Progress = Callable[[Iterable[list[Row]], int], Iterable[list[Row]]]

AGES = (91, 183, 365, 730, 1461)
TARGETS = (20, 30, 40, 50)
OPENED_SINCE = date(1960, 1, 1)
LEAST_PARTIES = 30
LEAST_FOLLOWED = 365
TOGETHER = 30  # days: treaties opened within them may be one package
KEY = ["treaty", "age", "target"]
MOST_DAYS = HORIZON_YEARS * YEAR
DIGITS = 5


@dataclass(frozen=True)
class Case:
    """A question of the past: when a treaty, at an age, will have a number of parties.

    Attributes
    ----------
    age, target : int
        Days since opening, and number of parties.
    wait : float
        Days from the age to the target; infinite where it was not seen.
    followed : float
        Days from the age to the last day seen.
    """

    age: int
    target: int
    wait: float
    followed: float


def tested(pool: Sequence[Treaty]) -> list[Treaty]:
    """Return the treaties that are tried: opened since 1960, with at least 30 parties."""
    return [
        treaty
        for treaty in pool
        if treaty.opened >= OPENED_SINCE and len(treaty.consented.day) >= LEAST_PARTIES
    ]


def cases_of(treaty: Treaty) -> list[Case]:
    """Return the cases of a treaty: each target not reached at an age, watched for a year."""
    found = []
    for age in AGES:
        followed = treaty.seen - age
        if followed >= LEAST_FOLLOWED:
            consents = treaty.consented.by(age)
            for target in TARGETS:
                if target > consents:
                    nth = treaty.consented.nth(target)
                    wait = nth - age if nth <= treaty.seen else np.inf
                    found.append(Case(age, target, wait, followed))
    return found


def related(one: Treaty, other: Treaty) -> bool:
    """Return whether two treaties may be one package: a convention and its protocols.

    They have the same number but for letters at its end, or opened within thirty days. Who
    joined one tells who joined the other: no forecast of a new treaty has that help.

    Examples
    --------
    >>> from adoption.forecasting.learnt import base_pool
    >>> by_number = {treaty.treaty: treaty for treaty in base_pool()}
    >>> related(by_number["XVIII-12"], by_number["XVIII-12-a"])
    True
    """
    same = family(one.treaty) == family(other.treaty)
    return same or abs((one.opened - other.opened).days) <= TOGETHER


def others(pool: Sequence[Treaty], treaty: Treaty, *, siblings: bool) -> tuple[Treaty, ...]:
    """Return the pool without a treaty, with or without those of its package."""
    return tuple(t for t in pool if t is not treaty and (siblings or not related(t, treaty)))


def back_test(
    pool: Sequence[Treaty],
    groups: Mapping[str, str],
    progress: Progress = lambda parts, _: parts,
    jobs: int = -1,
) -> pd.DataFrame:
    """Forecast every case of the treaties that are tried, and score the forecasts."""
    subjects = tested(pool)
    years = sorted({_day(t, case.age).year for t in subjects for case in cases_of(t)})
    work = [delayed(treaty_rows)(pool, treaty, groups) for treaty in subjects]
    work += [delayed(year_rows)(pool, year, groups) for year in years]
    done = Parallel(n_jobs=jobs, return_as="generator")(work)
    parts = list(progress(done, len(work)))
    frame, then = (
        pd.DataFrame([row for part in chosen for row in part])
        for chosen in (parts[: len(subjects)], parts[len(subjects) :])
    )
    merged = frame.merge(then, on=KEY, how="left", validate="one_to_one")
    return merged.sort_values(KEY, ignore_index=True)


def treaty_rows(pool: Sequence[Treaty], treaty: Treaty, groups: Mapping[str, str]) -> list[Row]:
    """Score every case of a treaty, having learnt from the others, and from those unrelated."""
    rest, unrelated = (others(pool, treaty, siblings=siblings) for siblings in (True, False))
    left_out = fit(rest, groups)
    apart = left_out if rest == unrelated else fit(unrelated, groups)
    peers, rows = tested(rest), []
    for known, cases in _situations(treaty, groups):
        by_way = {"model": _waits(left_out, known, cases), "apart": _waits(apart, known, cases)}
        for place, case in enumerate(cases):
            row = _described(treaty, case, known)
            days = grid(case.followed)
            for name, waits in by_way.items():
                row |= _scores(name, waits[place].cdf(np.log(days)), days, case)
                row |= _median(name, waits[place])
            for name, cdf in _baselines(treaty, case, known, peers, days).items():
                row |= _scores(name, cdf, days, case)
            rows.append(row)
    return rows


def year_rows(pool: Sequence[Treaty], year: int, groups: Mapping[str, str]) -> list[Row]:
    """Score the cases of a year, having learnt only what was known when it began.

    The treaty asked about is in that pool as far as it was known itself.
    """
    begins = date(year, 1, 1)
    known_then = known_on(pool, begins)
    try:
        model = fit(known_then, groups)
    except AdoptionError:  # nothing to learn from yet
        return []
    rows = []
    for treaty in tested(pool):
        peers = [t for t in known_then if t.treaty != treaty.treaty]
        for known, cases in _situations(treaty, groups):
            if _day(treaty, known.age).year != year:
                continue
            for case, wait in zip(cases, _waits(model, known, cases), strict=True):
                days = grid(case.followed)
                row = {"treaty": treaty.treaty, "age": case.age, "target": case.target}
                row |= _scores("then", wait.cdf(np.log(days)), days, case)
                row |= _median("then", wait)
                usual = climatology(peers, float(case.age), case.target).cdf(days)
                rows.append(row | _scores("climatology_then", usual, days, case))
    return rows


def _situations(
    treaty: Treaty, groups: Mapping[str, str]
) -> Iterable[tuple[Situation, list[Case]]]:
    for age, cases in groupby(cases_of(treaty), key=lambda case: case.age):
        known = situation(treaty.signed, treaty.consented, treaty.opened, float(age), groups)
        yield known, list(cases)


def _waits(model: Model, known: Situation, cases: Sequence[Case]) -> list[Steps]:
    return model.waits(known, [case.target for case in cases])


def _day(treaty: Treaty, age: float) -> date:
    return treaty.opened + timedelta(days=int(age))


def _described(treaty: Treaty, case: Case, known: Situation) -> Row:
    return {
        "treaty": treaty.treaty,
        "age": case.age,
        "target": case.target,
        "consents": known.consents,
        "signatories": known.signatories,
        "signatories_first_days": known.signatories_first_days,
        "followed": int(case.followed),
        "wait": int(case.wait) if np.isfinite(case.wait) else pd.NA,
    }


def _scores(name: str, cdf: Numbers, days: Numbers, case: Case) -> Row:
    return {
        f"crps_{name}": round(crps(cdf, days, case.wait), DIGITS),
        f"pit_{name}": round(pit(cdf, days, case.wait), DIGITS),
    }


def _median(name: str, wait: Steps) -> Row:
    days = float(np.exp(wait.quantile(0.5)))
    return {f"median_{name}": round(days, 1) if days <= MOST_DAYS else np.nan}


def _baselines(
    treaty: Treaty, case: Case, known: Situation, peers: Sequence[Treaty], days: Numbers
) -> dict[str, Numbers]:
    age, needed = float(case.age), case.target - known.consents
    so_far = treaty.consented.day[: known.consents]
    return {
        "climatology": climatology(peers, age, case.target).cdf(days),
        "pace": pace(known.consents_year, age, needed, days),
        "bass": bass(so_far, age, case.target, days),
    }
