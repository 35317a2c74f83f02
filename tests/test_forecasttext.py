"""A forecast as text for a terminal."""

from __future__ import annotations

from datetime import date

import numpy as np

from adoption.forecasting.answer import Forecast
from adoption.forecasting.convention import READINGS, ConventionForecast, forecast_convention
from adoption.forecasting.known import known_on
from adoption.forecasting.waiting import Steps
from adoption.forecasttext import in_text
from adoption.law.conventions import load_conventions
from tests.conftest import acts_of, made_up

DAY = date(2001, 1, 1)


def forecast(wait: Steps | None, note: str = "", reached: date | None = None) -> Forecast:
    return Forecast(DAY, 3, 1, 2, reached, wait, {}, note)


def made(*forecasts: Forecast, as_of: date = DAY) -> ConventionForecast:
    """Return a forecast with a reading each, of acts that differ if there are two."""
    convention = made_up(threshold=3)
    acts = acts_of([("AAA", "signature", "2000-06-01", "", "confirmed")])
    signed, nothing = (known_on(rows, date(2000, 1, 1), DAY) for rows in (acts, acts.iloc[:0]))
    known = (signed, nothing if len(forecasts) > 1 else signed)
    return ConventionForecast(
        convention=convention, as_of=as_of, made_on=DAY, pool=(),
        known=dict(zip(READINGS, known, strict=True)),
        forecasts=dict(zip(READINGS, (forecasts[0], forecasts[-1]), strict=True)),
    )  # fmt: skip


def lines(found: ConventionForecast) -> dict[str, str]:
    text = [line for line in in_text(found).splitlines()[1:] if line.startswith("  ")]
    return {line[2:26].strip(): line[27:] for line in text}


def test_a_forecast_is_told_with_its_intervals_and_the_law() -> None:
    # A year or two years, each with four tenths; two tenths never.
    wait = Steps(np.log([365.0, 730.0]), np.array([0.4, 0.8]))
    told = lines(made(forecast(wait)))
    assert told["known"] == "no consent known, 1 signatory"
    assert told["3rd instrument, median"] == "1 January 2003"
    assert told["50% interval"] == "1 January 2002 to 1 January 2003"
    assert told["80% interval"] == "1 January 2002 to beyond 30 years"
    assert told["chance by end of 2001"] == "under 1%"
    assert told["chance by end of 2002"] == "40%"
    assert told["chance by end of 2003"] == "80%"
    assert told["chance beyond"] == "20% in more than 30 years, or never"
    assert "warning" not in told


def test_readings_that_agree_are_told_once_and_others_twice() -> None:
    wait = Steps(np.log([365.0]), np.array([1.0]))
    once = in_text(made(forecast(wait)))
    twice = in_text(made(forecast(wait), forecast(wait)))
    assert once.count("3rd instrument, median") == 1
    assert twice.count("3rd instrument, median") == 2
    assert "Reported and undated acts are counted\n" in twice


def test_what_is_reached_or_cannot_be_is_said() -> None:
    assert lines(made(forecast(None, reached=date(2000, 5, 1))))["3rd instrument"] == (
        "deposited by 1 May 2000"
    )
    assert lines(made(forecast(None, "There are 2 states.")))["3rd instrument"] == (
        "There are 2 states."
    )


def test_a_forecast_made_earlier_than_asked_says_so() -> None:
    wait = Steps(np.log([365.0]), np.array([1.0]))
    told = lines(made(forecast(wait), as_of=date(2002, 1, 1)))
    assert told["starts on"] == "1 January 2001"
    assert told["warning"].startswith("the list of acts is less complete after that day")
    assert told["known"] == "no consent known, at least 1 signatory"
    assert told["3rd instrument, median"] == "before now"  # 1 January 2002
    assert told["entry into force, median"] == "1 April 2002"
    assert told["chance by that day"] == "over 99%, not seen"


def test_without_a_day_to_start_from_no_zero_is_told() -> None:
    malabo = load_conventions()["malabo"]
    told = in_text(forecast_convention(malabo, date(2026, 11, 24)))
    assert "none is made: who has signed is not named in any source seen" in told
    assert "at least 15 consents" in told
    assert " 0 consents" not in told


def test_every_line_of_a_real_forecast_fits_its_column() -> None:
    found = forecast_convention(load_conventions()["hanoi"], date(2026, 8, 1))
    body = [line for line in in_text(found).splitlines()[1:] if line.startswith("  ")]
    assert all(line[26] == " " and line[27] != " " for line in body)
