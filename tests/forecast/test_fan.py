"""The fan: quantiles in order, in agreement with the forecast of the threshold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from adoption.forecasting.answer import Forecast
from adoption.forecasting.fan import LONGEST, PERCENTILES, fan_days, fans, highest
from tests.forecast.entries import entry, forecast_of, found_of, reached_on
from tests.forecast.made import OPENED


def test_quantiles_are_in_order_and_never_fall() -> None:
    for reading, frame in fans(entry("hanoi").drawn).items():
        table = frame[[f"p{percent}" for percent in PERCENTILES]].to_numpy()
        assert (np.diff(table, axis=1) >= 0).all()
        assert (np.diff(table, axis=0) >= 0).all()
        assert frame["day"].is_monotonic_increasing
        known = entry("hanoi").found.known[reading]
        assert set(table[0]) == {known.consents}  # those known since are a minimum from the start
        assert frame["day"].iloc[0] == pd.Timestamp("2026-02-10")
        assert table.max() <= highest(40)


@pytest.mark.parametrize("percent", PERCENTILES)
def test_it_agrees_with_the_forecast_of_the_threshold(percent: int) -> None:
    """The number not exceeded with p% is under 40 exactly until F reaches 1 - p%."""
    frame = fans(entry("hanoi").found)["not counted"]
    for row in frame.iloc[::4].to_dict("records"):
        chance = entry("hanoi").found.firm.cdf(row["day"].date())
        assert (row[f"p{percent}"] >= 40) == (chance > 1 - percent / 100 + 1e-9)


@pytest.mark.parametrize(
    ("forecast", "days"),
    [
        (forecast_of(10, 100, 2000), 2160),  # 1.08 times the 90% point
        (forecast_of(10, 20, 30), 394),  # a year at least
        (forecast_of(10, 20_000, 30_000), LONGEST),  # beyond the horizon
    ],
)
def test_how_far_it_goes(forecast: Forecast, days: int) -> None:
    assert fan_days([forecast]) == days
    assert fan_days([forecast_of(1, 2, 3), forecast]) == days


def test_nothing_is_drawn_where_nothing_is_to_come() -> None:
    assert fans(None) == {}
    assert fans(entry("untoc").found) == {}
    reached = found_of(reached_on(OPENED))
    assert fans(reached) == {}
