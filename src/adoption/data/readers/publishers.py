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
Reader = Literal["untc", "gci", "indicators", "egdi"]
READERS: tuple[Reader, ...] = get_args(Reader)
ONE_FILE: tuple[Reader, ...] = ("untc", "egdi")
ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")


class Publisher(BaseModel):
    """Somebody who publishes; the head of `data/reference/publishers.toml` explains the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: str
    name: str
    base: str
    licence: str
    hosts: frozenset[str] = frozenset()

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
    edition: int | None = None
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
        if (self.edition is not None) != (self.reader == "egdi"):
            raise ValueError("edition: a source with the reader egdi has one, others none")
        if self.reader in ONE_FILE and len(self.files) != 1:
            raise ValueError(f"files: the reader {self.reader} reads one file")
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

    def choose(
        self, names: Iterable[str], convention: str | None = None, *, by_hand: bool = False
    ) -> list[Source]:
        """Return the sources that are wanted."""
        wanted = list(names)
        usual = {k: s for k, s in self.sources.items() if by_hand or not s.by_hand}
        chosen: dict[str, Source] = {}
        for name in wanted:
            if name in self.sources:
                chosen[name] = self.sources[name]
            elif name in self.publishers:
                chosen |= {k: s for k, s in usual.items() if s.publisher == name}
            else:
                known = [*self.sources, *self.publishers]
                raise AdoptionError(f"--source: no {name!r}; {did_you_mean(name, known, 1)}")
        if not wanted:
            chosen = dict(usual)
        if convention is not None:
            chosen = {k: s for k, s in chosen.items() if s.convention == convention}
        if chosen:
            return list(chosen.values())
        said = f"--convention {convention}" if convention else f"--source {' '.join(wanted)}"
        saved = [
            f"--source {name}"
            for name, source in self.sources.items()
            if source.by_hand
            and convention in (None, source.convention)
            and (not wanted or source.publisher in wanted)
        ]
        if saved:
            allowed = f"{' or '.join(saved)}, with --file FILE"
            raise AdoptionError(f"{said}: is saved by hand; allowed: {allowed}")
        known = [s.convention for s in self.sources.values() if s.convention]
        near = f"{did_you_mean(convention or '', known, 1)} (allowed: {', '.join(known)})"
        raise AdoptionError(f"{said}: none of these sources has a list of its acts; {near}")


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
