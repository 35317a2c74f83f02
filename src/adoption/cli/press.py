"""`adoption press`: pages of any folder of notebooks, on any subject."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from adoption.cli.report import making_options, parameter_options
from adoption.core.errors import AdoptionError


def press_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="a folder with reports.toml and notebooks/"
    )
    which = parser.add_argument_group("which pages of reports.toml (default: all)")
    which.add_argument(
        "--only", action="append", default=[], metavar="PAGE", help="this page (may be repeated)"
    )
    parameter_options(which)
    making_options(parser)


def press_command(arguments: argparse.Namespace) -> int:
    """Make the pages of a folder that are due."""
    import psutil  # noqa: F401  raises an error early if the extra `report` is not installed

    from adoption.press.engine.process import end_server
    from adoption.press.parameters import given_parameters
    from adoption.press.plan import Choice
    from adoption.press.project import Project
    from adoption.press.run import ReportOptions, run_report

    folder = arguments.folder.resolve()
    if not (folder / "reports.toml").is_file():
        raise AdoptionError(f"{arguments.folder}: has no reports.toml, the plan of its pages")
    given = given_parameters(arguments.parameters_file, arguments.parameter)
    options = ReportOptions(
        choice=Choice(arguments.only, (), given),
        output=arguments.output,
        jobs=arguments.jobs,
        force=arguments.force,
        keep=arguments.keep,
        wait=not arguments.no_wait,
    )
    try:
        return run_report(options, Project(root=partial(Path, folder)))
    finally:
        end_server()
