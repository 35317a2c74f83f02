"""The law of entry into force: delays, thresholds and the nth instrument.

Pure functions on days. Everything here works on windows (`earliest`..`latest`),
because for some deposits only a period is known: a day that does not depend on
the unknown is given as a day, any other as the window it must lie in.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

import numpy as np
import pandas as pd

from adoption.core.errors import AdoptionError
from adoption.core.text import when_long

End = Literal["earliest", "latest"]  # of the window in which something happened
ENDS: tuple[End, End] = ("earliest", "latest")
AS_MEMBER = "as_member_"  # before the names of a window: of a consent by a member, as such
MAX_DELAY_DAYS, MAX_DELAY_MONTHS = 3660, 120  # ten years
WITHIN = re.compile(r"(\d{1,4}) (day|month|year)s?")
MIN_DAYS, MAX_DAYS = 30, 1827  # the treaties of the past say nothing firm of other times


@dataclass(frozen=True)
class Delay:
    """The time from the decisive deposit to entry into force.

    Exactly one of the four is set.

    Attributes
    ----------
    days : int, optional
        "On the nth day after the date of deposit": the date of deposit plus n days.
    months : int, optional
        "On the first day of the month following the expiration of a period of n
        months after the date": the rule of the Council of Europe.
    months_after : int, optional
        "n months after the date": the same day of a later month (Covenant on Civil and Political
        Rights, article 49).
    month_after_days : int, optional
        "On the first day of the month after the nth day": the rule of the Rome Statute,
        article 126.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # as the registry writes it: no other field

    days: int | None = None
    months: int | None = None
    months_after: int | None = None
    month_after_days: int | None = None

    def __post_init__(self) -> None:
        in_days = [number for number in (self.days, self.month_after_days) if number is not None]
        in_months = [number for number in (self.months, self.months_after) if number is not None]
        if len(in_days) + len(in_months) != 1:
            raise ValueError("a delay is either in days or in months")
        within_days = all(0 <= number <= MAX_DELAY_DAYS for number in in_days)
        if not within_days or not all(0 <= number <= MAX_DELAY_MONTHS for number in in_months):
            raise ValueError(
                f"a delay has 0 to {MAX_DELAY_DAYS} days, or 0 to {MAX_DELAY_MONTHS} months"
            )

    def after(self, deposit: date) -> date:
        """Return the day of entry into force that follows from a day of deposit.

        Examples
        --------
        UNTOC, article 38 (1), and the Budapest Convention, article 36 (3):

        >>> Delay(days=90).after(date(2003, 7, 1))
        datetime.date(2003, 9, 29)
        >>> Delay(months=3).after(date(2004, 3, 18))
        datetime.date(2004, 7, 1)

        The Covenant on Civil and Political Rights, article 49 (1), and the Rome Statute,
        article 126 (1):

        >>> Delay(months_after=3).after(date(1975, 12, 23))
        datetime.date(1976, 3, 23)
        >>> Delay(month_after_days=60).after(date(2002, 4, 11))
        datetime.date(2002, 7, 1)
        """
        if self.days is not None:
            return deposit + timedelta(days=self.days)
        if self.months_after is not None:
            return add_months(deposit, self.months_after)
        if self.month_after_days is not None:
            counted_from = deposit + timedelta(days=self.month_after_days)
            return add_months(counted_from.replace(day=1), 1)
        return add_months(deposit.replace(day=1), (self.months or 0) + 1)

    def after_each(self, deposits: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
        """Return `after` for many days at once; missing where the day is missing."""
        if self.days is not None:
            return deposits + pd.Timedelta(days=self.days)
        if self.months_after is not None:
            return deposits + pd.DateOffset(months=self.months_after)
        counted_from = deposits + pd.Timedelta(days=self.month_after_days or 0)
        after = np.timedelta64((self.months or 0) + 1, "M")
        months = counted_from.to_numpy(dtype="datetime64[M]") + after
        return pd.Series(months.astype("datetime64[us]"), deposits.index)

    def __str__(self) -> str:
        if self.days == 0:
            return "day of the deposit"
        if self.days is not None:
            return f"{ordinal(self.days)} day after the deposit"
        if self.months_after is not None:
            return f"day {self.months_after} months after the deposit"
        if self.month_after_days is not None:
            nth = ordinal(self.month_after_days)
            return f"first day of the month after the {nth} day from the deposit"
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


def window_in_words(window: Window) -> str:
    """Return a window without its preposition where it is a day, as a sentence has it."""
    return when_long(window.earliest, window.latest).removeprefix("on ")


@dataclass(frozen=True)
class Threshold:
    """How many instruments bring a convention into force.

    Attributes
    ----------
    instruments : int
        Number of counted instruments.
    special : int
        How many of them, at least, must come from the special group (for the Budapest
        Convention: member states of the Council of Europe).
    """

    instruments: int
    special: int = 0

    def first_day(self, spells: pd.DataFrame, begins: str, ends: str) -> date | None:
        """Return the first day on which enough consents stand, or None.

        Parameters
        ----------
        spells : DataFrame
            Consents that count: the columns `begins` and `ends` (datetime64, `ends` missing
            while a consent stands); with a special minimum also both with `AS_MEMBER` before
            their names, of the time in which a consent stood and its participant was a member
            (`begins` missing where it never was).
        begins, ends : str
            Which ends of the windows are taken.
        """
        starts = spells[begins].to_numpy()
        stops = spells[ends].to_numpy()
        days = np.sort(starts)
        of_members = np.full(len(days), True)
        if self.special:
            members = spells[spells[AS_MEMBER + begins].notna()]
            entered, left = (members[AS_MEMBER + name].to_numpy() for name in (begins, ends))
            days = np.sort(np.concatenate([starts, entered]))
            of_members = standing(entered, left, days) >= self.special
        enough = of_members & (standing(starts, stops, days) >= self.instruments)
        return pd.Timestamp(days[enough][0]).date() if enough.any() else None

    def ends(self, spells: pd.DataFrame) -> tuple[date | None, date | None]:
        """Return the earliest and the latest day on which enough consents can first stand.

        For the earliest day each consent is at the start of its window and each withdrawal at the
        end; for the latest day the other way round.

        Examples
        --------
        >>> days = pd.to_datetime(["2030-01-01", "2030-03-01"])
        >>> consents = pd.DataFrame({"begins_earliest": days[0], "begins_latest": days,
        ...     "ends_earliest": pd.NaT, "ends_latest": pd.NaT})
        >>> Threshold(2).ends(consents)
        (datetime.date(2030, 1, 1), datetime.date(2030, 3, 1))
        """
        return (
            self.first_day(spells, "begins_earliest", "ends_latest"),
            self.first_day(spells, "begins_latest", "ends_earliest"),
        )

    def lacking(self, instruments: int, of_members: int) -> int:
        """Return how many more are needed, where some stand and some of them are of members.

        Examples
        --------
        >>> Threshold(5, special=3).lacking(5, 1), Threshold(5, special=3).lacking(2, 2)
        (2, 3)
        """
        return max(self.instruments - instruments, self.special - of_members, 0)

    def reached(self, spells: pd.DataFrame) -> Window | None:
        """Return when the threshold was reached, or None if it was not for certain."""
        soonest, surest = self.ends(spells)
        return None if soonest is None or surest is None else Window(soonest, surest)


def standing(starts: np.ndarray, stops: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Return how many periods include each day; a stop that is missing never comes.

    Examples
    --------
    >>> starts, stops = np.array([["2001-01-01", "2001-02-01"], ["NaT", "NaT"]], "M8[D]")
    >>> standing(starts, stops, np.array(["2001-01-31", "2001-02-01"], "M8[D]")).tolist()
    [1, 2]
    """
    # One that may have left before it had certainly come never certainly stands.
    stops = np.where(stops < starts, starts, stops)
    begun = np.sort(starts).searchsorted(days, side="right")
    over = np.sort(stops[~np.isnat(stops)]).searchsorted(days, side="right")
    return np.asarray(begun - over)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where there is none.

    Examples
    --------
    >>> add_months(date(2004, 11, 30), 3)
    datetime.date(2005, 2, 28)
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last_day))


def ordinal(number: int) -> str:
    """Return a number as an English ordinal: 1st, 22nd, 40th, 113th.

    Examples
    --------
    >>> [ordinal(n) for n in (1, 2, 3, 11, 12, 22, 40, 101, 113)]
    ['1st', '2nd', '3rd', '11th', '12th', '22nd', '40th', '101st', '113th']
    """
    teens = 10 <= number % 100 <= 20
    suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def end_of(within: str, as_of: date) -> date:
    """Return the last day of a length of time such as "1 year" from a day.

    Examples
    --------
    >>> end_of("18 months", date(2026, 11, 26))
    datetime.date(2028, 5, 26)
    """
    matched = WITHIN.fullmatch(str(within).strip().lower())
    if matched is None:
        raise AdoptionError(f"within: {within!r}; allowed: a number of days, months or years")
    number, unit = int(matched[1]), matched[2]
    months = number * (12 if unit == "year" else 1)
    end = as_of + timedelta(days=number) if unit == "day" else add_months(as_of, months)
    if not MIN_DAYS <= (end - as_of).days <= MAX_DAYS:
        raise AdoptionError(f"within: {within!r}; allowed: {MIN_DAYS} days to 5 years")
    return end
