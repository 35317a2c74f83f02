"""`adoption add`: a convention, an index or a group of the user's own, as data alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from adoption.adding.convention import add_convention
from adoption.adding.user_files import WrongInputError
from adoption.adding.values import add_group, add_index
from adoption.core.errors import EXIT_BAD_INPUT
from adoption.core.paths import own_root
from adoption.refresh.project import Project

EPILOG = """A convention: acts.csv has the columns participant, act, date, source and may have iso3,
earliest, latest, grade, note; or it is the depositary's own list. An index: values.csv has iso3 or
participant, edition, component, value. A group: members.csv has participant or iso3. Everything is
checked first and every error is shown with its row; then it is saved in one step and the tables are
built. docs/add.md shows the rules. To take something out, remove its folder of data/raw and run
adoption build."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    parser.epilog = EPILOG
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="convention|index|group")
    for kind, metavar, text in (
        ("convention", "ACTS", "acts as CSV, or a depositary's list as adoption read has it"),
        ("index", "VALUES", "values as CSV"),
        ("group", "MEMBERS", "members as CSV"),
    ):
        command = kinds.add_parser(kind, help=f"add {kind} from {text}", epilog=EPILOG)
        command.add_argument("file", type=Path, metavar=metavar, help=text)
        if kind == "group":
            command.add_argument("--name", required=True, help="what the group is called")
        else:
            command.add_argument(
                "--rules",
                type=Path,
                required=True,
                metavar="TOML",
                help="its rules: one table named by its id",
            )
        if kind == "convention":
            command.add_argument(
                "--address",
                default="",
                metavar="URL",
                help="where the depositary has its list, for adoption refresh",
            )
        command.add_argument(
            "--replace", action="store_true", help="put it in the place of what was added before"
        )


def run(arguments: argparse.Namespace) -> int:
    """Add what is asked for."""
    project, file, replace = Project(own_root()), arguments.file, arguments.replace
    try:
        if arguments.kind == "group":
            text, folder = add_group(project, file, arguments.name, print, replace=replace)
        elif arguments.kind == "index":
            text, folder = add_index(project, file, arguments.rules, print, replace=replace)
        else:
            text, folder = add_convention(
                project, file, arguments.rules, print, address=arguments.address, replace=replace
            )
    except WrongInputError as error:
        for line in error.lines:
            print(f"adoption: {line}", file=sys.stderr)
        return EXIT_BAD_INPUT
    to_remove = "to take it out, remove that and run adoption build"
    print(f"{text}\nsaved in data/raw/{folder}; {to_remove}")
    return 0
