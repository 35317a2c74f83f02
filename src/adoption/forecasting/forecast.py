"""`forecast_threshold`: when a treaty will have a number of consents."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeAlias, overload

import numpy as np
import pandas as pd
from scipy.special import betainc, comb

from adoption.core.errors import AdoptionError
from adoption.core.vocabulary import DEPOSITARY
from adoption.forecasting.model import HALF, Model, features_of, fit
from adoption.forecasting.treaties import (
    Numbers,
    TreatyRecord,
    base_treaties,
    state_codes,
    treaties_from,
    treaty_of,
    without,
)
from adoption.law.rules import add_months
from adoption.tables.choices import Day, check_acts, check_range, to_day

Many: TypeAlias = "Sequence[date] | list[str] | pd.DatetimeIndex | pd.Series[pd.Timestamp]"
HORIZON_YEARS = 30
YEARS_AHEAD = 5
INTERVALS = (50, 80, 95)
SMALL_TARGET = 10  # consents up to which a threshold is small
MODELS_KEPT = 3
CHANCE_DIGITS = 6  # so that every machine gives the same
REPORTS_SEEN = 0.5  # the chance that a consent is reported: of past ones about half were
MAX_UNSEEN, MIN_WEIGHT = 90, 1e-5  # consents since a total; beside the likeliest number


@dataclass(frozen=True, eq=False)
class ObservedTreaty:
    """How the consents to a treaty are known, if a source is right; days count from its opening.

    Attributes
    ----------
    treaty : Treaty
        Its acts, as far as they are named.
    list_to : float
        The day to which the list of acts is complete.
    total_on, total : float, int
        The day of the last published number of consents, and the number; those of the end of
        the list where none was published since.
    reports_to : float
        The day to which there are reports, of which each consent since the total has a chance;
        the day of the total where there are none. Nobody watched later days.
    signatories : int or None
        A published number on the day of the total, where there is one.
    grade : str
        Of the source: depositary, reported or relayed.
    chance : float
        The chance, 0 to 1, that the source is right. Where it is wrong it says nothing.
    """

    treaty: TreatyRecord
    list_to: float
    total_on: float
    total: int
    reports_to: float
    signatories: int | None = None
    grade: str = DEPOSITARY
    chance: float = 1.0

    @classmethod
    def listed(cls, treaty: TreatyRecord, age: float) -> ObservedTreaty:
        """Return that the list of acts is complete to an age, and nothing is known since."""
        return cls(treaty, age, age, int(treaty.consented.by(age)), age)


def chances(
    model: Model,
    observed: Sequence[ObservedTreaty],
    targets: Sequence[int],
    ages: Numbers,
    reports_seen: float = REPORTS_SEEN,
) -> Numbers:
    """Return the chances of numbers of consents by ages of a treaty, from the last source's day.

    Each source stands with its chance of being right, else what was known before it does: a
    mixture. The first is the list itself, which is right.

    Returns
    -------
    array of float, shape (targets, ages)
    """
    *before, last = observed
    earlier = chances(model, before, targets, ages, reports_seen) if before else 0.0
    there = (np.array(targets) <= last.total)[:, None]
    later = ages > last.total_on
    right = np.where(ages < last.total_on, there * earlier, there * 1.0)
    days = ages[later] - last.total_on
    right[:, later] = _since(model, last, targets, days, reports_seen)
    return np.asarray(last.chance * right + (1 - last.chance) * earlier)


def _since(
    model: Model,
    watched: ObservedTreaty,
    targets: Sequence[int],
    days: Numbers,
    reports_seen: float,
) -> Numbers:
    """Return the chances of numbers of consents by days after the total of a source.

    How many consents came unseen between the total and the last report is weighed by Bayes'
    rule: the chance of a number by the model, times that of as many reports of it as there
    were, each consent being reported with a chance of `reports_seen`. The model goes on from
    each number; those in between are spread evenly. Where nobody watched, the model's own
    clock alone runs. A consent named of a later day is one more report: the silence before it
    says nothing.
    """
    treaty, consented = watched.treaty, watched.treaty.consented
    total_on, reports_to, start = watched.total_on, watched.reports_to, watched.total

    def features(age: float, consents: Numbers | float) -> Numbers:
        """Return what was known at an age, a row for each number of consents."""
        numbers = np.atleast_1d(consents)
        named = consented.by(age)
        signed = int(treaty.signed.by(age))
        unnamed = np.maximum(numbers - named, 0.0)
        unsigned = max((watched.signatories or 0) - signed, 0)
        since = max(age - watched.list_to, 1.0)
        return features_of(treaty, np.full(len(numbers), age), unnamed, unsigned, since)

    def ahead(features: Numbers, left: Numbers, days: Numbers) -> Numbers:
        chance = np.ones((len(left), len(days)))
        if (left > 0).any():
            chance[left > 0] = model.chances(features, left[left > 0], days)
        return chance

    needed = np.array(targets, dtype="float64") - start
    gap = reports_to - total_on
    reports = len(consented.day) - min(int(consented.by(total_on)), start)
    if gap <= 0:
        return ahead(features(total_on, start + reports), needed - reports, days)
    number = np.arange(MAX_UNSEEN + 1.0)
    now_and_reports = features(total_on, start)
    more = model.chances(now_and_reports, number[1:], np.array([gap]))[:, 0]
    silent = (1 - reports_seen) ** np.maximum(number - reports, 0)
    reported = comb(number, reports) * reports_seen**reports * silent
    weight = -np.diff(np.concatenate([[1.0], more, [0.0]])) * reported
    if not weight.sum() > 0:  # more reports than the model thinks possible are all there are
        weight = (number == reports).astype("float64")
    is_likely = weight >= MIN_WEIGHT * weight.max()
    weight = np.where(is_likely, weight, 0.0) / weight.sum()
    chance = np.zeros((len(needed), len(days)))
    later = days > gap
    possible = number[weight > 0]
    for unseen, features_then in zip(possible, features(reports_to, start + possible), strict=True):
        left = needed - unseen
        at_least = np.maximum(needed, HALF)[:, None]
        beyond = np.maximum(1 - left, HALF)[:, None]
        between = betainc(at_least, beyond, np.minimum(days / gap, 1.0))
        part = np.where(left[:, None] <= 0, between, 0.0)
        part = np.where(needed[:, None] <= 0, 1.0, part)
        if later.any():
            part[:, later] = ahead(features_then[None], left, days[later] - gap)
        chance += weight[int(unseen)] * part
    return np.asarray(chance / weight.sum())


@dataclass(frozen=True, eq=False)
class Forecast:
    """When a treaty will have a number of consents, as forecast on a day.

    Attributes
    ----------
    as_of : date
        The day on which it starts.
    threshold : int
        The number of consents by states that is asked about.
    consents, signatories : int
        States that are known to have consented and signed.
    reached : date or None
        The day of the nth consent, where it was there already.
    chance : array of float, or None
        The probability that the nth consent is there by each day after `as_of`, up to the
        horizon; None where it is reached.
    note : str
        What a reader must know beside the figures; may be empty.
    """

    as_of: date
    threshold: int
    consents: int
    signatories: int
    reached: date | None = None
    chance: Numbers | None = None
    note: str = ""

    @property
    def horizon(self) -> date:
        """The last day on which a probability is given: thirty years after `as_of`."""
        return add_months(self.as_of, 12 * HORIZON_YEARS)

    @overload
    def cdf(self, day: Day) -> float: ...
    @overload
    def cdf(self, day: Many) -> Numbers: ...
    def cdf(self, day: Day | Many) -> float | Numbers:
        """Return the probability that the nth consent is there on a day, or on each of several.

        It does not rise after the horizon: the remainder to 1 is later, or never.
        """
        if isinstance(day, Collection) and not isinstance(day, str):
            return np.array([self.cdf(to_day(item, "day")) for item in day])
        day = to_day(day, "day")
        if self.chance is None:
            return float(self.reached is not None and day >= self.reached)
        days = min((day - self.as_of).days, len(self.chance))
        return round(float(self.chance[days - 1]), CHANCE_DIGITS) if days >= 1 else 0.0

    def quantile(self, q: float) -> date | None:
        """Return the first day whose probability is at least q; None if beyond the horizon."""
        if not 0 < check_range("q", q, 0, 1) < 1:
            raise AdoptionError(f"q: {q} does not lie between 0 and 1")
        if self.chance is None:
            return self.reached
        days = int(np.searchsorted(self.chance.round(CHANCE_DIGITS), q)) + 1
        return self.as_of + timedelta(days=days) if days <= len(self.chance) else None

    def interval(self, percent: int) -> tuple[date | None, date | None]:
        """Return the central interval of a probability in percent."""
        tail = (1 - percent / 100) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def by_year(self, first: int | None = None) -> dict[int, float]:
        """Return the probability by the end of a year, or that of `as_of`, and of the next four."""
        start = first or self.as_of.year
        years = range(start, start + YEARS_AHEAD)
        return {year: self.cdf(date(year, 12, 31)) for year in years}

    def summary(self, first: int | None = None) -> dict[str, Any]:
        """Return the forecast as plain values for JSON; days as text, None for beyond."""

        def text(day: date | None) -> str | None:
            return None if day is None else day.isoformat()

        intervals = {str(p): [text(day) for day in self.interval(p)] for p in INTERVALS}
        by_year = {str(year): round(chance, 3) for year, chance in self.by_year(first).items()}
        counts = {
            "as_of": self.as_of.isoformat(),
            "threshold": self.threshold,
            "consents": self.consents,
            "signatories": self.signatories,
            "reached": text(self.reached),
        }
        outlook = {
            "median": text(self.quantile(0.5)),
            "intervals": intervals,
            "chance_by_end_of": by_year,
            "horizon": self.horizon.isoformat(),
            "chance_beyond_horizon": round(1 - self.cdf(self.horizon), 3),
            "note": self.note,
        }
        return counts | outlook


def forecast_threshold(
    acts: pd.DataFrame,
    *,
    opened: Day,
    threshold: int,
    as_of: Day,
    base_acts: pd.DataFrame | None = None,
) -> Forecast:
    """Forecast the day on which a treaty has a number of consents.

    Acts on the treaty after `as_of` are ignored. Give the last day that the list of acts covers:
    later days without data would count as days without acts. The other treaties, from which it is
    learnt, are taken as they are given: to see what could have been said on a day of the past,
    give the acts of the base set up to that day. A treaty among them with the same first day and
    the same acts is the treaty itself, and is left out. Nothing is random.

    Examples
    --------
    >>> from adoption import tables
    >>> acts = tables.read("base_acts").query("treaty == 'XVIII-12'")
    >>> later = forecast_threshold(
    ...     acts, opened=date(2000, 12, 12), threshold=40, as_of=date(2004, 1, 1))
    >>> later.quantile(0.5), later.consents
    (datetime.date(2003, 7, 1), 59)
    """
    first, day = to_day(opened, "opened"), to_day(as_of)
    check_acts(acts, opened=first)
    is_number = isinstance(threshold, int | float | np.integer) and not isinstance(threshold, bool)
    if not is_number or not threshold >= 1 or threshold % 1:
        raise AdoptionError(f"threshold: {threshold!r} is not a number of consents, 1 or more")
    treaty = treaty_of(acts, first, day)
    pool = base_treaties() if base_acts is None else treaties_from(base_acts)
    return forecast(treaty, int(threshold), day, without(pool, treaty))


def forecast(
    treaty: TreatyRecord,
    threshold: int,
    as_of: date,
    pool: Sequence[TreatyRecord],
    observed: Sequence[ObservedTreaty] = (),
    reports_seen: float = REPORTS_SEEN,
) -> Forecast:
    """Forecast from a treaty and a pool of others.

    Its list of acts is complete to the day, unless `observed` says otherwise.

    Raises
    ------
    AdoptionError
        Where the method does not apply: more parties are asked for than there are states, or
        no signatory is known.
    """
    consents = len(treaty.consented.day)
    signatories = int(treaty.signed.by(float((as_of - treaty.opened).days)))
    result = Forecast(as_of, threshold, consents, signatories)
    if consents >= threshold:
        order = threshold - 1
        of_earliest = int(np.sort(treaty.consented.earliest)[order])
        of_latest = int(np.sort(treaty.consented.day)[order])
        first = treaty.opened + timedelta(days=of_earliest)
        nth = treaty.opened + timedelta(days=of_latest)
        message = "" if first == nth else f"Reached from {first} to {nth}: the day is not known."
        return replace(result, reached=nth, note=message)
    if threshold > (able := len(state_codes())):
        never = f"threshold: {threshold} consents can never be reached"
        raise AdoptionError(f"{never}; there are {able} states")
    if not signatories:
        raise AdoptionError(
            f"forecast: no signatory is known by {as_of}; the method rests on treaties that are "
            "signed first, and applies to no others"
        )
    age = float((as_of - treaty.opened).days)
    ages = np.arange(1.0, (result.horizon - as_of).days + 1) + age
    observed = observed or [ObservedTreaty.listed(treaty, age)]
    chance = chances(model_of(pool), observed, [threshold], ages, reports_seen)[0]
    last_days = (t.opened + timedelta(days=int(t.seen)) for t in pool)
    newest = max(last_days)
    note = ""
    if newest > as_of:
        note = f"Learnt from acts on other treaties up to {newest}, later than the forecast's day."
    return replace(result, chance=chance.round(CHANCE_DIGITS), note=note)


def model_of(pool: Sequence[TreatyRecord]) -> Model:
    """Return the model of a pool; remembered by the content of the pool."""
    return _model_of(tuple(pool))


@lru_cache(maxsize=MODELS_KEPT)
def _model_of(pool: tuple[TreatyRecord, ...]) -> Model:
    """Return the model of the same records, without writing down what they hold."""
    return _model_of_content(pickle.dumps(pool))


@lru_cache(maxsize=MODELS_KEPT)
def _model_of_content(pool: bytes) -> Model:
    return fit(pickle.loads(pool))
