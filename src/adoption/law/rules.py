"""The law of entry into force: delays, thresholds and the nth instrument.

Pure functions on days. Everything here works on windows (`earliest`..`latest`),
because for some deposits only a period is known: a day that does not depend on
the unknown is given as a day, any other as the window it must lie in.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

LONGEST_DELAY = 3660  # days: ten years


@dataclass(frozen=True)
class Delay:
    """The time from the decisive deposit to entry into force.

    Exactly one of the two is set.

    Attributes
    ----------
    days : int, optional
        "On the nth day after the date of deposit": the date of deposit plus n days.
    months : int, optional
        "On the first day of the month following the expiration of a period of n
        months after the date": the rule of the Council of Europe.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # as the registry writes it: no other field

    days: int | None = None
    months: int | None = None

    def __post_init__(self) -> None:
        if (self.days is None) == (self.months is None):
            raise ValueError("a delay is either in days or in months")
        if not 0 <= (self.days or 0) <= LONGEST_DELAY or not 0 <= (self.months or 0) <= 120:
            raise ValueError(f"a delay has 0 to {LONGEST_DELAY} days, or 0 to 120 months")

    def after(self, deposit: date) -> date:
        """Return the day of entry into force that follows from a day of deposit.

        Examples
        --------
        UNTOC, article 38 (1), and the Budapest Convention, article 36 (3):

        >>> Delay(days=90).after(date(2003, 7, 1))
        datetime.date(2003, 9, 29)
        >>> Delay(months=3).after(date(2004, 3, 18))
        datetime.date(2004, 7, 1)
        """
        if self.days is not None:
            return deposit + timedelta(days=self.days)
        assert self.months is not None
        return _first_of_month(add_months(deposit, self.months), following=1)

    def __str__(self) -> str:
        if self.days is not None:
            return f"{ordinal(self.days)} day after the deposit"
        return f"first day of the month after {self.months} months from the deposit"


@dataclass(frozen=True)
class Window:
    """The days between which something happened; one day where it is known."""

    earliest: date
    latest: date

    @property
    def day(self) -> date | None:
        """The day itself, or None where only a window is known."""
        return self.earliest if self.earliest == self.latest else None

    def __str__(self) -> str:
        if self.day:
            return self.day.isoformat()
        return f"{self.earliest.isoformat()}..{self.latest.isoformat()}"


@dataclass(frozen=True)
class Deposit:
    """One instrument that may count towards a threshold.

    Attributes
    ----------
    participant : str
        ISO 3166-1 alpha-3 code of the state.
    window : Window
        The day of deposit, or the window it lies in.
    special : bool
        Whether the participant belongs to the group of which a minimum is required
        (for the Budapest Convention: member states of the Council of Europe).
    withdrawn : Window, optional
        When a withdrawal took effect, if one did.
    grade : str
        How well the deposit is supported.
    """

    participant: str
    window: Window
    special: bool = False
    withdrawn: Window | None = None
    grade: str = "confirmed"


@dataclass(frozen=True)
class Threshold:
    """How many instruments bring a convention into force.

    Attributes
    ----------
    instruments : int
        Number of counted instruments.
    special : int
        How many of them, at least, must come from the special group.
    """

    instruments: int
    special: int = 0

    def first_day(self, deposits: Sequence[tuple[date, date | None, bool]]) -> date | None:
        """Return the first day on which enough instruments stand, or None."""
        for day in sorted({deposit for deposit, _, _ in deposits}):
            standing = [
                special
                for deposit, withdrawal, special in deposits
                if deposit <= day and (withdrawal is None or withdrawal > day)
            ]
            if len(standing) >= self.instruments and sum(standing) >= self.special:
                return day
        return None

    def reached(self, deposits: Sequence[Deposit]) -> Window | None:
        """Return when the threshold was reached, or None if it was not for certain.

        The earliest possible day takes every deposit at the start of its window and
        every withdrawal at the end; the latest possible day the other way round.

        Examples
        --------
        >>> day = date(2030, 1, 1)
        >>> Threshold(1).reached([Deposit("QAT", Window(day, day))]).day
        datetime.date(2030, 1, 1)
        """
        soonest, surest = self.ends(deposits)
        return None if soonest is None or surest is None else Window(soonest, surest)

    def ends(self, deposits: Sequence[Deposit]) -> tuple[date | None, date | None]:
        """Return the earliest and the latest day on which enough instruments can first stand."""
        soonest, surest = [], []
        for d in deposits:
            gone = (d.withdrawn.latest, d.withdrawn.earliest) if d.withdrawn else (None, None)
            soonest.append((d.window.earliest, gone[0], d.special))
            surest.append((d.window.latest, gone[1], d.special))
        return self.first_day(soonest), self.first_day(surest)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where there is none.

    Examples
    --------
    >>> add_months(date(2004, 11, 30), 3)
    datetime.date(2005, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def ordinal(number: int) -> str:
    """Return a number as an English ordinal: 1st, 22nd, 40th, 113th.

    Examples
    --------
    >>> [ordinal(n) for n in (1, 22, 40, 113)]
    ['1st', '22nd', '40th', '113th']
    """
    teens = 10 <= number % 100 <= 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _first_of_month(day: date, following: int) -> date:
    return add_months(day.replace(day=1), following)
