"""A forecast as it is read: days, chances, the horizon and plain values."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pytest

from adoption.forecasting.answer import Forecast
from adoption.forecasting.waiting import Steps

AS_OF = date(2024, 2, 29)


def forecast(*steps: tuple[float, float], reached: date | None = None, note: str = "") -> Forecast:
    """Return a forecast from days from the origin and the probability from each on."""
    days, height = np.array(steps, dtype="float64").reshape(-1, 2).T
    wait = Steps(np.log(days), height) if steps else None
    return Forecast(AS_OF, 40, 39, 70, reached, wait, {"I-1": 0.75, "I-2": 0.25}, note)


THREE = forecast((1, 0.2), (100.5, 0.5), (400, 0.9))


@pytest.mark.parametrize(
    ("days", "chance"),
    [(-9, 0), (0, 0), (1, 0.2), (100, 0.2), (101, 0.5), (399, 0.5), (400, 0.9), (90_000, 0.9)],
)
def test_the_chance_by_a_day(days: int, chance: float) -> None:
    assert THREE.cdf(AS_OF + timedelta(days=days)) == chance


@pytest.mark.parametrize(
    ("q", "days"), [(0.01, 1), (0.2, 1), (0.21, 101), (0.5, 101), (0.51, 400), (0.9, 400)]
)
def test_the_first_day_with_a_chance(q: float, days: int) -> None:
    assert THREE.quantile(q) == AS_OF + timedelta(days=days)


def test_beyond_what_is_known_there_is_no_day() -> None:
    assert THREE.quantile(0.91) is None
    assert THREE.interval(80) == (AS_OF + timedelta(days=1), AS_OF + timedelta(days=400))
    assert THREE.interval(95) == (AS_OF + timedelta(days=1), None)


def test_a_wait_of_less_than_a_day_is_a_day() -> None:
    soon = forecast((0.3, 1.0))
    assert soon.quantile(0.5) == AS_OF + timedelta(days=1)
    assert (soon.cdf(AS_OF), soon.cdf(AS_OF + timedelta(days=1))) == (0, 1)


def test_the_horizon_is_thirty_years_on_the_same_day() -> None:
    assert THREE.horizon == date(2054, 2, 28)  # not a leap year
    days = (THREE.horizon - AS_OF).days
    last, after = forecast((days, 0.5)), forecast((days + 1, 0.5))
    assert (last.quantile(0.5), last.cdf(last.horizon)) == (last.horizon, 0.5)
    assert (after.quantile(0.5), after.cdf(date(2090, 1, 1))) == (None, 0)


def test_what_is_reached_is_a_point() -> None:
    day = date(2020, 5, 1)
    there = forecast(reached=day)
    assert {there.quantile(q) for q in (0.001, 0.5, 0.999)} == {day}
    assert (there.cdf(day - timedelta(days=1)), there.cdf(day), there.cdf(AS_OF)) == (0, 1, 1)
    assert there.summary()["chance_beyond_horizon"] == 0


def test_what_can_never_be_has_no_day() -> None:
    never = forecast(note="Never.")
    assert (never.quantile(0.001), never.cdf(never.horizon)) == (None, 0)
    assert never.summary()["note"] == "Never."


@pytest.mark.parametrize("q", [0, 1, -0.1, 1.5, float("nan")])
def test_a_probability_lies_between_zero_and_one(q: float) -> None:
    with pytest.raises(ValueError, match="does not lie between 0 and 1"):
        THREE.quantile(q)


def test_the_chance_by_the_end_of_each_year() -> None:
    # 31 December 2024 is day 306, that of 2025 day 671.
    assert THREE.by_year() == {2024: 0.5, 2025: 0.9, 2026: 0.9, 2027: 0.9, 2028: 0.9}


def test_the_summary_is_plain() -> None:
    summary = THREE.summary()
    assert json.loads(json.dumps(summary)) == summary
    assert summary == {
        "as_of": "2024-02-29",
        "threshold": 40,
        "consents": 39,
        "signatories": 70,
        "reached": None,
        "median": "2024-06-09",  # 101 days later
        "intervals": {
            "50": ["2024-06-09", "2025-04-04"],
            "80": ["2024-03-01", "2025-04-04"],
            "95": ["2024-03-01", None],
        },
        "chance_by_end_of": {"2024": 0.5, "2025": 0.9, "2026": 0.9, "2027": 0.9, "2028": 0.9},
        "horizon": "2054-02-28",
        "chance_beyond_horizon": 0.1,
        "most_alike": {"I-1": 0.75, "I-2": 0.25},
        "note": "",
    }
