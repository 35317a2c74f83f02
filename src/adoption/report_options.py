"""The options of `adoption report`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adoption.reports.run import Options


def at_least(least: int, of: str = "") -> Callable[[str], int]:
    """Return what reads a number of something."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number{of}, {least} or more")
        return int(text)

    return number


def add(parser: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    """Add the options to a parser."""
    which = parser.add_argument_group("which pages of reports.toml (default: all)")
    for name, metavar, text in (
        ("--only", "PAGE", "this page"),
        ("--country", "STATE", "pages about this state, by name or ISO3 code"),
        ("--group", "GROUP", "pages about this group of states"),
        ("--convention", "ID", "of these, the pages about this convention"),
    ):
        which.add_argument(
            name, action="append", default=[], metavar=metavar, help=f"{text} (may be repeated)"
        )
    which.add_argument("--as-of", type=day, metavar="DAY", help="the day that the pages are of")
    how = parser.add_argument_group("how they are made")
    how.add_argument(
        "--jobs", type=at_least(1), default=os.cpu_count() or 1, metavar="N",
        help="notebooks at once (default: one for each processor)",
    )  # fmt: skip
    how.add_argument(
        "--dask", metavar="ADDRESS",
        help="make them on the workers of a Dask scheduler, such as tcp://host:8786",
    )  # fmt: skip
    how.add_argument("--force", action="store_true", help="make pages that are current as well")
    where = parser.add_argument_group("where they go")
    where.add_argument(
        "--output", metavar="FOLDER",
        help="a folder, or an address such as s3://bucket/reports (default: reports)",
    )  # fmt: skip
    where.add_argument(
        "--keep",
        type=at_least(0),
        default=3,
        metavar="N",
        help="earlier runs that stay (default: 3)",
    )
    where.add_argument(
        "--no-wait", action="store_true", help="leave if another report is running there"
    )
    parser.add_argument("--why", metavar="PAGE", help="make nothing; say why a page would be made")


def destination(output: str | None) -> dict[str, Any]:
    """Return where a report goes: into a folder of this machine, or a copy to an address."""
    if output is None:
        return {}
    folder = output.removeprefix("file://")
    return {"remote": output} if "://" in folder else {"output": Path(folder)}


def options(arguments: argparse.Namespace) -> Options:
    """Return what the options ask for."""
    from adoption.reports.plan import Choice
    from adoption.reports.run import Options

    choice = Choice(
        only=tuple(arguments.only), countries=tuple(arguments.country),
        groups=tuple(arguments.group), conventions=tuple(arguments.convention),
        as_of=arguments.as_of,
    )  # fmt: skip
    return Options(
        choice=choice, **destination(arguments.output), jobs=arguments.jobs,
        dask=arguments.dask, force=arguments.force, keep=arguments.keep,
        wait=not arguments.no_wait,
    )  # fmt: skip
