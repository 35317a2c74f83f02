"""`adoption backtest`: the scores of the forecasts on treaties of the past."""

from __future__ import annotations

import argparse

from tqdm import tqdm

from adoption import tables
from adoption.cli import EXIT_FAILED
from adoption.core.paths import reference_folder, writable_root
from adoption.forecasting import backtest
from adoption.forecasting.skill import skill
from adoption.forecasting.treaties import base_treaties, outside_treaties
from adoption.refresh.project import DataFolders, exclusive
from adoption.refresh.publish import build_and_publish
from adoption.show.entry_into_force import skill_view


def backtest_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    either = parser.add_mutually_exclusive_group()
    for name, text in (
        ("--check", "score nothing; say whether the scores are current"),
        ("--force", "score anew, even if nothing has changed"),
    ):
        either.add_argument(name, action="store_true", help=text)


def backtest_command(arguments: argparse.Namespace) -> int:
    """Score the forecasts, unless the saved scores are current."""
    if not arguments.force and backtest.is_backtest_current(reference_folder()):
        print(f"the saved scores are current\n{skill_view(skill(tables.read('backtest')))}")
        return 0
    if arguments.check:
        print("the saved scores are out of date: run `adoption backtest`")
        return EXIT_FAILED
    root = writable_root()  # raises an error before the long calculation
    scores = backtest.back_test(
        base_treaties(),
        outside_treaties(),
        lambda parts, number: tqdm(parts, "back-test", number, unit="part", disable=None),
    )
    with exclusive(DataFolders(root), print):
        backtest.save_scores(scores, reference_folder())
    build_and_publish(root, print)
    cases = scores["backtest"]
    print(f"{len(cases)} forecasts of {cases['treaty'].nunique()} treaties scored")
    print(skill_view(skill(cases)))
    return 0
