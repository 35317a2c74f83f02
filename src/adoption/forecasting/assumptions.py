"""What the answer would be under other assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from adoption.forecasting.answer import HORIZON_YEARS, Forecast
from adoption.forecasting.baselines import climatology, pace
from adoption.forecasting.cases import YEAR, situation
from adoption.forecasting.convention import ConventionForecast
from adoption.forecasting.known import Known
from adoption.forecasting.learnt import groups
from adoption.forecasting.pool import Acts, Treaty
from adoption.forecasting.threshold import forecast
from adoption.forecasting.waiting import Steps

MAIN = "main"
COUNTED = "counted"
RECENT, MANY = "since 1990", "30 parties"
DEPOSITS, QUIET = "deposits", "quiet year"
SEED = "seed"
CLIMATOLOGY, PACE = "climatology", "pace"
PLAIN = (CLIMATOLOGY, PACE)  # methods, not assumptions

RECENT_SINCE = date(1990, 1, 1)
MANY_PARTIES = 30
DEPOSITED = 5  # signatories that deposit on the day
A_YEAR = 365  # days
SEEDS = (1, 2)
FEWEST_TREATIES = 20  # fewer treaties than these are not learnt from
PACE_FROM = 30  # days: before that there is no pace
POINTS = 2000  # days of a distribution that is no step function


@dataclass(frozen=True, eq=False)
class Alternative:
    """A forecast under another assumption.

    Attributes
    ----------
    key : str
        One of the names of this module.
    forecast : Forecast
        The forecast.
    treaties : int
        How many treaties it has learnt from.
    """

    key: str
    forecast: Forecast
    treaties: int

    def shift(self, main: Alternative) -> float | None:
        """Return by how many years its median lies after another; None if one is beyond."""
        own, other = self.forecast.quantile(0.5), main.forecast.quantile(0.5)
        return None if own is None or other is None else (own - other).days / YEAR


def alternatives(found: ConventionForecast | None) -> list[Alternative]:
    """Return the forecast and those under other assumptions."""
    if found is None or found.firm.wait is None:
        return []
    firm, known, pool = found.firm, found.known["not counted"], found.pool
    threshold, here = firm.threshold, len(found.pool)
    main = Alternative(MAIN, firm, here)
    made = [main]
    if found.readings_differ and found.counted.reached is None:
        made.append(Alternative(COUNTED, found.counted, here))
    for key, part in (
        (RECENT, [t for t in pool if t.opened >= RECENT_SINCE]),
        (MANY, [t for t in pool if len(t.consented.day) >= MANY_PARTIES]),
    ):
        if len(part) >= FEWEST_TREATIES:
            made.append(Alternative(key, forecast(known, threshold, part), len(part)))
    if known.now.waiting:
        more = after_deposits(known, DEPOSITED)
        if more.consents < threshold:
            made.append(Alternative(DEPOSITS, forecast(more, threshold, pool), here))
    quiet = after_quiet(known, A_YEAR)
    made.append(Alternative(QUIET, forecast(quiet, threshold, pool), here))
    seeds = [Alternative(SEED, forecast(known, threshold, pool, seed), here) for seed in SEEDS]
    made.append(max(seeds, key=lambda one: abs(one.shift(main) or 0.0)))
    made.append(Alternative(CLIMATOLOGY, by_climatology(firm, known, pool), here))
    if known.now.age >= PACE_FROM:
        made.append(Alternative(PACE, by_pace(firm, known), 0))
    return made


def after_deposits(known: Known, number: int) -> Known:
    """Return what would be known if some signatories deposited on the day.

    They are the first of those without a consent, in the order of their signatures; who
    they are makes no difference to the forecast.
    """
    age = known.now.age
    have, place = known.consented, known.consented.by(age)
    signed = known.signed.iso3[: known.signed.by(age)]
    who = [iso3 for iso3 in signed if iso3 not in have.iso3][:number]
    consented = Acts(
        (*have.iso3[:place], *who, *have.iso3[place:]),
        np.insert(have.day, place, [age] * len(who)),
    )
    now = situation(known.signed, consented, known.opened, age, groups())
    return replace(known, consented=consented, now=now)


def after_quiet(known: Known, days: int) -> Known:
    """Return what would be known some days later if nobody signed or consented until then."""
    now = situation(known.signed, known.consented, known.opened, known.now.age + days, groups())
    later = max(known.consents - now.consents, 0)
    return replace(known, as_of=known.as_of + timedelta(days=days), now=now, later=later)


def by_climatology(firm: Forecast, known: Known, pool: Sequence[Treaty]) -> Forecast:
    """Return the forecast that all treaties of this age wait alike."""
    waits = climatology(pool, known.now.age, firm.threshold)
    log_waits = Steps(np.log(np.maximum(waits.at, 1.0)), waits.height)
    return replace(firm, wait=log_waits, alike={})


def by_pace(firm: Forecast, known: Known) -> Forecast:
    """Return the forecast that consents go on to come at the pace of the last year."""
    days = np.exp(np.linspace(0.0, np.log((HORIZON_YEARS + 1) * YEAR), POINTS))
    needed = firm.threshold - known.consents
    chance = pace(known.now.consents_year, known.now.age, needed, days)
    return replace(firm, wait=Steps(np.log(days), chance), alike={})
