"""A forecast: the distribution of the day on which the nth counted instrument is deposited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from adoption.law.rules import add_months

if TYPE_CHECKING:
    from adoption.forecasting.waiting import Steps

HORIZON_YEARS = 30
YEARS_AHEAD = 5
INTERVALS = (50, 80, 95)


@dataclass(frozen=True, eq=False)
class Forecast:
    """When a treaty will have a number of parties, as far as it could be told on a day.

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
    wait : Steps or None
        Distribution of the natural logarithm of the days from `as_of` to the nth consent;
        None where it is reached, or cannot be.
    alike : mapping of str to float
        The treaties that weigh most, by number, most first, with their weights.
    note : str
        What a reader must know beside the figures; may be empty.
    """

    as_of: date
    threshold: int
    consents: int
    signatories: int
    reached: date | None
    wait: Steps | None
    alike: Mapping[str, float]
    note: str = ""

    @property
    def horizon(self) -> date:
        """The last day on which a probability is given: thirty years after `as_of`."""
        return add_months(self.as_of, 12 * HORIZON_YEARS)

    def cdf(self, day: date) -> float:
        """Return the probability that the nth consent is there on a day.

        It does not rise after the horizon: what is missing to 1 there lies beyond, or never.
        """
        if self.reached is not None:
            return float(day >= self.reached)
        days = (min(day, self.horizon) - self.as_of).days
        if self.wait is None or days < 1:
            return 0.0
        return float(self.wait.cdf(np.log(np.array([days + 1e-6])))[0])

    def quantile(self, q: float) -> date | None:
        """Return the first day whose probability is at least q; None if beyond the horizon."""
        if not 0 < q < 1:
            raise ValueError(f"q: {q} does not lie between 0 and 1")
        if self.reached is not None:
            return self.reached
        if self.wait is None:
            return None
        days = np.exp(self.wait.quantile(q))
        if days - 1e-6 > (self.horizon - self.as_of).days:
            return None
        return self.as_of + timedelta(days=max(int(np.ceil(days - 1e-6)), 1))

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
            "most_alike": {treaty: round(weight, 3) for treaty, weight in self.alike.items()},
            "note": self.note,
        }
