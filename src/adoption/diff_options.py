"""The options of `adoption diff`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
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
        ("old", "folder of built tables, checkout, or snapshot (default: data/processed); of one "
                "in data/quarantine alone what it would change"),
        ("new", "the same, later (default: data/processed; without either what data/raw and "
                "data/reference would give now)"),
    ):  # fmt: skip
        parser.add_argument(name, nargs="?", type=Path, metavar=name.upper(), help=text)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    form.add_argument("--summary", action="store_true", help="print one line, for a commit")
    parser.add_argument(
        "--feed", type=Path, metavar="FILE", help="write the changed acts into a new Atom feed"
    )
    parser.add_argument(
        "--address", metavar="URL", help="where the feed will be read, for its link to itself"
    )
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help="write the changes into a new Markdown file"
    )


def run(arguments: argparse.Namespace) -> int:
    """Compare what the options name, write what they ask for, and print the changes."""
    from adoption.files import write_whole
    from adoption.refresh.diff import compared
    from adoption.refresh.events import changes_md, check_address, feed, rows_of
    from adoption.refresh.project import Project

    if arguments.address is not None and arguments.feed is None:
        raise AdoptionError("--address: needs --feed: it is where that feed will be read")
    if arguments.address is not None:
        check_address(arguments.address)
    project = Project(project_root())
    old, new = (_found(path, project.root) for path in (arguments.old, arguments.new))
    if arguments.feed or arguments.journal:
        _check_files(arguments, [folder for folder in (old, new) if folder], project)
    if old and not new and _in_quarantine(old, project):
        found = _with_quarantined(old, project)
    else:
        found = compared(project, old, new) if old else _with_unbuilt(project)
    day = found.new_day or datetime.now(UTC).date()
    if arguments.feed:
        write_whole(arguments.feed, feed(rows_of(found.events, day), arguments.address or ""))
    if arguments.journal:
        write_whole(arguments.journal, changes_md(rows_of(found.events, day)).encode())
    print(_written(found, arguments))
    return 0


def _found(path: Path | None, root: Path) -> Path | None:
    """Return a folder by the name that a refresh prints too, which begins at the project."""
    if path is None or path.exists() or len(path.parts) == 1:
        return path
    return root / path


def _in_quarantine(folder: Path, project: Project) -> bool:
    return folder.resolve().parent.parent == project.quarantine.resolve()


def _check_files(arguments: argparse.Namespace, folders: list[Path], project: Project) -> None:
    """Refuse to publish what a guard has refused, and to replace a file."""
    for folder in folders:
        of_a_checkout = folder.resolve().parts[-4:-2] == ("data", "quarantine")
        if folder.is_dir() and (of_a_checkout or _in_quarantine(folder, project)):
            raise AdoptionError(
                f"{folder}: is in quarantine and not used, and --feed and --journal tell what is; "
                "leave them out to look at it (docs/refresh.md says what to do then)"
            )
    for path in filter(None, (arguments.feed, arguments.journal)):
        if path.exists():
            raise AdoptionError(
                f"{path}: is there already and stays as it is; allowed: a new file (data/feed.xml "
                "and data/CHANGES.md have all that builds and refreshes changed)"
            )


def _with_quarantined(folder: Path, project: Project) -> Differences:
    """Return how the tables would differ from the built ones if a person accepted a snapshot."""
    from adoption.data.snapshots import moment_of, snapshots_in
    from adoption.refresh.diff import build_differences, typed_build
    from adoption.refresh.project import exclusive
    from adoption.refresh.validate import validate

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
    return build_differences(typed_build(project.processed), verdict.tables, called)


def _with_unbuilt(project: Project) -> Differences:
    from adoption.data.run import build_tables
    from adoption.refresh.diff import build_differences, typed_build

    tables = build_tables(project.raw, project.reference)
    called = ("data/processed", "data/raw and data/reference")
    return build_differences(typed_build(project.processed), tables, called)


def _written(found: Differences, arguments: argparse.Namespace) -> str:
    from adoption.refresh.events import as_markdown, as_text_lines, between, summary_line

    if arguments.json:
        plain = {"summary": summary_line(found.events), **found.as_json()}
        return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False)
    if arguments.markdown:
        return as_markdown(found.events, days=between(found)).rstrip("\n")
    return summary_line(found.events) if arguments.summary else as_text_lines(found)
