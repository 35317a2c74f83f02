"""`adoption forecast`: when a convention is forecast to enter into force, or since when it is."""

from __future__ import annotations

import argparse

from adoption.cli.arguments import add_convention_and_day, print_json
from adoption.core.text import chance_in_words, long_day
from adoption.forecasting.convention import ConventionForecast, forecast_convention
from adoption.law.held import find_registered
from adoption.law.status import load_status
from adoption.show.entry_into_force import entry_answer, start_sentence
from adoption.show.table import Table
from adoption.tables import data_day


def forecast_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    add_convention_and_day(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def forecast_command(arguments: argparse.Namespace) -> int:
    """Print the forecast, or the day since when the convention is in force; return 0."""
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
    """Return the answer, the start of the forecast or the rule, and the chances by year.

    If the convention is in force, the answer is the day since when it is.
    """
    convention = forecast.convention
    head = f"{convention.title} ({convention.reference}) as of {long_day(forecast.as_of)}"
    answer = entry_answer(forecast, load_status(convention, forecast.as_of)).text
    if not forecast.is_open:
        return f"{head}\n\n{answer} By its terms, it {convention.rule_in_words()}."
    chances = forecast.by_year()
    chances["in_force"] = chances["in_force"].map(chance_in_words)
    chances = chances.rename(columns={"year": "By the end of", "in_force": "In force"})
    table = Table(chances.astype("str"), "Chances to be in force")
    return f"{head}\n\n{answer} {start_sentence(forecast)}\n\n{table}"
