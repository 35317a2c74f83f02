"""All that is asked of one convention's entry into force, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from adoption.forecasting import chances, history
from adoption.forecasting.assumptions import Alternative, alternatives
from adoption.forecasting.convention import ConventionForecast, Reading, forecast_convention
from adoption.forecasting.fan import fans
from adoption.forecasting.history import Past
from adoption.law.conventions import Convention
from adoption.law.status import Status, load_status


@dataclass(frozen=True, eq=False)
class Entry:
    """A convention's entry into force, as known and as forecast.

    Attributes
    ----------
    status : Status
        The convention on the day.
    found : ConventionForecast
        The forecast of the day.
    told : dict of Reading to list of Past
        What would have been forecast at each age.
    drawn : ConventionForecast or None
        The forecast that is drawn and taken apart, from `adoption.forecasting.history.drawn`.
    """

    status: Status
    found: ConventionForecast
    told: dict[Reading, list[Past]]
    drawn: ConventionForecast | None

    def chances(self) -> pd.DataFrame:
        """Return `adoption.forecasting.chances.by_year`."""
        return chances.by_year(self.found)

    def fans(self) -> dict[Reading, pd.DataFrame]:
        """Return `adoption.forecasting.fan.fans` of the forecast that is drawn."""
        return fans(self.drawn)

    def others(self) -> list[Past]:
        """Return `adoption.forecasting.history.shown_treaties`."""
        return history.shown_treaties(self.found)

    def alternatives(self) -> list[Alternative]:
        """Return `adoption.forecasting.assumptions.alternatives` to the forecast that is drawn."""
        return alternatives(self.drawn)


def load_entry(convention: Convention, as_of: date) -> Entry:
    """Forecast a convention's entry into force from the processed tables.

    Parameters
    ----------
    convention : Convention
        Of the registry.
    as_of : date
        From its opening on.

    Raises
    ------
    AdoptionError
        If it had not opened by the day.
    """
    found = forecast_convention(convention, as_of)
    status = load_status(convention.convention, as_of)
    nth = status.nth_instrument
    told, drawn = history.history(found, nth), history.drawn(found, nth)
    return Entry(status, found, told, drawn)
