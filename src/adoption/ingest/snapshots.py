"""The store of snapshots: raw files with their sidecars, found, verified and never edited."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from adoption.core.errors import AdoptionError, check_format, did_you_mean, first_fault
from adoption.core.files import sha256, write_whole
from adoption.core.reading import record_read
from adoption.tables.csvfile import RawTable, dates, first_row, read_csv, unique

SIDECAR_SUFFIX = ".meta.json"
SIDECAR_FORMAT = 1
REASON = "reason.txt"  # file with the reason for a rejection
DECISION = f"decision{SIDECAR_SUFFIX}"  # changes to data/reference if the snapshot is accepted
BEFORE = f"before{SIDECAR_SUFFIX}"  # values of data/reference before the snapshot was used
# File that records by whom, when and why the use was undone.
UNDONE_FILE = f"undone{SIDECAR_SUFFIX}"
# Tolerance between the clocks and time zones of publishers and users.
CLOCKS_DIFFER = timedelta(days=1)
STAMP = "%Y-%m-%dT%H%M%SZ"
# Name of a snapshot: a day, or the moment of a fetch in UTC. The order by name is chronological.
DAY_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{6}Z)?")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
TEMP_PREFIX = ".coming-"  # prefix of a folder that is still being written
# Records the last day each newest snapshot was seen unchanged at its publisher.
UNCHANGED = "unchanged.csv"
UNCHANGED_COLUMNS = ("source", "snapshot", "until")

Files: TypeAlias = Mapping[str, bytes]  # file names to contents of one snapshot
Unchanged: TypeAlias = "dict[str, date]"  # keys: snapshots, such as untc-hanoi/2026-12-01T120000Z


class Sidecar(BaseModel):
    """The description of a raw file: publisher, content and checksum.

    Sidecars of earlier versions lack the format and have further keys, such as `response`. These
    are preserved.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    format: Annotated[int, AfterValidator(lambda n: check_format(n, SIDECAR_FORMAT))] = 1
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


def sidecar_bytes(facts: Sidecar, content: bytes) -> bytes:
    """Return the sidecar of a file's content, with its checksum and size."""
    sidecar = facts.model_copy(update={"sha256": sha256(content), "bytes": len(content)})
    return f"{sidecar.model_dump_json(indent=2)}\n".encode()


def checked(name: str) -> str:
    """Return a name that is valid for a source or a file; raise an error otherwise."""
    if not FILE_NAME.fullmatch(name) or name.endswith(SIDECAR_SUFFIX) or name == REASON:
        raise AdoptionError(
            f"{name[:100]!r}: cannot be the name of a source or a file; allowed: letters, digits, "
            f"and after the first '.', '_', '-'; not {REASON}, nor what ends in {SIDECAR_SUFFIX}"
        )
    return name


def moment_of(name: str) -> datetime:
    """Return the moment in a snapshot's name; for a day, its beginning."""
    try:
        return datetime.strptime(name, STAMP if "T" in name else "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise AdoptionError(
            f"the snapshot {name}: its name is neither a day nor a moment"
        ) from None


def snapshots_in(folder: Path) -> list[Path]:
    """Return the folders of a source's snapshots, oldest first; empty if it has none."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if DAY_FOLDER.fullmatch(path.name))


def snapshot_files(snapshot: Path) -> dict[str, bytes]:
    """Return the files of a snapshot by name, without sidecars and reason."""
    return {path.name: path.read_bytes() for path in _files(snapshot)}


def _files(snapshot: Path) -> list[Path]:
    files = [path for path in snapshot.iterdir() if path.name != REASON]
    return sorted(path for path in files if not path.name.endswith(SIDECAR_SUFFIX))


def read_unchanged(reference: Path) -> Unchanged:
    """Return the last day on which each snapshot was seen unchanged at its publisher."""
    path = reference / UNCHANGED
    if not path.exists():
        return {}
    table = read_csv(path, f"data/reference/{UNCHANGED}", UNCHANGED_COLUMNS)
    unique(table, "source")
    days = dates(table, "until")
    if days.isna().any():
        raise table.error(first_row(days.isna()), "until", "no day")
    names = table.frame["source"] + "/" + table.frame["snapshot"]
    return dict(zip(names, days.dt.date, strict=True))


def write_unchanged(reference: Path, unchanged: Mapping[str, date]) -> None:
    """Write the file that `read_unchanged` reads; delete it if there is nothing to write."""
    path = reference / UNCHANGED
    folders = {name.replace("/", ","): until for name, until in sorted(unchanged.items())}
    rows = [f"{folder},{until}" for folder, until in folders.items()]
    if rows:
        write_whole(path, "\n".join([",".join(UNCHANGED_COLUMNS), *rows, ""]).encode())
    else:
        path.unlink(missing_ok=True)


@dataclass(frozen=True)
class SnapshotStore:
    """The folder `data/raw`, with a folder per source and in it a folder per snapshot.

    A snapshot's folder is named after a day or the moment of its fetch. A candidate, which is a
    snapshot from another folder, is treated as if it had been accepted.
    """

    folder: Path
    unchanged: Mapping[str, date] = field(default_factory=dict)
    candidate: Path | None = None

    def sources(self) -> list[str]:
        """Return the sorted names of the sources; names with a leading dot are ignored."""
        if not self.folder.is_dir():
            raise AdoptionError("data/raw: missing")
        candidates = {self.candidate.parent.name} if self.candidate else set[str]()
        folders = {
            path.name
            for path in self.folder.iterdir()
            if path.is_dir() and not path.name.startswith(".") and any(path.iterdir())
        }
        return sorted(candidates | folders)

    def folders(self, source: str) -> list[Path]:
        """Return the folders of a source's snapshots, oldest first; empty if it has none."""
        more = self.candidate if self.candidate and self.candidate.parent.name == source else None
        return [*snapshots_in(self.folder / source), *([more] if more else [])]

    def newest(self, source: str) -> Path | None:
        """Return the folder of a source's newest snapshot; None if it has none."""
        return next(reversed(self.folders(checked(source))), None)

    def latest(self, source: str) -> Path:
        """Return the folder of a source's newest snapshot; raise an error if it has none."""
        newest = self.newest(source)
        if newest is None:
            problem = f"no such source; {did_you_mean(source, self.sources(), 1)}"
            if (self.folder / source).is_dir():
                problem = "holds no snapshot (a folder as 2026-11-24)"
            raise AdoptionError(f"data/raw/{source}: {problem}")
        return newest

    def read(self, source: str, file: str, columns: Sequence[str]) -> RawTable:
        """Return a file of a source's newest snapshot after verifying it.

        The content is parsed before the checksum is compared, because its error can name the row.
        """
        path = self.latest(source) / file
        record_read(path.with_name(f"{file}{SIDECAR_SUFFIX}"))
        table = read_csv(path, self.name(path), columns)
        self.verify(path)
        return table

    def files(self) -> list[Path]:
        """Return the sorted files of every source's newest snapshot, without sidecars."""
        files = [path for source in self.sources() for path in _files(self.latest(source))]
        return sorted(files, key=self.name)

    def sidecar(self, path: Path) -> Sidecar:
        """Return the sidecar of a raw file."""
        sidecar_path = path.with_name(path.name + SIDECAR_SUFFIX)
        try:
            return Sidecar.model_validate_json(sidecar_path.read_bytes())
        except FileNotFoundError:
            raise AdoptionError(f"{self.name(path)}: has no sidecar {sidecar_path.name}") from None
        except (AdoptionError, ValidationError) as error:
            raise AdoptionError(
                f"{self.name(sidecar_path)}: {first_fault(error, Sidecar, 'file')}"
            ) from None

    def content(self, path: Path) -> bytes:
        """Return a raw file after comparing it with its sidecar."""
        record_read(path)
        return self.verify(path)

    def verify(self, path: Path) -> bytes:
        """Return a raw file after comparing it with the size and checksum of its sidecar."""
        if not path.is_file():
            raise AdoptionError(f"{self.name(path)}: missing")
        sidecar = self.sidecar(path)
        data = path.read_bytes()
        if len(data) != sidecar.bytes:
            raise AdoptionError(
                f"{self.name(path)}: {len(data)} bytes where its sidecar says {sidecar.bytes}: "
                "truncated or edited?"
            )
        if sha256(data) != sidecar.sha256:
            raise AdoptionError(
                f"{self.name(path)}: wrong checksum: the file is not the one its sidecar describes"
            )
        return data

    def unchanged_until(self, path: Path) -> date:
        """Return the last day on which the publisher was known to have a raw file."""
        return self._or_later(path, self.sidecar(path).accessed)

    def complete_to(self, path: Path) -> date:
        """Return the day up to which the content of a raw file is complete."""
        return self._or_later(path, self.sidecar(path).complete_to)

    def reach(self, source: str) -> date | None:
        """Return the day up to which a source's newest snapshot is complete; None without any."""
        newest = self.newest(source)
        return min(self.complete_to(path) for path in _files(newest)) if newest else None

    def _or_later(self, path: Path, day: date) -> date:
        source, snapshot = path.parts[-3:-1]
        until = self.unchanged.get(f"{source}/{snapshot}", day)
        # The record concerns only the newest snapshot of a source.
        return until if until > day and path.parent == self.newest(source) else day

    def name(self, path: Path) -> str:
        """Return the name of a raw file or a snapshot as shown to users: `data/raw/...`."""
        parts = path.parts[-2 if path.is_dir() else -3 :]
        return "/".join(("data/raw", *parts))


def stage(quarantine: Path, store: SnapshotStore, source: str, files: Files, now: datetime) -> Path:
    """Write a complete snapshot to the quarantine, flush it to disk, and return its folder.

    It replaces waiting snapshots with the same content.
    """
    earlier = snapshots_in(quarantine / checked(source))
    raw = {name: data for name, data in files.items() if not name.endswith(SIDECAR_SUFFIX)}
    taken = (moment_of(folder.name) for folder in (*store.folders(source), *earlier))
    later = [moment + timedelta(seconds=1) for moment in taken]  # later than any existing snapshot
    stamp = f"{max([now.astimezone(UTC), *later]):{STAMP}}"
    quarantine.mkdir(exist_ok=True)
    coming = Path(tempfile.mkdtemp(prefix=TEMP_PREFIX, dir=quarantine))
    for name, data in files.items():
        write_synced(coming / name, data)
    coming.chmod(0o755)
    move(coming, quarantine / source / stamp)
    for folder in earlier:
        if snapshot_files(folder) == raw:
            shutil.rmtree(folder)
    return quarantine / source / stamp


def move(folder: Path, target: Path) -> None:
    """Rename a folder to its target in one step, and flush the rename to disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(target.parent, os.O_RDONLY)
        os.fsync(opened)
        os.close(opened)


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file, flush it to disk, and make it read-only."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o444)
