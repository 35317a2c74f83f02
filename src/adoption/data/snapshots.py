"""The raw snapshots and their sidecars: found, verified, never edited."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from adoption.data.csvfile import RawTable, read_csv
from adoption.errors import AdoptionError, did_you_mean

SIDECAR_SUFFIX = ".meta.json"
CLOCKS_DIFFER = timedelta(days=1)  # between the machines and places of publishers and people
# A day, or the moment of a fetch in UTC; sorted by name, they are sorted in time.
DAY_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{6}Z)?")


class Response(BaseModel):
    """How a publisher answered when a file was fetched.

    Attributes
    ----------
    address : str
        The one that gave the file, after redirects; without what is secret.
    status : int
        200, or 304 where the publisher said that the file is the one of last time.
    headers : dict of str to str
        Those of the answer that are kept, by name in lower case.
    seconds : float
        How long it took.
    fetched : datetime
        When it was asked for, in UTC.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str
    status: int
    headers: dict[str, str]
    seconds: float
    fetched: datetime


class Sidecar(BaseModel):
    """What is known of a raw file: who published it, what it shows, its checksum.

    `response` is there if the file was fetched from its publisher by this project.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: str
    title: str
    address: str
    licence: str
    accessed: date
    shows: str
    complete_to: date
    changes: str
    sha256: str
    bytes: int
    response: Response | None = None


def newest_folder(folder: Path) -> Path | None:
    """Return the newest snapshot among the folders of a source; None if there is none."""
    if not folder.is_dir():
        return None
    return max((p for p in folder.iterdir() if DAY_FOLDER.fullmatch(p.name)), default=None)


class SnapshotStore:
    """The folder `data/raw`, one folder a source and in it one folder a snapshot.

    A snapshot's folder is called after a day, or after the moment when it was fetched.
    """

    def __init__(self, folder: Path, unchanged: Mapping[str, date] | None = None) -> None:
        self.folder = folder
        self.unchanged = unchanged or {}

    def sources(self) -> list[str]:
        """Return the names of the sources, sorted; a name with a dot first is something else."""
        if not self.folder.is_dir():
            raise AdoptionError("data/raw: missing")
        return sorted(
            path.name
            for path in self.folder.iterdir()
            if path.is_dir() and not path.name.startswith(".")
        )

    def folders(self, source: str) -> list[Path]:
        """Return the folders of a source's snapshots, the oldest first; none if it has none."""
        folder = self.folder / source
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if DAY_FOLDER.fullmatch(path.name))

    def latest(self, source: str) -> Path:
        """Return the newest snapshot's folder of a source."""
        if not (self.folder / source).is_dir():
            raise AdoptionError(
                f"data/raw/{source}: no such source; {did_you_mean(source, self.sources(), 1)}"
            )
        newest = newest_folder(self.folder / source)
        if newest is None:
            raise AdoptionError(f"data/raw/{source}: holds no snapshot (a folder as 2026-11-24)")
        return newest

    def read(self, source: str, file: str, columns: Sequence[str]) -> RawTable:
        """Read one file of a source's newest snapshot and verify it.

        The content is looked at before the checksum, because its error can name the row.
        """
        path = self.latest(source) / file
        name = self.name(path)
        if not path.is_file():
            raise AdoptionError(f"{name}: missing")
        table = read_csv(path, name, columns)
        self.verify(path, last_row=table.frame.index.max() if len(table.frame) else 1)
        return table

    def files(self) -> list[Path]:
        """Return the files of every source's newest snapshot, without sidecars, sorted."""
        return sorted(
            path
            for source in self.sources()
            for path in self.latest(source).iterdir()
            if not path.name.endswith(SIDECAR_SUFFIX)
        )

    def sidecar(self, path: Path) -> Sidecar:
        """Return the sidecar of a raw file."""
        beside = path.with_name(path.name + SIDECAR_SUFFIX)
        try:
            return Sidecar.model_validate_json(beside.read_bytes())
        except FileNotFoundError:
            raise AdoptionError(f"{self.name(path)}: has no sidecar {beside.name}") from None
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "file"
            raise AdoptionError(f"{self.name(beside)}: {field}: {first['msg']}") from None

    def verify(self, path: Path, last_row: int = 1) -> None:
        """Compare a raw file with the size and checksum of its sidecar."""
        if not path.is_file():
            raise AdoptionError(f"{self.name(path)}: missing")
        sidecar = self.sidecar(path)
        data = path.read_bytes()
        if len(data) != sidecar.bytes:
            less = len(data) < sidecar.bytes
            raise AdoptionError(
                f"{self.name(path)}: row {last_row}, last column: {len(data)} bytes where its "
                f"sidecar says {sidecar.bytes}: {'truncated' if less else 'edited'}?"
            )
        if hashlib.sha256(data).hexdigest() != sidecar.sha256:
            raise AdoptionError(
                f"{self.name(path)}: rows 2 to {last_row}, any column: wrong checksum: the file "
                "is not the one its sidecar describes"
            )

    def unchanged_until(self, path: Path) -> date:
        """Return the last day on which a raw file was taken, or its publisher still had it."""
        return self._or_later(path, self.sidecar(path).accessed)

    def complete_to(self, path: Path) -> date:
        """Return the day up to which a raw file shows what it shows."""
        return self._or_later(path, self.sidecar(path).complete_to)

    def _or_later(self, path: Path, day: date) -> date:
        snapshot = path.parent
        if not self.unchanged or snapshot != newest_folder(snapshot.parent):
            return day  # of an older one it says nothing any more
        return max(day, self.unchanged.get(snapshot.relative_to(self.folder).as_posix(), day))

    def name(self, path: Path) -> str:
        """Return a raw file's name as a person finds it: `data/raw/...`."""
        return f"data/raw/{path.relative_to(self.folder).as_posix()}"
