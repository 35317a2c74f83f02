"""Argument types of the commands, and JSON output."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path


def day(text: str) -> date:
    """Return the date in an argument; raise an error unless it has the form YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a day of the calendar (as 2025-10-25)"
        ) from None


def integer_from(least: int, of: str = "") -> Callable[[str], int]:
    """Return a parser of integers from `least`, for a number of something."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number{of}, {least} or more")
        return int(text)

    return number


def output_folder(text: str) -> Path:
    """Return the folder in an argument; raise an error if it is an address."""
    if "://" in text:
        raise argparse.ArgumentTypeError(f"{text!r} is an address; allowed: a folder")
    return Path(text)


def add_convention_and_day(parser: argparse.ArgumentParser) -> None:
    """Add the arguments for the convention and the day."""
    parser.add_argument("convention", help="id or reference, such as hanoi or CETS 185")
    parser.add_argument(
        "--as-of", type=day, metavar="DAY", help="the day asked about (default: the data's day)"
    )


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))
