"""What each part of the forecast brings, and what its few knobs do: nested cross-validation.

    .venv/bin/python benchmarks/forecast_choice.py

The packages of treaties (a convention and its protocols) are dealt into ten folds. Every
variant forecasts the cases of a fold having learnt from the other nine. The last line is
nested: for each fold the variant is chosen that did best on the other nine, so that no case
has had a say in how it is forecast.
"""

from __future__ import annotations

import math

import numpy as np
from joblib import Parallel, delayed
from tqdm import tqdm

from adoption.forecasting.backtest import cases_of, tested
from adoption.forecasting.baselines import climatology
from adoption.forecasting.cases import LINEAR, Situation, features, situation
from adoption.forecasting.learnt import base_pool, groups
from adoption.forecasting.likeness import Trees
from adoption.forecasting.location import RIDGE
from adoption.forecasting.model import Model, fit
from adoption.forecasting.pool import Treaty, family
from adoption.forecasting.scoring import crps, grid, pit, within
from adoption.forecasting.waiting import Steps, kaplan_meier

FOLDS = 10
SEED = 20251025
CHOSEN = "as published"
VARIANTS: dict[str, dict[str, object]] = {
    CHOSEN: {},
    "one case to a leaf": {"trees": Trees(least_in_a_leaf=1)},
    "fifteen cases to a leaf": {"trees": Trees(least_in_a_leaf=15)},
    "all features": {"trees": Trees(share_of_features=1.0)},
    "a fifth of the features": {"trees": Trees(share_of_features=0.2)},
    "ridge 0.3": {"ridge": RIDGE / 10},
    "ridge 30": {"ridge": RIDGE * 10},
}
Score = tuple[float, float]  # CRPS, and whether the 80% interval held the wait


def folds(pool: tuple[Treaty, ...]) -> dict[str, int]:
    """Deal the packages of treaties into folds at random."""
    packages = sorted({family(treaty.treaty) for treaty in pool})
    order = np.random.default_rng(SEED).permutation(len(packages))
    return {package: int(place % FOLDS) for package, place in zip(packages, order, strict=True)}


def without_likeness(model: Model, known: Situation, targets: list[int]) -> list[Steps]:
    """Forecast by the typical wait alone, with the residuals of all cases."""
    typical = model.location.of(model.within(features(known, targets))[:, : len(LINEAR)])
    all_alike = kaplan_meier(model.residual, model.cases.reached, model.cases.weight)
    return [Steps(all_alike.at + middle, all_alike.height) for middle in typical]


def scores(variant: str, fold: int) -> list[Score]:
    """Return the scores of the cases of a fold, in the order of the pool."""
    pool, dealt, by_state = base_pool(), folds(base_pool()), groups()
    rest = [treaty for treaty in pool if dealt[family(treaty.treaty)] != fold]
    plain = variant == "climatology"
    model = None if plain else fit(rest, by_state, **VARIANTS.get(variant, {}))  # type: ignore[arg-type]
    found = []
    for treaty in tested(pool):
        if dealt[family(treaty.treaty)] != fold:
            continue
        for case in cases_of(treaty):
            known = situation(
                treaty.signed, treaty.consented, treaty.opened, float(case.age), by_state
            )
            days = grid(case.followed)
            if model is None:
                cdf = climatology(tested(rest), float(case.age), case.target).cdf(days)
            else:
                waits = without_likeness if variant == "no likeness" else type(model).waits
                cdf = waits(model, known, [case.target])[0].cdf(np.log(days))
            held = within(pit(cdf, days, case.wait), math.isfinite(case.wait), 80)
            found.append((crps(cdf, days, case.wait), float(held)))
    return found


def main() -> None:
    """Print a line a variant: mean CRPS, ratio to climatology, coverage of 80% intervals."""
    names = ["climatology", "no likeness", *VARIANTS]
    work = [(name, fold) for name in names for fold in range(FOLDS)]
    done = Parallel(n_jobs=-1, return_as="generator")(delayed(scores)(*one) for one in work)
    by_part = dict(zip(work, tqdm(done, "variants", len(work)), strict=True))
    by_name = {
        name: np.array([score for fold in range(FOLDS) for score in by_part[name, fold]])
        for name in names
    }
    sizes = [len(by_part[CHOSEN, fold]) for fold in range(FOLDS)]
    usual = by_name["climatology"][:, 0].mean()
    for name, score in by_name.items():
        print(line(name, score, usual))
    nested, start, chosen = [], 0, []
    for size in sizes:
        own = slice(start, start + size)
        others = {name: np.delete(by_name[name][:, 0], own).mean() for name in VARIANTS}
        chosen.append(min(others, key=lambda name: float(others[name])))
        nested.append(by_name[chosen[-1]][own])
        start += size
    print(line("chosen without the fold", np.concatenate(nested), usual))
    print("chosen:", ", ".join(sorted(set(chosen))))


def line(name: str, score: np.ndarray, usual: float) -> str:
    """Return the line of a variant."""
    error, held = score.mean(axis=0)
    return f"{name:<26}{error:8.3f}{error / usual:8.3f}{held:8.1%}"


if __name__ == "__main__":
    main()
