"""Saving of additions: one rename moves an addition into data/raw after a trial build."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from adoption.adding.user_files import UserSource, WrongInputError
from adoption.core.errors import AdoptionError
from adoption.core.files import Say
from adoption.ingest.additions import Addition
from adoption.ingest.run import BuildInputs, make_tables, read_inputs
from adoption.ingest.snapshots import (
    SIDECAR_SUFFIX,
    STAMP,
    TEMP_PREFIX,
    Files,
    Sidecar,
    move,
    sidecar_bytes,
    write_synced,
)
from adoption.ingest.states import read_memberships
from adoption.refresh.accept import complete
from adoption.refresh.project import DataFolders, exclusive
from adoption.refresh.publish import publish
from adoption.tables import ADDITIONS_FILE, built_additions
from adoption.tables.exceptions import match_exceptions


@dataclass(frozen=True)
class ProjectInputs(BuildInputs):
    """The data and registries of a project before an addition."""

    project: DataFolders

    def source(self, key: str, brought: Mapping[str, UserSource]) -> tuple[str, str, str, str]:
        """Return the title, publisher, address and licence of a source."""
        described = brought[key].model_dump() if key in brought else {}
        row = described or self.sources.set_index("source").loc[key]
        licence = row["licence"] if isinstance(row["licence"], str) else ""
        return str(row["title"]), str(row["publisher"]), str(row["url"]), licence or "not stated"

    def organisations(self) -> set[str]:
        """Return the names of the organisations and groups with members."""
        groups = {added.entry["name"] for added in self.added.values() if added.kind == "group"}
        return groups | set(read_memberships(self.store)["organisation"])

    def check_free(self, folder: str, identifier: str, *, replace: bool) -> None:
        """Raise an error if an id is taken.

        An addition that is to be replaced may have the same id.
        """
        added = self.added.get(folder)
        # An addition whose command was interrupted is repeated from the start.
        is_built = added is not None and added.id in built_additions(added.kind)
        if is_built and not replace:
            there = "was added already; --replace puts this in its place"
            raise AdoptionError(f"{identifier!r} {there}")
        if replace and not added:
            raise AdoptionError(f"--replace: nothing called {identifier!r} was added; leave it out")
        if not added and (self.store.folder / folder).exists():
            raise AdoptionError(f"{identifier!r}: data/raw/{folder} exists already; another id")


@contextmanager
def changing(project: DataFolders, say: Say) -> Iterator[ProjectInputs]:
    """Yield the inputs of a project while its data are locked, after finishing interrupted work."""
    with exclusive(project, say):
        complete(project)
        yield ProjectInputs(**vars(read_inputs(project.raw, project.reference)), project=project)


def sidecar(
    of: Sequence[str], shows: str, to: date, accessed: date | None, changes: str
) -> Sidecar:
    """Return the sidecar of each file of an addition, without its size and checksum."""
    title, publisher, address, licence = of
    return Sidecar(
        publisher=publisher,
        title=title,
        address=address,
        licence=licence,
        shows=shows,
        complete_to=to,
        accessed=accessed or to,
        changes=changes,
        sha256="",
        bytes=0,
    )


def save_addition(
    inputs: ProjectInputs,
    folder: str,
    addition: Addition,
    files: Files,
    sidecar_record: Sidecar,
    say: Say,
) -> None:
    """Build the tables with an addition, then move it into data/raw.

    Raise an error instead of moving it if the tables contradict each other.
    """
    project, moment = inputs.project, datetime.now(UTC)
    # Another snapshot has the same second.
    while (project.raw / folder / f"{moment:{STAMP}}").exists():
        moment += timedelta(seconds=1)
    files = {**files, ADDITIONS_FILE: f"{addition.model_dump_json(indent=1)}\n".encode()}
    coming = Path(tempfile.mkdtemp(prefix=TEMP_PREFIX, dir=project.data))
    try:
        snapshot = coming / folder / f"{moment:{STAMP}}"
        snapshot.mkdir(parents=True)
        for name, content in files.items():
            write_synced(snapshot / name, content)
            write_synced(
                snapshot / f"{name}{SIDECAR_SUFFIX}", sidecar_bytes(sidecar_record, content)
            )
        tables, violations = make_tables(project.raw, project.reference, snapshot)
        wrong, _, _ = match_exceptions(violations, project.reference / "exceptions.csv")
        if wrong:
            lines = [f"{v.rule}: {v.subject}: {v.finding}" for v in wrong]
            raise WrongInputError(lines)
        move(snapshot, project.raw / folder / snapshot.name)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    publish(project, tables, moment, say)
