"""Shared by the tests of an entry into force: made-up forecasts, and real ones made once."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from adoption.forecasting.answer import Forecast
from adoption.forecasting.assumptions import Alternative
from adoption.forecasting.convention import ConventionForecast
from adoption.forecasting.entry import Entry, load_entry
from adoption.forecasting.history import Past
from adoption.forecasting.known import known_on
from adoption.forecasting.waiting import Steps
from adoption.law.conventions import load_conventions
from tests.conftest import made_up
from tests.forecast.made import OPENED, Row, frame_of

NEWEST = date(2026, 11, 24)
MADE_ON = OPENED + timedelta(days=100)
TENTHS = (0.1, 0.5, 0.9)
SURE = 10_000  # days


def entry(name: str, day: date = NEWEST) -> Entry:
    """Return the entry into force of a convention; not to be changed."""
    return _entry(name, day)


@cache
def _entry(name: str, day: date) -> Entry:
    return load_entry(load_conventions()[name], day)


@cache
def alternatives(name: str) -> tuple[Alternative, ...]:
    """Return the forecasts under other assumptions of the newest day; not to be changed."""
    return tuple(entry(name).alternatives())


def forecast_of(
    *days: float,
    height: tuple[float, ...] = TENTHS,
    threshold: int = 3,
    consents: int = 0,
    signatories: int = 9,
    as_of: date = MADE_ON,
) -> Forecast:
    """Return a forecast whose probability rises to some heights after some days.

    By default the last tenth comes much later, but before the horizon.
    """
    if height == TENTHS:
        days, height = (*days, max(SURE, days[-1] + 1)), (*height, 1.0)
    steps = Steps(np.log(np.array(days)), np.array(height))
    return Forecast(as_of, threshold, consents, signatories, None, steps, {})


def reached_on(day: date, threshold: int = 3, as_of: date = MADE_ON) -> Forecast:
    """Return the forecast where the threshold is reached."""
    return Forecast(as_of, threshold, threshold, 9, day, None, {})


def found_of(
    firm: Forecast,
    counted: Forecast | None = None,
    *,
    as_of: date = MADE_ON,
    more: tuple[Row, ...] = (),
    **rules: object,
) -> ConventionForecast:
    """Return the forecast of a made-up convention with two signatories and acts more to count."""
    rows: list[Row] = [("FRA", "signature", 0), ("PER", "signature", 0)]
    made_on = firm.as_of
    return ConventionForecast(
        convention=made_up(**rules),
        as_of=as_of,
        made_on=made_on,
        pool=(),
        known={
            "not counted": known_on(frame_of(rows), OPENED, made_on),
            "counted": known_on(frame_of([*rows, *more]), OPENED, made_on),
        },
        forecasts={"not counted": firm, "counted": counted or firm},
    )


def past_of(
    age: int,
    forecast: Forecast,
    happened: date | None = None,
    seen: date = OPENED + timedelta(days=5_000),
    treaty: str = "atlantis",
) -> Past:
    """Return a forecast of the past."""
    return Past(treaty, age, forecast, happened, seen)
