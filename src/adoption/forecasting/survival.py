"""How long states took: from opening to signature, and from signature to consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from statistics import NormalDist
from typing import Literal

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.countries.merged import CONFIDENCE
from adoption.forecasting.treaties import YEAR, Numbers
from adoption.law.conventions import Convention
from adoption.law.curves import eligible_states
from adoption.law.spells import History
from adoption.tables import without_reports
from adoption.tables.choices import one_of

Step = Literal["signature", "consent"]
Reach = Literal["complete", "known"]
REACHES: tuple[Reach, ...] = ("complete", "known")
CEREMONY_DAYS = 10  # the first step of signature: states go on signing after the opening day
FORTNIGHT = 14
JOINT_SHARE, JOINT_ACTS = 0.25, 10  # of all acts, in the fortnight of the median


def followed_to(convention: Convention, step: Step, as_of: date, reach: Reach) -> date | None:
    """Return the last day to which a state without a known act is followed.

    "No act known" says that a state did not act only as far as the list is complete.
    Nobody can sign after the close for signature.
    """
    if not convention.signatories_listed:
        return None
    last: date | None = as_of
    if reach == "complete":
        complete = convention.complete_until("signatories" if step == "signature" else "parties")
        last = min(as_of, complete) if complete else None
    if last is None or last < convention.opens:
        return None
    return min(last, convention.closes or last) if step == "signature" else last


def signing_waits(
    history: History,
    states: pd.DataFrame,
    memberships: pd.DataFrame,
    last: date,
    *,
    reports: bool = True,
) -> pd.DataFrame:
    """Return how long each state that could sign waited from the opening.

    Every state that could join counts from the first day, or from the day on which it joined the
    organisation; so does any other state that acted. Organisations do not count.
    """
    opens, closes = pd.Timestamp(history.convention.opens), history.convention.closes
    since = eligible_states(history.convention, states, memberships).set_index("iso3")["since"]
    entry = (since - opens).dt.days.clip(lower=0).astype("float64")
    signed = _windows(history, "signatories", states, closes, reports=True)
    entry = entry.reindex(entry.index.union(signed.index), fill_value=0.0)
    days = _windows(history, "signatories", states, closes, reports=reports).reindex(entry.index)
    waits = _between(pd.DataFrame({"earliest": opens, "latest": opens}, entry.index), days, last)
    # A state that acted before it is known to have joined could act from the first day.
    return waits.assign(entry=entry.mask(waits["shortest"] <= entry, 0.0))


def consent_waits(
    history: History,
    states: pd.DataFrame,
    as_of: date,
    last: date,
    *,
    reports: bool = True,
) -> pd.DataFrame:
    """Return how long each signatory waited from its own signature to its consent.

    Signatories are the states that certainly signed by the day. A definitive signature is
    a wait of no days, and so is a consent before the signature. Whether a state withdrew
    does not matter.
    """
    signed = _windows(history, "signatories", states, history.convention.closes, reports=True)
    signed = signed[signed["latest"] <= pd.Timestamp(as_of)]
    days = _windows(history, "parties", states, None, reports=reports).reindex(signed.index)
    return _between(signed, days, last)


def _between(begin: pd.DataFrame, end: pd.DataFrame, last: date) -> pd.DataFrame:
    """Return the waits between two windows, and for how long they are seen."""
    shortest, longest = end["earliest"] - begin["latest"], end["latest"] - begin["earliest"]
    least, most = (pd.Timestamp(last) - begin[name] for name in ("latest", "earliest"))
    waits = {"entry": 0.0, "shortest": _days(shortest), "longest": _days(longest)}
    seen = {"seen_least": least.dt.days, "seen_most": most.dt.days}
    return pd.DataFrame(waits | seen).astype("float64")


def never_signed(history: History, states: pd.DataFrame, as_of: date) -> int:
    """Return how many states have consented, reports left out, and are not known to have signed."""
    consented = _windows(history, "parties", states, None, reports=False)
    signed = _windows(history, "signatories", states, None, reports=True)
    done, known = (w.index[w["latest"] <= pd.Timestamp(as_of)] for w in (consented, signed))
    return len(done.difference(known))


def _windows(
    history: History, measure: str, states: pd.DataFrame, closes: date | None, *, reports: bool
) -> pd.DataFrame:
    """Return earliest and latest of each state's first signing or consent, indexed by iso3.

    A signature that may have been given before the close was given by then.
    """
    first = history.first(measure).set_index("iso3")
    organizations = states.loc[states["kind"] == "organization", "iso3"]
    first = first[~first.index.isin(organizations)]
    first = (first if reports else without_reports(first))[["begins_earliest", "begins_latest"]]
    first = first.rename(columns=lambda name: name.removeprefix("begins_"))
    if closes is not None:
        close = pd.Timestamp(closes)
        late = (first["earliest"] <= close) & (first["latest"] > close)
        first["latest"] = first["latest"].mask(late, close)
    return first


def _days(waits: pd.Series[pd.Timedelta]) -> pd.Series[float]:
    """Return waits in days, not below 0; infinite where there is none."""
    return waits.dt.days.astype("float64").clip(lower=0).fillna(float("inf"))


Reading = Literal["lower", "with_reports", "upper"]
READINGS: tuple[Reading, ...] = ("lower", "with_reports", "upper")
COLUMNS = ("reading", "iso3", "un_group", "entry", "time", "acted")


def waits_of(
    history: History,
    data: Mapping[str, pd.DataFrame],
    as_of: date,
    step: Step,
    reach: Reach,
) -> pd.DataFrame:
    """Return the waits for one step, under each reading of what is not known.

    Parameters
    ----------
    history : History
        The convention with its spells.
    data : mapping of str to DataFrame
        The tables states and memberships.
    as_of : date
        The day.
    step : {"signature", "consent"}
        What is waited for.
    reach : {"complete", "known"}
        Whether states without a known act are followed to the end of the complete list, or to
        the day as if silence meant no act.

    Returns
    -------
    DataFrame
        reading, iso3, un_group (str), entry, time (float, days), acted (bool).
    """
    last = followed_to(history.convention, step, as_of, reach)
    if last is None:
        kinds = dict.fromkeys(COLUMNS[:3], "str") | {"entry": "float64", "time": "float64"}
        return pd.DataFrame(columns=list(COLUMNS)).astype(kinds | {"acted": "bool"})
    states = data["states"]
    waits_for = partial(consent_waits, history, states, as_of, last)
    if step == "signature":
        waits_for = partial(signing_waits, history, states, data["memberships"], last)
    firm, every = waits_for(reports=False), waits_for(reports=True)
    chosen: tuple[tuple[Reading, pd.DataFrame, str, str], ...] = (
        ("lower", firm, "longest", "seen_most"),
        ("with_reports", every, "longest", "seen_most"),
        ("upper", every, "shortest", "seen_least"),
    )
    frames = []
    for reading, waits, wait, seen in chosen:
        acted = waits[wait] <= waits[seen]
        frame = pd.DataFrame(
            {"reading": reading, "entry": waits["entry"],
             "time": waits[wait].where(acted, waits[seen]), "acted": acted}
        )  # fmt: skip
        there = (frame["time"] > frame["entry"]) | (frame["entry"].eq(0) & frame["time"].ge(0))
        frames.append(frame[there].rename_axis("iso3").reset_index())
    group = states.set_index("iso3")["un_group"]
    whole = pd.concat(frames, ignore_index=True)
    return whole.assign(un_group=whole["iso3"].map(group))[list(COLUMNS)]


Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
DIGITS = 12


@dataclass(frozen=True)
class Share:
    """A share, or an age in days by which half have acted, with its 95 % interval.

    An age is infinite where that was not observed.
    """

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, eq=False)
class Estimate:
    """How soon states acted.

    Attributes
    ----------
    first_days : int
        The length of the first step in days.
    waits : DataFrame
        One row a state: entry, time (float, days), acted (bool).
    curve : DataFrame
        One row a day on which a state acted, beside the first day and the last one observed:
        day, at_risk, acted (int), share, lower, upper (float, 0 to 1): the share that had
        acted, with its 95 % band, missing while nobody had; and share_after_first: that of those
        who had not acted in the first step, missing within it. No rows without a state.
    """

    first_days: int
    waits: pd.DataFrame
    curve: pd.DataFrame

    @property
    def states(self) -> int:
        """How many were under observation in the first step."""
        return int((self.waits["entry"] < self.first_days).sum())

    @property
    def acted_first(self) -> int:
        """How many acted in the first step."""
        return int((self.waits["acted"] & (self.waits["time"] < self.first_days)).sum())

    @property
    def acted(self) -> int:
        """How many acted while they were observed."""
        return int(self.waits["acted"].sum())

    @property
    def observed(self) -> int:
        """The last day to which a state was observed."""
        return int(self.curve["day"].max()) if len(self.curve) else 0

    def at_risk(self, day: float) -> int:
        """Return how many were under observation at an age and had not acted before it."""
        return _at_risk(self.waits, day)

    def share(self, day: float) -> Share | None:
        """Return the share that had acted by an age; None beyond the last day observed."""
        if not len(self.curve) or day > self.observed:
            return None
        row = self.curve.iloc[int(np.searchsorted(self.curve["day"], day, side="right")) - 1]
        return Share(float(row["share"]), float(row["lower"]), float(row["upper"]))

    def median(self) -> Share:
        """Return the age by which half had acted.

        The interval holds the ages at which the band of the curve holds one half
        (Brookmeyer and Crowley 1982).
        """
        ends = [self._first(self.curve[name] >= 0.5) for name in ("share", "upper")]
        return Share(ends[0], ends[1], self._first(self.curve["lower"] > 0.5))

    @property
    def joint(self) -> int:
        """How many acted in the fortnight of the median, where they did so together; else 0.

        A day for such signatures (as at the General Assembly in November 2001) decides the
        median, and the states' acts are then not independent, as its interval takes them to be.
        """
        median, times = self.median().value, self.waits.loc[self.waits["acted"], "time"]
        days = median - np.arange(FORTNIGHT)
        most = max(int(times.between(day, day + FORTNIGHT - 1).sum()) for day in days)
        return most if most >= max(JOINT_ACTS, JOINT_SHARE * len(times)) else 0

    def _first(self, true: pd.Series[bool]) -> float:
        days = self.curve["day"][true.to_numpy()]
        return float(days.iloc[0]) if len(days) else float("inf")


def estimate(waits: pd.DataFrame, first_days: int = 1) -> Estimate:
    """Estimate the share of states that had acted by each age.

    It is one minus Kaplan-Meier's product (1958), from the first day on; states that could act
    only later enter then. The bands are Greenwood's on the scale log(-log S) (Kalbfleisch and
    Prentice 1980), which stay between 0 and 1. The first days are a step of their own, since
    states then act together in a ceremony.

    Examples
    --------
    >>> waits = pd.DataFrame({"entry": 0.0, "time": [0.0, 10.0, 20.0, 20.0],
    ...                       "acted": [True, True, True, False]})
    >>> found = estimate(waits)
    >>> found.acted_first, found.states, found.share(0).value, found.share(10).value
    (1, 4, 0.25, 0.5)
    >>> found.curve["share_after_first"].round(2).tolist()
    [nan, 0.33, 0.67]
    """
    waits = waits[["entry", "time", "acted"]].reset_index(drop=True)
    curve = _curve(waits)
    first = curve["share"][curve["day"] < first_days].max()
    after = 1 - (1 - curve["share"]) / (1 - first if first < 1 else np.nan)
    later = after.round(DIGITS).where(curve["day"] >= first_days)
    return Estimate(first_days, waits, curve.assign(share_after_first=later))


def _curve(waits: pd.DataFrame) -> pd.DataFrame:
    columns = ["day", "at_risk", "acted", "share", "lower", "upper"]
    if waits.empty:
        return pd.DataFrame(columns=columns, dtype="float64")
    # statsmodels refuses a time of 0: its clock begins a day earlier, which changes no order.
    entry = (waits["entry"] + 1).where(waits["entry"] > 0, 0.0)
    product = SurvfuncRight(waits["time"] + 1, waits["acted"].astype(int), entry)
    # 25 of 50 are half, whatever a machine's last digit is.
    survival = product.surv_prob.round(DIGITS)
    low, high = _band(survival, product.surv_prob_se)
    steps = (product.surv_times - 1, product.n_events, 1 - survival, 1 - high, 1 - low)
    curve = pd.DataFrame(dict(zip(columns[:1] + columns[2:], steps, strict=True))).round(DIGITS)
    days = sorted({0.0, float(waits["time"].max()), *curve["day"]})
    curve = curve.set_index("day").reindex(days).reset_index()
    curve[columns[3:]] = curve[columns[3:]].ffill()
    curve.insert(1, "at_risk", [_at_risk(waits, day) for day in days])
    return curve.fillna({"acted": 0, "share": 0.0}).astype(dict.fromkeys(columns[:3], "int64"))


def _at_risk(waits: pd.DataFrame, day: float) -> int:
    there = (waits["entry"] < day) | (waits["entry"] <= 0)
    return int((there & (waits["time"] >= day)).sum())


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


UNNAMED, NO_SIGNATORY, INCOMPLETE = "not named", "no signatory", "list not complete"
MAIN: Mapping[Step, Reading] = {"signature": "with_reports", "consent": "lower"}


@dataclass(frozen=True, eq=False)
class Waiting:
    """How long states took for one step of one convention.

    Attributes
    ----------
    convention : Convention
        Which convention.
    step : {"signature", "consent"}
        From opening to signature, or from each state's own signature to its consent.
    as_of : date
        The day.
    complete_to : date or None
        The day to which states without a known act are followed; None where no list is
        complete, or no source names the signatories.
    never_signed : int
        How many states certainly consented by the day, not by report only, without being known
        to have signed.
    readings : dict of str to DataFrame
        From `waits_of`: complete, to that day; known, to `as_of` as if silence meant no act.
    """

    convention: Convention
    step: Step
    as_of: date
    complete_to: date | None
    never_signed: int
    readings: dict[Reach, pd.DataFrame]

    def waits(self, reading: Reading | None = None) -> pd.DataFrame:
        """Return the waiting times under one reading of what is not known, to the complete list.

        Parameters
        ----------
        reading : {"lower", "with_reports", "upper"}, optional
            Undated acts at the end of their windows and reports left out; the same with reports;
            or all acts at the start of their windows. By default the one that is drawn.

        Returns
        -------
        DataFrame
            One row a state: iso3, un_group (str), entry, time (float, days) and acted (bool;
            False where the state is censored at `time`).
        """
        chosen = MAIN[self.step] if reading is None else one_of("reading", reading, READINGS)
        waits = self.readings["complete"]
        return waits[waits["reading"] == chosen].drop(columns="reading")

    @cached_property
    def complete(self) -> dict[Reading, Estimate]:
        """The estimates to the end of the complete list."""
        return self._estimates("complete", self.complete_to)

    @cached_property
    def known(self) -> dict[Reading, Estimate]:
        """The estimates to the day: they give lower bounds, and no median."""
        return self._estimates("known", self.as_of)

    def _estimates(self, reach: Reach, last: date | None) -> dict[Reading, Estimate]:
        days = CEREMONY_DAYS if self.step == "signature" else 1
        if last is not None:
            days = min(days, (last - self.convention.opens).days + 1)
        waits = self.readings[reach]
        return {name: estimate(waits[waits["reading"] == name], days) for name in READINGS}

    @property
    def main(self) -> Estimate:
        """The estimate that is drawn: of signatures with reports, of consents without them."""
        return self.complete[MAIN[self.step]]

    @property
    def why_none(self) -> str | None:
        """Why nothing is estimated, and the curve has no rows; None where something is.

        No source names the signatories, no signatory is certain by the day, or the list is
        complete to no day since the opening.
        """
        if self.main.states:
            return None
        if not self.convention.signatories_listed:
            return UNNAMED
        return INCOMPLETE if self.least_known.states else NO_SIGNATORY

    @property
    def least_known(self) -> Estimate:
        """The same of all that is known to the day."""
        return self.known[MAIN[self.step]]

    @property
    def half(self) -> Share:
        """The latest median, with a 95 % interval that covers those of all readings."""
        late, early = self.main.median(), self.complete["upper"].median()
        return Share(late.value, min(late.lower, early.lower), max(late.upper, early.upper))

    def groups(self) -> dict[str, Waiting]:
        """Return the same for each United Nations regional group, by its name.

        States without a group are left out.
        """
        names = sorted(self.readings["known"]["un_group"].dropna().unique())
        return {
            name: replace(
                self, readings={k: v[v["un_group"] == name] for k, v in self.readings.items()}
            )
            for name in names
        }

    @property
    def beyond(self) -> bool:
        """Whether acts may be missing from the list on the day.

        Not where the step was over, closed for signature, while the list was complete.
        """
        last = followed_to(self.convention, self.step, self.as_of, "known")
        return last is not None and (self.complete_to is None or self.complete_to < last)

    @property
    def years_observed(self) -> float:
        """Years to which some state was observed."""
        return self.main.observed / YEAR


def waiting(history: History, data: Mapping[str, pd.DataFrame], as_of: date, step: Step) -> Waiting:
    """Estimate how long states took for one step of one convention."""
    return Waiting(
        convention=history.convention,
        step=step,
        as_of=as_of,
        complete_to=followed_to(history.convention, step, as_of, "complete"),
        never_signed=never_signed(history, data["states"], as_of),
        readings={reach: waits_of(history, data, as_of, step, reach) for reach in REACHES},
    )


def waitings(
    histories: Sequence[History], data: Mapping[str, pd.DataFrame], as_of: date, step: Step
) -> list[Waiting]:
    """Return `waiting` of each convention that had opened by the day, in the order given."""
    opened = (history for history in histories if history.convention.opens <= as_of)
    return [waiting(history, data, as_of, step) for history in opened]
