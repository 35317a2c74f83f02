"""`adoption start`: a user's own working folder, with notebooks, plan and data."""

from __future__ import annotations

import argparse
import csv
import io
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from adoption import __version__
from adoption.core.errors import AdoptionError
from adoption.core.files import read_if_there, sha256, write_whole
from adoption.core.paths import package_root, writable_root
from adoption.core.text import counted
from adoption.refresh.project import (
    FORMAT,
    RECORD,
    DataFolders,
    exclusive,
    read_record,
    read_row_record,
)
from adoption.refresh.publish import build_and_publish

# Folders to copy. `data/reference` marks a project, so it comes last.
FOLDERS = ("notebooks", "docs/notebooks", "data/raw", "data/processed", "data/reference")
BUILT = ("data/processed/", "data/events.csv", "data/feed.xml", "data/CHANGES.md")
FILES = (
    ".gitattributes",
    "reports.toml",
    "docs/add.md",
    "docs/glossary.md",
    "data/LICENSES.md",
    *BUILT[1:],
)
# Files of `data/reference` that people and `adoption refresh` change.
WRITTEN = (
    "acts.csv",
    "aliases.csv",
    "corrections.csv",
    "exceptions.csv",
    "publishers.toml",
    "unchanged.csv",
)
# Tables that people and commands extend, with the number of columns that identify a row.
ROW_KEYS = {
    "data/reference/acts.csv": 3,
    "data/reference/aliases.csv": 1,
    "data/reference/corrections.csv": 4,
    "data/reference/exceptions.csv": 3,
}
# Digests of files for folders without a record, and digests of rows for records without them.
EARLIER = Path(__file__).with_name("earlier.txt")
EARLIER_ROWS = Path(__file__).with_name("earlier_rows.txt")
README = Path(__file__).with_name("folder.md")  # the README of the new folder


def start_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="new or empty")
    parser.add_argument(
        "--update",
        action="store_true",
        help="bring one that an earlier version made up to date; what you changed stays",
    )


def start_command(arguments: argparse.Namespace) -> int:
    """Make a working folder, or bring one up to date."""
    if arguments.update:
        os.environ["ADOPTION_HOME"] = str(arguments.folder.expanduser())
        root = writable_root()
        with exclusive(DataFolders(root), print):
            for line in update(root):
                print(line)
        print(f"{arguments.folder}: up to date, {build_and_publish(root, print)} tables built")
        return 0
    folder = make_working_folder(arguments.folder)
    print(f"{folder}: notebooks, plan and data are there; next: cd {shlex.quote(str(folder))}")
    return 0


def make_working_folder(folder: Path) -> Path:
    """Create a working folder and return its path; raise an error if it is not empty.

    All files are copied to a temporary folder and then moved, so a failed copy leaves nothing.
    """
    target = folder.expanduser().absolute()
    new = not target.exists()
    try:
        if not new and any(target.iterdir()):
            raise AdoptionError(f"{folder}: is not empty; allowed: a new folder, or an empty one")
        target.mkdir(parents=True, exist_ok=True)
        coming = Path(tempfile.mkdtemp(".coming", ".", target))
        try:
            source = package_root()
            for name in _names(source):
                (coming / name).parent.mkdir(parents=True, exist_ok=True)
                # File modes are not copied, because a package is read-only.
                shutil.copyfile(source / name, coming / name)
            _write_record(source, coming)
            shutil.copyfile(README, coming / "README.md")
            for path in sorted(coming.iterdir(), key=lambda p: p.name == "data"):
                path.rename(target / path.name)
        finally:
            shutil.rmtree(coming, ignore_errors=True)
            if new and not any(target.iterdir()):
                target.rmdir()
    except NotADirectoryError:
        raise AdoptionError(f"{folder}: is a file, or lies in one; allowed: a new folder") from None
    except OSError as error:
        raise AdoptionError(f"{folder}: cannot be written: {error.strerror}") from None
    return target


def update(target: Path) -> Iterator[str]:
    """Bring a working folder to this version; yield a line for each file that was not replaced.

    A file that the user has changed stays, and the new file is saved next to it. In a table of
    reviewed rows, the user's rows are added to the new table. An early folder without a record
    retains its reference data, unless they match some version. Its other old files are saved next
    to the new ones.
    """
    source, record, brought_rows = package_root(), read_record(target), read_row_record(target)
    earlier = EARLIER.read_text(encoding="utf-8").split()
    if target == source:
        raise AdoptionError(f"{target}: is a checkout; `git pull` brings it up to date")
    for name in _names(source):
        new = (source / name).read_bytes()
        old = read_if_there(target / name)
        if old == new or name.startswith(BUILT) or (old and name.startswith("data/raw/")):
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        path = target / name
        digests = [record[name]] if name in record else earlier
        if old and (name in record or name.endswith(WRITTEN)) and sha256(old) not in digests:
            brought = brought_rows.get(name) or EARLIER_ROWS.read_text(encoding="utf-8").split()
            merged = with_rows_of(old, new, frozenset(brought), ROW_KEYS.get(name, 0))
            if merged and merged[0] == old:
                continue
            if merged:
                write_whole(target / f"{name}.old", old)
                new, rows = merged
                yield f"{name}: {rows} of yours added to the new one; yours is {name}.old"
            else:
                path = target / f"{name}.new"
                yield f"{name}: yours stays; the new one is {name}.new"
        elif old and name not in record:
            write_whole(target / f"{name}.old", old)
        write_whole(path, new)
    _write_record(source, target)


def with_rows_of(
    old: bytes, new: bytes, brought: frozenset[str], key_columns: int
) -> tuple[bytes, str] | None:
    """Return a new table with the rows that a user added to the old one, and their number.

    The result is None if the columns differ, a row is damaged, or no columns identify a row.
    """
    own_head, *own_rows = _rows(old)
    new_head, *new_rows = _rows(new)
    is_whole = all(len(row) == len(own_head) for row in own_rows)
    if own_head != new_head or not is_whole or not key_columns:
        return None
    keys = {tuple(row[:key_columns]) for row in new_rows}
    added = [
        row
        for row in own_rows
        if row_digest(row) not in brought and tuple(row[:key_columns]) not in keys
    ]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([new_head, *new_rows, *added])
    return text.getvalue().encode(), counted(len(added), "row")


def _rows(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def row_digest(row: Sequence[str]) -> str:
    """Return a digest that identifies a row of an earlier version."""
    return sha256("\x1f".join(row).encode())[:16]


def _names(source: Path) -> list[str]:
    """Return the files to copy, relative to the folder."""
    paths = [path for name in FOLDERS for path in sorted((source / name).rglob("*"))]
    names = [path.relative_to(source).as_posix() for path in paths if path.is_file()]
    return [*FILES, *(name for name in names if "/." not in name and "/__pycache__" not in name)]


def _write_record(source: Path, target: Path) -> None:
    lines = [f'format = {FORMAT}\nadoption = "{__version__}"\n\n[files]']
    for name in _names(source):
        digest = sha256((source / name).read_bytes())
        lines.append(f'"{name}" = "{digest}"')
    lines += ["", "[rows]"]
    for name in ROW_KEYS:
        _, *rows = _rows((source / name).read_bytes())
        digests = ", ".join(f'"{row_digest(row)}"' for row in rows)
        lines.append(f'"{name}" = [{digests}]')
    write_whole(target / RECORD, "\n".join([*lines, ""]).encode())
