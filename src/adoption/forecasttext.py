"""A forecast as text for a terminal."""

from __future__ import annotations

from datetime import date

from adoption.forecasting.answer import HORIZON_YEARS
from adoption.forecasting.convention import ConventionForecast, Reading, why_none
from adoption.law.rules import ordinal
from adoption.sentences.forecast_words import chance_in_words
from adoption.words import capitalised, counted, long_day

WIDTH = 24
LATER = "the list of acts is less complete after that day; consents known since count as a minimum"
SAID = {
    "not counted": "reported and undated acts are not counted",
    "counted": "reported and undated acts are counted",
}


def in_text(found: ConventionForecast) -> str:
    """Return the figures of a forecast, one a line, under both readings if they differ."""
    convention = found.convention
    lines = [
        f"{convention.title} ({convention.reference}) as of {long_day(found.as_of)}",
        _line("rule", capitalised(convention.rule_in_words())),
        _line("reach", convention.reach),
    ]
    if why := why_none(convention):
        lines.append(_line("forecast", f"none is made: {why}"))
    else:
        lines += [
            _line("starts on", long_day(found.made_on)),
            _line("learnt from", counted(len(found.pool), "treaty", "treaties")),
        ]
        if found.made_on < found.as_of:
            lines.append(_line("warning", LATER))
    for reading in found.readings:
        lines += ["", SAID[reading].capitalize(), *_forecast(found, reading)]
    return "\n".join(lines)


def _forecast(found: ConventionForecast, reading: Reading) -> list[str]:
    forecast = found.forecasts[reading]
    nth = f"{ordinal(forecast.threshold)} instrument"
    lines = [_line("known", _known(found, reading))]
    if forecast.reached is not None:
        return [
            *lines,
            _line(nth, f"deposited by {long_day(forecast.reached)}"),
        ]
    if why_none(found.convention):
        return lines
    if forecast.wait is None:
        return [*lines, _line(nth, forecast.note)]
    median, beyond = forecast.quantile(0.5), chance_in_words(1 - forecast.cdf(forecast.horizon))
    force, now = found.in_force(median), found.as_of
    unseen = [_line("chance by that day", f"{chance_in_words(forecast.cdf(now))}, not seen")]
    return [
        *lines,
        _line(f"{nth}, median", _day(median, now)),
        *(
            _line(f"{p}% interval", " to ".join(_day(end, now) for end in forecast.interval(p)))
            for p in (50, 80, 95)
        ),
        *([_line("entry into force, median", _day(force, now))] if found.by_law else []),
        *(unseen if found.made_on < now else []),
        *(
            _line(f"chance by end of {year}", chance_in_words(chance))
            for year, chance in forecast.by_year(found.as_of.year).items()
        ),
        _line("chance beyond", f"{beyond} in more than {HORIZON_YEARS} years, or never"),
    ]


def _known(found: ConventionForecast, reading: Reading) -> str:
    """Return what is known by the day asked about; at least that, where the list ends before."""
    least = "at least " if found.made_on < found.as_of or why_none(found.convention) else ""
    consents, signatories = found.known[reading].consents, found.signatories(reading)
    given = f"{least}{counted(consents, 'consent')}" if consents else "no consent known"
    if signatories is None:
        return f"{given}, signatories not named in any source seen"
    return f"{given}, {least}{counted(signatories, 'signatory', 'signatories')}"


def _day(day: date | None, now: date) -> str:
    if day is None:
        return f"beyond {HORIZON_YEARS} years"
    return "before now" if day <= now else long_day(day)


def _line(name: str, text: str) -> str:
    return f"  {name:<{WIDTH}} {text}"
