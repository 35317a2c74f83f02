"""The forecast for a convention of the registry, and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from math import inf
from typing import Any, overload

import numpy as np
import pandas as pd

from adoption import tables
from adoption.core.acts import CONSENTS, SIGNATURES, SIGNING_ACTS
from adoption.core.days import on_or_before
from adoption.core.errors import AdoptionError
from adoption.core.reading import remembered
from adoption.core.text import long_day
from adoption.core.vocabulary import DEPOSITARY, RELAYED, REPORTED
from adoption.forecasting.forecast import (
    REPORTS_SEEN,
    YEARS_AHEAD,
    Forecast,
    Many,
    ObservedTreaty,
    chances,
    model_of,
)
from adoption.forecasting.forecast import forecast as forecast_of
from adoption.forecasting.treaties import (
    Numbers,
    TreatyRecord,
    base_treaties,
    known_on,
    state_codes,
    treaties_of,
)
from adoption.law.conventions import Convention, base_treaty, day_of, load_conventions
from adoption.tables.choices import Day, check_range, to_day

# The chance that a report is right, a judgement: of 27 dated totals of parties that others report
# 21 agree with the lists.
REPORTS_TRUE = 0.8
POSSIBLE_COUNTS = (0, 1, 2, 3, 5, 8, 12)  # consents that a complete list might have
PERCENTILES = (10, 25, 50, 75, 90)
POINTS = 41  # days of a fan
# A fan goes to so many consents, or times the threshold, and days; with room after its end.
MIN_CONSENTS, BEYOND_THE_THRESHOLD = 20, 3
MIN_FAN_DAYS, MAX_FAN_DAYS, ROOM = 365, 365 * 30, 1.08
ALIKE_SINCE, ALIKE_SIGNED, ALIKE_CONSENTS = 1985, 2 / 3, 4  # of the reference class
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class ConventionForecast:
    """When a convention will have its nth counted instrument, and enter into force.

    Attributes
    ----------
    convention : Convention
        Which convention.
    as_of : date
        The day asked about.
    list_to : date
        `as_of`, or the last day for which the list of acts is complete or nearly so, if that
        is earlier. After it no act known is not no act.
    pool : tuple of Treaty
        What it learns from: the base set as it was known on the day, without the convention.
    treaty, with_reports : Treaty
        The convention as known by `as_of`, without acts that are only reported, and with them.
    known : tuple of Watched
        How its consents are known: the list, then what is told since, each with its chance.
    reports_seen : float
        The chance, 0 to 1, that a consent between `made_on` and `reports_to` was reported.
    forecast : Forecast or None
        When the nth instrument is deposited; None where nothing is forecast.
    why_none : str
        Why nothing is forecast, as a clause; empty where something is.
    """

    convention: Convention
    as_of: date
    list_to: date
    pool: tuple[TreatyRecord, ...]
    treaty: TreatyRecord
    with_reports: TreatyRecord
    known: tuple[ObservedTreaty, ...]
    reports_seen: float = REPORTS_SEEN
    forecast: Forecast | None = None
    why_none: str = ""

    @property
    def deposit(self) -> Forecast:
        """The forecast of the deposit that brings it into force."""
        if self.forecast is None:
            raise AdoptionError(
                f"forecast: none is made of {self.convention.short_title}: {self.why_none}"
            )
        return self.forecast

    @property
    def is_open(self) -> bool:
        """Whether something is forecast, since the threshold was not reached."""
        return self.forecast is not None and self.forecast.reached is None

    def quantile(self, q: float) -> date | None:
        """Return the first day by which the deposit is there with a probability; None if beyond."""
        return self.deposit.quantile(q)

    @overload
    def cdf(self, day: Day) -> float: ...
    @overload
    def cdf(self, day: Many) -> Numbers: ...
    def cdf(self, day: Day | Many) -> float | Numbers:
        """Return the probability that the deposit is there on a day, or on each of several."""
        return self.deposit.cdf(day)

    def summary(self) -> dict[str, Any]:
        """Return the one answer as plain values for JSON."""
        return self.deposit.summary(self.as_of.year)

    def day(self, age: float) -> date:
        """Return the day of an age in days."""
        return self.convention.opens + timedelta(days=age)

    @property
    def start(self) -> ObservedTreaty:
        """How the consents are known where the forecast starts."""
        return self.known[-1]

    @property
    def made_on(self) -> date:
        """The day on which it starts: that of the last total since `list_to`, or `list_to`."""
        return self.day(self.start.total_on)

    @property
    def consents_known(self) -> int:
        """The last total and the consents named since; reports are among them."""
        named, total = self.start.treaty.consented, self.start.total
        named_before = min(int(named.by(self.start.total_on)), total)
        return total + len(named.day) - named_before

    @cached_property
    def consents_expected(self) -> tuple[float, int, int]:
        """How many consents it expects by `as_of`: the mean, and the ends of the 80 % range."""
        ahead = np.array([float((self.as_of - self.made_on).days)])
        numbers = range(1, len(state_codes()) + 1)
        chance = chances_of_numbers(self, numbers, ahead)[:, 0]
        low, high = (int((chance > part).sum()) for part in (0.9, 0.1))
        return float(chance.sum()), low, high

    @property
    def reports_to(self) -> date:
        """The last day to which acts are reported; later ones nobody watched."""
        return self.day(self.start.reports_to)

    def in_force(self, deposit: Day | None) -> date | None:
        """Return the day of entry into force that follows from the nth deposit."""
        if deposit is None:
            return None
        return self.convention.delay.after(to_day(deposit, "deposit"))

    def last_deposit(self, day: date) -> date:
        """Return the last day on which the nth deposit brings it into force by a day."""
        deposit = day
        while (force := self.in_force(deposit)) is not None and force > day:
            deposit -= ONE_DAY
        return deposit

    @property
    def already(self) -> float:
        """The probability that it is already in force on `as_of`, unseen by any source."""
        return self.cdf(self.last_deposit(self.as_of))

    def by_year(self) -> pd.DataFrame:
        """Return the chances by the end of the next five years.

        The first is the year asked about, unless a deposit would be too late for it by then.

        One row a year: year (int), in_force (float, 0 to 1).
        """
        this_year = self.as_of.year
        first = this_year + (self.last_deposit(date(this_year, 12, 31)) <= self.as_of)
        years = range(first, first + YEARS_AHEAD)
        chance = [self.cdf(self.last_deposit(date(year, 12, 31))) for year in years]
        return pd.DataFrame({"year": years, "in_force": chance})

    def likely_by(self) -> tuple[int, float]:
        """Return the first year by whose end it is as likely in force as not, with the chance.

        Where none of the years of `by_year` is, the last of them.
        """
        years = self.by_year()
        likely = years[years["in_force"] >= 0.5]
        row = likely.iloc[0] if len(likely) else years.iloc[-1]
        return int(row["year"]), float(row["in_force"])

    def to_dict(self) -> dict[str, Any]:
        """Return the forecast as plain values for JSON."""
        days = ("as_of", "list_to", "made_on", "reports_to")
        known_consents = [
            {
                "day": self.day(known.total_on).isoformat(),
                "consents": known.total,
                "signatories": known.signatories,
                "grade": known.grade,
                "chance_that_the_source_is_right": known.chance,
            }
            for known in self.known
        ]
        values: dict[str, Any] = {
            "convention": self.convention.convention,
            **{name: getattr(self, name).isoformat() for name in days},
            "known_consents": known_consents,
            "opened": self.convention.opens.isoformat(),
            "rule": self.convention.rule_in_words(),
            "event": f"deposit of instrument {self.convention.threshold} by a state",
        }
        if self.why_none:
            return values | {"no_forecast": self.why_none}
        force = self.in_force(self.quantile(0.5))
        answer = self.summary() | {"chance_by_as_of": round(self.cdf(self.as_of), 3)}
        answer["median_entry_into_force"] = force and force.isoformat()
        del answer["as_of"]  # that is made_on
        return values | {
            "treaties_learnt_from": len(self.pool),
            "chance_that_a_consent_is_reported": self.reports_seen,
            "answer": answer,
        }


def acts_for_forecast(convention: Convention) -> pd.DataFrame:
    """Return the acts on a convention, without a report that the depositary's list lacks."""
    rows = tables.read_of("acts", convention.convention)
    conflicts = tables.read_of("conflicts", convention.convention)
    lacked = conflicts.loc[conflicts["about"] == "listed", ["iso3", "kind"]]
    kind = rows["act"].where(~rows["act"].isin(CONSENTS), "consent")
    both = pd.MultiIndex.from_arrays([rows["iso3"], kind])
    return rows[~both.isin(pd.MultiIndex.from_frame(lacked))]


@remembered
def _record(convention: Convention, *, reports: bool) -> TreatyRecord:
    """Return all that is known of a convention, for any day, with reports or without."""
    acts, name = acts_for_forecast(convention), convention.convention
    acts = acts if reports else acts[acts["grade"] != REPORTED]
    return treaties_of(acts.assign(treaty=name), {name: convention.opens}, {name: inf})[name]


def pool_for(convention: Convention, as_of: date) -> tuple[TreatyRecord, ...]:
    """Return the base set as known on a day, without a convention."""
    number = base_treaty(convention)
    return tuple(t for t in known_on(base_treaties(), as_of) if t.treaty != number)


def start_day(convention: Convention, as_of: date) -> date:
    """Return the last day up to a day for which the list of acts is complete, or nearly so.

    If it never is, the last day on which anything is known.
    """
    reach = convention.nearly_complete_to or convention.complete_to or convention.partial_to
    return as_of if reach is None else min(as_of, max(reach, convention.opens))


def why_none(convention: Convention, as_of: date) -> str:
    """Return why a convention cannot be forecast, as a clause; empty if it can.

    Examples
    --------
    >>> from adoption.law.conventions import find_convention
    >>> why_none(find_convention("malabo"), date(2020, 1, 1))
    'who has signed is not named in any source seen'
    >>> why_none(find_convention("hanoi"), date(2026, 1, 1))
    ''
    """
    force = convention.entered_into_force
    if force is not None and force <= as_of:
        return f"it has been in force since {long_day(force)}"
    if not convention.signatories_listed:
        return "who has signed is not named in any source seen"
    if convention.nearly_complete_to is None and convention.complete_to is None:
        return "its list of acts is not complete, or nearly so, to any day"
    if not convention.depositary.endswith("of the United Nations"):
        return "the method is learnt from treaties deposited with the United Nations alone"
    return ""


def forecast_convention(
    convention: Convention,
    as_of: date,
    *,
    reports_true: float = REPORTS_TRUE,
    reports_seen: float = REPORTS_SEEN,
    pool: tuple[TreatyRecord, ...] | None = None,
) -> ConventionForecast:
    """Forecast when a convention enters into force.

    Parameters
    ----------
    convention : Convention
        Of the registry.
    as_of : date
        From its opening on.
    reports_true : float
        The chance, 0 to 1, that consents or a total of consents are right that somebody else than
        the depositary reports. A total that a machine relays does not count.
    reports_seen : float
        The chance, 0 to 1, that a consent which no list has yet was reported.
    pool : tuple of Treaty, optional
        What to learn from; `pool_for` the day on which the forecast starts if not given.

    Raises
    ------
    AdoptionError
        If it had not opened by the day, or the day is after that of the data.
    """
    day_of(as_of, convention)
    check_range("reports_true", reports_true, 0, 1)
    check_range("reports_seen", reports_seen, 0, 1)
    list_to, acts = start_day(convention, as_of), acts_for_forecast(convention)
    age = float((as_of - convention.opens).days)
    treaty = _record(convention, reports=False).known_at(age)
    with_reports = _record(convention, reports=True).known_at(age)
    of_others = ~acts["iso3"].isin(state_codes())
    signed = acts[acts["act"].isin(SIGNING_ACTS) & of_others]
    totals = tables.read_of("totals", convention.convention).dropna(subset="parties")
    totals = totals[on_or_before(totals["latest"], as_of)]
    totals = totals[totals["grade"] != RELAYED]
    totals = totals.assign(signatories=totals["signatories"] - signed["iso3"].nunique())
    until = min(convention.partial_to or list_to, as_of)
    observed = known_consents(treaty, with_reports, totals, list_to, until, reports_true)
    subject = ConventionForecast(
        convention, as_of, list_to, pool or (), treaty, with_reports, observed, reports_seen
    )
    subject = replace(subject, pool=pool or pool_for(convention, subject.made_on))
    reached = len(treaty.consented.iso3) >= convention.threshold
    if not reached and (none := why_none(convention, as_of)):
        return replace(subject, why_none=none)
    deposit = forecast_of(
        treaty, convention.threshold, subject.made_on, subject.pool, observed, reports_seen
    )
    return replace(subject, forecast=deposit)


def known_consents(
    treaty: TreatyRecord,
    with_reports: TreatyRecord,
    totals: pd.DataFrame,
    list_to: date,
    until: date,
    reports_true: float,
) -> tuple[ObservedTreaty, ...]:
    """Return how the consents are known: the list, then the last total of each grade since.

    Reports stand and fall with the total after them. A total before that of a better grade says
    nothing.
    """
    listed = float((list_to - treaty.opened).days)
    watched = float((max(list_to, until) - treaty.opened).days)
    observed = [replace(ObservedTreaty.listed(treaty, listed), reports_to=watched)]
    for grade, acts, chance in (
        (DEPOSITARY, treaty, 1.0),
        (REPORTED, with_reports, reports_true),
    ):
        for row in totals[totals["grade"] == grade].nlargest(1, "latest").to_dict("records"):
            day = float((row["latest"].date() - treaty.opened).days)
            signed = None if pd.isna(row["signatories"]) else int(row["signatories"])
            numbers = day, int(row["parties"]), max(day, watched), signed
            if day > observed[-1].total_on:
                observed.append(ObservedTreaty(acts, listed, *numbers, grade, chance))
    last = observed[-1]
    if last.treaty is treaty and with_reports.consented.iso3 != treaty.consented.iso3:
        observed.append(replace(last, treaty=with_reports, grade=REPORTED, chance=reports_true))
    return tuple(observed)


def fan(forecast: ConventionForecast) -> pd.DataFrame:
    """Return quantiles of the number of consents on days to come: day, p10 to p90.

    The probability of at least m consents by a day is that of the wait for the mth.
    """
    least = min(watched.total for watched in forecast.known)
    last = forecast.quantile(0.9)
    far = MAX_FAN_DAYS if last is None else max(MIN_FAN_DAYS, (last - forecast.made_on).days)
    most_days = min(round(far * ROOM), MAX_FAN_DAYS)
    ahead = np.unique(np.linspace(0, most_days, POINTS).round())
    most = max(BEYOND_THE_THRESHOLD * forecast.convention.threshold, MIN_CONSENTS)
    last_number = min(most, len(state_codes()))
    chance = chances_of_numbers(forecast, range(least + 1, last_number + 1), ahead)
    days = pd.Timestamp(forecast.made_on) + pd.to_timedelta(ahead, "D")
    frame = pd.DataFrame({"day": days})
    for percent in PERCENTILES:
        is_likely = chance > 1 - percent / 100 + 1e-12
        frame[f"p{percent}"] = least + is_likely.sum(axis=0)
    return frame


def chances_of_numbers(
    forecast: ConventionForecast, numbers: Sequence[int], ahead: Numbers
) -> Numbers:
    """Return the chance of numbers of consents by days after the start."""
    ages = ahead + (forecast.made_on - forecast.convention.opens).days
    observed, seen = forecast.known, forecast.reports_seen
    return chances(model_of(forecast.pool), observed, numbers, ages, seen)


def if_listed(
    forecast: ConventionForecast, numbers: Sequence[int] = POSSIBLE_COUNTS
) -> pd.DataFrame:
    """Return the forecast if a list complete to `as_of` had some number of consents.

    Returns
    -------
    DataFrame
        One row a number from those that are certain to below the threshold: consents (int);
        p10, p50, p90 (days of the deposit, missing beyond the horizon).
    """
    treaty, threshold = forecast.treaty, forecast.convention.threshold
    age = float((forecast.as_of - treaty.opened).days)
    list_to = float((forecast.list_to - treaty.opened).days)
    rows = []
    for number in numbers:
        if not len(treaty.consented.iso3) <= number < threshold:
            continue
        listed = ObservedTreaty(
            treaty,
            list_to,
            total_on=age,
            total=number,
            reports_to=age,
            signatories=forecast.start.signatories,
        )
        outlook = forecast_of(treaty, threshold, forecast.as_of, forecast.pool, [listed])
        quantiles = (outlook.quantile(share) for share in (0.1, 0.5, 0.9))
        rows.append((number, *quantiles))
    days = dict.fromkeys(("p10", "p50", "p90"), "datetime64[us]")
    return pd.DataFrame(rows, columns=["consents", *days]).astype(days)


def reports_seen_before() -> pd.DataFrame:
    """Return how many acts after the end of a list were named, out of those a later total implies.

    For every convention whose list has an end and that has a later total, the last one.

    Returns
    -------
    DataFrame
        convention, label, of (signatories or parties), list_to, total_on (days), named (acts
        with a day since, at most the implied), implied (int).
    """
    rows = []
    for name, convention in load_conventions().items():
        last = convention.nearly_complete_to or convention.complete_to
        if last is None:
            continue
        end = pd.Timestamp(last)
        acts = acts_for_forecast(convention)
        totals = tables.read_of("totals", name).sort_values("as_of")
        for of, kinds in (("signatories", SIGNATURES), ("parties", CONSENTS)):
            first = acts[acts["act"].isin(kinds)].groupby("iso3")["latest"].min()
            listed = int((first <= end).sum())
            is_later = (totals["as_of"] > end) & (totals[of] > listed)
            later = totals[is_later].tail(1)
            for day, number in zip(later["as_of"], later[of], strict=True):
                implied = int(number) - listed
                named = min(int((first <= day).sum()) - listed, implied)
                rows.append((name, convention.label, of, end, day, named, implied))
    columns = ["convention", "label", "of", "list_to", "total_on", "named", "implied"]
    return pd.DataFrame(rows, columns=columns)


def reference_class(forecast: ConventionForecast, day: date | None = None) -> list[TreatyRecord]:
    """Return treaties with similar signatures and consents at the same age.

    By default they are compared at the age at which the forecast starts, since days without data
    must not make a treaty look slow. Opened since 1985, with at least two thirds of its
    signatories, and consents that differ by at most four, or by half of its own if that is more.
    A published total, and acts that are only reported, count.
    """
    start = forecast.start.total
    age = float(((day or forecast.made_on) - forecast.convention.opens).days)
    signatories = forecast.treaty.signed.by(age)

    def is_alike(treaty: TreatyRecord) -> bool:
        is_signed = treaty.signed.by(age) >= ALIKE_SIGNED * signatories
        difference = abs(treaty.consented.by(age) - start)
        return bool(is_signed and difference <= max(ALIKE_CONSENTS, start / 2))

    watched = (t for t in forecast.pool if t.opened.year >= ALIKE_SINCE and t.seen > age)
    return [treaty for treaty in watched if is_alike(treaty)]
