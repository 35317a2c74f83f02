"""Waiting times as survival curves: the first day as its own step, Kaplan-Meier after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.countries.association import CONFIDENCE, wilson
from adoption.forecasting.survival.spells import READINGS, Reading

Numbers = NDArray[np.float64]

Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, each 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Median:
    """The age in days by which half have acted; infinite where that was not observed.

    Attributes
    ----------
    value, low, high : float
        The median and its 95 % interval.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Estimate:
    """How soon states acted.

    Attributes
    ----------
    states : int
        How many were under observation on the first day.
    first_day : int
        How many of them acted on it.
    spells : DataFrame
        The others and those that came later: entry, time (float, days), acted (bool).
    curve : DataFrame
        One row a day on which a state acted, after a row of day 0 and before one of the
        last day observed: day (float), at_risk, acted (int), share, low, high (float, 0 to
        1): the share that had acted of those that did not act on the first day, with its
        95 % band. No rows where none of them was observed for a day.
    """

    states: int
    first_day: int
    spells: pd.DataFrame
    curve: pd.DataFrame

    @property
    def first_share(self) -> Share | None:
        """The share that acted on the first day (Wilson's interval); None without states."""
        if not self.states:
            return None
        return Share(self.first_day / self.states, *wilson(self.first_day, self.states))

    @property
    def acted(self) -> int:
        """How many acted while they were observed, the first day included."""
        return self.first_day + int(self.spells["acted"].sum())

    @property
    def observed(self) -> int:
        """The number of days after the first to which a state was observed."""
        return int(self.curve["day"].iloc[-1]) if len(self.curve) else 0

    def at_risk(self, day: float) -> int:
        """Return how many were observed to an age and had not acted before it.

        Of day 0 it is how many were under observation on it.
        """
        if day <= 0:
            return self.states
        return int(((self.spells["entry"] < day) & (self.spells["time"] >= day)).sum())

    def share(self, day: float) -> Share | None:
        """Return the share of those not acting on the first day that had acted by an age.

        None beyond the last day observed, where the curve says nothing any more.
        """
        if not len(self.curve) or day > self.observed:
            return None
        row = self.curve.iloc[int(np.searchsorted(self.curve["day"], day, side="right")) - 1]
        return Share(float(row["share"]), float(row["low"]), float(row["high"]))

    def overall(self, day: float) -> float | None:
        """Return the share of all states that had acted by an age, the first day included."""
        later, first = self.share(day), self.first_share
        if first is None:
            return None
        if later is None:
            return first.value if day <= 0 else None
        return first.value + (1 - first.value) * later.value

    def median(self) -> Median:
        """Return the age by which half of those not acting on the first day had acted.

        The interval holds the ages at which the band of the curve holds one half
        (Brookmeyer and Crowley 1982).
        """
        ends = [self._first(self.curve[name] >= 0.5) for name in ("share", "high")]
        return Median(ends[0], ends[1], self._first(self.curve["low"] > 0.5))

    def _first(self, true: pd.Series[bool]) -> float:
        days = self.curve["day"][true.to_numpy()]
        return float(days.iloc[0]) if len(days) else float("inf")


def estimate(spells: pd.DataFrame) -> Estimate:
    """Estimate the share of states that had acted by each age.

    The first day is its own step: on it states act in a ceremony, or in the depositary's
    list of the day, which no smooth process gives. The curve after it is Kaplan-Meier's
    product (1958) over those that did not act that day, with states that could act only
    later entering then. Its bands are Greenwood's on the scale log(-log S) (Kalbfleisch and
    Prentice 1980), which stay between 0 and 1.

    Examples
    --------
    >>> waits = pd.DataFrame({"entry": 0.0, "time": [0.0, 10.0, 20.0, 20.0],
    ...                       "acted": [True, True, True, False]})
    >>> found = estimate(waits)
    >>> found.first_day, found.states, round(found.share(10).value, 2)
    (1, 4, 0.33)
    """
    there = spells["entry"] <= 0
    first = there & spells["acted"] & (spells["time"] <= 0)
    rest = spells.loc[spells["time"] > 0, ["entry", "time", "acted"]].reset_index(drop=True)
    return Estimate(int(there.sum()), int(first.sum()), rest, _curve(rest))


def by_reading(spells: pd.DataFrame) -> dict[Reading, Estimate]:
    """Estimate each reading of `adoption.forecasting.survival.spells.READINGS`."""
    return {reading: estimate(spells[spells["reading"] == reading]) for reading in READINGS}


def bounded(readings: Mapping[Reading, Estimate]) -> bool:
    """Return whether readings differ: some act is only reported, or its day not known."""
    least, most = readings["least"], readings["most"]
    return least.first_day != most.first_day or not least.curve.equals(most.curve)


def _curve(rest: pd.DataFrame) -> pd.DataFrame:
    columns = ["day", "at_risk", "acted", "share", "low", "high"]
    if rest.empty:
        return pd.DataFrame(columns=columns, dtype="float64")
    begin = {"day": 0.0, "at_risk": int((rest["entry"] <= 0).sum())}
    rows = [begin | dict.fromkeys(columns[2:], 0)]
    if rest["acted"].any():
        found = SurvfuncRight(rest["time"], rest["acted"].astype(int), rest["entry"])
        # To twelve decimals: 25 of 50 are half, whatever a machine's last digit is.
        survival = found.surv_prob.round(12)
        low, high = _band(survival, found.surv_prob_se)
        made = pd.DataFrame(
            {"day": found.surv_times, "at_risk": found.n_risk, "acted": found.n_events,
             "share": 1 - survival, "low": 1 - high, "high": 1 - low}
        )  # fmt: skip
        rows += [{str(key): value for key, value in row.items()} for row in made.to_dict("records")]
    last = float(rest["time"].max())
    if rows[-1]["day"] < last:
        at_risk = int(((rest["entry"] < last) & (rest["time"] >= last)).sum())
        rows.append({**rows[-1], "day": last, "at_risk": at_risk, "acted": 0})
    whole = pd.DataFrame(rows, columns=columns).astype("float64")
    return whole.astype({"at_risk": "int64", "acted": "int64"})


def _band(survival: Numbers, error: Numbers) -> tuple[Numbers, Numbers]:
    """Return the ends of the log-log band of a survival curve.

    Where none is left the scale has no value: the band goes on from the last day that has
    one down to 0.
    """
    inside = (survival > 0) & (survival < 1)
    kept = np.where(inside, survival, 0.5)
    spread = np.exp(Z * error / (kept * np.abs(np.log(kept))))
    low = np.where(inside, kept**spread, 0.0)
    high = np.where(inside, kept ** (1 / spread), np.nan)
    return low, np.asarray(pd.Series(high).ffill().fillna(1.0), dtype=np.float64)
