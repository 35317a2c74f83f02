"""How long a publisher asks to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_asked(value: str, date: str, now: datetime) -> float | None:
    """Return the seconds that a header Retry-After asks to wait.

    Examples
    --------
    >>> now = datetime(2026, 11, 24, tzinfo=UTC)
    >>> seconds_asked("120", "", now)
    120.0
    >>> seconds_asked("Tue, 24 Nov 2026 00:01:00 GMT", "", now)
    60.0
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    until = moment_of(value)
    if until is None:
        return None
    return max(0.0, (until - (moment_of(date) or now)).total_seconds())


def moment_of(text: str) -> datetime | None:
    """Return the moment that a header names, in UTC; None if it names none."""
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
