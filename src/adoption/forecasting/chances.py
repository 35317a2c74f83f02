"""The chance, by the end of each year, of the nth deposit and of entry into force."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from adoption.forecasting.answer import YEARS_AHEAD, Forecast
from adoption.forecasting.convention import ConventionForecast

ONE_DAY = timedelta(days=1)


def by_year(found: ConventionForecast) -> pd.DataFrame:
    """Return the chances by the end of the year asked about and of the next four."""
    rows = []
    for year in range(found.as_of.year, found.as_of.year + YEARS_AHEAD):
        ends = date(year, 12, 31)
        in_time = last_deposit(found, ends)
        row: dict[str, object] = {"ends": pd.Timestamp(ends), "last_deposit": pd.Timestamp(in_time)}
        for prefix, forecast in (("", found.firm), ("counted_", found.counted)):
            row[f"{prefix}deposited"] = forecast.cdf(ends)
            row[f"{prefix}in_force"] = forecast.cdf(in_time)
        rows.append(row)
    return pd.DataFrame(rows)


def last_deposit(found: ConventionForecast, day: date) -> date:
    """Return the last day on which the nth deposit brings a convention into force by a day."""
    deposit = day
    while (force := found.in_force(deposit)) is not None and force > day:
        deposit -= ONE_DAY
    return deposit


def unseen(found: ConventionForecast, forecast: Forecast) -> float:
    """Return the chance that the nth deposit lies between what is known and the day asked about."""
    return forecast.cdf(found.as_of)


def unseen_force(found: ConventionForecast, forecast: Forecast) -> float:
    """Return the chance that a convention is in force on the day asked about."""
    return forecast.cdf(last_deposit(found, found.as_of))
