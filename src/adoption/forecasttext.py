"""A forecast as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.forecast.answer import HORIZON_YEARS
from adoption.forecast.convention import READINGS
from adoption.law import ordinal
from adoption.sentences.forecast_words import chance_in_words
from adoption.words import capitalised, counted, long_day

if TYPE_CHECKING:
    from datetime import date

    from adoption.conventions import Convention
    from adoption.forecast.answer import Forecast
    from adoption.forecast.convention import ConventionForecast, Reading

WIDTH = 24
SAID = {
    "not counted": "reported and undated acts are not counted",
    "counted": "reported and undated acts are counted",
}


def in_text(found: ConventionForecast) -> str:
    """Return the figures of a forecast, one a line, under both readings if they differ.

    Parameters
    ----------
    found : ConventionForecast
        From `adoption.forecast.convention.forecast_convention`.
    """
    convention = found.convention
    lines = [
        f"{convention.title} ({convention.reference}) as of {long_day(found.as_of)}",
        _line("rule", capitalised(convention.rule_in_words())),
        _line("made on", long_day(found.made_on)),
        _line("reach", convention.reach),
        _line("learnt from", counted(len(found.pool), "treaty", "treaties")),
    ]
    if found.made_on < found.as_of:
        lines.append(_line("warning", "no source seen goes further than the day it is made on"))
    for reading in READINGS if found.readings_differ else READINGS[:1]:
        lines += ["", SAID[reading].capitalize(), *_forecast(found, reading)]
    return "\n".join(lines)


def _forecast(found: ConventionForecast, reading: Reading) -> list[str]:
    forecast = found.forecasts[reading]
    nth = f"{ordinal(forecast.threshold)} instrument"
    lines = [
        _line("known", f"{counted(forecast.consents, 'consent')}, "
                       f"{_signatories(found.convention, forecast)}"),
    ]  # fmt: skip
    if forecast.reached is not None:
        return [
            *lines,
            _line(nth, f"deposited by {long_day(forecast.reached)}"),
        ]
    if forecast.wait is None:
        return [*lines, _line(nth, forecast.note)]
    median, beyond = forecast.quantile(0.5), chance_in_words(1 - forecast.cdf(forecast.horizon))
    force = found.in_force(median)
    return [
        *lines,
        _line(f"{nth}, median", _day(median)),
        *(_line(f"{p}% interval", _interval(forecast, p)) for p in (50, 80, 95)),
        *([_line("entry into force, median", _day(force))] if found.by_law else []),
        *(
            _line(f"chance by end of {year}", chance_in_words(chance))
            for year, chance in forecast.by_year(found.as_of.year).items()
        ),
        _line("chance beyond", f"{beyond} in more than {HORIZON_YEARS} years, or never"),
    ]


def _signatories(convention: Convention, forecast: Forecast) -> str:
    if not convention.signatories_listed:
        return "signatories not named in any source seen"
    return counted(forecast.signatories, "signatory", "signatories")


def _interval(forecast: Forecast, percentage: int) -> str:
    low, high = forecast.interval(percentage)
    return f"{_day(low)} to {_day(high)}"


def _day(day: date | None) -> str:
    return f"beyond {HORIZON_YEARS} years" if day is None else long_day(day)


def _line(name: str, text: str) -> str:
    return f"  {name:<{WIDTH}} {text}"
