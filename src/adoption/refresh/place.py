"""The folders of a project's data, and the lock of those who change them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from adoption.errors import AdoptionError
from adoption.fetching.store import FetchedStore
from adoption.lock import only_one


@dataclass(frozen=True)
class Place:
    """The folders of a project's data.

    Attributes
    ----------
    root : Path
        The project.
    """

    root: Path

    @property
    def data(self) -> Path:
        """`data`."""
        return self.root / "data"

    @property
    def raw(self) -> Path:
        """`data/raw`."""
        return self.data / "raw"

    @property
    def reference(self) -> Path:
        """`data/reference`."""
        return self.data / "reference"

    @property
    def processed(self) -> Path:
        """`data/processed`."""
        return self.data / "processed"

    @property
    def aside(self) -> Path:
        """`data/aside`: what was fetched and is not used."""
        return self.data / "aside"

    @property
    def begun(self) -> Path:
        """`data/.refresh`: what a refresh needs to finish another one that was stopped."""
        return self.data / ".refresh"

    @property
    def store(self) -> FetchedStore:
        """The snapshots, used and put aside."""
        return FetchedStore(self.raw, self.aside)


@contextmanager
def nobody_else(place: Place, say: Callable[[str], object]) -> Iterator[None]:
    """Change the data while no other process does so; others wait."""
    try:
        with only_one(place.data, wait=True, say=say, called="refresh or build"):
            yield
    except OSError as error:
        where, why = error.filename2 or error.filename or place.data, error.strerror or str(error)
        raise AdoptionError(f"{where}: cannot be read or written: {why}") from error
