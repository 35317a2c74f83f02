"""What a publisher's snapshot says of states, before it meets the compiled tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from adoption.errors import AdoptionError

if TYPE_CHECKING:
    import pandas as pd

    from adoption.data.readers.publishers import Reader, Registry, Source
    from adoption.data.snapshots import SnapshotStore

KEY = ["measure", "iso3", "year"]
Snapshot = TypeVar("Snapshot")


@dataclass(frozen=True, eq=False)
class PublishedValues:
    """Values of states, in one snapshot of a source.

    Attributes
    ----------
    source : str
        Its name, such as data360-gci.
    day : date
        On which it was fetched.
    place : str
        The snapshot's folder, as a person finds it.
    table : DataFrame
        One row a value that is there: measure (str, such as `GCI legal` or `population`), iso3
        (str, of the table `states`), year (int64; of an index, the edition), value (float64).
    """

    source: str
    day: date
    place: str
    table: pd.DataFrame


def snapshots_of(
    registry: Registry,
    store: SnapshotStore,
    reader: Reader,
    read: Callable[[Source, Path], Snapshot],
) -> list[list[Snapshot]]:
    """Read every snapshot of every source that has a reader and has been fetched."""
    sources = [source for source in registry.sources.values() if source.reader == reader]
    found = [
        [read(source, folder) for folder in store.folders(source.source)] for source in sources
    ]
    return [snapshots for snapshots in found if snapshots]


def files_of(
    source: Source, folder: Path, store: SnapshotStore
) -> Iterator[tuple[str, bytes, str]]:
    """Yield each file of a snapshot: its name in the registry, its content, its whole name."""
    for file in source.files:
        path = folder / file
        if not path.is_file():
            raise AdoptionError(f"{store.name(path)}: missing")
        store.verify(path)
        yield file, path.read_bytes(), store.name(path)


def day_of(source: Source, folder: Path, store: SnapshotStore) -> date:
    """Return the day on which a snapshot was fetched."""
    return store.sidecar(folder / next(iter(source.files))).accessed
