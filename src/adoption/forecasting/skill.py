"""How good forecasts of the past were: error and intervals, for small and large thresholds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.forecasting.backtest import WAYS
from adoption.forecasting.forecast import SMALL_TARGET
from adoption.forecasting.treaties import Flags, Numbers
from adoption.paths import reference_folder
from adoption.reading import note

YARDSTICKS = ("climatology", "pace")
POINTS = (0.1, 0.5, 0.9)  # of a forecast, before which as large a share of the events should lie
DRAWS, FEW_DRAWS = 2000, 200
SEED = 0
TAILS = (0.025, 0.975)


def skill(backtest: pd.DataFrame) -> pd.DataFrame:
    """Score each way to forecast on all cases, and on sets of them.

    Cases of one treaty go up and down together: every interval is a percentile interval of
    2000 bootstrap samples of whole treaties (Davison and Hinkley, Bootstrap Methods and their
    Application, ch. 3.8).

    Parameters
    ----------
    backtest : DataFrame
        The table of that name, or some of its rows.

    Returns
    -------
    DataFrame
        One row a set and a way: kind (str: all, size), value (str), way (str, of
        `WAYS`), cases, treaties (int), error (float: the mean CRPS), and for each yardstick y
        the ratio of the errors, y, y_low, y_high; within_80 (float: the share
        of cases whose 80 % interval held what happened), before_10, before_50, before_90
        (float: the share of events before these points of the forecast).
    """
    sizes = _sizes(backtest)
    sets: dict[tuple[str, str], Flags] = {("all", ""): np.ones(len(backtest), dtype=bool)}
    sets |= {("size", size): sizes == size for size in ("small", "large")}
    return pd.DataFrame(
        {"kind": kind, "value": value, **score(backtest[chosen], way)}
        for (kind, value), chosen in sets.items()
        for way in WAYS
    )


def variants() -> pd.DataFrame:
    """Return what `benchmarks/forecast_variants.py` wrote: every variant tried, and its scores."""
    path = reference_folder() / "forecast_variants.csv"
    note(path)
    return pd.read_csv(path, keep_default_na=False)


def score(cases: pd.DataFrame, way: str) -> dict[str, Any]:
    """Return what one way to forecast was worth on some cases: a row of `skill`."""
    error, pits = (cases[f"{name}_{way}"].to_numpy("float64") for name in ("crps", "pit"))
    reached = cases["wait"].notna().to_numpy("bool")
    row = {
        "way": way,
        "cases": len(cases),
        "treaties": cases["treaty"].nunique(),
        "error": float(error.mean()),
    }
    for other in YARDSTICKS:
        ends = paired(cases["treaty"], error, cases[f"crps_{other}"].to_numpy("float64"))
        row |= dict(zip((other, f"{other}_low", f"{other}_high"), ends, strict=True))
    row["within_80"] = float(within(pits, reached, 80).mean())
    before = events_before(pits, reached, np.ones(len(cases)))
    return row | {f"before_{round(100 * p)}": b for p, b in zip(POINTS, before, strict=True)}


def paired(treaty: pd.Series[Any], error: Numbers, usual: Numbers) -> tuple[float, float, float]:
    """Return the ratio of two mean errors on the same cases, and its 95 % interval by treaty."""
    place, names = pd.factorize(treaty)
    sums = np.column_stack([np.bincount(place, weights=part) for part in (error, usual)])
    drawn = draws(len(names), DRAWS) @ sums
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], TAILS)
    return float(error.sum() / usual.sum()), float(low), float(high)


def draws(number: int, samples: int) -> Numbers:
    """Return how often each of a number of treaties is in each bootstrap sample."""
    even = np.full(number, 1 / number)
    return np.random.default_rng(SEED).multinomial(number, even, size=samples).astype("float64")


def within(pits: Numbers, reached: Flags, percent: int) -> Flags:
    """Return whether central intervals held what happened.

    Examples
    --------
    >>> within(np.array([0.05, 0.05]), np.array([True, False]), 80)
    array([False,  True])
    """
    tail = (1 - percent / 100) / 2
    held: Flags = (pits <= 1 - tail) & ((pits >= tail) | ~reached)
    return held


def events_before(
    pits: Numbers, reached: Flags, weight: Numbers, points: tuple[float, ...] = POINTS
) -> list[float]:
    """Return the share of events before points of their forecasts.

    The Kaplan-Meier estimate over the probability integral transform: of a case whose target
    was not seen it is known only that the event lies later.
    """
    own = weight > 0
    found = SurvfuncRight(pits[own], reached[own].astype(int), freq_weights=weight[own])
    place = np.searchsorted(found.surv_times, points, side="right")
    return [float(1 - np.concatenate([[1.0], found.surv_prob])[at]) for at in place]


def reliability(backtest: pd.DataFrame) -> pd.DataFrame:
    """Return how many events came before each tenth of the forecasts, by size of the threshold.

    Returns
    -------
    DataFrame
        One row a size and a tenth: size (small or large), chance, share, low, high (float, 0 to
        1; with the 95 % interval by bootstrap over treaties). Chance and share are equal where
        the forecasts were right.
    """
    points = tuple(tenth / 10 for tenth in range(1, 10))
    frames = []
    for size, part in backtest.groupby(_sizes(backtest)):
        pits, reached = part["pit_forecast"].to_numpy("float64"), part["wait"].notna().to_numpy()
        place, names = pd.factorize(part["treaty"])
        drawn = [
            events_before(pits, reached, sample[place], points)
            for sample in draws(len(names), FEW_DRAWS)
        ]
        low, high = np.quantile(drawn, TAILS, axis=0)
        share = events_before(pits, reached, np.ones(len(pits)), points)
        frames.append(
            pd.DataFrame({"size": size, "chance": points, "share": share, "low": low, "high": high})
        )
    return pd.concat(frames, ignore_index=True)


def _sizes(backtest: pd.DataFrame) -> Numbers:
    return np.where(backtest["target"] <= SMALL_TARGET, "small", "large")
