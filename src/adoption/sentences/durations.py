"""Times that states take, as people say them."""

from __future__ import annotations

from math import isfinite

from adoption.forecasting.treaties import YEAR
from adoption.words import counted

FEW_DAYS = 90  # below which a time is said in days


def duration(days: float) -> str:
    """Return a time in days or years, as exact as it carries.

    Examples
    --------
    >>> duration(1), duration(45), duration(1310)
    ('1 day', '45 days', '3.6 years')
    """
    if days < FEW_DAYS:
        return counted(round(days), "day")
    return f"{days / YEAR:.1f} years"


def span(least: float, most: float) -> str:
    """Return a time that is known within bounds, or its interval; no end where it has none.

    Examples
    --------
    >>> span(1143, 1492), span(1143, float("inf")), span(700, 705), span(1, 288)
    ('3.1 to 4.1 years', '3.1 years or more', '700 to 705 days', '1 day to 0.8 years')
    """
    if not isfinite(most):
        return f"{duration(least)} or more" if isfinite(least) else "not reached"
    low, high = duration(least), duration(most)
    if least == most:
        return low
    if low == high:
        return f"{least:,.0f} to {most:,.0f} days"
    unit = high.rpartition(" ")[2]
    return f"{low.removesuffix(f' {unit}')} to {high}"
