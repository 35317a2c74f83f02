"""What would have been forecast in the past, with only what was known then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from adoption.forecasting.answer import Forecast
from adoption.forecasting.backtest import AGES
from adoption.forecasting.cases import YEAR, situation
from adoption.forecasting.convention import (
    READINGS,
    ConventionForecast,
    Reading,
    forecast_convention,
    why_none,
)
from adoption.forecasting.known import Known
from adoption.forecasting.learnt import base_pool, forget_models, groups
from adoption.forecasting.pool import Treaty, known_on
from adoption.forecasting.threshold import forecast
from adoption.law.conventions import Convention, load_conventions
from adoption.law.placement import base_treaty
from adoption.law.rules import Window
from adoption.reading import remembered

TOLD_AGES = (30, *AGES, 2922, 5844)  # days; those of the back-test and some around them
FAN_AGE = 365  # days: of the past forecasts of a convention, the one that is drawn
KEPT = 16  # pools and forecasts that are remembered

# Treaties of the base set whose forecasts are told beside any convention's, and the number of
# parties that is asked about; `thresholds_in_sources` says for which of them it is the law's.
SHOWN: dict[str, int] = {"XVIII-9": 22, "XVIII-10": 60, "XVIII-12": 40, "XVIII-14": 30}
SHOWN_AGES = (183, 365, 730)


@dataclass(frozen=True, eq=False)
class Past:
    """A forecast that would have been made, and what happened.

    Attributes
    ----------
    treaty : str
        Number of the treaty in the base set, or the id of the convention.
    age : int
        Days from opening to the day on which it would have been made.
    forecast : Forecast
        The forecast.
    happened : date or None
        The day on which the number was reached; None where it was not by the last day seen.
    seen : date
        The last day seen.
    """

    treaty: str
    age: int
    forecast: Forecast
    happened: date | None
    seen: date

    @property
    def held(self) -> bool | None:
        """Whether the 80% interval holds what happened; None where that cannot be said yet."""
        low, high = self.forecast.interval(80)
        if self.happened is not None:
            after = low is not None and low <= self.happened
            return after and (high is None or self.happened <= high)
        return False if high is not None and high < self.seen else None

    @property
    def late(self) -> float | None:
        """Years by which the median lies after what happened; negative where before."""
        median = self.forecast.quantile(0.5)
        if median is None or self.happened is None:
            return None
        return (median - self.happened).days / YEAR


@remembered(maxsize=KEPT)
def known_in(year: int, without: frozenset[str]) -> tuple[Treaty, ...]:
    """Return the base set as it was known when a year began, without some treaties.

    By the year, as in the back-test, so that one model serves all forecasts of a year.
    """
    then = known_on(base_pool(), date(year, 1, 1))
    return tuple(treaty for treaty in then if treaty.treaty not in without)


def forecast_at(convention: Convention, age: int) -> ConventionForecast:
    """Return the forecast for a convention that would have been made at an age in days."""
    day, own = convention.opens + timedelta(days=age), base_treaty(convention)
    # Of the treaties told beside others none is learnt from: the same answer on every page.
    without = frozenset(SHOWN) if own in SHOWN else frozenset({own})
    return forecast_convention(convention, day, pool=known_in(day.year, without))


def told_ages(convention: Convention, until: date) -> list[int]:
    """Return the ages before a day at which a forecast is told of."""
    return [age for age in TOLD_AGES if convention.opens + timedelta(days=age) < until]


def history(found: ConventionForecast, nth: Window | None) -> dict[Reading, list[Past]]:
    """Return what would have been forecast for a convention until its threshold was reached."""
    told: dict[Reading, list[Past]] = {reading: [] for reading in READINGS}
    if why_none(found.convention):
        return told
    until = found.made_on if nth is None else min(nth.earliest, found.made_on)
    made = [forecast_at(found.convention, age) for age in told_ages(found.convention, until)]
    if nth is None:
        made.append(found)
    happened = None if nth is None else nth.latest
    for one in made:
        age = (one.made_on - found.convention.opens).days
        for reading in READINGS:
            past = Past(
                found.convention.convention, age, one.forecasts[reading], happened, found.made_on
            )
            told[reading].append(past)
    return told


def drawn(found: ConventionForecast, nth: Window | None) -> ConventionForecast | None:
    """Return the forecast that is drawn and taken apart.

    That of today; for a convention whose threshold is reached the one that would have been
    made at an age of a year, or at the last age before it; None where there is none.
    """
    if why_none(found.convention):
        return None
    if nth is None:
        return found
    ages = told_ages(found.convention, min(nth.earliest, found.made_on))
    if not ages:
        return None
    return forecast_at(found.convention, max([a for a in ages if a <= FAN_AGE], default=ages[0]))


def past_of(
    treaty: Treaty, threshold: int, ages: Sequence[int], without: frozenset[str], until: date
) -> list[Past]:
    """Return what would have been forecast for a treaty of the base set."""
    seen = min(treaty.opened + timedelta(days=int(treaty.seen)), until)
    days = treaty.consented.nth(threshold)
    reached = treaty.opened + timedelta(days=int(days)) if days <= treaty.seen else None
    happened = reached if reached is not None and reached <= seen else None
    told = []
    for age in ages:
        day = treaty.opened + timedelta(days=age)
        if day < seen and (happened is None or day < happened):
            made = forecast_then(treaty.treaty, threshold, age, without)
            told.append(Past(treaty.treaty, age, made, happened, seen))
    return told


@remembered(maxsize=KEPT)
def forecast_then(treaty: str, threshold: int, age: int, without: frozenset[str]) -> Forecast:
    """Return what would have been forecast for a treaty of the base set at an age in days."""
    (subject,) = (one for one in base_pool() if one.treaty == treaty)
    day = subject.opened + timedelta(days=age)
    return forecast(_known(subject, day), threshold, known_in(day.year, without))


def shown_treaties(found: ConventionForecast) -> list[Past]:
    """Return what would have been forecast for known treaties, by treaty and age.

    None of them is learnt from. The convention asked about is not among them: it has its
    own history.
    """
    told = []
    own, without = base_treaty(found.convention), frozenset(SHOWN)
    for treaty in base_pool():
        if treaty.treaty in SHOWN and treaty.treaty != own:
            threshold = SHOWN[treaty.treaty]
            told += past_of(treaty, threshold, SHOWN_AGES, without, found.as_of)
    return told


def remember_shown() -> None:
    """Make the forecasts that are told beside every convention, so that they are remembered.

    The models that they take are forgotten: who asks next needs others.
    """
    for treaty in base_pool():
        if treaty.treaty in SHOWN:
            past_of(treaty, SHOWN[treaty.treaty], SHOWN_AGES, frozenset(SHOWN), date.max)
    forget_models()


def thresholds_in_sources(treaties: pd.DataFrame) -> dict[str, int]:
    """Return the thresholds of treaties of the base set that a source of the data gives."""
    known = treaties.dropna(subset=["threshold"])
    found = {str(row["treaty"]): int(row["threshold"]) for row in known.to_dict("records")}
    return found | {base_treaty(c): c.threshold for c in load_conventions().values()}


def _known(treaty: Treaty, day: date) -> Known:
    age = float((day - treaty.opened).days)
    now = situation(treaty.signed, treaty.consented, treaty.opened, age, groups())
    return Known(treaty.opened, day, treaty.signed, treaty.consented, now)
