"""What the chances are worth: scores, calibration and spread on treaties held back."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import nbinom

from adoption.countries.cross_validation import Numbers, auc, brier
from adoption.forecasting.propensity.model import BASELINES

TENTHS = 10
Z = 1.96  # of a 95% interval
INSIDE = 0.8  # of the interval of a number of states
LEAST = 1e-4  # no chance is taken to be nearer to 0 or 1 in the log loss


def log_loss(outcome: Numbers, chance: Numbers) -> float:
    """Return minus the mean logarithm of the chance given to what happened (Good 1952).

    Examples
    --------
    >>> round(log_loss(np.array([1.0, 0.0]), np.array([0.5, 0.5])), 4)
    0.6931
    """
    kept = np.clip(chance, LEAST, 1 - LEAST)
    return float(-np.mean(outcome * np.log(kept) + (1 - outcome) * np.log(1 - kept)))


def score(frame: pd.DataFrame, method: str) -> dict[str, object]:
    """Return the scores of one method on the rows of `adoption.forecasting.propensity.model.held_back`.

    The Brier score is the mean of (p - y)^2 (Brier 1950), log_loss that of `log_loss`, auc
    the area under the receiver operating characteristic curve (Hanley and McNeil 1982),
    within its mean over the treaties that have both outcomes: how well states are told
    apart where the treaty is the same. Missing where there is only one outcome.
    """
    outcome, chance = frame["outcome"].to_numpy(), frame[method].to_numpy()
    inside = [
        auc(own["outcome"].to_numpy(), own[method].to_numpy())
        for _, own in frame.groupby([c for c in ("treaty", "moment") if c in frame])
        if 0 < own["outcome"].sum() < len(own)
    ]
    return {
        "method": method,
        "treaties": int(frame["treaty"].nunique()),
        "cases": len(frame),
        "acted": int(outcome.sum()),
        "expected": float(chance.sum()),
        "brier": brier(outcome, chance),
        "log_loss": log_loss(outcome, chance),
        "auc": auc(outcome, chance) if 0 < outcome.sum() < len(outcome) else np.nan,
        "within": float(np.mean(inside)) if inside else np.nan,
    }


def scores(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of the model and of its baselines, one row a method."""
    return pd.DataFrame([score(frame, method) for method in ("model", *BASELINES)])


def tenths(frame: pd.DataFrame) -> pd.DataFrame:
    """Return how often it happened in each tenth of the cases, from the least likely on.

    States of one treaty move together, so the interval treats treaties as drawn, not
    cases: the share r of a tenth has the variance sum over treaties of
    (y_j - r n_j)^2 / n^2, that of a ratio (Cochran, Sampling Techniques, ch. 6).
    """
    ordered = frame.sort_values(["model", "treaty", "iso3"], ignore_index=True)
    ordered["tenth"] = np.arange(len(ordered)) * TENTHS // max(len(ordered), 1) + 1
    rows = []
    for tenth, own in ordered.groupby("tenth"):
        share = own["outcome"].mean()
        rest = (own["outcome"] - share).groupby(own["treaty"]).sum()
        reach = Z * float(np.sqrt((rest**2).sum())) / len(own)
        rows.append(
            {
                "tenth": tenth,
                "cases": len(own),
                "treaties": own["treaty"].nunique(),
                "lowest": own["model"].min(),
                "highest": own["model"].max(),
                "chance": own["model"].mean(),
                "share": share,
                "low": max(share - reach, 0.0),
                "high": min(share + reach, 1.0),
            }
        )
    return pd.DataFrame(rows)


def dispersion(frame: pd.DataFrame) -> float:
    """Return how much more the numbers of states vary between treaties than chance has it.

    With the expected number m and the number n of a treaty, the f of the variance
    m + f m^2 of a negative binomial, by moments: sum((n - m)^2 - m) / sum(m^2) (Breslow
    1984), not below 0.
    """
    by = frame.groupby("treaty")[["outcome", "model"]].sum()
    return _spread(by["outcome"].to_numpy(), by["model"].to_numpy())


def _spread(number: Numbers, expected: Numbers) -> float:
    square = float((expected**2).sum())
    rest = float(((number - expected) ** 2 - expected).sum())
    return max(rest / square, 0.0) if square else 0.0


def interval(expected: float, spread: float, most: int) -> tuple[int, int]:
    """Return the 80% interval of a number of states with a negative binomial distribution.

    Examples
    --------
    >>> interval(10.0, 0.0, 100), interval(10.0, 0.5, 100)
    ((6, 14), (2, 20))
    """
    if expected <= 0:
        return 0, 0
    size = 1 / max(spread, 1e-9)
    low, high = nbinom.ppf([(1 - INSIDE) / 2, (1 + INSIDE) / 2], size, size / (size + expected))
    return min(int(low), most), min(int(high), most)


def covered(frame: pd.DataFrame) -> float:
    """Return the share of treaties whose number lies in the interval that the others give."""
    grouped = frame.groupby("treaty")
    numbers, expected = (grouped[c].sum().to_numpy() for c in ("outcome", "model"))
    sizes = grouped.size().tolist()
    hits = []
    for place, most in enumerate(sizes):
        rest = np.arange(len(sizes)) != place
        spread = _spread(numbers[rest], expected[rest])
        low, high = interval(float(expected[place]), spread, most)
        hits.append(low <= numbers[place] <= high)
    return float(np.mean(hits)) if hits else np.nan
