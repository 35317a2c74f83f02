"""`adoption diff`: the changes between two builds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from adoption.cli.arguments import day, print_json
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.paths import project_root
from adoption.ingest.run import build_tables
from adoption.ingest.snapshots import moment_of, snapshots_in
from adoption.refresh.diff import Differences, build_differences, compare_folders
from adoption.refresh.events import (
    as_text_lines,
    by_day,
    by_day_lines,
    read_events,
    summary_line,
)
from adoption.refresh.project import DataFolders, exclusive
from adoption.refresh.validate import validate
from adoption.tables import read_build


def diff_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    for name, text in (
        (
            "old",
            "folder of built tables, or checkout (default: data/processed); of a snapshot in "
            "data/quarantine what it would change",
        ),
        (
            "new",
            "the same, later (default: data/processed; without either what data/raw and "
            "data/reference would give now)",
        ),
    ):
        parser.add_argument(name, nargs="?", type=Path, metavar=name.upper(), help=text)
    parser.add_argument(
        "--since",
        type=day,
        metavar="DAY",
        help="what has changed for readers since a day, in the words of data/CHANGES.md",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def diff_command(arguments: argparse.Namespace) -> int:
    """Compare the folders in the arguments, and print the changes."""
    project = DataFolders(project_root())
    if arguments.since:
        return _print_since(project, arguments)
    old, new = (_found(path, project.root) for path in (arguments.old, arguments.new))
    if old and not new and old.resolve().parent.parent == project.quarantine.resolve():
        differences = _with_quarantined(old, project)
    elif old:
        differences = compare_folders(old, new or project.processed)
    else:
        tables = build_tables(project.raw, project.reference)
        called = ("data/processed", "data/raw and data/reference")
        differences = build_differences(read_build(project.processed), tables, called)
    if arguments.json:
        print_json({"summary": summary_line(differences.events), **differences.as_json()})
    else:
        print(as_text_lines(differences))
    return 0


def _print_since(project: DataFolders, arguments: argparse.Namespace) -> int:
    """Print the changes for readers since a day."""
    if arguments.old:
        raise AdoptionError("--since reads data/events.csv: name no folder of tables beside it")
    days = by_day(read_events(project.data), arguments.since.isoformat())
    if arguments.json:
        print_json({"schema": 1, "since": arguments.since.isoformat(), "days": days})
    else:
        print(by_day_lines(days, arguments.since))
    return 0


def _found(path: Path | None, root: Path) -> Path | None:
    """Return a folder's path; a path as refresh prints it begins at the project's root."""
    if path is None or path.exists() or len(path.parts) == 1:
        return path
    return root / path


def _with_quarantined(folder: Path, project: DataFolders) -> Differences:
    """Return the changes to the tables if a person accepted a quarantined snapshot."""
    snapshot, source = folder.resolve(), folder.resolve().parent.name
    names = [kept.name for kept in snapshots_in(project.quarantine / source)]
    if snapshot.name not in names:
        near = did_you_mean(snapshot.name, names, 1) if names else "nothing is there"
        raise AdoptionError(f"{folder}: no snapshot of {source} is in quarantine there; {near}")
    newest = project.store.newest(source)
    if newest and newest.name >= snapshot.name:
        raise AdoptionError(
            f"{folder}: would change nothing: data/raw/{source}/{newest.name} is in use, which is "
            "newer"
        )
    with exclusive(project, lambda line: print(line, file=sys.stderr)):
        verdict = validate(project, snapshot, moment_of(snapshot.name).date())
    if verdict.problem:
        raise AdoptionError(f"{folder}: nothing can be made of it: {verdict.problem}")
    called = ("data/processed", f"data/processed with {folder}")
    return build_differences(read_build(project.processed), verdict.tables, called)
