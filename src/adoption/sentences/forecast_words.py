"""Days, intervals and chances of forecasts as people read them."""

from __future__ import annotations

from datetime import date

from adoption.forecasting.forecast import Forecast
from adoption.forecasting.treaties import YEAR
from adoption.words import MONTHS, percent, short_day

SMALLEST = 1e-6  # a model that has seen no case yet has not seen all
FEW_DAYS = 60  # a difference of less is said in days


def month(day: date) -> str:
    """Return the month of a forecast day: its day says more than a forecast knows.

    Examples
    --------
    >>> from datetime import date
    >>> month(date(2032, 8, 24))
    'August 2032'
    """
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """Return the month of a forecast day for charts and tables.

    Examples
    --------
    >>> from datetime import date
    >>> short_month(date(2032, 8, 24))
    'Aug 2032'
    """
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def about(day: date | None, forecast: Forecast) -> str:
    """Return a forecast day, or that it lies beyond the horizon."""
    return f"later than {month(forecast.horizon)}" if day is None else f"about {month(day)}"


def interval(low: date | None, high: date | None, forecast: Forecast) -> str:
    """Return an interval of forecast days, either end of which may lie beyond the horizon."""
    if low is None:
        return f"all of it later than {month(forecast.horizon)}"
    end = f"later than {month(forecast.horizon)}" if high is None else month(high)
    return end if high is not None and month(low) == end else f"{month(low)} to {end}"


def forecast_day(forecast: Forecast) -> str:
    """Return the median of a forecast for a table; the day itself where it is reached."""
    if forecast.reached is not None:
        return f"reached {short_day(forecast.reached)}"
    median = forecast.quantile(0.5)
    return f"after {forecast.horizon.year}" if median is None else short_month(median)


def short_span(forecast: Forecast) -> str:
    """Return the 80% interval of a forecast for a table; no text where it is reached."""
    if forecast.reached is not None:
        return ""
    low, high = forecast.interval(80)
    if low is None:
        return f"after {forecast.horizon.year}"
    end = f"after {forecast.horizon.year}" if high is None else short_month(high)
    return f"{short_month(low)} to {end}"


def chance_in_words(chance: float) -> str:
    """Return a chance of a model in whole per cent; it is never 0% and never 100%.

    Examples
    --------
    >>> chance_in_words(0.174), chance_in_words(0.0), chance_in_words(1.0)
    ('17%', 'under 1%', 'over 99%')
    """
    return percent(min(max(chance, SMALLEST), 1 - SMALLEST), 1)


def years_in_words(years: float) -> str:
    """Return a length of time, in days if it is short.

    Examples
    --------
    >>> years_in_words(3.07), years_in_words(0.1), years_in_words(1.0)
    ('3.1 years', '37 days', '1.0 years')
    """
    days = round(abs(years) * YEAR)
    if days < FEW_DAYS:
        return f"{days} day{'' if days == 1 else 's'}"
    return f"{abs(years):.1f} years"


def change(one: date, other: date) -> str:
    """Return the time between two days, whichever is first.

    Examples
    --------
    >>> from datetime import date
    >>> change(date(2032, 5, 26), date(2029, 5, 2))
    '3.1 years'
    """
    return years_in_words((one - other).days / YEAR)
