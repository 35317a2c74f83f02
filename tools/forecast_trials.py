"""Score three forms of the forecast beside the version before, known then; print the table.

    python tools/forecast_trials.py

The cases are those of the back-test. The scores of the version before are read from the last commit
that had it. docs/forecast.md has the result. It takes a minute of processor time.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import betainc, gammaln, psi
from threadpoolctl import threadpool_limits

from adoption.forecasting import backtest, model
from adoption.forecasting.skill import are_within, events_before, like, paired, with_packages
from adoption.forecasting.treaties import Numbers, TreatyRecord, base_treaties

BEFORE = "1384b3b4"
WORST = 2  # packages of which most of the loss is, shown apart
KEY = ["treaty", "age", "target"]
Columns = Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]


@dataclass(frozen=True)
class Form:
    """Columns of the odds and of the size, and how many of each, the first, have a bound of zero.

    Where `of_mean` holds, the first are columns of the mean, which is odds times size.
    """

    columns: Columns
    bounded: tuple[int, int]
    of_mean: bool = False


def length_of(days: Numbers) -> Numbers:
    """Return lengths of time, from 0, a day, to 1, thirty years."""
    return np.asarray(np.log(np.clip(days, 1.0, model.MAX_WAIT_DAYS)) / np.log(model.MAX_WAIT_DAYS))


def mean_columns(features: Numbers, days: Numbers) -> tuple[Numbers, Numbers]:
    """All on the mean, changing with the length; the size by age and length alone."""
    consents, age, decade, signatories, signatures = features.T
    long = length_of(days)
    mean = []
    for feature in (consents, signatories, signatures, age):
        mean += [feature * long, feature * (1 - long)]
    return np.column_stack([*mean, decade, long, long**2]), np.column_stack([age, long])


def plain_columns(features: Numbers, days: Numbers) -> tuple[Numbers, Numbers]:
    """As the form that is used, with one effect of age, and of the length alone."""
    consents, age, decade, signatories, signatures = features.T
    long = length_of(days)
    odds = np.column_stack([consents * long, consents * (1 - long), age, decade, long])
    return odds, np.column_stack([signatories, signatures, age, long])


FORMS = {
    "1. Odds and dispersion": Form(model.design_columns, (2, 2)),
    "2. Mean; dispersion by age and length": Form(mean_columns, (6, 0), of_mean=True),
    "3. Odds and dispersion, fewer columns": Form(plain_columns, (2, 2)),
}


def fit(form: Form, features: Numbers, days: Numbers, came: Numbers, weight: Numbers) -> Any:
    """Return a function that gives the log odds and the log size of columns."""
    scaled = [model.standardised(part) for part in form.columns(features, days)]
    first, second = scaled[0][0], scaled[1][0]
    split, width = first.shape[1], first.shape[1] + second.shape[1]
    pull, lowest = np.full(width, model.RIDGE), np.full(width, -np.inf)
    pull[[0, split]] = 0.0
    for start, bounded in zip((1, split + 1), form.bounded, strict=True):
        lowest[start : start + bounded] = 0.0

    def loss(effects: Numbers) -> tuple[float, Numbers]:
        log_size = second @ effects[split:]
        log_odds = first @ effects[:split] - form.of_mean * log_size
        size, both = np.exp(log_size), np.logaddexp(0.0, log_odds)
        likelihood = gammaln(came + size) - gammaln(size) + came * log_odds - (came + size) * both
        odds_slope = came - (came + size) * np.exp(log_odds - both)
        size_slope = size * (psi(came + size) - psi(size) - both) - form.of_mean * odds_slope
        slope = [first.T @ (weight * odds_slope), second.T @ (weight * size_slope)]
        penalty = float(effects @ (pull * effects)) / 2
        return penalty - float(weight @ likelihood), pull * effects - np.concatenate(slope)

    begin = np.zeros(width)
    begin[0] = np.log(came.mean() + model.HALF)
    best: Any = minimize(loss, begin, jac=True, bounds=[(low, None) for low in lowest], tol=1e-10)

    def logs(features: Numbers, days: Numbers) -> tuple[Numbers, Numbers]:
        parts = zip(form.columns(features, days), scaled, strict=True)
        tables = [(part - mean) / deviation for part, (_, mean, deviation) in parts]
        log_size = best.x[split] + tables[1] @ best.x[split + 1 :]
        log_odds = best.x[0] + tables[0] @ best.x[1:split]
        return log_odds - form.of_mean * log_size, log_size

    return logs


def scores_of(treaty: TreatyRecord, age: int) -> Iterator[pd.DataFrame]:
    """Yield the scored cases of a treaty at an age, by each form."""
    pool = backtest.learnt_from(base_treaties(), treaty, age)
    parts = [model.cases_of(unrelated) for unrelated in pool]
    features, days, came, weight = map(np.concatenate, zip(*parts, strict=True))
    now = model.features_of(treaty, np.array([float(age)]))
    inside = np.clip(now, features.min(axis=0), features.max(axis=0)).repeat(len(model.GRID), 0)
    consents = int(treaty.consented.by(age))
    targets = np.array([target for target in backtest.TARGETS if target > consents])
    nth = np.array([treaty.consented.nth(int(target)) for target in targets])
    wait = np.where(nth <= treaty.seen, nth - age, np.inf)
    followed = np.full(len(targets), treaty.seen - age)
    for name, form in FORMS.items():
        log_odds, log_size = fit(form, features, days, came, weight / weight.mean())(
            inside, model.GRID
        )
        odds, needed = np.exp(log_odds), (targets - consents)[:, None]
        chance = np.maximum.accumulate(betainc(needed, np.exp(log_size), odds / (1 + odds)), axis=1)
        at = np.log(backtest.grid(followed[:1])[0])
        drawn = np.array([np.interp(at, np.log(model.GRID), row) for row in chance])
        frame = pd.DataFrame({"treaty": treaty.treaty, "age": age, "target": targets})
        frame["crps"] = backtest.crps(drawn, followed, wait)
        frame["pit"] = backtest.pit(drawn, followed, wait)
        yield frame.assign(form=name)


def before() -> pd.DataFrame:
    """Return the cases of the version before, with packages."""
    command = ["git", "show", f"{BEFORE}:data/reference/backtest.csv"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return with_packages(pd.read_csv(io.StringIO(text)))


def rows_of(name: str, cases: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the scores of a form on each set of cases."""
    loss = (cases["crps"] - cases["crps_forecast"]).groupby(cases["package"]).sum()
    worst = loss.nlargest(WORST).index
    sets = {
        "All cases": cases,
        "Reference class": cases[like(cases)],
        f"Without {' and '.join(worst)}": cases[~cases["package"].isin(worst)],
    }
    for kind, part in sets.items():
        error, reached = part["crps"].to_numpy(), part["wait"].notna().to_numpy("bool")
        pits = part["pit"].to_numpy()
        ratio, low, high = paired(part["package"], error, part["crps_forecast"].to_numpy())
        yield {
            "Form": name,
            "Cases": f"{kind} ({len(part):,})",
            "Error": f"{error.mean():.3f}",
            "Ratio to the previous error": f"{ratio:.3f} ({low:.3f} to {high:.3f})",
            "Coverage of 80% ranges": f"{are_within(pits, reached, 80).mean():.0%}",
            "Events before the median": (
                f"{events_before(pits, reached, part['package'], [0.5])[0][0]:.0%}"
            ),
        }


def main() -> None:
    """Score the forms; print the table."""
    threadpool_limits(1)
    subjects = backtest.subjects(base_treaties())
    scored = pd.concat([frame for subject in subjects for frame in scores_of(*subject)])
    old = before()
    columns = [*KEY, "package", "consents", "signatories", "wait", "crps_forecast", "pit_forecast"]
    usual = old.assign(crps=old["crps_forecast"], pit=old["pit_forecast"])
    rows = list(rows_of("Before", usual))[:2]
    for name in FORMS:
        part = scored[scored["form"] == name].merge(old[columns], on=KEY, validate="one_to_one")
        rows += rows_of(name, part)
    print(pd.DataFrame(rows).to_csv(sep="|", index=False))


if __name__ == "__main__":
    main()
