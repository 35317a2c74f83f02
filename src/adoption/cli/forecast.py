"""`adoption forecast`: when a convention will have enough parties to enter into force."""

from __future__ import annotations

import argparse

from adoption.cli.arguments import add_convention_and_day, print_json
from adoption.core.text import chance_in_words, long_day
from adoption.forecasting.convention import ConventionForecast, forecast_convention
from adoption.law.held import find_registered
from adoption.show.entry_into_force import forecast_sentence, start_sentence
from adoption.show.table import Table
from adoption.tables import data_day


def forecast_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    add_convention_and_day(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def forecast_command(arguments: argparse.Namespace) -> int:
    """Print the forecast."""
    convention = find_registered(
        arguments.convention, "of a held treaty nothing is forecast: its list has ended"
    )
    forecast = forecast_convention(convention, arguments.as_of or data_day())
    if arguments.json:
        print_json(forecast.to_dict())
    else:
        print(forecast_in_text(forecast))
    return 0


def forecast_in_text(forecast: ConventionForecast) -> str:
    """Return the answer, where it starts, and chances by year."""
    convention = forecast.convention
    rule = f"It {forecast.convention.rule_in_words()}."
    head = f"{convention.title} ({convention.reference}) as of {long_day(forecast.as_of)}"
    result = f"{forecast_sentence(forecast)} {start_sentence(forecast) or rule}"
    parts = [head, result]
    if forecast.is_open:
        chances = forecast.by_year()
        chances["in_force"] = chances["in_force"].map(chance_in_words)
        chances = chances.rename(columns={"year": "By the end of", "in_force": "In force"})
        parts.append(f"{Table(chances.astype('str'), 'Chances to be in force')}")
    return "\n\n".join(parts)
