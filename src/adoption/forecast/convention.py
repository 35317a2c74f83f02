"""The forecast for a convention of the registry, under both readings of uncertain acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from adoption import tables
from adoption.errors import AdoptionError
from adoption.forecast import pool as pools
from adoption.forecast.known import known_on
from adoption.forecast.learnt import base_pool
from adoption.forecast.threshold import forecast
from adoption.placement import age_on, base_treaty

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from adoption.conventions import Convention
    from adoption.forecast.answer import Forecast
    from adoption.forecast.known import Known
    from adoption.forecast.pool import Treaty

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
        The day on which the forecast is made: `as_of`, or the last day of which anything is
        known of the convention, if that is earlier. After it no act known is not no act.
    pool : tuple of Treaty
        What it learns from: the base set as it was known on the day, without the convention.
    known : dict of Reading to Known
        What is known of the convention, acts that are reported or have no day not counted
        and counted.
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

    @property
    def readings_differ(self) -> bool:
        """Whether any act is known that is reported or has no day."""
        return self.known["counted"].now != self.known["not counted"].now

    @property
    def by_law(self) -> bool:
        """Whether the number asked about is that of the convention's own rule."""
        return self.firm.threshold == self.convention.threshold

    def in_force(self, deposit: date | None) -> date | None:
        """Return the day of entry into force that follows from the nth deposit."""
        return None if deposit is None else self.convention.delay.delay().after(deposit)

    def to_dict(self) -> dict[str, Any]:
        """Return the forecast as plain values for JSON."""

        def one(reading: Reading) -> dict[str, Any]:
            found = self.forecasts[reading]
            told = found.summary(self.as_of.year)
            del told["as_of"]  # that is made_on
            if not self.convention.signatories_listed:
                told["signatories"] = None
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
            "reported_and_undated_acts": {reading: one(reading) for reading in READINGS},
        }


def acts_of(convention: Convention, acts: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the acts on a convention under a reading.

    Parameters
    ----------
    convention : Convention
        Which convention.
    acts : DataFrame
        The table `acts`.
    reading : Reading
        Whether acts that are only reported, or whose day is not known, count.
    """
    own = acts[acts["convention"] == convention.convention]
    if reading == "counted":
        return own
    return own[(own["grade"] != "reported") & own["date"].notna()]


def pool_for(convention: Convention, as_of: date) -> tuple[Treaty, ...]:
    """Return what could be learnt from on a day: the base set as known, without a convention."""
    number = base_treaty(convention)
    return tuple(t for t in pools.known_on(base_pool(), as_of) if t.treaty != number)


def last_known(convention: Convention, as_of: date) -> date:
    """Return the last day up to a day of which anything is known of a convention."""
    reach = convention.partial_to or convention.complete_to
    return as_of if reach is None else min(as_of, max(reach, convention.opens))


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
    made_on = last_known(convention, as_of)
    learnt_from = pool_for(convention, made_on) if pool is None else tuple(pool)
    acts = tables.read("acts")
    known = {
        reading: known_on(acts_of(convention, acts, reading), convention.opens, made_on)
        for reading in READINGS
    }
    return ConventionForecast(
        convention=convention,
        as_of=as_of,
        made_on=made_on,
        pool=learnt_from,
        known=known,
        forecasts={
            reading: forecast(known[reading], threshold or convention.threshold, learnt_from, seed)
            for reading in READINGS
        },
    )
