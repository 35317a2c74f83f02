"""`forecast_threshold`: when a treaty will have a number of parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from adoption.choices import check_acts, to_day, within
from adoption.errors import AdoptionError
from adoption.forecasting.model import Model, fit, situations
from adoption.forecasting.treaties import (
    Numbers,
    Treaty,
    base_treaties,
    states,
    treaties_from,
    treaty_of,
    without,
)
from adoption.law.rules import add_months

HORIZON_YEARS = 30
YEARS_AHEAD = 5
INTERVALS = (50, 80, 95)
SMALL_TARGET = 10  # consents up to which a threshold is small
MODELS_KEPT = 3
DIGITS = 9  # of a chance, so that a half is a half whichever way the trees' shares are added


def chances(
    model: Model, treaty: Treaty, age: float, targets: Sequence[int], days: Numbers
) -> Numbers:
    """Return the chance of each of some numbers of consents by days after an age.

    Consents that are known to have come since the age are a minimum: nobody knows how many
    others came. Each counts as if it had been given at the age. Of the forecasts with none of
    them, with one, and so on up to all, the highest chance by each day holds. So a day without
    news changes nothing, and one consent more never makes the answer later. To divide by the
    probability of so many consents by their day would do the same, but would call the
    threshold all but reached once a consent came that had been very unlikely.

    Returns
    -------
    array of float, shape (targets, days)
    """
    later = len(treaty.consented.day) - int(treaty.consented.by(age))
    found = np.zeros((len(targets), len(days)))
    for more in range(later + 1):
        known = situations(treaty, np.array([age]), more)
        needed = np.array(targets) - int(known.consents[0])
        found = np.maximum(found, model.chances(known, needed, days))
    return found


@dataclass(frozen=True, eq=False)
class Forecast:
    """When a treaty will have a number of parties, as far as it could be said on a day.

    Attributes
    ----------
    as_of : date
        The day on which it is made; of what came later only consents, as a minimum.
    threshold : int
        The number of consents by states that is asked about.
    consents, signatories : int
        States that had consented and signed by then; consents that are known to have come
        since, which are a minimum, count as well.
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

    def cdf(self, day: date | str) -> float:
        """Return the probability that the nth consent is there on a day.

        It does not rise after the horizon: what is missing to 1 there lies beyond, or never.
        """
        day = to_day(day, "day")
        if self.chance is None:
            return float(self.reached is not None and day >= self.reached)
        days = min((day - self.as_of).days, len(self.chance))
        return round(float(self.chance[days - 1]), DIGITS) if days >= 1 else 0.0

    def quantile(self, q: float) -> date | None:
        """Return the first day whose probability is at least q; None if beyond the horizon."""
        if not 0 < within("q", q, 0, 1) < 1:
            raise AdoptionError(f"q: {q} does not lie between 0 and 1")
        if self.chance is None:
            return self.reached
        days = int(np.searchsorted(self.chance.round(DIGITS), q)) + 1
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

        return {
            "as_of": self.as_of.isoformat(),
            "threshold": self.threshold,
            "consents": self.consents,
            "signatories": self.signatories,
            "reached": text(self.reached),
            "median": text(self.quantile(0.5)),
            "intervals": {str(p): [text(day) for day in self.interval(p)] for p in INTERVALS},
            "chance_by_end_of": {str(y): round(p, 3) for y, p in self.by_year(first).items()},
            "horizon": self.horizon.isoformat(),
            "chance_beyond_horizon": round(1 - self.cdf(self.horizon), 3),
            "note": self.note,
        }


def forecast_threshold(
    acts: pd.DataFrame,
    *,
    opened: date | str,
    threshold: int,
    as_of: date | str,
    base_acts: pd.DataFrame | None = None,
    seed: int = 0,
) -> Forecast:
    """Forecast the day on which a treaty has a number of parties.

    Acts on the treaty after `as_of` are not looked at. Give the last day that the list of acts
    covers: later days without data would count as days without acts. The other treaties, from
    which it is learnt, are taken as they are given: to see what could have been said on a day of
    the past, give the acts of the base set up to that day. A treaty among them with the same
    first day and the same acts is the one asked about, and is left out. The same seed
    gives the same forecast.

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
    number, treaty = _count(threshold), treaty_of(acts, first, day)
    pool = base_treaties() if base_acts is None else treaties_from(base_acts)
    return forecast(treaty, number, day, without(pool, treaty), seed)


def forecast(
    treaty: Treaty, threshold: int, as_of: date, pool: Sequence[Treaty], seed: int = 0
) -> Forecast:
    """Forecast from a treaty, which may be seen beyond the day, and a pool of others.

    Raises
    ------
    AdoptionError
        Where the method does not apply: more parties are asked for than there are states, or
        nobody is known to have signed.
    """
    consents = len(treaty.consented.day)
    signatories = int(treaty.signed.by(float((as_of - treaty.opened).days)))
    made = Forecast(as_of, threshold, consents, signatories)
    if consents >= threshold:
        first, nth = (
            treaty.opened + timedelta(days=int(np.sort(days)[threshold - 1]))
            for days in (treaty.consented.earliest, treaty.consented.day)
        )
        message = "" if first == nth else f"Reached from {first} to {nth}: the day is not known."
        return replace(made, reached=nth, note=message)
    able = len(states())
    if threshold > able:
        raise AdoptionError(
            f"threshold: {threshold} parties can never be reached; there are {able} states"
        )
    if not signatories:
        raise AdoptionError(
            f"forecast: nobody is known to have signed by {as_of}; it is learnt from treaties "
            "that are signed first, and holds for no others"
        )
    days = np.arange(1.0, (made.horizon - as_of).days + 1)
    age = float((as_of - treaty.opened).days)
    chance = chances(model_of(pool, seed), treaty, age, [threshold], days)[0]
    return replace(made, chance=chance, note=_learnt(pool, as_of))


def model_of(pool: Sequence[Treaty], seed: int = 0) -> Model:
    """Return what a pool teaches."""
    return _model_of(_Pool(pool), seed)


class _Pool:
    """Treaties that are equal to others known to the same days, to remember a model by."""

    def __init__(self, treaties: Sequence[Treaty]) -> None:
        self.treaties = treaties
        self.content = tuple(
            (
                t.treaty, t.opened, t.seen, t.signed.iso3, t.consented.iso3,
                *(days.tobytes() for a in (t.signed, t.consented) for days in (a.day, a.earliest)),
            )
            for t in treaties
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pool) and self.content == other.content


@lru_cache(maxsize=MODELS_KEPT)
def _model_of(pool: _Pool, seed: int) -> Model:
    return fit(pool.treaties, seed)


def _learnt(pool: Sequence[Treaty], as_of: date) -> str:
    """Say that later acts on other treaties were learnt from, if any were."""
    newest = max(t.opened + timedelta(days=int(t.seen)) for t in pool)
    if newest <= as_of:
        return ""
    return f"Learnt from acts on other treaties up to {newest}, later than the forecast's day."


def _count(value: object) -> int:
    if isinstance(value, int | float | np.integer) and not isinstance(value, bool):
        number = float(value)
        if number.is_integer() and number >= 1:
            return int(number)
    raise AdoptionError(f"threshold: {value!r} is not a number of parties, 1 or more")
