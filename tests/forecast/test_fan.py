"""The fan: quantiles in order, in agreement with the forecast of the threshold."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from adoption.forecasting.answer import Forecast
from adoption.forecasting.fan import LONGEST, PERCENTILES, agreeing, fan, fan_days, fans, highest
from adoption.forecasting.learnt import model_of, states
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
    for row in frame.to_dict("records"):
        chance = entry("hanoi").found.firm.cdf(row["day"].date())
        assert (row[f"p{percent}"] >= 40) == (chance > 1 - percent / 100 + 1e-9)


def test_a_number_without_correction_is_that_of_its_own_wait() -> None:
    """By the model itself: the median number is at least m where the wait for m is over."""
    known, pool = entry("hanoi").found.known["not counted"], entry("hanoi").found.pool
    frame = fan(known, 40, pool, 3000)
    numbers = list(range(1, 121))
    waits = model_of(pool).waits(known.now, numbers)
    day = frame["day"].iloc[20]
    days = (day.date() - entry("hanoi").found.made_on).days
    raw = np.array([wait.cdf(np.log(np.array([days + 1e-6])))[0] for wait in waits])
    least, most = agreeing(raw[:, None], 39)[:, 0], raw
    assert (least[:39] >= most[:39]).all()
    assert (least[39:] <= most[39:]).all()
    assert frame["p50"].iloc[20] == (least > 0.5).sum()


def test_chances_agree_around_the_row_that_is_kept() -> None:
    chance = np.array([[0.2, 0.9], [0.5, 0.4], [0.3, 0.6], [0.4, 0.1]])
    assert agreeing(chance, 1).tolist() == [[0.5, 0.9], [0.5, 0.4], [0.3, 0.4], [0.3, 0.1]]
    assert agreeing(chance, 0)[0].tolist() == [0.2, 0.9]
    assert agreeing(chance, 3)[3].tolist() == [0.4, 0.1]


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


def test_how_high_it_goes() -> None:
    assert (highest(5), highest(40), highest(190)) == (20, 120, len(states()))


def test_nothing_is_drawn_where_nothing_is_to_come() -> None:
    assert fans(None) == {}
    assert fans(entry("untoc").found) == {}
    reached = found_of(reached_on(OPENED))
    assert fans(reached) == {}


def test_one_reading_where_there_is_one() -> None:
    assert set(fans(entry("hanoi").drawn)) == {"not counted", "counted"}
    drawn = entry("untoc").drawn
    assert drawn is not None
    made = fans(drawn)
    assert set(made) == {"not counted"}
    first = made["not counted"]["day"].iloc[0]
    assert first == pd.Timestamp(drawn.made_on)
    assert drawn.made_on - drawn.convention.opens == timedelta(days=365)
