"""How good forecasts of the past were: their error, their intervals, and both by set of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from adoption.forecasting.scoring import pit_histogram, within

Numbers = NDArray[np.float64]
Row = dict[str, Any]

Kind = Literal["all", "signed early", "opened since", "opened before", "age", "target"]

# Each way to forecast, and the climatology on the same knowledge that its error is set against.
# First what was known then, as whoever forecasts has it; then what hindsight adds.
YARDSTICK: Mapping[str, str] = {
    "then": "climatology_then",
    "climatology_then": "climatology_then",
    "apart": "climatology",
    "model": "climatology",
    "climatology": "climatology",
    "pace": "climatology",
    "bass": "climatology",
}
WITH_MEDIAN = ("model", "apart", "then")
INTERVALS = (50, 80, 95)
MIDDLE = 80  # per cent, of the interval whose two sides are told apart
SIGNED_EARLY = 40  # signatories in the first ten days
SINCE = 1990
DRAWS = 2000
SEED = 0
TAILS = (0.025, 0.975)


def skill_by_set(backtest: pd.DataFrame, treaties: pd.DataFrame) -> pd.DataFrame:
    """Score each way to forecast on all cases, and on sets of them.

    Parameters
    ----------
    backtest, treaties : DataFrame
        The tables `backtest` and `base_treaties`.

    Returns
    -------
    DataFrame
        One row a set and a way: kind (str), value (int, 0 where the kind has none), and the
        columns of `score`.
    """
    rows: list[Row] = []
    for (kind, value), cases in case_sets(backtest, treaties).items():
        rows += [{"kind": kind, "value": value, **score(cases, way)} for way in YARDSTICK]
    return pd.DataFrame(rows)


def case_sets(
    backtest: pd.DataFrame, treaties: pd.DataFrame
) -> dict[tuple[Kind, int], pd.DataFrame]:
    """Return all cases; those of treaties signed early; and by opening, age and target.

    A treaty is signed early if at least 40 states signed in its first ten days.
    """
    first = treaties.set_index("treaty")["first_signature"]
    late = backtest["treaty"].map(first).dt.year >= SINCE
    early = backtest["signatories_first_days"] >= SIGNED_EARLY
    sets: dict[tuple[Kind, int], pd.DataFrame] = {
        ("all", 0): backtest,
        ("signed early", SIGNED_EARLY): backtest[early],
        ("opened since", SINCE): backtest[late],
        ("opened before", SINCE): backtest[~late],
    }
    kinds: tuple[Kind, ...] = ("age", "target")
    for kind in kinds:
        values = sorted(backtest[kind].unique().tolist())
        sets |= {(kind, value): backtest[backtest[kind] == value] for value in values}
    return sets


def score(cases: pd.DataFrame, method: str) -> Row:
    """Return what one way to forecast was worth on some cases.

    Cases of one treaty go up and down together: every interval is a percentile interval of
    2000 bootstrap samples of whole treaties (Davison and Hinkley, Bootstrap Methods and
    their Application, ch. 3.8), missing where there are fewer than two.
    """
    own = cases.dropna(subset=[f"crps_{method}"])
    treaty, names = pd.factorize(own["treaty"])
    one = np.ones(len(own))
    error, usual = (own[f"crps_{way}"].to_numpy("float64") for way in (method, YARDSTICK[method]))
    pits, reached = pit_of(own, method)
    row: Row = {"method": method, "cases": len(own), "treaties": len(names)}
    row |= _ratio("error", error, one, treaty) | _ratio("ratio", error, usual, treaty)
    for percent in INTERVALS:
        held = [within(p, bool(r), percent) for p, r in zip(pits, reached, strict=True)]
        row |= _ratio(f"within_{percent}", np.array(held, "float64"), one, treaty)
    later = _mean(pits > 1 - (1 - MIDDLE / 100) / 2)
    return row | {
        "earlier": max(1 - row[f"within_{MIDDLE}"] - later, 0.0) if len(own) else np.nan,
        "later": later,
        "factor": _factor(own, method),
    }


def pit_of(cases: pd.DataFrame, method: str) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return the probability integral transform of each case, and whether it was reached."""
    return cases[f"pit_{method}"].to_numpy("float64"), cases["wait"].notna().to_numpy("bool")


def histograms(backtest: pd.DataFrame, methods: Sequence[str], bins: int = 10) -> pd.DataFrame:
    """Return where in the forecasts what happened came to lie.

    Parameters
    ----------
    backtest : DataFrame
        The table of that name, or some of its rows.
    methods : sequence of str
        Keys of `YARDSTICK`.
    bins : int
        Parts of equal probability.

    Returns
    -------
    DataFrame
        One row a way and a part: method (str), part (int, from 1, the soonest), share
        (float; 1 / bins in each if the forecasts were right).
    """
    rows = []
    for method in methods:
        shares = pit_histogram(*pit_of(backtest.dropna(subset=[f"pit_{method}"]), method), bins)
        rows += [
            {"method": method, "part": part, "share": float(share)}
            for part, share in enumerate(shares, start=1)
        ]
    return pd.DataFrame(rows)


def score_of(measured: pd.DataFrame, method: str, kind: Kind = "all", value: int = 0) -> Row:
    """Return one row of `skill_by_set`; without a value, the first of its kind."""
    rows = measured[(measured["method"] == method) & (measured["kind"] == kind)]
    chosen = rows[rows["value"] == value] if value else rows
    return {str(name): value for name, value in chosen.to_dict("records")[0].items()}


def _ratio(name: str, top: Numbers, bottom: Numbers, treaty: NDArray[np.int64]) -> Row:
    """Return the ratio of two sums, and its interval over treaties."""
    sums = np.column_stack([np.bincount(treaty, weights=part) for part in (top, bottom)])
    whole = sums.sum(axis=0)
    value = float(whole[0] / whole[1]) if whole[1] else np.nan
    low = high = np.nan
    if len(sums) > 1:
        drawn = _draws(len(sums)) @ sums
        some = drawn[:, 1] > 0
        if some.any():
            low, high = np.quantile(drawn[some, 0] / drawn[some, 1], TAILS).tolist()
    return {name: value, f"{name}_low": low, f"{name}_high": high}


@cache
def _draws(number: int) -> Numbers:
    """Return how often each of a number of treaties is in each bootstrap sample."""
    even = np.full(number, 1 / number)
    return np.random.default_rng(SEED).multinomial(number, even, size=DRAWS).astype("float64")


def _factor(cases: pd.DataFrame, method: str) -> float:
    """Return the typical factor between the median and the wait; infinite beyond the horizon."""
    seen = cases[cases["wait"].notna()]
    if method not in WITH_MEDIAN or seen.empty:
        return np.nan
    median = seen[f"median_{method}"].fillna(np.inf).to_numpy("float64")
    wait = np.maximum(seen["wait"].to_numpy("float64"), 1.0)
    return float(np.exp(np.median(np.abs(np.log(median / wait)))))


def _mean(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else np.nan
