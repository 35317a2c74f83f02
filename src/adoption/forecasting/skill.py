"""How good forecasts of the past were: error and intervals, for small and large thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from adoption import tables
from adoption.core.paths import reference_folder
from adoption.core.reading import record_read, remembered
from adoption.forecasting.forecast import SMALL_TARGET
from adoption.forecasting.treaties import (
    YEAR,
    Flags,
    Numbers,
    TreatyRecord,
    base_treaties,
    packages,
)

if TYPE_CHECKING:
    from statsmodels.duration.survfunc import SurvfuncRight

WAYS = ("forecast", "climatology", "pace")
YARDSTICKS = ("climatology", "pace")
POINTS = (0.1, 0.5, 0.9)  # of a forecast, before which as large a share of the events should lie
DRAWS = 2000
SEED = 0
TAILS = (0.025, 0.975)
# Cases like the UN Convention against Cybercrime: as young, as widely signed.
YOUNG, SIGNED, FEW_CONSENTS, MANY = (91, 183), 50, 4, 30  # ages in days; the last a target
RULES = ("list", "filter", "complete")
TOP = 10
# Of each set of states, into how many equal parts they are divided by their chances.
QUANTILE_COUNTS = {"all": 10, "like": 10, "signatories": 3}
DIGITS, CURVE_DIGITS = 4, 12


def skill(backtest: pd.DataFrame, treaties: Sequence[TreatyRecord] | None = None) -> pd.DataFrame:
    """Score each method on all cases, and on sets of them.

    Cases of one package of treaties go up and down together: every interval is a percentile
    interval of 2000 bootstrap samples of whole packages (Davison and Hinkley, Bootstrap Methods
    and their Application, ch. 3.8).

    Parameters
    ----------
    backtest : DataFrame
        The table of that name, or some of its rows.
    treaties : sequence of Treaty, optional
        Those it is of; the base set if not given.

    Returns
    -------
    DataFrame
        One row a set and a way: kind (str: like, all, size), value (str), way (str, of
        `WAYS`), cases, treaties (int), error (float: the mean CRPS), and for each yardstick y
        the ratio of the errors, y, y_low, y_high; by_package (float: the ratio to climatology's
        with one vote a package); within_80 (float: the share of cases whose
        80 % interval held what happened; with _low and _high), before_10, before_50, before_90
        (float: the share of events before these points of the forecast; before_50 with both).
    """
    cases = with_packages(backtest, treaties)
    sizes = np.where(cases["target"] <= SMALL_TARGET, "small", "large")
    alike = like(cases)
    sets: dict[tuple[str, str], Flags] = {("like", ""): alike, ("all", ""): alike | ~alike}
    sets |= {("size", size): sizes == size for size in ("small", "large")}
    rows = []
    for (kind, value), in_set in sets.items():
        about = {"kind": kind, "value": value}
        rows += [about | score(cases[in_set], way) for way in WAYS]
    return pd.DataFrame(rows)


def with_packages(
    backtest: pd.DataFrame, treaties: Sequence[TreatyRecord] | None = None
) -> pd.DataFrame:
    """Return the back-test with the package of each treaty."""
    return backtest.assign(package=backtest["treaty"].map(packages(treaties or base_treaties())))


def like(cases: pd.DataFrame) -> Flags:
    """Return which cases are like the UN Convention against Cybercrime; of any target if none."""
    young = cases["age"].between(*YOUNG)
    few = cases["consents"] <= FEW_CONSENTS
    many = cases["target"] >= MANY if "target" in cases else True
    return (young & few & (cases["signatories"] >= SIGNED) & many).to_numpy("bool")


def saved(name: str) -> pd.DataFrame:
    """Return one of the tables that `adoption backtest` writes beside the scores."""
    path = reference_folder() / f"backtest_{name}.csv"
    record_read(path)
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def masked_skill(masked: pd.DataFrame) -> pd.DataFrame:
    """Score the rules for lists that end, on all cases and on those like the Convention.

    Parameters
    ----------
    masked : DataFrame
        From `adoption.forecasting.backtest.masked`, with treaty, age and package.

    Returns
    -------
    DataFrame
        One row a set and a rule: set (all or like), rule, cases, treaties (int), error (mean
        CRPS), ratio, low, high (to the error of the list alone, by package), brier (of
        "there already"), already (its mean chance), there (the share that was).
    """
    rows: list[dict[str, Any]] = []
    for name, part in (("like", masked[like(masked)]), ("all", masked)):
        there = part["there"].astype("float64")
        before = part["crps_list"].to_numpy()
        for rule in RULES:
            error = part[f"crps_{rule}"].to_numpy()
            chance = part[f"already_{rule}"]
            row = {"set": name, "rule": rule, "cases": len(part)} | error_ratio(part, error, before)
            brier = ((chance - there) ** 2).mean()
            rows.append(row | {"brier": brier, "already": chance.mean(), "there": there.mean()})
    return pd.DataFrame(rows).round(DIGITS)


def states_skill(states: pd.DataFrame) -> pd.DataFrame:
    """Score the chances of states to consent within a year, of all and of signatories alone.

    Parameters
    ----------
    states : DataFrame
        From `adoption.forecasting.backtest.of_states`, with treaty, age and package.

    Returns
    -------
    DataFrame
        One row a set (all, or the signatories of treaties like the Convention) and a way (one
        chance for all, signature alone, the forecast): set, way, states, treaties (int), auc
        (mean over treaties and ages of the chance that a state which consented had the higher
        chance of two), auc_low, auc_high (its 95 % interval, by package), brier, ratio, low,
        high (of the Brier score to that by signature alone, by package), top (mean number of
        the ten likeliest that consented), expected (the sum of all chances) and came (int).
    """
    every, _, signatories = states_by_set(states).values()
    scores = {"all": _scores_of(every), "signatories": _scores_of(signatories)}
    frames = [frame.assign(set=name) for name, frame in scores.items()]
    table = pd.concat(frames, ignore_index=True)
    return table[["set", *table.columns.drop("set")]].round(DIGITS)


def states_by_set(states: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return all states, those of treaties like the Convention, and of these the signatories."""
    alike = like(states)
    signatories = alike & states["signed"].to_numpy("bool")
    return {"all": states, "like": states[alike], "signatories": states[signatories]}


def _scores_of(states: pd.DataFrame) -> pd.DataFrame:
    """Score each way to give some states their chances: the rows of `states_skill`."""
    from sklearn.metrics import roc_auc_score

    done = states["done"].to_numpy("float64")
    usual = (states["signature"].to_numpy() - done) ** 2
    moments = [part for _, part in states.groupby(["treaty", "age"])]
    ranked = [part for part in moments if part["done"].nunique() == 2]
    package = pd.Series([part["package"].iloc[0] for part in ranked])
    rows: list[dict[str, Any]] = []
    for way in ("one", "signature", "forecast"):
        areas = np.array([roc_auc_score(part["done"], part[way]) for part in ranked])
        area, low, high = paired(package, areas, np.ones(len(areas)))
        top = [part.nlargest(TOP, way)["done"].sum() for part in moments]
        row = {"way": way, "states": len(states), "auc": area, "auc_low": low, "auc_high": high}
        error = (states[way].to_numpy() - done) ** 2
        row |= {"top": np.mean(top)} | error_ratio(states, error, usual)
        numbers = {"expected": states[way].sum(), "came": int(done.sum())}
        rows.append(row | numbers)
    return pd.DataFrame(rows).rename(columns={"error": "brier"})


def error_ratio(cases: pd.DataFrame, error: Numbers, usual: Numbers) -> dict[str, Any]:
    """Return the mean error of cases, and its ratio to a usual one with an interval by package."""
    ratio, low, high = paired(cases["package"], error, usual)
    return {
        "treaties": cases["treaty"].nunique(),
        "error": error.mean(),
        "ratio": ratio,
        "low": low,
        "high": high,
    }


def states_reliability(states: pd.DataFrame) -> pd.DataFrame:
    """Return how often states consented within a year, by tenths or thirds of their chances.

    Parameters
    ----------
    states : DataFrame
        As of `states_skill`, with signatories and consents.

    Returns
    -------
    DataFrame
        One row a set (all, those of treaties like the Convention, of these the signatories) and a
        part of its states, the least likely first: set, part, parts (int: which, of how many),
        states (int), said (mean chance), came (share), low, high (95 % interval of came, by
        package).
    """
    rows: list[dict[str, Any]] = []
    for name, cases in states_by_set(states).items():
        count = QUANTILE_COUNTS[name]
        quantile = pd.qcut(cases["forecast"].rank(method="first"), count, labels=False) + 1
        for number, part in cases.groupby(quantile):
            row = {"set": name, "part": number, "parts": count, "states": len(part)}
            share = error_ratio(part, part["done"].to_numpy("float64"), np.ones(len(part)))
            ends = {"came": share["ratio"], "low": share["low"], "high": share["high"]}
            rows.append(row | {"said": part["forecast"].mean()} | ends)
    return pd.DataFrame(rows).round(DIGITS)


def score(cases: pd.DataFrame, way: str) -> dict[str, Any]:
    """Return the score of a method on some cases: a row of `skill`."""
    error = cases[f"crps_{way}"].to_numpy("float64")
    pits = cases[f"pit_{way}"].to_numpy("float64")
    reached = cases["wait"].notna().to_numpy("bool")
    treaties = cases["treaty"].nunique()
    row = {"way": way, "cases": len(cases), "treaties": treaties, "error": float(error.mean())}
    for other in YARDSTICKS:
        ends = paired(cases["package"], error, cases[f"crps_{other}"].to_numpy("float64"))
        columns = (other, f"{other}_low", f"{other}_high")
        row |= dict(zip(columns, ends, strict=True))
    errors = cases.groupby("package")[[f"crps_{name}" for name in WAYS]]
    by_package = errors.mean().mean()
    row["by_package"] = float(by_package[f"crps_{way}"] / by_package["crps_climatology"])
    is_within = are_within(pits, reached, 80).astype(np.float64)
    held = paired(cases["package"], is_within, np.ones(len(cases)))
    row |= dict(zip(("within_80", "within_80_low", "within_80_high"), held, strict=True))
    shares = events_before(pits, reached, cases["package"], POINTS)
    names = [f"before_{round(100 * point)}" for point in POINTS]
    row |= dict(zip(names, shares[0], strict=True))
    return row | {"before_50_low": shares[1][1], "before_50_high": shares[2][1]}


def paired(package: pd.Series[Any], error: Numbers, usual: Numbers) -> tuple[float, float, float]:
    """Return the ratio of two mean errors on the same cases, and its 95 % interval by package."""
    package_number, names = pd.factorize(package)
    sums = np.column_stack([np.bincount(package_number, weights=part) for part in (error, usual)])
    drawn = draws(len(names), DRAWS) @ sums
    ratios = drawn[:, 0] / drawn[:, 1]
    low, high = np.quantile(ratios, TAILS)
    return float(error.sum() / usual.sum()), float(low), float(high)


def draws(number: int, samples: int) -> Numbers:
    """Return how often each of a number of packages is in each bootstrap sample."""
    even = np.full(number, 1 / number)
    return np.random.default_rng(SEED).multinomial(number, even, size=samples).astype("float64")


def are_within(pits: Numbers, reached: Flags, percent: int) -> Flags:
    """Return whether central intervals held what happened.

    Examples
    --------
    >>> are_within(np.array([0.05, 0.05]), np.array([True, False]), 80)
    array([False,  True])
    """
    tail = (1 - percent / 100) / 2
    held: Flags = (pits <= 1 - tail) & ((pits >= tail) | ~reached)
    return held


def events_before(
    pits: Numbers, reached: Flags, package: pd.Series[Any], points: Sequence[float]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the share of events before points of their forecasts, and its 95 % interval.

    The Kaplan-Meier estimate over the probability integral transform: of a case whose target
    was not seen it is known only that the event lies later. The interval is by package.
    """
    package_number, names = pd.factorize(package)
    order = np.lexsort((~reached, pits))  # of equal values the events first
    resampled = draws(len(names), DRAWS)
    weights = np.vstack([np.ones(len(names)), resampled])
    drawn = weights[:, package_number[order]]
    left = drawn[:, ::-1].cumsum(axis=1)[:, ::-1]
    at_risk = np.maximum(left, 1.0)
    lasting = np.cumprod(1 - drawn * reached[order] / at_risk, axis=1)
    gone = 1 - np.column_stack([np.ones(len(drawn)), lasting]).round(CURVE_DIGITS)
    share = gone[:, np.searchsorted(pits[order], points, side="right")]
    low, high = np.quantile(share[1:], TAILS, axis=0)
    return share[0], low, high


def ended_by(curve: SurvfuncRight, points: Sequence[float] | Numbers) -> Numbers:
    """Return the share that a Kaplan-Meier estimate has ended by points."""
    index = np.searchsorted(curve.surv_times, points, side="right")
    return np.concatenate([[0.0], ended(curve)])[index]


def ended(curve: SurvfuncRight) -> Numbers:
    """Return the share that a curve has ended by each of its times; 7 of 14 are half."""
    return np.asarray((1 - curve.surv_prob).round(CURVE_DIGITS))


def time_by(curve: SurvfuncRight, share: float) -> float:
    """Return the first time by which a share had ended; infinite where it was not seen."""
    return float(next(iter(curve.surv_times[ended(curve) >= share]), np.inf))


def wait_curve(treaties: Sequence[TreatyRecord], number: int) -> SurvfuncRight:
    """Return the Kaplan-Meier estimate of the years from opening to a number of consents."""
    from statsmodels.duration.survfunc import SurvfuncRight  # slow to import

    nth = np.array([treaty.consented.nth(number) for treaty in treaties]) / YEAR
    seen = np.array([treaty.seen for treaty in treaties]) / YEAR
    return SurvfuncRight(np.minimum(nth, seen), (nth <= seen).astype(int))


def reliability(backtest: pd.DataFrame) -> pd.DataFrame:
    """Return how many events came before each tenth of the forecasts.

    Returns
    -------
    DataFrame
        One row a set and a tenth: set (like the Convention, or all), chance, share, low, high
        (float, 0 to 1; with the 95 % interval by bootstrap over packages). Chance and share are
        equal where the forecasts were right.
    """
    points = tuple(tenth / 10 for tenth in range(1, 10))
    cases, frames = with_packages(backtest), []
    for name, part in (("like", cases[like(cases)]), ("all", cases)):
        values = part["pit_forecast"].to_numpy("float64"), part["wait"].notna().to_numpy()
        share, low, high = events_before(*values, part["package"], points)
        shares = {"share": share, "low": low, "high": high}
        frames.append(pd.DataFrame({"set": name, "chance": points, **shares}))
    return pd.concat(frames, ignore_index=True)


@remembered
def saved_reliability() -> pd.DataFrame:
    """Return `reliability` of the table `backtest`, which is the same for every convention."""
    return reliability(tables.read("backtest"))
