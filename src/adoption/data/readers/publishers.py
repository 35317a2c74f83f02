"""The registry of publishers: what is taken from whom, and where it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from adoption.data.snapshots import checked
from adoption.errors import AdoptionError, did_you_mean, first_fault
from adoption.tomlfile import read_toml

FILE = "publishers.toml"
Reader = Literal["untc", "gci", "indicators"]
READERS: tuple[Reader, ...] = get_args(Reader)
ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")


class Publisher(BaseModel):
    """Somebody who publishes; the head of `data/reference/publishers.toml` explains the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: str
    name: str
    base: str
    licence: str

    @field_validator("base")
    @classmethod
    def _address(cls, base: str) -> str:
        if not ADDRESS.fullmatch(base):
            raise ValueError(f"{base!r} is no address such as https://example.org")
        return base


class Source(BaseModel):
    """A list or table of a publisher; the head of `data/reference/publishers.toml` explains it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    publisher: str
    reader: Reader
    title: str
    convention: str | None = None
    by_hand: bool = False
    files: dict[str, str]

    @field_validator("files")
    @classmethod
    def _names_and_paths(cls, files: dict[str, str]) -> dict[str, str]:
        if not files:
            raise ValueError("names no file")
        for name, path in files.items():
            checked(name)
            if not path.startswith("/"):
                raise ValueError(f"{path!r} does not begin with a slash")
        return files

    @model_validator(mode="after")
    def _fits_its_reader(self) -> Source:
        if (self.convention is not None) != self.is_list:
            raise ValueError("convention: a list of acts has one, other sources none")
        if self.is_list and len(self.files) != 1:
            raise ValueError("files: a list of acts is one file")
        return self

    @property
    def is_list(self) -> bool:
        """Whether it is a list of acts on a convention."""
        return self.reader == "untc"

    @property
    def file(self) -> str:
        """The name of its file, if it has one only."""
        (name,) = self.files
        return name


class Registry(BaseModel):
    """All publishers and sources, by name, in the order of the file."""

    model_config = ConfigDict(frozen=True)

    publishers: dict[str, Publisher]
    sources: dict[str, Source]

    def of(self, source: Source) -> Publisher:
        """Return the publisher of a source."""
        return self.publishers[source.publisher]

    def choose(self, names: Iterable[str], *, by_hand: bool = False) -> list[Source]:
        """Return the sources that are wanted; those saved by hand only by name, or if asked for."""
        wanted = list(names)
        usual = [name for name, one in self.sources.items() if by_hand or not one.by_hand]
        chosen: dict[str, Source] = {}
        for name in wanted or usual:
            if name not in self.sources and name not in self.publishers:
                near = did_you_mean(name, [*self.sources, *self.publishers], 1)
                raise AdoptionError(f"--source: no {name!r}; {near}")
            chosen |= {
                key: one
                for key, one in self.sources.items()
                if key == name or (one.publisher == name and key in usual)
            }
        if not chosen:
            raise AdoptionError(
                f"--source {' '.join(wanted)}: nothing to ask for; allowed: "
                f"{', '.join(self.sources)} (saved by hand with --file FILE --saved DAY)"
            )
        return list(chosen.values())


def read_publishers(path: Path, conventions: Iterable[str]) -> Registry:
    """Read the registry of publishers."""
    content = read_toml(path)
    for name, entries in content.items():
        if name not in ("publisher", "source") or not isinstance(entries, dict):
            raise AdoptionError(
                f"{path.name}: [{name}]: unknown; allowed: [publisher.x] and [source.x]"
            )
    publishers = _read(path, content, "publisher", Publisher)
    sources = _read(path, content, "source", Source)
    ids = list(conventions)
    listed: dict[str, str] = {}
    for name, source in sources.items():
        place = f"{path.name}: [source.{name}]"
        if name in publishers:
            raise AdoptionError(f"{place}: is the name of a publisher, too")
        if source.publisher not in publishers:
            near = did_you_mean(source.publisher, publishers, 1)
            raise AdoptionError(f"{place} publisher: no {source.publisher!r}; {near}")
        if source.convention is None:
            continue
        if source.convention not in ids:
            near = did_you_mean(source.convention, ids, 1)
            raise AdoptionError(f"{place} convention: no {source.convention!r}; {near}")
        if source.convention in listed:
            other = listed[source.convention]
            raise AdoptionError(f"{place} convention: has a list already: [source.{other}]")
        listed[source.convention] = name
    return Registry(publishers=publishers, sources=sources)


def _read(path: Path, content: Mapping[str, Any], kind: str, model: type[Any]) -> dict[str, Any]:
    found = {}
    for name, entry in content.get(kind, {}).items():
        place = f"{path.name}: [{kind}.{name}]"
        if not isinstance(entry, dict):
            raise AdoptionError(f"{place} is not a table")
        if kind in entry:
            raise AdoptionError(f"{place} {kind}: is the name of the table")
        try:
            checked(name)
            found[name] = model(**{kind: name, **entry})
        except ValidationError as error:
            raise AdoptionError(f"{place} {first_fault(error)}") from None
        except AdoptionError as error:
            raise AdoptionError(f"{place}: {error}") from None
    return found
