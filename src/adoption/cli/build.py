"""`adoption build`: the tables of the data."""

from __future__ import annotations

import argparse

from adoption.cli import EXIT_FAILED
from adoption.core.paths import own_root, processed_folder, raw_folder, reference_folder
from adoption.ingest.run import check
from adoption.refresh.publish import build


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say whether the tables are current"
    )


def run(arguments: argparse.Namespace) -> int:
    """Build the tables, or say what in them is out of date."""
    if arguments.check:
        differences = check(raw_folder(), reference_folder(), processed_folder())
        for line in differences:
            print(f"data/processed: {line}")
        print(
            "data/processed is out of date: run `adoption build`"
            if differences
            else "data/processed is current"
        )
        return EXIT_FAILED if differences else 0
    print(f"{build(own_root(), print)} tables built in {processed_folder()}")
    return 0
