"""Score each trial of calibration, as notebook 14 lists them, known then.

    python tools/forecast_trials.py

It writes their rows of data/reference/backtest_trials.csv anew: the error of each, and its ratio to
the version used, with 95 % intervals over treaties, in all cases and in those like the Convention.
They change the chances of the package. The rows beside the method before are as recorded on 30
November 2026; this tool of commit b9b7f4dc makes them.
"""

from __future__ import annotations

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
from adoption.forecasting.hazards import RIDGE
from adoption.forecasting.model import fit
from adoption.forecasting.skill import ended_by, events_before, like, paired, saved, within
from adoption.forecasting.treaties import Numbers, Treaty, base_treaties, packages
from adoption.tables.write import to_csv

BASE = base_treaties()
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
        rows = np.array(
            [
                (min(wait, one.seen) - age, wait <= one.seen, weight)
                for one, weight in near.items()
                if (wait := one.consented.nth(int(target))) > age and weight > MIN_WEIGHT
            ]
        ).reshape(-1, 3)
        if rows[:, 1].any():
            known = SurvfuncRight(rows[:, 0], rows[:, 1].astype(int), freq_weights=rows[:, 2])
            curves.append(ended_by(known, days))
        else:
            curves.append(np.zeros(len(days)))
    return pd.DataFrame(
        {
            "treaty": treaty.treaty,
            "age": age,
            "target": targets,
            "consents": consents,
            "signatories": signed,
            "day": treaty.opened.toordinal() + age,
            "followed": followed,
            "wait": np.where(nth <= treaty.seen, nth - age, np.inf),
            "chance": [*chance],
            "curve": curves,
        }
    )


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
        (cases["day"] < own["day"])
        & (cases["package"] != own["package"])
        & (cases["signatories"] >= signed)
        & (cases["age"] <= to)
    ]
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
    share = np.array(
        [np.interp(x, np.arange(LAST + 1), row) for x, row in zip(places, before, strict=True)]
    )

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
            row |= {
                f"{start}error": error.mean(),
                f"{start}ratio": ratio,
                f"{start}low": low,
                f"{start}high": high,
                f"{start}within_80": within(part["pit"].to_numpy(), reached, 80).mean(),
                f"{start}before_50": events_before(
                    part["pit"].to_numpy(), reached, part["treaty"], [0.5]
                )[0][0],
            }
        rows.append(row)
    return pd.DataFrame(rows).round(3)


def main() -> None:
    """Score the trials; write them into the table."""
    table = pd.concat([saved("trials").query("beside != @USED"), calibration()], ignore_index=True)
    print(table.to_string())
    write_whole(reference_folder() / "backtest_trials.csv", to_csv(table))


if __name__ == "__main__":
    main()
