"""The forecast for a convention of the registry, under both readings of uncertain acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from adoption import tables
from adoption.choices import to_day
from adoption.errors import AdoptionError
from adoption.forecasting import pool as pools
from adoption.forecasting.answer import Forecast
from adoption.forecasting.known import Known, known_on
from adoption.forecasting.learnt import base_pool
from adoption.forecasting.pool import Treaty
from adoption.forecasting.threshold import forecast
from adoption.law.placement import age_on, base_treaty

if TYPE_CHECKING:
    from adoption.law.conventions import Convention


Reading = Literal["not counted", "counted"]

READINGS: tuple[Reading, ...] = ("not counted", "counted")


@dataclass(frozen=True, eq=False)
class ConventionForecast:
    """When a convention will have its nth counted instrument, and enter into force.

    Attributes
    ----------
    convention : Convention
        Which convention.
    as_of : date
        The day asked about.
    made_on : date
        The day on which the forecast starts: `as_of`, or the last day for which the list of
        acts is complete or nearly so, if that is earlier. After it no act known is not no act.
    pool : tuple of Treaty
        What it learns from: the base set as it was known on the day, without the convention.
    known : dict of Reading to Known
        What is known of the convention on that day, and by `as_of` of what was done since; acts
        that are reported or have no day not counted and counted.
    forecasts : dict of Reading to Forecast
        The forecasts.
    """

    convention: Convention
    as_of: date
    made_on: date
    pool: tuple[Treaty, ...]
    known: dict[Reading, Known]
    forecasts: dict[Reading, Forecast]

    @property
    def firm(self) -> Forecast:
        """The forecast in which reported and undated acts do not count."""
        return self.forecasts["not counted"]

    @property
    def counted(self) -> Forecast:
        """The forecast in which they count."""
        return self.forecasts["counted"]

    def quantile(self, q: float) -> date | None:
        """Return the first day by which the deposit is there with a probability; None if beyond."""
        return self.firm.quantile(q)

    def cdf(self, day: date | str) -> float:
        """Return the probability that the deposit is there on a day."""
        return self.firm.cdf(to_day(day, "day"))

    def summary(self) -> dict[str, Any]:
        """Return the forecast without reported acts as plain values for JSON."""
        return self.firm.summary(self.as_of.year)

    @property
    def readings_differ(self) -> bool:
        """Whether any act is known that is reported or has no day."""
        one, other = ((known.now, known.later, known.signed.iso3) for known in self.known.values())
        return one != other

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings to tell of: where nothing is forecast, all that is known counts."""
        if why_none(self.convention):
            return ("counted",)
        return READINGS if self.readings_differ else READINGS[:1]

    def signatories(self, reading: Reading) -> int | None:
        """Return how many states are known to have signed; None where no source names them."""
        if not self.convention.signatories_listed:
            return None
        return len(self.known[reading].signed.iso3)

    @property
    def by_law(self) -> bool:
        """Whether the number asked about is that of the convention's own rule."""
        return self.firm.threshold == self.convention.threshold

    def in_force(self, deposit: date | None) -> date | None:
        """Return the day of entry into force that follows from the nth deposit."""
        return None if deposit is None else self.convention.delay.after(deposit)

    def to_dict(self) -> dict[str, Any]:
        """Return the forecast as plain values for JSON."""

        def one(reading: Reading) -> dict[str, Any]:
            found = self.forecasts[reading]
            told = found.summary(self.as_of.year)
            del told["as_of"]  # that is made_on
            told["signatories"] = self.signatories(reading)
            told["chance_by_as_of"] = round(found.cdf(self.as_of), 3)
            if why_none(self.convention):
                told = {
                    name: told[name]
                    for name in (
                        "threshold",
                        "consents",
                        "signatories",
                        "reached",
                        "median",
                        "note",
                    )
                }
            force = self.in_force(found.quantile(0.5)) if self.by_law else None
            return told | {"median_entry_into_force": None if force is None else force.isoformat()}

        return {
            "convention": self.convention.convention,
            "as_of": self.as_of.isoformat(),
            "made_on": self.made_on.isoformat(),
            "opened": self.convention.opens.isoformat(),
            "rule": self.convention.rule_in_words(),
            "event": f"deposit of instrument {self.firm.threshold} by a state",
            "reach": self.convention.reach,
            "treaties_learnt_from": len(self.pool),
            "reported_and_undated_acts": {
                reading: one(reading)
                for reading in (self.readings if why_none(self.convention) else READINGS)
            },
        }


def acts_of(convention: Convention, acts: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the acts on a convention under a reading."""
    own = acts[acts["convention"] == convention.convention]
    if reading == "counted":
        return own
    return own[(own["grade"] != "reported") & own["date"].notna()]


def pool_for(convention: Convention, as_of: date) -> tuple[Treaty, ...]:
    """Return what could be learnt from on a day: the base set as known, without a convention."""
    number = base_treaty(convention)
    return tuple(t for t in pools.known_on(base_pool(), as_of) if t.treaty != number)


def start_day(convention: Convention, as_of: date) -> date:
    """Return the last day up to a day for which the list of acts is complete, or nearly so.

    Of a list that never is (`why_none`), the last day on which anything is known.
    """
    reach = convention.nearly_complete_to or convention.complete_to or convention.partial_to
    return as_of if reach is None else min(as_of, max(reach, convention.opens))


def why_none(convention: Convention) -> str:
    """Return why nothing can be forecast of a convention, as a clause; empty where it can.

    Examples
    --------
    >>> from adoption.law.conventions import find_convention
    >>> why_none(find_convention("malabo")), why_none(find_convention("hanoi"))
    ('who has signed is not named in any source seen', '')
    """
    if not convention.signatories_listed:
        return "who has signed is not named in any source seen"
    if convention.nearly_complete_to is None and convention.complete_to is None:
        return "its list of acts is not complete, or nearly so, to any day"
    return ""


def forecast_convention(
    convention: Convention,
    as_of: date,
    *,
    pool: Sequence[Treaty] | None = None,
    threshold: int | None = None,
    seed: int = 0,
) -> ConventionForecast:
    """Forecast when a convention enters into force.

    Parameters
    ----------
    convention : Convention
        Of the registry.
    as_of : date
        From its opening on.
    pool : sequence of Treaty, optional
        What to learn from; by default `pool_for`.
    threshold : int, optional
        Another number of instruments than the convention's.
    seed : int
        The same seed gives the same forecast.

    Raises
    ------
    AdoptionError
        If it had not opened by the day, or the day is after that of the data.
    """
    age_on(convention, as_of)
    if as_of > tables.data_day():
        raise AdoptionError(f"as_of: {as_of} is after {tables.data_day()}, the day of the data")
    made_on, none = start_day(convention, as_of), why_none(convention)
    learnt_from = pool_for(convention, made_on) if pool is None else tuple(pool)
    acts = tables.read("acts")
    known = {
        reading: known_on(
            acts_of(convention, acts, "counted" if none else reading),
            convention.opens,
            made_on,
            as_of,
        )
        for reading in READINGS
    }
    number = threshold or convention.threshold

    def answer(known: Known) -> Forecast:
        if none and known.consents < number:
            return Forecast(
                made_on, number, known.consents, known.now.signatories, None, None, {}, none
            )
        return forecast(known, number, learnt_from, seed)

    return ConventionForecast(
        convention=convention,
        as_of=as_of,
        made_on=made_on,
        pool=learnt_from,
        known=known,
        forecasts={reading: answer(one) for reading, one in known.items()},
    )
