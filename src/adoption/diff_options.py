"""The options of `adoption diff`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from adoption.news.kinds import Differences
from adoption.paths import project_root

if TYPE_CHECKING:
    from adoption.refresh.place import Place


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    for name, text in (
        ("old", "folder of built tables, checkout, or snapshot (default: data/processed); of one "
                "in data/aside alone what it would change"),
        ("new", "the same, later (default: data/processed; without either what data/raw and "
                "data/reference would give now)"),
    ):  # fmt: skip
        parser.add_argument(name, nargs="?", type=Path, metavar=name.upper(), help=text)
    told = parser.add_mutually_exclusive_group()
    told.add_argument("--json", action="store_true", help="print JSON")
    told.add_argument("--markdown", action="store_true", help="print Markdown")
    told.add_argument("--summary", action="store_true", help="print one line, for a commit")
    parser.add_argument(
        "--feed", type=Path, metavar="FILE", help="add the changed acts to this Atom feed"
    )
    parser.add_argument(
        "--address", metavar="URL", help="where the feed will be read, for its link to itself"
    )
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help="add the changes to this journal in Markdown"
    )


def run(arguments: argparse.Namespace) -> int:
    """Compare what the options name, write what they ask for, and print the changes."""
    from adoption.errors import AdoptionError
    from adoption.news.compared import compared
    from adoption.news.feed import extend_feed
    from adoption.news.journal import add_to_journal
    from adoption.refresh.place import Place
    from adoption.refresh.preview import is_aside, what_it_would_change

    if arguments.address is not None and arguments.feed is None:
        raise AdoptionError("--address: needs --feed: it is where that feed will be read")
    place = Place(project_root())
    old, new = (_found(path, place.root) for path in (arguments.old, arguments.new))
    _refuse_to_publish(arguments, [folder for folder in (old, new) if folder], place)
    if old and not new and is_aside(old, place):
        found = what_it_would_change(old, place, _say)
    else:
        found = compared(old, new)
    with _alone_in_the_data(arguments, place):
        now = datetime.now(UTC)
        if arguments.feed is not None:
            extend_feed(arguments.feed, found, now, arguments.address)
        if arguments.journal is not None:
            add_to_journal(arguments.journal, found, now.date())
    print(_told(found, arguments))
    return 0


def _found(path: Path | None, root: Path) -> Path | None:
    """Return a folder by the name that a refresh prints too, which begins at the project."""
    if path is None or path.exists() or len(path.parts) == 1:
        return path
    return root / path


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _refuse_to_publish(
    arguments: argparse.Namespace, folders: Iterable[Path], place: Place
) -> None:
    """Refuse to publish what a guard has refused."""
    from adoption.errors import AdoptionError
    from adoption.refresh.preview import is_aside

    if arguments.feed is None and arguments.journal is None:
        return
    for folder in folders:
        of_a_checkout = folder.resolve().parts[-4:-2] == ("data", "aside")
        if folder.is_dir() and (of_a_checkout or is_aside(folder, place)):
            raise AdoptionError(
                f"{folder}: was put aside and is not used, and --feed and --journal tell what is; "
                "leave them out to look at it (docs/refresh.md says what to do then)"
            )


def _alone_in_the_data(
    arguments: argparse.Namespace, place: Place
) -> AbstractContextManager[object]:
    """Hold the lock of the data while something in them is written.

    A refresh, which holds it too, removes what is half written there.
    """
    from adoption.refresh.place import nobody_else

    data = place.data.resolve()
    files = (path.resolve() for path in (arguments.feed, arguments.journal) if path is not None)
    if any(file.is_relative_to(data) for file in files):
        return nobody_else(place, _say)
    return nullcontext()


def _told(found: Differences, arguments: argparse.Namespace) -> str:
    from adoption.news.markdown import as_markdown
    from adoption.news.plain import as_plain
    from adoption.news.summary import summary_line
    from adoption.news.text import as_text

    if arguments.json:
        return json.dumps(as_plain(found), ensure_ascii=False, indent=2, allow_nan=False)
    if arguments.markdown:
        return as_markdown(found).rstrip("\n")
    return summary_line(found) if arguments.summary else as_text(found)
