"""How long states took: from opening to signature or consent, and from signature to consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.core.days import on_or_before
from adoption.core.reading import unrecorded
from adoption.countries.merged import CONFIDENCE
from adoption.forecasting.treaties import Numbers
from adoption.law.curves import eligible_states
from adoption.law.spells import History
from adoption.law.treaties import Treaty
from adoption.tables import data_version, only_states, without_reports
from adoption.tables.choices import check_choice

Step = Literal["signature", "consent", "any consent"]
Reading = Literal["lower", "with_reports", "upper"]
READINGS: tuple[Reading, ...] = ("lower", "with_reports", "upper")
MAIN: Mapping[Step, Reading] = {
    "signature": "with_reports",
    "consent": "lower",
    "any consent": "lower",
}
MEASURES = {"signature": "signatories", "consent": "parties", "any consent": "parties"}
UNNAMED, NO_SIGNATORY, INCOMPLETE = "not named", "no signatory", "list not complete"
CURVE_COLUMNS = ("day", "at_risk", "acted", "share", "lower", "upper")
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
DIGITS = 12
ALL_STATES = "All states"


def followed_to(convention: Treaty, step: Step, as_of: date) -> date | None:
    """Return the last day to which a state without a known act is followed.

    "No act known" says that a state did not act only as far as the list is complete.
    Nobody can sign after the close for signature.
    """
    measures = {MEASURES[step], "signatories"} if step == "any consent" else {MEASURES[step]}
    ends = [convention.complete_until(measure) for measure in measures]
    if not convention.signatories_listed or None in ends:
        return None
    last = min(as_of, *filter(None, ends))
    if step == "signature":
        last = min(last, convention.closes or last)
    return None if last < convention.opening.latest else last


def _windows(
    history: History, measure: str, states: pd.DataFrame, *, reports: bool = True
) -> pd.DataFrame:
    """Return earliest and latest of each state's first signing or consent, by iso3.

    A signature that may have been given before the close was given by then.
    """
    first = history.first(measure).set_index("iso3")
    first = first[first.index.isin(only_states(states)["iso3"])]
    first = (first if reports else without_reports(first))[["begins_earliest", "begins_latest"]]
    first.columns = ["earliest", "latest"]
    if measure == "signatories" and history.convention.closes:
        close = pd.Timestamp(history.convention.closes)
        late = (first["earliest"] <= close) & (first["latest"] > close)
        first = first.assign(latest=first["latest"].mask(late, close))
    return first


def _begun(
    history: History, data: Mapping[str, pd.DataFrame], as_of: date, step: Step
) -> pd.DataFrame:
    """Return when the clock of each state starts (earliest, latest), and its entry in days.

    For consent it starts with the state's signature. Else it starts with the opening, for every
    state that could join and any other that acted; a state of a later day enters then. One
    without a first day enters after its first act on any treaty, before which it is not known.
    """
    if step == "consent":
        signed = _windows(history, "signatories", data["states"])
        return signed[on_or_before(signed["latest"], as_of)].assign(entry=0.0)
    acted = _windows(history, MEASURES[step], data["states"])
    opens = pd.Timestamp(history.convention.opening.latest)
    able = eligible_states(history, data["states"], data["memberships"])
    since = able.set_index("iso3")["since"]
    entry = (since - opens).dt.days.clip(lower=0).astype("float64")
    entry = entry.reindex(entry.index.union(acted.index), fill_value=0.0)
    years = _known_after(data["states"], opens).reindex(entry.index).fillna(0.0)
    entry = pd.concat([entry, years], axis=1).max(axis=1)
    return pd.DataFrame({"earliest": opens, "latest": opens, "entry": entry})


def _known_after(states: pd.DataFrame, opens: pd.Timestamp) -> pd.Series[float]:
    """Return the day on which participants without a first day first acted; the opening is 1."""
    days = (states.set_index("iso3")["first_act"] - opens).dt.days.astype("float64") + 1
    return days[days > 0]


def waits_of(
    history: History, data: Mapping[str, pd.DataFrame], as_of: date, step: Step, reading: Reading
) -> pd.DataFrame:
    """Return the waits for one step under one reading of what is not known.

    Parameters
    ----------
    history : History
        The convention with its spells.
    data : mapping of str to DataFrame
        The tables states and memberships.
    as_of : date
        The day.
    step : {"signature", "consent", "any consent"}
        What is waited for.
    reading : {"lower", "with_reports", "upper"}
        The longest waits, without reports or with them; or the shortest.

    Returns
    -------
    DataFrame
        One row a state: iso3, un_group (str), entry, time (float, days), acted (bool). The first
        day of a clock is 1, as in episodes: a state is at risk after entry up to time. A
        definitive signature is a wait of one day, and so is a consent before the signature.
        Whether a state withdrew does not matter. No rows where nobody can be followed. Of any
        consent also signed (bool): whether the state had signed when it consented.
    """
    last, begun = followed_to(history.convention, step, as_of), _begun(history, data, as_of, step)
    if last is None:
        last, begun = as_of, begun.head(0)
    ended = _windows(history, MEASURES[step], data["states"], reports=reading != "lower")
    ended = ended.reindex(begun.index)
    starts, ends = ("latest", "earliest") if reading == "upper" else ("earliest", "latest")
    waits = (ended[ends] - begun[starts]).dt.days.clip(lower=0) + 1
    seen = (pd.Timestamp(last) - begun[starts]).dt.days + 1
    acted = waits <= seen
    # A state that acted before it is known to have been one could act from the first day.
    soonest = (ended["earliest"] - begun["latest"]).dt.days.clip(lower=0) + 1
    unknown = begun.index.isin(_known_after(data["states"], begun["earliest"].min()).index)
    entry = begun["entry"].mask((soonest <= begun["entry"]) & ~unknown, 0.0)
    time = waits.where(acted, seen).astype("float64")
    frame = pd.DataFrame({"entry": entry, "time": time, "acted": acted}).rename_axis("iso3")
    observed = time > entry
    groups = begun.index.to_series().map(data["states"].set_index("iso3")["un_group"])
    frame.insert(0, "un_group", groups.astype("str"))
    if step == "any consent":
        signed = _windows(history, "signatories", data["states"])["latest"]
        frame["signed"] = signed.reindex(begun.index) <= ended["latest"]
    frame.attrs["frame"] = "waits"
    return frame[observed].reset_index()


def survival_curve(waits: pd.DataFrame) -> pd.DataFrame:
    """Estimate the share of states that had acted by each day.

    It is one minus Kaplan-Meier's product (1958), from the first day on; states that could act
    only later enter then. The bands are Greenwood's on the scale log(-log S) (Kalbfleisch and
    Prentice 1980), which stay between 0 and 1.

    Parameters
    ----------
    waits : DataFrame
        One row a state: entry, time (float, days), acted (bool); signed (bool), if ways compete.

    Returns
    -------
    DataFrame
        One row a day on which a state acted, beside the first day and the last one observed:
        day (float: days gone by since the clock started, so one less than the time of a wait),
        at_risk, acted (int), share, lower, upper (float, 0 to 1; the band is missing while
        nobody had acted). No rows without a state. With `signed` also share_unsigned: the part of
        the share that had not, a cumulative incidence (Aalen and Johansen 1978).

    Examples
    --------
    >>> waits = pd.DataFrame({"entry": 0.0, "time": [1.0, 11.0, 21.0, 21.0],
    ...                       "acted": [True, True, True, False]})
    >>> survival_curve(waits)[["day", "at_risk", "share"]].to_numpy().tolist()
    [[0.0, 4.0, 0.25], [10.0, 3.0, 0.5], [20.0, 2.0, 0.75]]
    """
    if waits.empty:
        return pd.DataFrame(columns=list(CURVE_COLUMNS), dtype="float64")
    product = SurvfuncRight(waits["time"], waits["acted"].astype(int), waits["entry"])
    # 25 of 50 are half, whatever a machine's last digit is.
    survival = product.surv_prob.round(DIGITS)
    low, high = _band(survival, product.surv_prob_se)
    steps = pd.DataFrame(
        {"acted": product.n_events, "share": 1 - survival, "lower": 1 - high, "upper": 1 - low},
        index=product.surv_times - 1,
    )
    last = float(waits["time"].max()) - 1
    days = sorted({0.0, last, *steps.index})
    frame = steps.round(DIGITS).reindex(days).rename_axis("day").reset_index()
    frame[["share", "lower", "upper"]] = frame[["share", "lower", "upper"]].ffill()
    entry, time = (waits[name].to_numpy()[:, None] for name in ("entry", "time"))
    frame.insert(1, "at_risk", ((entry <= days) & (time > days)).sum(axis=0))
    frame = frame.fillna({"acted": 0, "share": 0.0})
    if "signed" in waits:
        acted_on = waits.loc[waits["acted"], "time"] - 1
        unsigned = 1 - waits["signed"].groupby(acted_on).mean()
        rise = frame["share"].diff().fillna(frame["share"])
        frame["share_unsigned"] = (rise * frame["day"].map(unsigned).fillna(0.0)).cumsum()
    return frame.astype(dict.fromkeys(CURVE_COLUMNS[:3], "int64"))


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
    filled = pd.Series(high).ffill().fillna(1.0)
    return low, np.asarray(filled, dtype=np.float64)


def median(curve: pd.DataFrame) -> tuple[float, float, float]:
    """Return the day by which half had acted, and its 95 % interval; infinite if not observed.

    It is the first day on which the share is one half or more. Where the curve stays at exactly one
    half until a later day, R's `survfit` gives the middle of that time; lifelines gives the first
    day too. The interval holds the days on which the band of the curve holds one half (Brookmeyer
    and Crowley 1982).
    """
    reached = curve["share"] >= 0.5, curve["upper"] >= 0.5, curve["lower"] > 0.5
    middle, low, high = (float(next(iter(curve["day"][days]), inf)) for days in reached)
    return middle, low, high


@dataclass(frozen=True, eq=False)
class Waiting:
    """How long states took for one step of one convention.

    Attributes
    ----------
    history : History
        The convention with its spells.
    step : {"signature", "consent", "any consent"}
        From opening to signature, from each state's own signature to its consent, or from opening
        to consent, whether it had signed or not.
    as_of : date
        The day.
    data : mapping of str to DataFrame
        The tables states and memberships.
    classes : Series, optional
        The class of each state, by iso3: each has a curve of its own.
    """

    history: History
    step: Step
    as_of: date
    data: Mapping[str, pd.DataFrame]
    classes: pd.Series[Any] | None = None

    @property
    def convention(self) -> Treaty:
        """Which convention."""
        return self.history.convention

    @property
    def complete_to(self) -> date | None:
        """The day to which states without a known act are followed; None if the list has none."""
        return followed_to(self.convention, self.step, self.as_of)

    def waits(self, reading: Reading | None = None) -> pd.DataFrame:
        """Return the waiting times under one reading of what is not known, to the complete list.

        Parameters
        ----------
        reading : {"lower", "with_reports", "upper"}, optional
            Undated acts at the end of their windows and reports left out; the same with reports;
            or all acts at the start of their windows. By default that of the curve: of signatures
            with reports, of consents without them.

        Returns
        -------
        DataFrame
            One row a state that is followed: iso3, un_group (str), entry, time (float: days, the
            first of the clock is 1; at risk after entry up to time) and acted (bool; False where
            the state is censored at `time`); of any consent also signed (bool).
        """
        named = reading or MAIN[self.step]
        check_choice("reading", named, READINGS)
        if named not in self._waits:
            waits = waits_of(self.history, self.data, self.as_of, self.step, named)
            waits.attrs["sources"] = ";".join(self.history.spells["source"].unique())
            with unrecorded():  # a page that shows no version does not depend on it
                waits.attrs["data_version"] = data_version()
            self._waits[named] = waits
        return self._waits[named].copy()

    @cached_property
    def _waits(self) -> dict[Reading, pd.DataFrame]:
        """The waits under each reading that was asked for."""
        return {}

    @property
    def followed(self) -> tuple[int, int]:
        """How many states `waits()` follows, and of how many whose clock had started."""
        return len(self.waits()), len(self._begun)

    @property
    def not_followed(self) -> list[str]:
        """The states whose clock had started and that `waits()` does not follow, by ISO3 code.

        They had no day on which they could have acted and were watched, such as a state that
        came to be after the close for signature.
        """
        return sorted({*self._begun.index} - {*self.waits()["iso3"]})

    @cached_property
    def curve(self) -> pd.DataFrame:
        """The share of states that had acted by each day, from `survival_curve`."""
        return survival_curve(self.waits())

    @cached_property
    def curves(self) -> dict[str, pd.DataFrame]:
        """The curve of each class by its name, without classes that of `ALL_STATES`."""
        if self.classes is None:
            return {ALL_STATES: self.curve}
        waits = self.waits()
        groups = waits.groupby(waits["iso3"].map(self.classes), observed=True)
        return {str(name): survival_curve(rows) for name, rows in groups}

    @property
    def without_class(self) -> list[str]:
        """The states that are followed and have no class, by ISO3 code."""
        followed = self.waits()["iso3"]
        if self.classes is None:
            return []
        return followed[followed.map(self.classes).isna()].tolist()

    @property
    def medians(self) -> pd.DataFrame:
        """The day by which half of each class had acted, from `median`.

        One row a class, one of all states without classes: group (str), states, acted (int: how
        many were followed at some time, and acted), median, lower, upper (float, days; infinite
        where that was not observed).
        """
        waits, of_all = self.waits(), pd.Series(ALL_STATES, self.data["states"]["iso3"])
        classes = of_all if self.classes is None else self.classes
        acted = (
            waits["acted"].groupby(waits["iso3"].map(classes).astype("str")).agg(["size", "sum"])
        )
        rows = [(name, *acted.loc[name], *median(part)) for name, part in self.curves.items()]
        columns = ["group", "states", "acted", "median", "lower", "upper"]
        kinds = {"group": "str", "states": "int64", "acted": "int64"}
        return pd.DataFrame(rows, columns=columns).astype(kinds)

    @property
    def median(self) -> tuple[float, float, float]:
        """The day by which half had acted, and its 95 % interval."""
        return median(self.curve)

    @property
    def median_bounds(self) -> tuple[float, float]:
        """The median if undated acts were done as early, and as late, as they can have been."""
        curves = (survival_curve(self.waits(reading)) for reading in ("upper", "lower"))
        early, late = (median(part)[0] for part in curves)
        return early, late

    @property
    def why_none(self) -> str | None:
        """Why nothing is estimated, and the curve has no rows; None where something is.

        No source names the signatories, no signatory is certain by the day, or the list is
        complete to no day since the opening.
        """
        if len(self.curve):
            return None
        if not self.convention.signatories_listed:
            return UNNAMED
        return INCOMPLETE if len(self._begun) else NO_SIGNATORY

    @cached_property
    def _begun(self) -> pd.DataFrame:
        return _begun(self.history, self.data, self.as_of, self.step)

    @cached_property
    def known(self) -> tuple[int, int, int]:
        """Whose clock has started, how many are known to have acted by the day, and by report."""
        day, states = pd.Timestamp(self.as_of), self._begun.index
        measure = MEASURES[self.step]
        confirmed = _windows(self.history, measure, self.data["states"], reports=False)
        combined = _windows(self.history, measure, self.data["states"], reports=True)
        acted = []
        for windows in (confirmed, combined):
            by_day = windows.index[windows["latest"] <= day]
            acted.append(len(states.intersection(by_day)))
        return len(states), acted[0], acted[1] - acted[0]
