"""`adoption report`: the pages of reports.toml."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from adoption.cli.arguments import day, integer_from, output_folder
from adoption.cli.health import with_status_file
from adoption.core.paths import processed_folder, project_root
from adoption.press.current import KEPT_RUNS, LATEST, is_report_current
from adoption.press.project import MIN_PAGES_OF_WHOLE
from adoption.site.project import PROJECT, choice_of

if TYPE_CHECKING:
    from adoption.press.run import ReportOptions


def report_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
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
    parameter_options(which)
    how = making_options(parser)
    how.add_argument(
        "--scheduler",
        metavar="ADDRESS|FILE",
        help="on the workers of a Dask scheduler, such as tcp://host:8786, or its scheduler file",
    )
    parser.add_argument(
        "--publish", metavar="RUN", help="make nothing; publish an earlier run until the next"
    )
    parser.add_argument("--why", metavar="PAGE", help="make nothing; say why a page would be made")


def parameter_options(which: argparse._ArgumentGroup) -> None:
    """Add the arguments that set parameters."""
    which.add_argument(
        "-p",
        "--parameter",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="a parameter of these pages, as papermill takes it (may be repeated)",
    )
    which.add_argument(
        "-f",
        "--parameters-file",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="parameters as YAML, which -p overrides (may be repeated)",
    )


def making_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Add the arguments of how pages are made, whose group is returned, and of where they go."""
    how = parser.add_argument_group("how they are made")
    how.add_argument(
        "--jobs",
        type=integer_from(1),
        default=os.cpu_count() or 1,
        metavar="N",
        help="notebooks at once (default: one for each processor)",
    )
    how.add_argument("--force", action="store_true", help="make pages that are current as well")
    where = parser.add_argument_group("where they go")
    where.add_argument(
        "--output", type=output_folder, metavar="FOLDER", help="a folder (default: reports)"
    )
    where.add_argument(
        "--keep",
        type=integer_from(0),
        default=KEPT_RUNS,
        metavar="N",
        help=f"earlier runs that stay (default: {KEPT_RUNS})",
    )
    where.add_argument(
        "--no-wait", action="store_true", help="leave if another report is running there"
    )
    return how


def report_command(arguments: argparse.Namespace) -> int:
    """Make the pages that are due, publish an earlier run, or explain why a page is due."""
    if arguments.why:
        from adoption.press.run import why

        reasons = why(arguments.why, _options(arguments), PROJECT)
        print("\n".join(reasons) if reasons else f"{arguments.why} is current")
        return 0
    output = (arguments.output or PROJECT.reports()).absolute()
    if arguments.publish:
        from adoption.press.publish import publish_again

        latest = publish_again(output, arguments.publish, wait=not arguments.no_wait)
        print(f"published again: {latest / 'index.html'}")
        return 0
    return with_status_file("report", output, lambda: _report(arguments, output))


def _report(arguments: argparse.Namespace, output: Path) -> int:
    asked = (arguments.as_of, arguments.parameter, arguments.parameters_file)
    some = any((*_chosen(arguments), *asked, arguments.force, arguments.scheduler))
    if not some and is_report_current(project_root(), PROJECT, output):
        print(f"nothing changed: {output / LATEST / 'index.html'}")
        return 0
    import psutil  # noqa: F401  raises an error early if the extra `report` is not installed

    from adoption.press.engine.process import end_server, prepare

    try:
        if not arguments.scheduler:
            # Starting the server before the slow imports saves time. Most likely pages are due,
            # and many unless some are named.
            named = arguments.only or [*arguments.country, *arguments.group]
            prepare(PROJECT.server(len(named) or MIN_PAGES_OF_WHOLE))
        from adoption.press.run import run_report
        from adoption.tables.strings import keep_strings_in_python

        keep_strings_in_python()
        return run_report(_options(arguments), PROJECT)
    finally:
        end_server()


def _chosen(arguments: argparse.Namespace) -> tuple[list[str], list[str], list[str], list[str]]:
    return arguments.only, arguments.country, arguments.group, arguments.convention


def _options(arguments: argparse.Namespace) -> ReportOptions:
    from adoption.press.parameters import given_parameters
    from adoption.press.run import ReportOptions
    from adoption.tables.write import check_files

    check_files(processed_folder())
    given = given_parameters(arguments.parameters_file, arguments.parameter)
    choice = choice_of(*_chosen(arguments), arguments.as_of, given)
    return ReportOptions(
        choice=choice,
        output=arguments.output,
        jobs=arguments.jobs,
        force=arguments.force,
        keep=arguments.keep,
        wait=not arguments.no_wait,
        scheduler=arguments.scheduler,
    )
