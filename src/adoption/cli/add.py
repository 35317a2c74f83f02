"""`adoption add`: a user's own convention, act, index or group, as data."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from adoption.adding.acts import add_act
from adoption.adding.convention import add_convention
from adoption.adding.user_files import WrongInputError
from adoption.adding.values import add_group, add_index
from adoption.core.errors import EXIT_BAD_INPUT, AdoptionError
from adoption.core.paths import writable_root
from adoption.refresh.project import DataFolders

EPILOG = """A convention: acts.csv has the columns participant, act, date, source and may have iso3,
earliest, latest, grade, note; or it is the depositary's own list. An index: values.csv has iso3 or
participant, edition, component, value. A group: members.csv has participant or iso3. An act: one
line with its source, such as a newspaper or a depositary's notification. Everything is
checked first and every error is shown with its row; then it is saved in one step and the tables are
built. docs/add.md shows the rules. To take something out, remove its folder of data/raw and run
adoption build."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    parser.epilog = EPILOG
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="convention|act|index|group")
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
    _add_act_arguments(kinds.add_parser("act", help="add act that a source tells", epilog=EPILOG))


def _add_act_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("convention", help="its id or name")
    command.add_argument("participant", help="the state, by name or ISO3 code")
    command.add_argument("act", help="signature, ratification, accession and so on")
    texts = {
        "date": "its day, such as 2026-09-14",
        "earliest": "if the day is not known: the first that it can be",
        "latest": "and the last; today if it is left out",
        "grade": "reported, unless a depositary confirms it: confirmed",
        "note": "what a reader must know of it",
        "source": "key of a source of data/processed/sources.csv; or, of a new one:",
    }
    for name, text in texts.items():
        default = "reported" if name == "grade" else ""
        command.add_argument(f"--{name}", default=default, metavar=name.upper(), help=text)
    of_source = {
        "title": "its heading",
        "publisher": "who published it",
        "url": "its address",
        "licence": "its terms, if it states any",
        "accessed": "the day on which you saw it; today if it is left out",
    }
    for name, text in of_source.items():
        command.add_argument(f"--{name}", default="", metavar=name.upper(), help=text)
    command.add_argument(
        "--replace", action="store_true", help="put it in the place of the same act, added before"
    )


def add_command(arguments: argparse.Namespace) -> int:
    """Add the requested data; return the exit status."""
    project, replace = DataFolders(writable_root()), arguments.replace
    file: Path = getattr(arguments, "file", Path())
    try:
        if arguments.kind == "act":
            text, folder = _add_act(project, arguments)
        elif arguments.kind == "group":
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


def _add_act(project: DataFolders, arguments: argparse.Namespace) -> tuple[str, str]:
    """Add an act with its source, which is a source of the project or a new one."""
    columns = ("participant", "act", "date", "earliest", "latest", "grade", "note", "source")
    act = {column: getattr(arguments, column) for column in columns}
    described = {field: getattr(arguments, field) for field in ("title", "publisher", "url")}
    if bool(arguments.source) == any(described.values()):
        raise AdoptionError(
            "adoption add act: needs one source; allowed: --source KEY, or --title, --publisher "
            "and --url"
        )
    if not arguments.source:
        described["licence"] = arguments.licence or "not stated"
        described["accessed"] = arguments.accessed or f"{datetime.now(UTC).date()}"
        described["gives"] = f"one act: {arguments.act}, {arguments.participant}"
    source = {} if arguments.source else described
    return add_act(project, arguments.convention, act, source, print, replace=arguments.replace)
