"""The folders of a project's data, and the lock of those who change them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from adoption.core.errors import AdoptionError, check_format
from adoption.core.files import Say, only_one
from adoption.core.reading import read_toml
from adoption.ingest.snapshots import SnapshotStore, read_unchanged

RECORD, FORMAT = "data/started.toml", 2  # what made a folder, and what its files were


class DataFolders:
    """The folders of a project's data, from its root.

    `raw` has the snapshots in use, `reference` what people review, `processed` the tables of the
    last build, `quarantine` snapshots that were fetched and are not used.
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
        """Return a folder of the data as a person finds it."""
        return folder.relative_to(self.root).as_posix()


@contextmanager
def exclusive(project: DataFolders, say: Say) -> Iterator[None]:
    """Change the data while no other process does so; others wait."""
    try:
        with only_one(project.data, wait=True, say=say, called="refresh or build"):
            read_record(project.root)  # or refuse a folder of a later version
            yield
    except OSError as error:
        where = error.filename2 or error.filename or project.data
        why = error.strerror or str(error)
        raise AdoptionError(f"{where}: cannot be read or written: {why}") from error


def read_record(folder: Path) -> dict[str, str]:
    """Return the digests of a folder's files when it was made; none where none are recorded."""
    files: dict[str, str] = _record(folder).get("files", {})
    return files


def read_row_record(folder: Path) -> dict[str, list[str]]:
    """Return the digests of the rows of tables that people add to, when the folder was made."""
    rows: dict[str, list[str]] = _record(folder).get("rows", {})
    return rows


def _record(folder: Path) -> dict[str, Any]:
    record = read_toml(folder / RECORD) if (folder / RECORD).exists() else {}
    check_format(record.get("format", 1), FORMAT, f"{RECORD}: ")
    return record
