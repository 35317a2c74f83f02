"""The folders of a project's data, and the lock for changing them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from adoption.core.errors import AdoptionError, check_format
from adoption.core.files import Say, only_one
from adoption.core.reading import read_toml
from adoption.ingest.snapshots import SnapshotStore, read_unchanged

# The record of a started folder, with its version and files.
RECORD, FORMAT = "data/started.toml", 2


class DataFolders:
    """The folders of a project's data, from its root.

    `raw` contains the snapshots in use, `reference` the reviewed files, `processed` the tables of
    the last build, and `quarantine` the fetched snapshots that are not in use.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"
        self.raw, self.reference = self.data / "raw", self.data / "reference"
        self.processed, self.quarantine = self.data / "processed", self.data / "quarantine"

    @property
    def store(self) -> SnapshotStore:
        """The snapshots in use."""
        return SnapshotStore(self.raw, read_unchanged(self.reference))

    def place(self, folder: Path) -> str:
        """Return the path of a folder as shown to users."""
        return folder.relative_to(self.root).as_posix()


@contextmanager
def exclusive(project: DataFolders, say: Say) -> Iterator[None]:
    """Lock the data for a change; wait if another process has the lock."""
    try:
        with only_one(project.data, wait=True, say=say, called="refresh or build"):
            read_record(project.root)  # raises an error for a folder of a later version
            yield
    except OSError as error:
        where = error.filename2 or error.filename or project.data
        why = error.strerror or str(error)
        raise AdoptionError(f"{where}: cannot be read or written: {why}") from error


def read_record(folder: Path) -> dict[str, str]:
    """Return the digests of a folder's files at its start; empty without a record."""
    files: dict[str, str] = _record(folder).get("files", {})
    return files


def read_row_record(folder: Path) -> dict[str, list[str]]:
    """Return the digests of rows at a folder's start, for tables that people extend."""
    rows: dict[str, list[str]] = _record(folder).get("rows", {})
    return rows


def _record(folder: Path) -> dict[str, Any]:
    record = read_toml(folder / RECORD) if (folder / RECORD).exists() else {}
    check_format(record.get("format", 1), FORMAT, f"{RECORD}: ")
    return record
