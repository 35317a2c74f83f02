"""A forecast as text for a terminal."""

from __future__ import annotations

from datetime import date

from adoption.forecasting.convention import ConventionForecast
from adoption.forecasting.forecast import HORIZON_YEARS, Forecast
from adoption.law.rules import ordinal
from adoption.show.entry_into_force import chance_in_words
from adoption.words import capitalised, counted, long_day

WIDTH = 24
LATER = "the list of acts is less complete after that day; consents known since count as a minimum"


def in_text(found: ConventionForecast) -> str:
    """Return the figures of a forecast, one a line: the answer, then both readings."""
    convention = found.convention
    lines = [
        f"{convention.title} ({convention.reference}) as of {long_day(found.as_of)}",
        _line("rule", capitalised(convention.rule_in_words())),
        _line("reach", convention.reach),
    ]
    if found.why_none:
        return "\n".join(
            [*lines, _line("forecast", f"none is made: {found.why_none}"), *_known(found)]
        )
    lines += [
        _line("starts on", long_day(found.made_on)),
        _line("learnt from", counted(len(found.pool), "treaty", "treaties")),
    ]
    if found.made_on < found.as_of:
        lines.append(_line("warning", LATER))
    lines += _known(found)
    if not found.readings_differ:
        return "\n".join([*lines, "", *_forecast(found, found.mixed)])
    chance = f"{found.reports_true:.0%}"
    for head, one in (
        (f"The answer: reported and undated acts are true with a chance of {chance}", found.mixed),
        ("If they are true", found.counted),
        ("If they are not", found.firm),
    ):
        lines += ["", head, *_forecast(found, one)]
    return "\n".join(lines)


def _forecast(found: ConventionForecast, forecast: Forecast) -> list[str]:
    nth = f"{ordinal(forecast.threshold)} instrument"
    if forecast.reached is not None:
        return [_line(nth, f"deposited by {long_day(forecast.reached)}")]
    median, beyond = forecast.quantile(0.5), chance_in_words(1 - forecast.cdf(forecast.horizon))
    force, now = found.in_force(median), found.as_of
    unseen = [_line("chance by that day", f"{chance_in_words(forecast.cdf(now))}, not seen")]
    return [
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


def _known(found: ConventionForecast) -> list[str]:
    """Return what is known by the day asked about; at least that, where the list ends before."""
    least = "at least " if found.made_on < found.as_of or found.why_none else ""
    lines = []
    for reading in reversed(found.readings):
        consents, signatories = found.consents(reading), found.signatories(reading)
        text = f"{least}{counted(consents, 'consent')}" if consents else "no consent known"
        who = (
            "signatories not named in any source seen"
            if signatories is None
            else f"{least}{counted(signatories, 'signatory', 'signatories')}"
        )
        sure = (
            " without uncertain acts" if reading == "not counted" and found.readings_differ else ""
        )
        lines.append(_line("known", f"{text}, {who}{sure}"))
    return lines


def _day(day: date | None, now: date) -> str:
    if day is None:
        return f"beyond {HORIZON_YEARS} years"
    return "before now" if day <= now else long_day(day)


def _line(name: str, text: str) -> str:
    return f"  {name:<{WIDTH}} {text}"
