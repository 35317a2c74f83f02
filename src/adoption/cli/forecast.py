"""`adoption forecast`: when a convention will have enough parties to enter into force."""

from __future__ import annotations

import argparse
from datetime import date

from adoption.cli.arguments import add_convention_and_day, print_json
from adoption.core.text import capitalised, chance_in_words, counted, long_day
from adoption.forecasting.convention import ConventionForecast, forecast_convention
from adoption.forecasting.forecast import Forecast
from adoption.law.conventions import find_convention
from adoption.law.rules import ordinal
from adoption.tables import data_day

LATER = "the list of acts ends before; totals, reports and their silence since are weighed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    add_convention_and_day(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the forecast."""
    convention = find_convention(arguments.convention)
    forecast = forecast_convention(convention, arguments.as_of or data_day())
    if arguments.json:
        print_json(forecast.to_dict())
    else:
        print(forecast_in_text(forecast))
    return 0


def forecast_in_text(forecast: ConventionForecast) -> str:
    """Return the figures of a forecast, one a line: combined, then both readings."""
    convention = forecast.convention
    lines = [
        f"{convention.title} ({convention.reference}) as of {long_day(forecast.as_of)}",
        _wide("rule", capitalised(convention.rule_in_words())),
        _wide("reach", convention.reach),
    ]
    if forecast.why_none:
        lines.append(_wide("forecast", f"none is made: {forecast.why_none}"))
        return "\n".join([*lines, *_known(forecast)])
    start = forecast.watched("counted").total
    lines += [
        _wide("starts on", f"{long_day(forecast.made_on)} with {counted(start, 'consent')}"),
        _wide("learnt from", counted(len(forecast.pool), "treaty", "treaties")),
    ]
    if forecast.list_to < forecast.as_of:
        lines.append(_wide("warning", LATER))
    lines += _known(forecast)
    if not forecast.readings_differ:
        return "\n".join([*lines, "", *_figures(forecast, forecast.mixed)])
    chance = f"{forecast.reports_true:.0%}"
    for head, reading in (
        (f"Combined: reported and undated acts are true with a chance of {chance}", forecast.mixed),
        ("If they are true", forecast.counted),
        ("If they are not", forecast.firm),
    ):
        lines += ["", head, *_figures(forecast, reading)]
    return "\n".join(lines)


def _figures(forecast: ConventionForecast, reading: Forecast) -> list[str]:
    nth = f"{ordinal(reading.threshold)} instrument"
    if reading.reached is not None:
        return [_wide(nth, f"deposited by {long_day(reading.reached)}")]
    median, beyond = reading.quantile(0.5), chance_in_words(1 - reading.cdf(reading.horizon))
    force, now = forecast.in_force(median), forecast.as_of
    chances = forecast.chances(reading)
    figures = {f"{nth}, median": _day(median, reading, now)}
    for percent in (50, 80, 95):
        ends = (_day(end, reading, now) for end in reading.interval(percent))
        figures[f"{percent}% range"] = " to ".join(ends)
    figures["entry into force, median"] = _day(force, reading, now)
    if forecast.made_on < now:
        figures["deposited, but not seen"] = chance_in_words(reading.cdf(now))
    figures |= {f"in force by end of {year}": chance_in_words(c) for year, c in chances.items()}
    figures[f"deposit after {reading.horizon.year}"] = f"{beyond}, or never"
    return [_wide(name, text) for name, text in figures.items()]


def _known(forecast: ConventionForecast) -> list[str]:
    """Return what is known by the day asked about; at least that, where the list ends before."""
    least = "at least " if forecast.list_to < forecast.as_of or forecast.why_none else ""
    lines = []
    for reading in reversed(forecast.readings):
        consents, signatories = forecast.consents(reading), forecast.signatories(reading)
        text = f"{least}{counted(consents, 'consent')}" if consents else "no consent known"
        who = "signatories not named in any source seen"
        if signatories is not None:
            who = f"{least}{counted(signatories, 'signatory', 'signatories')}"
        firm = reading == "not counted" and forecast.readings_differ
        lines.append(_wide("known", f"{text}, {who}{' without uncertain acts' if firm else ''}"))
    return lines


def _day(day: date | None, forecast: Forecast, now: date) -> str:
    if day is None:
        return f"after {forecast.horizon.year}"
    return "before now" if day <= now else long_day(day)


def _wide(name: str, text: str) -> str:
    return f"  {name:<24} {text}"
