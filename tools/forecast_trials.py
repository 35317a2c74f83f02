"""Score each trial of the forecast's method, as notebook 14 lists them, known then.

    python tools/forecast_trials.py [calibration | STEP]

It writes data/reference/backtest_trials.csv: each version's error, and its ratio to another, with
95 % intervals over treaties, in all cases and in those like the Convention. The versions differ by
what the regressions know, so they are fitted here; the cases, the features of states and the score
are those of the package. The trials of calibration change the chances of the package; they alone
are made anew by `calibration`, in two minutes. The others take ten on two cores; of every nth
subject alone they are printed, not written.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy import special
from scipy.optimize import minimize
from scipy.stats import beta
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.core.files import write_whole
from adoption.core.paths import reference_folder
from adoption.forecasting import backtest
from adoption.forecasting.hazards import (
    COLUMNS,
    HALF,
    RIDGE,
    days_of,
    fit_hazards,
    lessons,
    people,
    standardised,
    waiting_states,
)
from adoption.forecasting.model import ALONE, LENGTHS, LONGEST, ONE_YEAR, fit, inclined_to
from adoption.forecasting.skill import ended_by, events_before, like, paired, saved, within
from adoption.forecasting.treaties import YEAR, Numbers, Treaty, base_treaties, packages
from adoption.tables.write import to_csv

BASE = base_treaties()
LEARNT_AGES = np.array([7, 30, 61, 91, 137, 205, 308, 461, 692, 1038, 1557, 2335, 3503.0])
LEARNT_TARGETS = np.array([3, 5, 10, 20, 30, 40, 50, 65, 90, 120])
PRODUCTS = ((0, 1), (0, 2), (0, 3), (0, 0), (2, 2), (2, 3), (0, 5))
CENTRES = np.array([2.5, 0.5, 6.0, 3.0, 0.0, 1.0, 0.0, 0.0, 0.0])
MONOTONE = ("half*", "year*", "consents", "signed", "waiting*", "alone", "groups", "first",
            "signing*")  # fmt: skip
WAITS = "half age signed decade consents year first signing"
COUNTS = "half:p age:p signed decade consents year:p"
# A term is a feature, or one with its product with the length of the time (:p), or one with an
# effect on a short and one on a long time (:h); a star marks fading windows. `size` is what the
# spread depends on. With `bounds` effects of consents and signatures are not negative, and the
# regression is of the odds, else of the mean.
TRIALS: dict[str, dict[str, Any]] = {
    "Mean of waits and counts (before)":
        {"waits": WAITS, "terms": f"{COUNTS} waiting:p", "size": "age signed length"},
    "Fading windows":
        {"waits": "half* age signed decade consents year* first signing*",
         "terms": "half*:p age:p signed decade consents year*:p waiting*:p",
         "size": "age signed length"},
    "Counts alone":
        {"terms": "half*:p age:p signed decade consents year*:p waiting*:p",
         "size": "age signed length"},
    "Counts alone, without the sum over states":
        {"terms": "half*:p age:p signed decade consents year*:p", "size": "age signed length"},
    "Bounded mean; states that wait":
        {"bounds": "mean", "terms": "half*:h age:p signed decade consents year*:h waiting*:h",
         "size": "age length"},
    "Bounded mean; all states":
        {"bounds": "mean", "terms": "half*:h age:p signed decade consents year*:h alone:h",
         "size": "age length"},
    "Bounded odds and size; states that wait":
        {"bounds": "odds", "terms": "half*:h age:h signed decade consents year*:h waiting*:h",
         "size": "age signed length"},
    "Bounded odds and size; all states":
        {"bounds": "odds", "terms": "half*:h age:h signed decade consents year*:h alone:h",
         "size": "age signed length"},
    "Bounded odds and size; no sum":
        {"bounds": "odds", "terms": "half*:h age:h signed decade consents year*:h",
         "size": "age signed length"},
    "All states, with regional groups":
        {"bounds": "odds", "terms": "half*:h age:h signed decade consents year*:h alone:h groups",
         "size": "age signed length groups"},
    "The same, with recent signatures":
        {"bounds": "odds", "size": "age signed length groups signing*",
         "terms": "half*:h age:h signed decade consents year*:h alone:h groups signing*"},
    "The same, less the effects that came out at 0":
        {"bounds": "odds", "terms": "half*:h age:h decade alone:h groups",
         "size": "age signed signing* length groups"},
    "The same, by the year in place of the half":
        {"bounds": "odds", "terms": "year*:h age:h decade alone:h groups",
         "size": "age signed signing* length groups"},
    "The same, without the groups in the odds (used)":
        {"bounds": "odds", "terms": "year*:h age:h decade alone:h",
         "size": "age signed signing* length groups"},
    "By the year, without the groups in the size":
        {"bounds": "odds", "terms": "year*:h age:h decade alone:h groups",
         "size": "age signed signing* length"},
    "By the year, without the decade":
        {"bounds": "odds", "terms": "year*:h age:h alone:h groups",
         "size": "age signed signing* length groups"},
    "The version used, without the sum over states":
        {"bounds": "odds", "terms": "year*:h age:h decade",
         "size": "age signed signing* length groups"},
}  # fmt: skip


def features(treaty: Treaty, ages: Numbers) -> dict[str, Numbers]:
    """Return all that a trial may know of a treaty at ages, but for the states."""
    signed, consented, who = treaty.signed, treaty.consented, people()
    groups = (days_of(signed) <= ages[:, None]).astype("float64") @ who.region > 0
    decade = (treaty.opened.year + (treaty.opened.timetuple().tm_yday - 1) / YEAR) / 10
    table = {
        "age": np.log(np.maximum(ages, 1.0)), "signed": np.log(signed.by(ages) + 1.0),
        "decade": np.full(len(ages), decade), "consents": np.log(consented.by(ages) + HALF),
        "first": np.log(signed.by(np.minimum(ages, 10.0)) + 1.0),
        "groups": np.log(groups @ who.region.sum(axis=0) + 1.0),
        "number": consented.by(ages).astype("float64"),
    }  # fmt: skip
    for name, acts, days in (
        ("half", consented, 183.0), ("year", consented, 365.0), ("signing", signed, 183.0)
    ):  # fmt: skip
        table[name] = np.log(acts.by(ages) - acts.by(ages - days) + HALF)
        table[f"{name}*"] = np.log(acts.recent(days, ages) + HALF)
    return table


def knowledge(treaty: Treaty, age: int) -> tuple[dict[str, Numbers], ...]:
    """Return what counts and waits are learnt from, and what is known of the treaty itself."""
    pool = backtest.learnt_from(BASE, treaty, age)
    learnt = lessons(pool, ONE_YEAR)
    alone, moments = fit_hazards(learnt, ALONE), [*learnt.treaties]
    place, now = COLUMNS.index("consents in a year"), np.array([float(age)])
    waiting = waiting_states(treaty.known_at(age), now, learnt.speeds)
    parts = [features(*moment) for moment in moments]
    faded = learnt.features.copy()
    faded[:, place] = np.concatenate([part["year*"] for part in parts])[learnt.moment]
    own = features(treaty, now) | {"alone": np.log(inclined_to(treaty, now, alone) + HALF)}
    counts = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    counts["alone"] = np.log(
        np.concatenate([inclined_to(one, ages, alone) for one, ages in moments]) + HALF
    )
    for name, table in (("waiting", learnt.features), ("waiting*", faded)):
        hazards = fit_hazards(type(learnt)(learnt.speeds, moments, learnt.moment, table,
                                           learnt.done))  # fmt: skip
        counts[name] = np.log(np.bincount(learnt.moment, hazards.chances(table)) + HALF)
        rows = waiting.features.copy()
        rows[:, place] = own["year*" if name.endswith("*") else "year"]
        own[name] = np.log(hazards.chances(rows).sum(keepdims=True) + HALF)
    came = [
        np.where((ends := ages[:, None] + LENGTHS) <= one.seen,
                 one.consented.by(ends) - one.consented.by(ages)[:, None], np.nan)
        for one, ages in moments
    ]  # fmt: skip
    counts["came"] = np.concatenate(came)
    counts["weight"] = np.concatenate(
        [np.full(len(part), max(np.isfinite(part).sum(), 1) ** -0.5) for part in came]
    )
    return counts, _waits(pool), own


def _waits(pool: tuple[Treaty, ...]) -> dict[str, Numbers]:
    parts = []
    for one in pool:
        ages = LEARNT_AGES[one.seen - LEARNT_AGES >= 180]
        part = features(one, ages)
        nth = np.array([one.consented.nth(int(number)) for number in LEARNT_TARGETS])
        part |= {"wait": nth - ages[:, None], "left": one.seen - ages}
        asked = (part["number"][:, None] < LEARNT_TARGETS).sum()
        parts.append(part | {"weight": np.full(len(ages), max(asked, 1) ** -0.5)})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def columns(table: Any, days: Numbers, terms: str, bounded: bool) -> tuple[Numbers, list[bool]]:
    """Return the columns of a regression of counts, and which have no effect below zero."""
    share = np.log(np.clip(days, 1.0, LONGEST)) / np.log(LONGEST)
    parts: list[Numbers] = []
    bounds: list[bool] = []
    for term in terms.split():
        name, _, kind = term.partition(":")
        column = share if name == "length" else table[name]
        both = {"p": [column, column * share], "h": [column * share, column * (1 - share)]}
        parts += both.get(kind, [column])
        bounds += [bounded and name in MONOTONE] * len(both.get(kind, [column]))
    return np.column_stack(parts), bounds


def likeliest(
    loss: Any, width: int, free: tuple[int, int], bounds: list[bool], start: float
) -> Any:
    """Return the effects of least loss, with a ridge on all but the two constants."""
    pull = np.full(width, RIDGE)
    pull[list(free)] = 0.0

    def whole(effects: Numbers) -> tuple[float, Numbers]:
        value, slope = loss(effects)
        return value + float(effects @ (pull * effects)) / 2, slope + pull * effects

    begin = np.zeros(width)
    begin[0] = start
    limits = [(0.0 if bound else None, None) for bound in bounds]
    options = {"maxiter": 300, "ftol": 1e-12, "gtol": 1e-6}
    return minimize(whole, begin, jac=True, method="L-BFGS-B", bounds=limits, options=options).x


def by_counts(counts: Any, own: Any, trial: Any, needed: Numbers, days: Numbers) -> Numbers:
    """Return the chances of numbers of consents by days, by a regression of counts."""
    moment, length = np.nonzero(np.isfinite(counts["came"]))
    came, weight = counts["came"][moment, length], counts["weight"][moment]
    weight = weight / weight.mean()
    bounded, of_odds = "bounds" in trial, trial.get("bounds") == "odds"
    known = {name: part[moment] for name, part in counts.items() if name != "came"}
    tables, limits, scales = [], [], []
    ends = {name: (part.min(), part.max()) for name, part in counts.items() if name != "came"}
    cut = {name: np.clip(own[name], *ends[name]).repeat(len(days)) for name in ends if name in own}
    for terms in (f"{trial['terms']} length", trial["size"]):
        table, bounds = columns(known, LENGTHS[length], terms, bounded)
        ahead, _ = columns(cut, days, terms, bounded)
        if terms.startswith(trial["terms"]):
            table, ahead = (np.column_stack([t, t[:, -1] ** 2]) for t in (table, ahead))
            bounds = [*bounds, False]
        mean, deviation, standard = standardised(table)
        tables.append(standard)
        scales.append(np.column_stack([np.ones(len(ahead)), (ahead - mean) / deviation]))
        limits += [False, *bounds]
    width = tables[0].shape[1]

    def loss(effects: Numbers) -> tuple[float, Numbers]:
        log_size = tables[1] @ effects[width:]
        log_odds = tables[0] @ effects[:width] - (0 if of_odds else log_size)
        size, both = np.exp(log_size), np.logaddexp(0.0, log_odds)
        value = (
            special.gammaln(came + size)
            - special.gammaln(size)
            + came * log_odds
            - (came + size) * both
        )
        by_odds = weight * (came - (came + size) * np.exp(log_odds - both))
        by_size = weight * size * (special.psi(came + size) - special.psi(size) - both)
        by_size = by_size - (0 if of_odds else by_odds)
        return -float(weight @ value), -np.concatenate(
            [tables[0].T @ by_odds, tables[1].T @ by_size]
        )

    effects = likeliest(loss, len(limits), (0, width), limits, float(np.log(came.mean() + HALF)))
    size = np.exp(scales[1] @ effects[width:])
    odds = np.exp(scales[0] @ effects[:width]) / (1 if of_odds else size)
    return np.maximum.accumulate(special.betainc(needed[:, None], size, odds / (1 + odds)), axis=1)


def by_waits(waits: Any, own: Any, names: list[str], needed: Numbers, days: Numbers) -> Numbers:
    """Return the same by a log-logistic regression of the wait for a number of consents."""
    moment, asked = np.nonzero(waits["number"][:, None] < LEARNT_TARGETS)
    wait, left = waits["wait"][moment, asked], waits["left"][moment]
    log_wait, reached = np.log(np.clip(np.minimum(wait, left), 1.0, None)), wait <= left
    known = np.column_stack([waits[name][moment] for name in names])
    weight = waits["weight"][moment] / waits["weight"][moment].mean()

    def design(number: Numbers, table: Numbers) -> Numbers:
        every = np.column_stack([np.log(number), table])
        apart = every - CENTRES
        return np.column_stack([every, *(apart[:, a] * apart[:, b] for a, b in PRODUCTS)])

    mean, deviation, table = standardised(
        design(LEARNT_TARGETS[asked] - waits["number"][moment], known)
    )
    width, scaled = table.shape[1], [0, 1, 3, 4]

    def loss(effects: Numbers) -> tuple[float, Numbers]:
        log_scale = table[:, scaled] @ effects[width:]
        z = (log_wait - table @ effects[:width]) / np.exp(log_scale)
        longer = np.logaddexp(0.0, z)
        slope = weight * (reached - (1 + reached) * special.expit(z))
        value = weight @ (reached * (z - longer - log_scale) - longer)
        by_place, by_scale = -slope / np.exp(log_scale), -slope * z - weight * reached
        parts = [table.T @ by_place, table[:, scaled].T @ by_scale]
        return -float(value), -np.concatenate(parts)

    free = [False] * (width + len(scaled))
    effects = likeliest(loss, len(free), (0, width), free, float(log_wait.mean()))
    every = np.arange(1.0, needed.max() + 1)
    cut = np.array([np.clip(own[n][0], waits[n].min(), waits[n].max()) for n in names])
    rows = (design(every, np.tile(cut, (len(every), 1))) - mean) / deviation
    rows = np.column_stack([np.ones(len(rows)), rows])
    place, scale = rows @ effects[:width], np.exp(rows[:, scaled] @ effects[width:])
    chance = special.expit((np.log(days) - place[:, None]) / scale[:, None])
    return np.asarray(np.minimum.accumulate(chance, axis=0)[needed.astype(int) - 1])


def cases_of(treaty: Treaty, age: int) -> pd.DataFrame:
    """Return the scored cases of a treaty at an age, by each trial."""
    counts, waits, own = knowledge(treaty, age)
    targets = np.array([t for t in backtest.TARGETS if t > own["number"][0]])
    followed = np.full(len(targets), treaty.seen - age)
    nth = np.array([treaty.consented.nth(int(target)) for target in targets])
    wait = np.where(nth <= treaty.seen, nth - age, np.inf)
    days, needed = backtest.grid(followed[:1])[0], targets - own["number"][0]
    frames = []
    for name, trial in TRIALS.items():
        chance = by_counts(counts, own, trial, needed, days)
        if "waits" in trial:
            chance = (chance + by_waits(waits, own, trial["waits"].split(), needed, days)) / 2
        score, pit = (way(chance, followed, wait) for way in (backtest.crps, backtest.pit))
        frames.append(pd.DataFrame(
            {"trial": name, "treaty": treaty.treaty, "age": age, "target": targets,
             "consents": own["number"][0], "signatories": int(treaty.signed.by(age)),
             "reached": np.isfinite(wait), "crps": score, "pit": pit}
        ))  # fmt: skip
    return pd.concat(frames)


# Of each: whether it is a recalibration of cases with so many signatories, up to an age, or of all
# with effects of signatories and age; or the weight of the curve of similar treaties.
USED = "The version used"
CALIBRATION: dict[str, dict[str, Any]] = {
    USED: {},
    "7a. Beta: signed by 50, to 183 days": {"signed": 50, "to": 183},
    "7b. Beta: signed by 50": {"signed": 50, "to": np.inf},
    "7c. Beta: by signatories and age": {"signed": 0, "to": np.inf, "smooth": True},
    "8a. Curve of similar treaties, weight known then": {"weight": None},
    **{f"8b. Curve of similar treaties, weight {w}": {"weight": w} for w in (0.1, 0.2, 0.3, 0.5)},
}
NEAR, CLASS_SIGNED, MIN_TREATIES, MIN_WEIGHT = 0.4, 50, 10, 1e-6  # the first of log signatories
LEAST = -1e3  # of a logarithm of a likelihood, so that all can be compared
WEIGHTS = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
LAST = backtest.POINTS - 1


def voices_of(treaty: Treaty, age: int) -> pd.DataFrame:
    """Return the cases of a treaty with the chances of the package, and of similar treaties."""
    pool = backtest.learnt_from(BASE, treaty, age)
    consents, signed = int(treaty.consented.by(age)), int(treaty.signed.by(age))
    targets = np.array([target for target in backtest.TARGETS if target > consents])
    nth, followed = np.array([treaty.consented.nth(int(t)) for t in targets]), treaty.seen - age
    days, model = backtest.grid(np.array([followed]))[0], fit(pool)
    chance = model.chances(model.features(treaty, age), targets - float(consents), days)
    near = {
        one: np.exp(-((np.log((one.signed.by(age) + 1) / (signed + 1)) / NEAR) ** 2) / 2)
        for one in pool
        if one.seen > age
    }
    curves = []
    for target in targets:
        rows = np.array([
            (min(wait, one.seen) - age, wait <= one.seen, weight)
            for one, weight in near.items()
            if (wait := one.consented.nth(int(target))) > age and weight > MIN_WEIGHT
        ]).reshape(-1, 3)  # fmt: skip
        if rows[:, 1].any():
            known = SurvfuncRight(rows[:, 0], rows[:, 1].astype(int), freq_weights=rows[:, 2])
            curves.append(ended_by(known, days))
        else:
            curves.append(np.zeros(len(days)))
    return pd.DataFrame(
        {"treaty": treaty.treaty, "age": age, "target": targets, "consents": consents,
         "signatories": signed, "day": treaty.opened.toordinal() + age, "followed": followed,
         "wait": np.where(nth <= treaty.seen, nth - age, np.inf), "chance": [*chance],
         "curve": curves}
    )  # fmt: skip


def place_of(days: Numbers, followed: Numbers) -> Numbers:
    """Return the place of days on the grid of each case."""
    return np.asarray(np.log(np.clip(days, 1.0, followed)) / np.log(followed) * LAST)


def beta_of(share: Numbers, seen: Numbers, weight: Numbers, table: Numbers) -> Numbers:
    """Return the effects on log a and log b of a Beta distribution of shares, some cut short.

    The first column is constant; the second, of signatories, may only make a lower, and b higher.
    """
    width, share = table.shape[1], np.clip(share, 1e-6, 1 - 1e-6)

    def loss(effects: Numbers) -> float:
        a, b = np.exp(table @ effects[:width]), np.exp(table @ effects[width:])
        likelihood = np.where(seen, beta.logpdf(share, a, b), beta.logsf(share, a, b))
        likelihood = np.maximum(likelihood, LEAST)
        slopes = np.delete(effects, [0, width])
        return float(RIDGE * (slopes**2).sum() / 2 - weight @ likelihood)

    limits = [(-3.0, 3.0)] * (2 * width)
    if width > 1:
        limits[1], limits[width + 1] = (-3.0, 0.0), (0.0, 3.0)
    return np.asarray(minimize(loss, np.zeros(2 * width), method="L-BFGS-B", bounds=limits).x)


def calibrated(cases: pd.DataFrame, at: Any, trial: dict[str, Any]) -> Numbers:
    """Return the chances of the cases `at` by a trial, learnt from what was known by their day."""
    chance, curve = (np.stack(cases[name][at]) for name in ("chance", "curve"))
    own = cases[at].iloc[0]
    if not trial:
        return chance
    if trial.get("weight"):
        return np.asarray((1 - trial["weight"]) * chance + trial["weight"] * curve)
    signed, to = trial.get("signed", CLASS_SIGNED), trial.get("to", np.inf)
    if own["signatories"] < signed or own["age"] > to:
        return chance
    then = cases[
        (cases["day"] < own["day"]) & (cases["package"] != own["package"])
        & (cases["signatories"] >= signed) & (cases["age"] <= to)
    ]  # fmt: skip
    if then["treaty"].nunique() < MIN_TREATIES:
        return chance
    weight = (1 / then.groupby("treaty")["target"].transform("size")).to_numpy()
    followed, wait = then["followed"].to_numpy(), then["wait"].to_numpy()
    left = np.clip(own["day"] - then["day"].to_numpy(), 1.0, followed)
    before, other = np.stack(then["chance"]), np.stack(then["curve"])
    if "weight" in trial:
        there = wait[:, None] <= backtest.grid(followed)
        known = np.arange(LAST + 1) <= place_of(left, followed)[:, None]
        scale = weight * np.log(followed)
        errors = [
            scale @ (((1 - w) * before + w * other - there) ** 2 * known).mean(axis=1)
            for w in WEIGHTS
        ]
        best = WEIGHTS[int(np.argmin(errors))]
        return np.asarray((1 - best) * chance + best * curve)
    places = place_of(np.minimum(wait, left), followed)
    share = np.array([np.interp(x, np.arange(LAST + 1), row)
                      for x, row in zip(places, before, strict=True)])  # fmt: skip

    def table(rows: pd.DataFrame) -> Numbers:
        parts = [np.ones(len(rows))]
        if trial.get("smooth"):
            parts += [np.log(rows["signatories"] / CLASS_SIGNED) / 0.5, np.log(rows["age"] / 183)]
        return np.column_stack(parts)

    effects = beta_of(share, wait <= left, weight, table(then))
    width = len(effects) // 2
    a, b = (np.exp(table(cases[at].iloc[:1]) @ part) for part in (effects[:width], effects[width:]))
    return np.asarray(special.betainc(a, b, chance))


def calibration() -> pd.DataFrame:
    """Return the scores of the trials of calibration, beside the version used."""
    work = (delayed(voices_of)(treaty, age) for treaty, age in backtest.subjects(BASE))
    cases = pd.concat(Parallel(n_jobs=2)(work), ignore_index=True)
    cases["package"] = cases["treaty"].map(packages(BASE))
    followed, wait = cases["followed"].to_numpy(), cases["wait"].to_numpy()
    moments = [*cases.groupby(["treaty", "age"]).groups.values()]

    def scored(name: str) -> pd.DataFrame:
        chance = np.empty((len(cases), LAST + 1))
        for rows in moments:
            at = cases.index.isin(rows)
            chance[at] = calibrated(cases, at, CALIBRATION[name])
        score, pit = (way(chance, followed, wait) for way in (backtest.crps, backtest.pit))
        known: pd.DataFrame = cases.drop(columns=["chance", "curve"])
        return known.assign(trial=name, reached=np.isfinite(wait), crps=score, pit=pit)

    return table_of(pd.concat(Parallel(n_jobs=2)(map(delayed(scored), CALIBRATION))))


def table_of(cases: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of the trials: one row each, of all cases and of those like (class_)."""
    names = [*cases["trial"].unique()]
    key = ["treaty", "age", "target"]
    before = cases[cases["trial"] == names[0]].set_index(key)["crps"]
    rows: list[dict[str, Any]] = []
    for name in names:
        every = cases[cases["trial"] == name].reset_index(drop=True)
        row: dict[str, Any] = {"trial": name, "beside": names[0]}
        for start, part in (("", every), ("class_", every[like(every)])):
            usual = before.reindex(pd.MultiIndex.from_frame(part[key])).to_numpy()
            error, reached = part["crps"].to_numpy(), part["reached"].to_numpy("bool")
            ratio, low, high = paired(part["treaty"], error, usual)
            row |= {f"{start}error": error.mean(), f"{start}ratio": ratio, f"{start}low": low,
                    f"{start}high": high,
                    f"{start}within_80": within(part["pit"].to_numpy(), reached, 80).mean(),
                    f"{start}before_50": events_before(part["pit"].to_numpy(), reached,
                                                       part["treaty"], [0.5])[0][0]}  # fmt: skip
        rows.append(row)
    return pd.DataFrame(rows).round(3)


def main() -> None:
    """Score the trials, or those of calibration, or those of every nth subject; write the table."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "1"
    if asked == "calibration":
        before = saved("trials").query("beside != @USED")
        table = pd.concat([before, calibration()], ignore_index=True)
    else:
        subjects = backtest.subjects(BASE)[:: int(asked)]
        work = (delayed(cases_of)(treaty, age) for treaty, age in subjects)
        table = table_of(pd.concat(Parallel(n_jobs=-1)(work), ignore_index=True))
        if asked == "1":
            table = pd.concat([table, calibration()], ignore_index=True)
    print(table.to_string())
    if asked in ("1", "calibration"):
        write_whole(reference_folder() / "backtest_trials.csv", to_csv(table))


if __name__ == "__main__":
    main()
