"""The back-test: what would have been forecast for past treaties with what was known then."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.stats import gamma
from statsmodels.duration.survfunc import SurvfuncRight

from adoption import tables
from adoption.core.files import write_whole
from adoption.core.reading import read_toml
from adoption.forecasting.forecast import ObservedTreaty, chances
from adoption.forecasting.hazards import (
    TrainingCases,
    adding_up,
    days_by_state,
    fit_hazards,
    training_cases,
    waiting_states,
)
from adoption.forecasting.model import HALF, ONE_YEAR, Model, features_of, fit
from adoption.forecasting.skill import ended_by, masked_skill, states_reliability, states_skill
from adoption.forecasting.treaties import (
    Numbers,
    TreatyRecord,
    known_on,
    packages,
    related,
    state_codes,
)
from adoption.tables.write import conform, to_csv

METHOD_VERSION = 11  # of the method: another number when a change of it changes the scores
TESTED_AGES = (91, 183, 365, 730, 1461)
TARGETS = (3, 5, 10, 20, 30, 40, 50)
OPENED_SINCE = date(1960, 1, 1)
MIN_SIGNATORIES = 30  # on the day of the forecast
MIN_DAYS_FOLLOWED = 365
POINTS = 401  # of the grid on which a score is integrated
PERCENTILES = (10, 50, 90)  # of a forecast, saved as days from the age
MASKED_AGES, TOTAL, REPORTS, ASKED = (91, 183, 365), 59, 173, 289  # days; the last three since
SEEN, SEED, MASKED_STEP = (0.3, 0.5, 0.8), 0, 2
SAVED = (
    "backtest",
    "backtest_masked",
    "backtest_states",
    "backtest_tenths",
    "backtest_outside",
    "backtest_outside_states",
)
CASES = ("backtest", "backtest_outside")  # tables of cases
MADE_FROM = "backtest.toml"  # in data/reference, as a csv of each of these
CASE_KEY = ["treaty", "age", "target"]
INPUT_COLUMNS = {
    "base_acts": ["treaty", "iso3", "act", "date", "learnt_from"],
    "base_treaties": ["treaty", "as_of"],
    "states": ["iso3", "kind", "state_since"],
}
DIGITS = 5

Frames = dict[str, pd.DataFrame]
Progress = Callable[[Iterable[Frames], int], Iterable[Frames]]


def subjects(treaties: Sequence[TreatyRecord]) -> list[tuple[TreatyRecord, int]]:
    """Return the treaties and ages to test, chosen by what was known on the day.

    Opened since 1960, signed by at least 30 states on the day, and watched for a year after.
    """

    def is_subject(treaty: TreatyRecord, age: int) -> bool:
        is_watched = treaty.opened >= OPENED_SINCE and treaty.seen - age >= MIN_DAYS_FOLLOWED
        is_signed = treaty.signed.by(age) >= MIN_SIGNATORIES
        is_short = treaty.consented.by(age) < max(TARGETS)
        return bool(is_watched and is_signed and is_short)

    return [(treaty, age) for treaty in treaties for age in TESTED_AGES if is_subject(treaty, age)]


def grid(followed: Numbers) -> Numbers:
    """Return days from one to the end of the follow-up, evenly spaced on a log scale."""
    log_days = np.log(followed)[:, None] * np.linspace(0.0, 1.0, POINTS)
    days: Numbers = np.exp(log_days)
    return days


def learnt_from(
    treaties: Sequence[TreatyRecord], subject: TreatyRecord, age: int
) -> tuple[TreatyRecord, ...]:
    """Return the unrelated treaties from which a forecast could learn on its day, as known then."""
    day = subject.opened + timedelta(days=age)
    return known_on([treaty for treaty in treaties if not related(treaty, subject)], day)


def climatology(pool: Sequence[TreatyRecord], age: int, target: int, days: Numbers) -> Numbers:
    """Return how long similar treaties took from an age to a number of consents.

    The Kaplan-Meier estimate over the treaties of the pool that 30 states had signed at that age
    and that had not reached the target; if there are none, over the whole pool.
    """
    open_ones = [t for t in pool if t.seen > age and t.consented.nth(target) > age]
    alike = [t for t in open_ones if t.signed.by(age) >= MIN_SIGNATORIES] or open_ones
    nth = np.array([t.consented.nth(target) for t in alike])
    seen = np.array([t.seen for t in alike])
    if not (nth <= seen).any():
        return np.zeros(len(days))
    curve = SurvfuncRight(np.minimum(nth, seen) - age, (nth <= seen).astype(int))
    return ended_by(curve, days)


def pace(consents_year: float, age: float, needed: Numbers, days: Numbers) -> Numbers:
    """Return the chances of further consents by days at the pace of the last year.

    Consents come one by one at a constant rate, so that the wait for the kth has a gamma
    distribution of shape k; a year without a consent does not mean never.

    Examples
    --------
    >>> pace(36, 365.0, np.array([1.0]), np.array([7.0, 70.0])).round(2)
    array([[0.5, 1. ]])
    """
    rate = (consents_year + HALF) / max(min(age, ONE_YEAR), 1.0)
    chance: Numbers = gamma.cdf(days * rate, needed[:, None])
    return chance


def chances_of(
    treaties: Sequence[TreatyRecord], treaty: TreatyRecord, age: int
) -> tuple[Frames, dict[str, Numbers]]:
    """Return the cases of a treaty at an age, and their chances by each method.

    Each forecast uses what was known then, but from the lists published since.

    Returns
    -------
    dict of str to DataFrame
        cases, one row a target: treaty, age, target, consents, signatories (known at the age),
        followed (days from the age to the last day seen), wait (days to the target; infinite
        where it was not seen); masked: from `masked`; states: from `of_states`.
    dict of str to array of float, shape (cases, points)
        The chance by each day of `grid`, by each way.
    """
    pool = learnt_from(treaties, treaty, age)
    model = fit(pool)
    consents = int(treaty.consented.by(age))
    signatories = int(treaty.signed.by(age))
    targets = np.array([target for target in TARGETS if target > consents])
    nth = np.array([treaty.consented.nth(target) for target in targets])
    followed = treaty.seen - age
    days = grid(np.array([followed]))[0]
    needed = targets - float(consents)
    case: dict[str, Any] = {"treaty": treaty.treaty, "age": age}
    wait = np.where(nth <= treaty.seen, nth - age, np.inf)
    cases = pd.DataFrame(
        {
            **case,
            "target": targets,
            "consents": consents,
            "signatories": signatories,
            "followed": followed,
            "wait": wait,
        }
    )
    consents_year = consents - int(treaty.consented.by(age - ONE_YEAR))
    features = features_of(treaty, np.array([float(age)]))
    of_alike = [climatology(pool, age, target, days) for target in targets]
    parts = {
        "forecast": model.chances(features, needed, days),
        "pace": pace(consents_year, age, needed, days),
        "climatology": np.array(of_alike),
    }
    by_state = of_states(training_cases(pool, ONE_YEAR), model, treaty, age)
    frames = {
        "cases": cases,
        "masked": masked(model, treaty, age).assign(**case),
        "states": by_state.assign(**case),
    }
    return frames, parts


def evaluate_case(treaties: Sequence[TreatyRecord], treaty: TreatyRecord, age: int) -> Frames:
    """Return the scored cases of a treaty at an age."""
    frames, parts = chances_of(treaties, treaty, age)
    return frames | {"cases": scored(frames["cases"], parts)}


def masked(model: Model, treaty: TreatyRecord, age: int) -> pd.DataFrame:
    """Forecast a treaty as if its list ended at an age: then one total, reports, and nothing.

    Each consent since the end of the list is reported with a chance, in turn each of `SEEN`. The
    forecast is for numbers that the total had not reached.

    Returns
    -------
    DataFrame
        One row a target and a chance: target, consents (at the age), signatories, seen (the
        chance), there (bool: whether it had been reached on the day that is asked about); for
        each rule of `masked_skill` crps_ and already_, its chance that it had.
    """
    total_on, reports_to, asked = (float(age + days) for days in (TOTAL, REPORTS, ASKED))
    listed = treaty.known_at(age)
    total = int(treaty.consented.by(total_on))
    targets = [target for target in TARGETS if target > total]
    followed = treaty.seen - asked
    if followed < MIN_DAYS_FOLLOWED or not targets or age not in MASKED_AGES:
        return pd.DataFrame()
    log_grid = grid(np.array([followed]))[0]
    days = np.concatenate([[0.0], log_grid[::MASKED_STEP]])
    nth = np.array([treaty.consented.nth(target) for target in targets]) - asked
    late = treaty.known_at(reports_to)
    alone = chances(model, [ObservedTreaty.listed(listed, age)], targets, days + asked)
    with_full_list = chances(
        model, [ObservedTreaty.listed(late, reports_to)], targets, days + asked
    )
    case = zlib.crc32(f"{treaty.treaty} {age}".encode())
    random = np.random.default_rng([SEED, case])
    drawn, frames = random.random(len(late.consented.day)), []
    for seen in SEEN:
        reported = late.consented.only((drawn < seen) | (late.consented.day <= age))
        at_age = replace(listed, consented=reported)
        by_total = [ObservedTreaty(at_age, age, total_on, total, reports_to)]
        ways = {
            "list": alone,
            "filter": chances(model, by_total, targets, days + asked),
            "complete": with_full_list,
        }
        ages = np.full(len(targets), followed)
        frame = pd.DataFrame({"target": targets, "seen": seen, "there": nth <= 0})
        for rule, chance in ways.items():
            frame[f"crps_{rule}"] = crps(chance[:, 1:], ages, nth)
            frame[f"already_{rule}"] = chance[:, 0]
        frames.append(frame)
    signatories = int(treaty.signed.by(age))
    consents = int(treaty.consented.by(age))
    return pd.concat(frames).assign(signatories=signatories, consents=consents)


def of_states(
    training: TrainingCases, model: Model, treaty: TreatyRecord, age: int
) -> pd.DataFrame:
    """Return the chance of each state yet to consent to do so within a year, and whether it did.

    iso3, signatories, consents (of the treaty, then), signed (by then), done (bool); one (the same
    chance for all states), signature (by signature alone) and forecast (float, 0 to 1): each adds
    up to the number that the model expects.
    """
    at_age = treaty.known_at(age)
    ages = np.array([float(age)])
    rows = waiting_states(at_age, ages, training.speeds)
    numbers = np.arange(1.0, len(rows.state) + 1)
    expected = model.chances(features_of(at_age, ages), numbers, np.array([ONE_YEAR])).sum()
    ways = {
        "one": np.full(len(rows.state), HALF),
        "signature": fit_hazards(training, ["signed"]).chances(rows.features),
        "forecast": fit_hazards(training).chances(rows.features),
    }
    scaled = {name: adding_up(chance, expected) for name, chance in ways.items()}
    signed = days_by_state(at_age.signed)[rows.state] <= age
    done = days_by_state(treaty.consented)[rows.state] <= age + ONE_YEAR
    flags = {"signed": signed, "done": done}
    codes = np.array(state_codes())[rows.state]
    frame = pd.DataFrame({"iso3": codes} | flags | scaled)
    return frame.assign(signatories=at_age.signed.by(age), consents=at_age.consented.by(age))


def crps(chance: Numbers, followed: Numbers, wait: Numbers) -> Numbers:
    """Return the continuous ranked probability score on log days of each case; 0 is perfect.

    The integral of (F(t) - 1{wait <= t})^2 over log t (Gneiting and Raftery 2007, Journal
    of the American Statistical Association 102), from one day to the end of the follow-up,
    so that a target that was not reached scores as well.
    """
    step = (POINTS - 1) // (chance.shape[1] - 1)  # a coarse grid is one of a benchmark
    there = wait[:, None] <= grid(followed)[:, ::step]
    area = np.asarray(np.trapezoid((chance - there) ** 2, axis=1))
    score: Numbers = area / (chance.shape[1] - 1)
    return score * np.log(followed)


def pit(chance: Numbers, followed: Numbers, wait: Numbers) -> Numbers:
    """Return the probability integral transform: F at the wait, or at the end if not seen.

    Over many forecasts that are right it is evenly spread from 0 to 1, a wait that was cut
    short standing for all values above its own.
    """
    share = np.log(np.clip(wait, 1.0, followed)) / np.log(followed)
    position = share * (POINTS - 1)
    points = np.arange(POINTS)
    values = [np.interp(x, points, row) for x, row in zip(position, chance, strict=True)]
    return np.array(values)


def scored(cases: pd.DataFrame, parts: Mapping[str, Numbers]) -> pd.DataFrame:
    """Return cases with the score of each method, and points of the forecast."""
    frame = cases.copy()
    followed, wait = (frame[name].to_numpy("float64") for name in ("followed", "wait"))
    for way, chance in parts.items():
        frame[f"crps_{way}"] = crps(chance, followed, wait).round(DIGITS)
        frame[f"pit_{way}"] = pit(chance, followed, wait).round(DIGITS)
    pairs = [*zip(parts["forecast"], grid(followed), strict=True)]
    for percent in PERCENTILES:
        points = [np.interp(percent / 100, chance, days, 1.0, np.nan) for chance, days in pairs]
        frame[f"days_{percent}"] = np.round(points)
    return frame.replace({"wait": {np.inf: np.nan}})


def back_test(
    treaties: Sequence[TreatyRecord], outside: Sequence[TreatyRecord], progress: Progress
) -> Frames:
    """Forecast and score every case of the treaties that are tried: each table of `SAVED`.

    The treaties outside are scored in the same way, by what is learnt from the others alone.
    """
    inside, beyond = subjects(treaties), subjects(outside)
    cases = (*inside, *beyond)
    work = [delayed(evaluate_case)(treaties, treaty, age) for treaty, age in cases]
    results = Parallel(n_jobs=-1, return_as="generator")(work)
    done = list(progress(results, len(work)))
    scores = done[: len(inside)]
    other = done[len(inside) :]
    masks, of_each = (_joined(scores, name, treaties) for name in ("masked", "states"))
    outside_states = _joined(other, "states", outside)
    return {
        "backtest": _cases(scores),
        "backtest_masked": masked_skill(masks),
        "backtest_states": states_skill(of_each),
        "backtest_tenths": states_reliability(of_each),
        "backtest_outside": _cases(other),
        "backtest_outside_states": states_skill(outside_states),
    }


def _cases(scores: Sequence[Frames]) -> pd.DataFrame:
    cases = pd.concat([frames["cases"] for frames in scores])
    columns = ("followed", "wait", *(f"days_{p}" for p in PERCENTILES))
    days = dict.fromkeys(columns, "Int64")
    return cases.sort_values(CASE_KEY, ignore_index=True).astype(days)


def _joined(scores: Sequence[Frames], name: str, treaties: Sequence[TreatyRecord]) -> pd.DataFrame:
    rows = pd.concat([frames[name] for frames in scores], ignore_index=True)
    return rows.assign(package=rows["treaty"].map(packages(treaties)))


def made_from() -> str:
    """Return a digest of the data that the scores depend on."""
    digest = hashlib.sha256()
    for name, columns in INPUT_COLUMNS.items():
        digest.update(to_csv(tables.read(name)[columns]))
    return digest.hexdigest()


def is_backtest_current(reference: Path) -> bool:
    """Return whether the saved scores are those of the data and of this version of the method."""
    files = [*(f"{name}.csv" for name in SAVED), MADE_FROM]
    if not all((reference / file).exists() for file in files):
        return False
    saved = read_toml(reference / MADE_FROM)
    return (saved.get("version"), saved.get("data")) == (METHOD_VERSION, made_from())


def save_scores(scores: Mapping[str, pd.DataFrame], reference: Path) -> None:
    """Write the scores and the digest of their data; each file whole or not at all."""
    text = (
        "# Written by `adoption backtest`: the version of the method and a digest of the data\n"
        f"# that made backtest.csv and its like.\nversion = {METHOD_VERSION}\n"
        f'data = "{made_from()}"\n'
    )
    for name in SAVED:
        table = conform("backtest", scores[name]) if name in CASES else scores[name]
        write_whole(reference / f"{name}.csv", to_csv(table))
    write_whole(reference / MADE_FROM, text.encode())
