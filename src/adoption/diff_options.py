"""The options of `adoption diff`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from adoption.errors import AdoptionError, did_you_mean
from adoption.paths import project_root

if TYPE_CHECKING:
    from adoption.refresh.diff import Differences
    from adoption.refresh.project import Project


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    for name, text in (
        ("old", "folder of built tables, or checkout (default: data/processed); of a snapshot in "
                "data/quarantine what it would change"),
        ("new", "the same, later (default: data/processed; without either what data/raw and "
                "data/reference would give now)"),
    ):  # fmt: skip
        parser.add_argument(name, nargs="?", type=Path, metavar=name.upper(), help=text)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Compare what the options name, and print the changes."""
    from adoption.refresh.diff import compared
    from adoption.refresh.project import Project

    project = Project(project_root())
    old, new = (_found(path, project.root) for path in (arguments.old, arguments.new))
    if old and not new and _in_quarantine(old, project):
        found = _with_quarantined(old, project)
    else:
        found = compared(old, new or project.processed) if old else _with_unbuilt(project)
    print(_written(found, arguments))
    return 0


def _found(path: Path | None, root: Path) -> Path | None:
    """Return a folder by the name that a refresh prints too, which begins at the project."""
    if path is None or path.exists() or len(path.parts) == 1:
        return path
    return root / path


def _in_quarantine(folder: Path, project: Project) -> bool:
    return folder.resolve().parent.parent == project.quarantine.resolve()


def _with_quarantined(folder: Path, project: Project) -> Differences:
    """Return how the tables would differ from the built ones if a person accepted a snapshot."""
    from adoption.data.snapshots import moment_of, snapshots_in
    from adoption.refresh.diff import build_differences
    from adoption.refresh.project import exclusive
    from adoption.refresh.validate import validate
    from adoption.tables import read_build

    snapshot, source = folder.resolve(), folder.resolve().parent.name
    names = [one.name for one in snapshots_in(project.quarantine / source)]
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


def _with_unbuilt(project: Project) -> Differences:
    from adoption.data.run import build_tables
    from adoption.refresh.diff import build_differences
    from adoption.tables import read_build

    tables = build_tables(project.raw, project.reference)
    called = ("data/processed", "data/raw and data/reference")
    return build_differences(read_build(project.processed), tables, called)


def _written(found: Differences, arguments: argparse.Namespace) -> str:
    from adoption.refresh.events import as_text_lines, summary_line

    if arguments.json:
        plain = {"summary": summary_line(found.events), **found.as_json()}
        return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False)
    return as_text_lines(found)
