"""What other methods of forecasting would have been worth: every variant tried, known then.

    .venv/bin/python benchmarks/forecast_variants.py

The cases are those of the back-test, each forecast with what was known on its day. Five
variants were fixed before any was scored (the first five regressions and means); the one with
products was developed on treaties that are not in the back-test (10 to 29 signatories on the
day) after these had been. A variant is adopted only if the 95% interval of its ratio, by treaty,
excludes one. Trees on a quarter of the cases were tried because they move less with the seed.
The method kept is that of before the review, so it is no better than itself: what the review
changed is how it is scored and where a forecast starts. The table is written to
data/reference/forecast_variants.csv.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy import special
from scipy.optimize import minimize
from tqdm import tqdm

from adoption import tables
from adoption.forecasting.backtest import (
    Cases,
    cases_of,
    crps,
    grid,
    learnt_from,
    pit,
    subjects,
)
from adoption.forecasting.forecast import SMALL_TARGET
from adoption.forecasting.model import (
    LEARNT_AGES,
    LEARNT_TARGETS,
    LEAST_SEEN,
    RIDGE,
    fit,
    situations,
)
from adoption.forecasting.skill import events_before, paired, within
from adoption.forecasting.treaties import Numbers, Treaty, base_treaties, related
from adoption.paths import reference_folder

COARSE = slice(None, None, 5)  # the points on which a calibration is fitted
FOLDS = 10
EDGE = 1e-6  # no chance is taken to be nearer to 0 or 1 before it is calibrated
TARGETS = np.array((3, *LEARNT_TARGETS))
PRODUCTS = ((0, 1), (0, 2), (0, 3), (0, 0), (2, 2), (2, 3), (0, 8))
CENTRES = np.array([2.5, 0.5, 6.0, 3.0, 0, 0, 0, 0, 1.0, 0])
# Columns: needed, half a year, age, signatories, first days, signatures in half a year, decade,
# members of the European Union yet to consent, consents, consents in a year.
REGRESSIONS: dict[str, tuple[tuple[int, ...], bool]] = {
    "regression": ((0, 1, 2, 3, 4, 5, 6), False),
    "regression with EU": ((0, 1, 2, 3, 4, 5, 6, 7), False),
    "regression with products": ((0, 1, 2, 3, 6, 8, 9), True),
}
SCALED_BY = (0, 2, 3)
LABELS: dict[str, tuple[str, ...]] = {  # the parts of each; calibrated if it has several
    "Regression with decade and own scale": ("regression",),
    "The same with EU members as one bloc": ("regression with EU",),
    "Mean of the method kept and the regression": ("mean",),
    "Regression and pace, calibrated": ("regression", "pace"),
    "Method kept, regression and pace, calibrated": ("forecast", "regression", "pace"),
    "Regression with products, method kept and pace, calibrated": (
        "forecast", "regression with products", "pace",
    ),
}  # fmt: skip


def european() -> frozenset[str]:
    """Return the members of the European Union today: earlier ones are not in the data."""
    members = tables.read("memberships")
    return frozenset(members.loc[members["organisation"].isin(["EU", "European Union"]), "iso3"])


def columns(treaty: Treaty, ages: Numbers, union: frozenset[str]) -> tuple[Numbers, Numbers]:
    """Return the columns of a treaty at ages but for the first, and its consents."""
    known = situations(treaty, ages)
    waiting = []
    for age in ages:
        signed, bound = treaty.signed.until(age).iso3, treaty.consented.until(age).iso3
        waiting.append(len((set(signed) & union) - set(bound)))
    own = known.features[:, [0, 2, 3, 4, 5, 6]]
    more = np.column_stack(
        [np.log1p(waiting), np.log(known.consents + 0.5), np.log(known.consents_year + 0.5)]
    )
    return np.column_stack([own, more]), known.consents


def design(table: Numbers, kept: Sequence[int], *, products: bool) -> Numbers:
    """Return the columns of a regression."""
    apart = table - CENTRES
    extra = [apart[:, a] * apart[:, b] for a, b in PRODUCTS] if products else []
    return np.column_stack([table[:, list(kept)], *extra])


@dataclass(frozen=True, eq=False)
class Learnt:
    """Cases to learn from."""

    table: Numbers
    log_wait: Numbers
    reached: Numbers
    weight: Numbers


def learn(treaties: Sequence[Treaty], union: frozenset[str]) -> Learnt:
    """Return the cases of treaties."""
    parts: list[Any] = []
    for treaty in treaties:
        ages = LEARNT_AGES[treaty.seen - LEARNT_AGES >= LEAST_SEEN]
        rest, consents = columns(treaty, ages, union) if len(ages) else (None, np.empty(0))
        target, age = np.nonzero(TARGETS[:, None] > consents[None, :])
        if rest is None or not len(age):
            continue
        needed = TARGETS[target] - consents[age]
        nth = np.array([treaty.consented.nth(int(number)) for number in TARGETS])
        wait, left = nth[target] - ages[age], treaty.seen - ages[age]
        log_wait = np.log(np.maximum(np.minimum(wait, left), 1.0))
        table = np.column_stack([np.log(needed), rest[age]])
        parts.append((table, log_wait, wait <= left, np.full(len(wait), len(wait) ** -0.5)))
    table, log_wait, reached, weight = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Learnt(table, log_wait, reached.astype("float64"), weight / weight.mean())


def fitted(
    learnt: Learnt, kept: Sequence[int], *, products: bool
) -> Callable[[Numbers], tuple[Numbers, Numbers]]:
    """Fit a log-logistic regression whose scale depends on the case; return how it forecasts."""
    raw = design(learnt.table, kept, products=products)
    mean, deviation = raw.mean(axis=0), raw.std(axis=0)
    deviation[deviation == 0] = 1.0
    one = np.ones((len(raw), 1))
    standard = np.hstack([one, (raw - mean) / deviation])
    scaled = standard[:, [0, *(place + 1 for place in SCALED_BY)]]
    width, weight, reached = standard.shape[1], learnt.weight, learnt.reached
    pull = np.full(width + scaled.shape[1], RIDGE)
    pull[[0, width]] = 0.0

    def loss(theta: Numbers) -> tuple[float, Numbers]:
        log_scale = scaled @ theta[width:]
        scale = np.exp(log_scale)
        z = (learnt.log_wait - standard @ theta[:width]) / scale
        longer = np.logaddexp(0.0, z)
        slope = weight * (reached - (1 + reached) * special.expit(z))
        likelihood = weight @ (reached * (z - longer - log_scale) - longer)
        gradient = [standard.T @ (slope / scale), scaled.T @ (slope * z + weight * reached)]
        return float(theta @ (pull * theta) / 2 - likelihood), np.concatenate(
            gradient
        ) + pull * theta

    start = np.zeros(len(pull))
    start[0] = learnt.log_wait.mean()
    theta = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    lowest, highest = learnt.table.min(axis=0), learnt.table.max(axis=0)

    def wait(table: Numbers) -> tuple[Numbers, Numbers]:
        cut = np.clip(table, lowest, highest)
        cut[:, 0] = table[:, 0]
        found = np.hstack(
            [np.ones((len(cut), 1)), (design(cut, kept, products=products) - mean) / deviation]
        )
        scale = found[:, [0, *(place + 1 for place in SCALED_BY)]] @ theta[width:]
        return found @ theta[:width], np.exp(scale)

    return wait


def all_parts(treaties: Sequence[Treaty], treaty: Treaty, age: int) -> Cases:
    """Return the cases of a treaty at an age, with the chances by each regression as well."""
    cases, union = cases_of(treaties, treaty, age), european()
    pool = learnt_from(treaties, treaty, age)
    learnt = learn(pool, union)
    rest, consents = columns(treaty, np.array([float(age)]), union)
    needed = cases.frame["target"].to_numpy("float64") - consents[0]
    table = np.column_stack([np.log(needed), np.repeat(rest, len(needed), axis=0)])
    days = grid(cases.frame["followed"].to_numpy("float64"))
    log_days = np.log(days)
    quarter = fit(pool, share_of_cases=0.25, least=2)
    known = situations(treaty, np.array([float(age)]))
    cases.parts["quarter"] = quarter.chances(known, needed, days[0])
    for name, (kept, products) in REGRESSIONS.items():
        location, scale = fitted(learnt, kept, products=products)(table)
        cases.parts[name] = special.expit((log_days - location[:, None]) / scale[:, None])
    return cases


def packages(treaties: Sequence[Treaty]) -> dict[str, int]:
    """Return the same number for treaties that are related, directly or through others."""
    number = {treaty.treaty: place for place, treaty in enumerate(treaties)}
    for place, one in enumerate(treaties):
        for other in treaties[:place]:
            if related(one, other):
                old, new = number[one.treaty], number[other.treaty]
                number = {key: new if value == old else value for key, value in number.items()}
    return number


def calibrated(shift: float, slope: float, said: Numbers) -> Numbers:
    """Return chances whose log odds are shift + slope times what is said; no chance stays none."""
    odds = special.logit(np.clip(said, EDGE, 1 - EDGE))
    found: Numbers = np.where(said > 0, special.expit(shift + slope * odds), 0.0)
    return found


def pooled(cases: Cases, parts: Sequence[str], dealt: Numbers) -> Numbers:
    """Return a weighted mean of parts, calibrated, cross-fitted, small and large targets apart."""
    frame = cases.frame
    followed, wait = (frame[name].to_numpy("float64") for name in ("followed", "wait"))
    small = (frame["target"] <= SMALL_TARGET).to_numpy()
    values = [cases.parts[name] for name in parts]
    found = np.empty_like(values[0])

    def made(theta: Numbers, chosen: Any, step: slice) -> Numbers:
        share = np.exp(np.append(0.0, theta[2:]))
        share /= share.sum()
        mixed = sum(w * part[chosen][:, step] for w, part in zip(share, values, strict=True))
        return calibrated(theta[0], float(np.exp(theta[1])), np.asarray(mixed))

    for size in (small, ~small):
        for fold in range(FOLDS):
            held, learnt = size & (dealt == fold), size & (dealt != fold)

            def loss(theta: Numbers, learnt: Any = learnt) -> float:
                chance = made(theta, learnt, COARSE)
                return float(crps(chance, followed[learnt], wait[learnt]).mean())

            start = np.zeros(1 + len(parts))
            simplex = np.vstack([start, 0.3 * np.eye(len(start))])
            best = minimize(
                loss, start, method="Nelder-Mead",
                options={"xatol": 1e-3, "fatol": 1e-6, "initial_simplex": simplex},
            ).x  # fmt: skip
            found[held] = made(best, held, slice(None))
    return found


def row(name: str, cases: Cases, chance: Numbers) -> dict[str, object]:
    """Return the scores of a variant beside the method kept."""
    frame = cases.frame
    followed, wait = (frame[column].to_numpy("float64") for column in ("followed", "wait"))
    error, before = (crps(part, followed, wait) for part in (chance, cases.parts["forecast"]))
    pits, reached = pit(chance, followed, wait), np.isfinite(wait)
    small = (frame["target"] <= SMALL_TARGET).to_numpy()
    ratio, low, high = paired(frame["treaty"], error, before)
    events = events_before(pits, reached, np.ones(len(pits)))
    return {
        "Variant": name,
        "Error": f"{error.mean():.3f}",
        "Of the method kept": f"{ratio:.3f} ({low:.3f} to {high:.3f})",
        "Thresholds up to 10": f"{error[small].mean():.3f}",
        "Above 10": f"{error[~small].mean():.3f}",
        "80% ranges held": f"{within(pits, reached, 80).mean():.0%}",
        "Events before the 10, 50, 90% points": ", ".join(f"{share:.0%}" for share in events),
    }


def main() -> None:
    """Score every variant and write the table."""
    treaties = base_treaties()
    work = [delayed(all_parts)(treaties, treaty, age) for treaty, age in subjects(treaties)]
    done = list(tqdm(Parallel(n_jobs=-1, return_as="generator")(work), "variants", len(work)))
    frame = pd.concat([one.frame for one in done], ignore_index=True)
    parts = {name: np.concatenate([one.parts[name] for one in done]) for name in done[0].parts}
    parts["mean"] = (parts["forecast"] + parts["regression"]) / 2
    cases, tried = Cases(frame, parts), set(frame["treaty"])
    package = packages([treaty for treaty in treaties if treaty.treaty in tried])
    dealt = pd.factorize(frame["treaty"].map(package))[0] % FOLDS
    rows = [row("Kept, that of before the review", cases, parts["forecast"])]
    rows.append(row("Each tree on a quarter of the cases", cases, parts["quarter"]))
    rows.append(row("Kept, calibrated", cases, pooled(cases, ["forecast"], dealt)))
    for name, named in LABELS.items():
        chance = pooled(cases, named, dealt) if len(named) > 1 else parts[named[0]]
        rows.append(row(name, cases, chance))
    rows += [
        row("The usual wait", cases, parts["climatology"]),
        row("Constant pace", cases, parts["pace"]),
    ]
    table = pd.DataFrame(rows)
    table.to_csv(reference_folder() / "forecast_variants.csv", index=False, lineterminator="\n")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
