"""The forecast for a convention of the registry, and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, overload

import numpy as np
import pandas as pd

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.text import long_day
from adoption.core.vocabulary import CONSENTS, DOMESTIC_APPROVAL, SIGNATURES
from adoption.forecasting.forecast import (
    REPORTS_SEEN,
    YEARS_AHEAD,
    Forecast,
    Many,
    Watched,
    chances,
    forecast,
    model_of,
)
from adoption.forecasting.treaties import (
    YEAR,
    Numbers,
    Treaty,
    base_treaties,
    known_on,
    states,
    treaty_of,
)
from adoption.law.conventions import Convention, day_of, load_conventions
from adoption.law.placement import base_treaty
from adoption.tables.choices import Day, to_day, within

Reading = Literal["not counted", "counted"]

READINGS: tuple[Reading, ...] = ("not counted", "counted")
REPORTS_TRUE = 0.8  # the chance that what is only reported is true, where none is given
PERCENTILES = (10, 25, 50, 75, 90)
POINTS = 41  # days of a fan
# A fan goes to so many consents, or times the threshold, and days; with room after its end.
MIN_CONSENTS, BEYOND_THE_THRESHOLD = 20, 3
MIN_FAN_DAYS, MAX_FAN_DAYS, ROOM = 365, 365 * 30, 1.08
SHOWN_AGES = (1, 30, 91, 183, 365, 730, 1461, 2922, 5844)  # days
ALIKE_SINCE, ALIKE_SIGNED, ALIKE_CONSENTS = 1985, 2 / 3, 4  # of the reference class
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Total:
    """A published number of consents.

    Attributes
    ----------
    day : date
        Of which day.
    published, consents : int
        The number, and that without the approvals at home that it counts.
    reported : bool
        Whether it rests on the same reports as the acts: then they are true or false together.
    """

    day: date
    published: int
    consents: int
    reported: bool


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
    made_on : date
        The day on which the forecast starts: that of the last published total of consents,
        or `list_to` where there is none since.
    reports_to : date
        The last day to which acts are reported; later ones nobody watched.
    pool : tuple of Treaty
        What it learns from: the base set as it was known on the day, without the convention.
    treaties : dict of Reading to Treaty
        The convention as known by `as_of`; acts that are reported or have no day not counted
        and counted.
    forecasts : dict of Reading to Forecast
        The forecasts; empty where none is made.
    reports_true : float
        The chance, 0 to 1, that the acts between the two readings are true.
    reports_seen : float
        The chance, 0 to 1, that a consent between `made_on` and `reports_to` was reported.
    total : Total or None
        The last published after `list_to`.
    why_none : str
        Why nothing is forecast, as a clause; empty where something is.
    """

    convention: Convention
    as_of: date
    list_to: date
    made_on: date
    reports_to: date
    pool: tuple[Treaty, ...]
    treaties: dict[Reading, Treaty]
    forecasts: dict[Reading, Forecast]
    reports_true: float
    reports_seen: float = REPORTS_SEEN
    total: Total | None = None
    why_none: str = ""

    @property
    def confirmed_only(self) -> Forecast:
        """The forecast in which reported and undated acts do not count."""
        return self._forecast("not counted")

    @property
    def counted(self) -> Forecast:
        """The forecast in which they count."""
        return self._forecast("counted")

    def _forecast(self, reading: Reading) -> Forecast:
        if self.why_none:
            raise AdoptionError(f"forecast: none is made of {self.convention.short_title}: "
                                f"{self.why_none}")  # fmt: skip
        return self.forecasts[reading]

    @property
    def combined(self) -> Forecast:
        """The combined forecast: both readings, weighted by the chance that reports are true."""
        confirmed, counted = self.confirmed_only, self.counted
        if not self.readings_differ or confirmed.chance is None:
            return confirmed
        sure = counted.chance
        if sure is None:  # the threshold is reached if the reports are true
            days = pd.date_range(confirmed.as_of + ONE_DAY, periods=len(confirmed.chance))
            sure = (days >= pd.Timestamp(counted.reached or confirmed.as_of)).astype("float64")
        chance = self.reports_true * sure + (1 - self.reports_true) * confirmed.chance
        return replace(confirmed, chance=chance, signatories=counted.signatories)

    def quantile(self, q: float) -> date | None:
        """Return the first day by which the deposit is there with a probability; None if beyond."""
        return self.combined.quantile(q)

    @overload
    def cdf(self, day: Day) -> float: ...
    @overload
    def cdf(self, day: Many) -> Numbers: ...
    def cdf(self, day: Day | Many) -> float | Numbers:
        """Return the probability that the deposit is there on a day, or on each of several."""
        return self.combined.cdf(day)

    def summary(self) -> dict[str, Any]:
        """Return the one answer as plain values for JSON."""
        return self.combined.summary(self.as_of.year)

    @property
    def readings_differ(self) -> bool:
        """Whether any act is known that is reported or has no day."""
        confirmed, counted = (
            (t.signed.iso3, t.consented.iso3, t.signed.day.tolist(), t.consented.day.tolist())
            for t in (self.treaties[reading] for reading in READINGS)
        )
        return confirmed != counted

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings to show; without a forecast, that in which all that is known counts."""
        if self.why_none:
            return ("counted",)
        return READINGS if self.readings_differ else READINGS[:1]

    def watched(self, reading: Reading) -> Watched:
        """Return how the consents are known under a reading."""
        opens, treaty = self.convention.opens, self.treaties[reading]
        list_to, made_on, reports_to = (
            float((day - opens).days) for day in (self.list_to, self.made_on, self.reports_to)
        )
        if self.total is None or (self.total.reported and reading == "not counted"):
            return replace(Watched.listed(treaty, list_to), reports_to=reports_to)
        return Watched(list_to, made_on, self.total.consents, max(made_on, reports_to))

    def signatories(self, reading: Reading) -> int | None:
        """Return how many states are known to have signed; None where no source names them."""
        if not self.convention.signatories_listed:
            return None
        return len(self.treaties[reading].signed.iso3)

    def consents(self, reading: Reading) -> int:
        """Return how many states are known to have consented by the day asked about."""
        return len(self.treaties[reading].consented.iso3)

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

        One row a year: year (int), in_force (float, 0 to 1, of the one answer), and the same of
        each reading, with its name before.
        """
        ways = {"": self.combined, **{f"{name} ": self.forecasts[name] for name in self.readings}}
        columns = {f"{name}in_force": self.chances(way) for name, way in ways.items()}
        return pd.DataFrame(columns).rename_axis("year").reset_index().astype({"year": "int64"})

    def chances(self, forecast: Forecast) -> dict[int, float]:
        """Return the chances that it is in force by the end of each year, under a forecast."""
        now = self.as_of.year
        first = now + (self.last_deposit(date(now, 12, 31)) <= self.as_of)
        years = range(first, first + YEARS_AHEAD)
        return {year: forecast.cdf(self.last_deposit(date(year, 12, 31))) for year in years}

    def to_dict(self) -> dict[str, Any]:
        """Return the forecast as plain values for JSON."""
        days = ("as_of", "list_to", "made_on", "reports_to")
        values: dict[str, Any] = {
            "convention": self.convention.convention,
            **{name: getattr(self, name).isoformat() for name in days},
            "consents_on_made_on": self.watched("counted").total,
            "opened": self.convention.opens.isoformat(),
            "rule": self.convention.rule_in_words(),
            "event": f"deposit of instrument {self.convention.threshold} by a state",
            "reach": self.convention.reach,
        }
        known = {
            name: {"consents": self.consents(name), "signatories": self.signatories(name)}
            for name in self.readings
        }
        if self.why_none:
            return values | {"no_forecast": self.why_none, "reported_and_undated_acts": known}
        return values | {
            "treaties_learnt_from": len(self.pool),
            "chance_that_reports_are_true": self.reports_true,
            "chance_that_a_consent_is_reported": self.reports_seen,
            "answer": self._plain(self.combined),
            "reported_and_undated_acts": {
                name: self._plain(self.forecasts[name]) | known[name] for name in self.readings
            },
        }

    def _plain(self, forecast: Forecast) -> dict[str, Any]:
        force = self.in_force(forecast.quantile(0.5))
        values = forecast.summary(self.as_of.year)
        del values["as_of"]  # that is made_on
        values["chance_by_as_of"] = round(forecast.cdf(self.as_of), 3)
        return values | {"median_entry_into_force": force and force.isoformat()}


def acts_of(convention: Convention, acts: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the acts on a convention under a reading.

    A report of an act that the depositary's complete list lacks counts under neither.
    """
    rows = tables.of_convention(acts, convention.convention)
    if reading == "not counted":
        return rows[(rows["grade"] != "reported") & rows["date"].notna()]
    conflicts = tables.read_of("conflicts", convention.convention)
    lacked = conflicts.loc[conflicts["about"] == "listed", ["iso3", "kind"]]
    kind = rows["act"].where(~rows["act"].isin(CONSENTS), "consent")
    both = pd.MultiIndex.from_arrays([rows["iso3"], kind])
    return rows[~both.isin(pd.MultiIndex.from_frame(lacked))]


def pool_for(convention: Convention, as_of: date) -> tuple[Treaty, ...]:
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
    pool: tuple[Treaty, ...] | None = None,
) -> ConventionForecast:
    """Forecast when a convention enters into force.

    Parameters
    ----------
    convention : Convention
        Of the registry.
    as_of : date
        From its opening on.
    reports_true : float
        The chance, 0 to 1, that acts which are only reported, or have no day, are true.
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
    within("reports_true", reports_true, 0, 1)
    within("reports_seen", reports_seen, 0, 1)
    list_to, name = start_day(convention, as_of), convention.convention
    acts = tables.read_of("acts", name)
    treaties = {
        reading: treaty_of(acts_of(convention, acts, reading), convention.opens, as_of, name)
        for reading in READINGS
    }
    reached = len(treaties["not counted"].consented.iso3) >= convention.threshold
    total = last_total(convention, acts, list_to, as_of)
    made_on = total.day if total else list_to
    last = max((day for treaty in treaties.values() for day in treaty.consented.day), default=0)
    known = max(made_on, convention.opens + timedelta(days=float(last)))
    subject = ConventionForecast(
        convention, as_of, list_to, made_on, max(known, min(convention.partial_to or known, as_of)),
        pool or pool_for(convention, made_on), treaties, {}, reports_true, reports_seen, total,
        "" if reached else why_none(convention, as_of),
    )  # fmt: skip
    if subject.why_none:
        return subject
    forecasts = {
        name: forecast(
            treaty, convention.threshold, made_on, subject.pool, subject.watched(name), reports_seen
        )
        for name, treaty in treaties.items()
    }
    return replace(subject, forecasts=forecasts)


def last_total(
    convention: Convention, acts: pd.DataFrame, after: date, as_of: date
) -> Total | None:
    """Return the last number of consents that was published for a day after the list's end.

    What it counts beyond the named consents is taken to be approvals at home, as far as such are
    known by its day; these are not consents.
    """
    totals = tables.read_of("totals", convention.convention)
    days = totals["as_of"]
    later = totals[(days > pd.Timestamp(after)) & (days <= pd.Timestamp(as_of))]
    rows = later.dropna(subset="parties").sort_values("as_of", kind="stable").tail(1)
    for row in rows.to_dict("records"):
        known = acts_of(convention, acts, "counted")
        by_then = known[(known["latest"] <= row["as_of"]) & known["iso3"].isin(states())]
        named = by_then[by_then["act"].isin(CONSENTS)]
        home = set(by_then.loc[by_then["act"] == DOMESTIC_APPROVAL, "iso3"]) - set(named["iso3"])
        number, published = named["iso3"].nunique(), int(row["parties"])
        consents = max(published - len(home), min(number, published))
        reports = named[named["grade"] == "reported"]
        same = set(str(row["source"]).split(";")) & set(";".join(reports["source"]).split(";"))
        together = len(reports) > 0 and (bool(same) or consents <= number)
        return Total(row["as_of"].date(), published, consents, together)
    return None


def fan(forecast: ConventionForecast) -> pd.DataFrame:
    """Return quantiles of the number of consents on days to come: day, p10 to p90.

    The probability of at least m consents by a day is that of the wait for the mth.
    """
    least = min(forecast.watched(reading).total for reading in READINGS)
    last = forecast.quantile(0.9)
    far = MAX_FAN_DAYS if last is None else max(MIN_FAN_DAYS, (last - forecast.made_on).days)
    ahead = np.unique(np.linspace(0, min(round(far * ROOM), MAX_FAN_DAYS), POINTS).round())
    numbers = list(range(least + 1, highest(forecast.convention.threshold) + 1))
    chance = at_least(forecast, numbers, ahead)
    frame = pd.DataFrame({"day": pd.Timestamp(forecast.made_on) + pd.to_timedelta(ahead, "D")})
    for percent in PERCENTILES:
        frame[f"p{percent}"] = least + (chance > 1 - percent / 100 + 1e-12).sum(axis=0)
    return frame


def at_least(forecast: ConventionForecast, numbers: Sequence[int], ahead: Numbers) -> Numbers:
    """Return the chance of numbers of consents by days after the start, of both readings."""
    true = forecast.reports_true if forecast.readings_differ else 0.0
    total, model = np.zeros((len(numbers), len(ahead))), model_of(forecast.pool)
    for share, reading in zip((1 - true, true), READINGS, strict=True):
        treaty, watched = forecast.treaties[reading], forecast.watched(reading)
        passed = ahead + (forecast.made_on - forecast.convention.opens).days - watched.total_on
        days = np.maximum(passed, 1.0)
        chance = chances(model, treaty, watched, numbers, days, forecast.reports_seen)
        later = (passed < 1) & (np.array(numbers) > watched.total)[:, None]
        total += share * np.where(later, 0, chance)
    return total


def highest(threshold: int) -> int:
    """Return the highest number of consents that a fan distinguishes."""
    return min(len(states()), max(BEYOND_THE_THRESHOLD * threshold, MIN_CONSENTS))


def shown_days(convention: Convention, until: date) -> list[date]:
    """Return the days up to a day for which a forecast is shown.

    Some ages, the ends of the list, and the days of published totals.
    """
    days = {convention.opens + timedelta(days=age) for age in SHOWN_AGES}
    totals = tables.read_of("totals", convention.convention)
    published = totals.loc[totals["parties"].notna(), "as_of"].dropna()
    ends = {convention.complete_to, convention.nearly_complete_to, convention.partial_to}
    ends |= {day.date() for day in published} if convention.entered_into_force is None else set()
    return sorted(day for day in {*days, *ends} if day and convention.opens < day <= until)


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
        acts = acts_of(convention, tables.read_of("acts", name), "counted")
        totals = tables.read_of("totals", name).sort_values("as_of")
        for of, kinds in (("signatories", SIGNATURES), ("parties", CONSENTS)):
            first = acts[acts["act"].isin(kinds)].groupby("iso3")["latest"].min()
            listed = int((first <= end).sum())
            later = totals[(totals["as_of"] > end) & (totals[of] > listed)].tail(1)
            for day, number in zip(later["as_of"], later[of], strict=True):
                implied = int(number) - listed
                named = min(int((first <= day).sum()) - listed, implied)
                rows.append((name, convention.label, of, end, day, named, implied))
    columns = ["convention", "label", "of", "list_to", "total_on", "named", "implied"]
    return pd.DataFrame(rows, columns=columns)


def history(forecast: ConventionForecast) -> list[ConventionForecast]:
    """Return the forecasts that would have been made until the threshold was reached.

    The last is today's, if the threshold is not reached. All rest on treaties as they were known
    when the convention opened.
    """
    pool = pool_for(forecast.convention, forecast.convention.opens)
    reached = forecast.confirmed_only.reached
    until = min(reached, forecast.made_on) - ONE_DAY if reached else forecast.as_of - ONE_DAY
    chosen = {"reports_true": forecast.reports_true, "reports_seen": forecast.reports_seen}
    then = [
        forecast_convention(forecast.convention, day, **chosen, pool=pool)
        for day in shown_days(forecast.convention, until)
    ]
    signed = [earlier for earlier in then if earlier.forecasts]
    return signed if reached else [*signed, forecast]


def reference_class(forecast: ConventionForecast) -> pd.DataFrame:
    """Return treaties with similar signatures and consents at the same age.

    They are compared at the age at which the forecast starts, since days without data must not
    make a treaty look slow. Opened since 1985, with at least two thirds of its signatories, and
    consents that differ by at most four, or by half of its own if that is more. A published
    total, and acts that are only reported, count.

    Returns
    -------
    DataFrame
        One row a treaty, the soonest first: treaty (number), opened (day), signatories,
        consents (int, at the age), years (float, from opening to the threshold; missing where
        it was not reached), seen (float, years for which it was watched).
    """
    age = float((forecast.made_on - forecast.convention.opens).days)
    start = forecast.watched("counted").total
    signatories = int(forecast.treaties["counted"].signed.by(age))
    rows = [
        (t.treaty, pd.Timestamp(t.opened), int(t.signed.by(age)), int(t.consented.by(age)),
         t.consented.nth(forecast.convention.threshold) / YEAR, t.seen / YEAR)
        for t in forecast.pool
        if t.opened.year >= ALIKE_SINCE and t.seen > age
    ]  # fmt: skip
    columns = ["treaty", "opened", "signatories", "consents", "years", "seen"]
    frame = pd.DataFrame(rows, columns=columns).replace({"years": {np.inf: np.nan}})
    near = (frame["consents"] - start).abs() <= max(ALIKE_CONSENTS, start / 2)
    alike = frame[(frame["signatories"] >= ALIKE_SIGNED * signatories) & near]
    return alike.sort_values(["years", "treaty"], ignore_index=True)
