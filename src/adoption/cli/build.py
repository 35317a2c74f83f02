"""`adoption build`: the tables of the data."""

from __future__ import annotations

import argparse

from adoption.cli import EXIT_FAILED
from adoption.core.paths import processed_folder, raw_folder, reference_folder, writable_root
from adoption.ingest.run import check_processed
from adoption.refresh.publish import build_and_publish


def build_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say whether the tables are current"
    )


def build_command(arguments: argparse.Namespace) -> int:
    """Build the tables, or print which of them are out of date."""
    if arguments.check:
        differences = check_processed(raw_folder(), reference_folder(), processed_folder())
        for line in differences:
            print(f"data/processed: {line}")
        print(
            "data/processed is out of date: run `adoption build`"
            if differences
            else "data/processed is current"
        )
        return EXIT_FAILED if differences else 0
    print(f"{build_and_publish(writable_root(), print)} tables built in {processed_folder()}")
    return 0
