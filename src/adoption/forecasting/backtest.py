"""The back-test: what would have been forecast for the treaties of the past, known then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.stats import gamma
from statsmodels.duration.survfunc import SurvfuncRight

from adoption import tables
from adoption.data.write import conform, to_csv
from adoption.files import write_whole
from adoption.forecasting.model import ONE_YEAR, fit, situations
from adoption.forecasting.treaties import Numbers, Treaty, known_on, related
from adoption.tomlfile import read_toml

VERSION = 4  # of the method: another number when a change of it changes the scores
AGES = (91, 183, 365, 730, 1461)
TARGETS = (3, 5, 10, 20, 30, 40, 50)
OPENED_SINCE = date(1960, 1, 1)
LEAST_SIGNATORIES = 30  # on the day of the forecast
LEAST_FOLLOWED = 365
HALF_AN_ACT = 0.5  # so that a year without a consent is not taken for never
POINTS = 401  # of the grid on which a score is integrated
PERCENTILES = (10, 50, 90)  # of a forecast, saved as days from the age
WAYS = ("forecast", "climatology", "pace")
SCORES, MADE_FROM = "backtest.csv", "backtest.toml"  # in data/reference
INPUTS = {
    "base_acts": ["treaty", "iso3", "act", "date"],
    "base_treaties": ["treaty", "as_of"],
    "states": ["iso3", "kind"],
}
DIGITS = 5

Progress = Callable[[Iterable["Cases"], int], Iterable["Cases"]]


@dataclass(frozen=True, eq=False)
class Cases:
    """Questions of the past: when a treaty, at an age, will have a number of parties.

    Attributes
    ----------
    frame : DataFrame
        One row a case: treaty, age, target, consents, signatories (known at the age), followed
        (days from the age to the last day seen), wait (days to the target; infinite where it
        was not seen).
    parts : dict of str to array of float, shape (cases, points)
        The chance by each day of `grid`, by each of `WAYS`.
    """

    frame: pd.DataFrame
    parts: dict[str, Numbers]


def subjects(treaties: Sequence[Treaty]) -> list[tuple[Treaty, int]]:
    """Return the treaties and ages that are tried, by what was known on the day alone.

    Opened since 1960, signed by at least 30 states on the day, and watched for a year after.
    """
    return [
        (treaty, age)
        for treaty in treaties
        for age in AGES
        if treaty.opened >= OPENED_SINCE
        and treaty.seen - age >= LEAST_FOLLOWED
        and treaty.signed.by(age) >= LEAST_SIGNATORIES
        and treaty.consented.by(age) < max(TARGETS)
    ]


def grid(followed: Numbers) -> Numbers:
    """Return days from one to the end of the follow-up, evenly spaced on a log scale."""
    days: Numbers = np.exp(np.log(followed)[:, None] * np.linspace(0.0, 1.0, POINTS))
    return days


def learnt_from(treaties: Sequence[Treaty], subject: Treaty, age: int) -> tuple[Treaty, ...]:
    """Return what a forecast could learn from on its day: unrelated treaties, as known then."""
    day = subject.opened + timedelta(days=age)
    return known_on([one for one in treaties if not related(one, subject)], day)


def climatology(pool: Sequence[Treaty], age: int, target: int, days: Numbers) -> Numbers:
    """Return how long treaties like those tried took from an age to a number of parties.

    The Kaplan-Meier estimate over those of the pool that 30 states had signed at the age and
    that had not reached the target at it; where there is none yet, over all of the pool.
    """
    open_ones = [t for t in pool if t.seen > age and t.consented.nth(target) > age]
    alike = [t for t in open_ones if t.signed.by(age) >= LEAST_SIGNATORIES] or open_ones
    nth, seen = (np.array(part) for part in zip(
        *((t.consented.nth(target), t.seen) for t in alike), strict=True
    )) if alike else (np.empty(0), np.empty(0))  # fmt: skip
    if not (nth <= seen).any():
        return np.zeros(len(days))
    found = SurvfuncRight(np.minimum(nth, seen) - age, (nth <= seen).astype(int))
    place = np.searchsorted(found.surv_times, days, side="right")
    chance: Numbers = 1 - np.concatenate([[1.0], found.surv_prob])[place]
    return chance


def pace(consents_year: float, age: float, needed: Numbers, days: Numbers) -> Numbers:
    """Return the chance of numbers of further consents by days at the pace of the last year.

    Consents come one by one at a constant rate, so that the wait for the kth has a gamma
    distribution of shape k.

    Examples
    --------
    >>> pace(36, 365.0, np.array([1.0]), np.array([7.0, 70.0])).round(2)
    array([[0.5, 1. ]])
    """
    rate = (consents_year + HALF_AN_ACT) / max(min(age, ONE_YEAR), 1.0)
    found: Numbers = gamma.cdf(days * rate, needed[:, None])
    return found


def cases_of(treaties: Sequence[Treaty], treaty: Treaty, age: int) -> Cases:
    """Return the cases of a treaty at an age, each forecast with what was known then."""
    pool = learnt_from(treaties, treaty, age)
    known = situations(treaty, np.array([float(age)]))
    consents = int(known.consents[0])
    targets = np.array([target for target in TARGETS if target > consents])
    nth = np.array([treaty.consented.nth(target) for target in targets])
    followed = treaty.seen - age
    days, needed = grid(np.array([followed]))[0], targets - float(consents)
    frame = pd.DataFrame(
        {
            "treaty": treaty.treaty,
            "age": age,
            "target": targets,
            "consents": consents,
            "signatories": int(known.signatories[0]),
            "followed": followed,
            "wait": np.where(nth <= treaty.seen, nth - age, np.inf),
        }
    )
    parts = {
        "forecast": fit(pool).chances(known, needed, days),
        "pace": pace(known.consents_year[0], age, needed, days),
        "climatology": np.array([climatology(pool, age, target, days) for target in targets]),
    }
    return Cases(frame, parts)


def all_cases(
    treaties: Sequence[Treaty], progress: Progress = lambda parts, _: parts, jobs: int = -1
) -> Cases:
    """Return the cases of all treaties that are tried; related ones are learnt from by none."""
    work = [delayed(cases_of)(treaties, treaty, age) for treaty, age in subjects(treaties)]
    done = Parallel(n_jobs=jobs, return_as="generator")(work)
    made = list(progress(done, len(work)))
    frame = pd.concat([one.frame for one in made], ignore_index=True)
    parts = {name: np.concatenate([one.parts[name] for one in made]) for name in made[0].parts}
    return Cases(frame, parts)


def crps(chance: Numbers, followed: Numbers, wait: Numbers) -> Numbers:
    """Return the continuous ranked probability score on log days of each case; 0 is perfect.

    The integral of (F(t) - 1{wait <= t})^2 over log t (Gneiting and Raftery 2007, Journal
    of the American Statistical Association 102), from one day to the end of the follow-up,
    so that a target that was not reached scores as well.
    """
    step = (POINTS - 1) // (chance.shape[1] - 1)  # a coarse grid is one of a benchmark
    there = wait[:, None] <= grid(followed)[:, ::step]
    score: Numbers = np.asarray(np.trapezoid((chance - there) ** 2, axis=1)) / (chance.shape[1] - 1)
    return score * np.log(followed)


def pit(chance: Numbers, followed: Numbers, wait: Numbers) -> Numbers:
    """Return the probability integral transform: F at the wait, or at the end if not seen.

    Over many forecasts that are right it is evenly spread from 0 to 1, a wait that was cut
    short standing for all values above its own.
    """
    at = np.log(np.clip(wait, 1.0, followed)) / np.log(followed) * (POINTS - 1)
    found = [np.interp(x, np.arange(POINTS), row) for x, row in zip(at, chance, strict=True)]
    return np.array(found)


def scored(cases: Cases) -> pd.DataFrame:
    """Return the table `backtest`: the cases with the score of each way to forecast."""
    frame = cases.frame.copy()
    followed, wait = (frame[name].to_numpy("float64") for name in ("followed", "wait"))
    for way in WAYS:
        chance = cases.parts[way]
        frame[f"crps_{way}"] = crps(chance, followed, wait).round(DIGITS)
        frame[f"pit_{way}"] = pit(chance, followed, wait).round(DIGITS)
    chance, days = cases.parts["forecast"], grid(followed)
    for percent in PERCENTILES:
        found = [
            np.interp(percent / 100, p, d, 1.0, np.nan) for p, d in zip(chance, days, strict=True)
        ]
        frame[f"days_{percent}"] = np.round(found)
    frame["wait"] = frame["wait"].where(np.isfinite(frame["wait"]))
    return frame.sort_values(["treaty", "age", "target"], ignore_index=True).astype(
        dict.fromkeys(("followed", "wait", *(f"days_{p}" for p in PERCENTILES)), "Int64")
    )


def back_test(
    treaties: Sequence[Treaty], progress: Progress = lambda parts, _: parts, jobs: int = -1
) -> pd.DataFrame:
    """Forecast and score every case of the treaties that are tried."""
    return scored(all_cases(treaties, progress, jobs))


def made_from() -> str:
    """Return a digest of the data that the scores depend on."""
    digest = hashlib.sha256()
    for name, columns in INPUTS.items():
        digest.update(to_csv(tables.read(name)[columns]))
    return digest.hexdigest()


def is_current(reference: Path) -> bool:
    """Return whether the saved scores are those of the data and of this version of the method."""
    if not all((reference / name).exists() for name in (SCORES, MADE_FROM)):
        return False
    saved = read_toml(reference / MADE_FROM)
    return (saved.get("version"), saved.get("data")) == (VERSION, made_from())


def save(scores: pd.DataFrame, reference: Path) -> None:
    """Write the scores and what they were made from; each file as a whole or not at all."""
    text = (
        "# Written by `adoption backtest`: the version of the method and a digest of the data\n"
        f'# that made {SCORES}.\nversion = {VERSION}\ndata = "{made_from()}"\n'
    )
    write_whole(reference / SCORES, to_csv(conform("backtest", scores)))
    write_whole(reference / MADE_FROM, text.encode())
