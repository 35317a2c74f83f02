"""The registry of publishers: their sources, files and addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from adoption.core.errors import AdoptionError, check_format, did_you_mean, first_fault
from adoption.core.reading import read_toml
from adoption.ingest.snapshots import checked

PUBLISHERS_FILE = "publishers.toml"
PUBLISHERS_FORMAT = 2
# Keys and readers that only files of format 1, which have no number, may contain.
OLD_KEYS, OLD_READERS = ("hosts", "edition"), ("coe", "coe-service", "egdi", "votes")
Reader = Literal["untc", "gci", "indicators"]
SOURCE_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
Name = Annotated[str, AfterValidator(checked)]  # name of a folder or a file
Address = Annotated[str, StringConstraints(pattern=f"^{SOURCE_URL.pattern}$")]
FilePath = Annotated[str, StringConstraints(pattern="^/")]  # path at the publisher


class Publisher(BaseModel):
    """A publisher; the head of `data/reference/publishers.toml` explains the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: str
    name: str
    base: Address
    licence: str


class Source(BaseModel):
    """A publisher's list or table; the head of `data/reference/publishers.toml` explains it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    publisher: str
    reader: Reader
    title: str
    convention: str | None = None
    by_hand: bool = False
    guessed: bool = False
    files: dict[Name, FilePath] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_its_reader(self) -> Source:
        if (self.convention is not None) != self.is_list:
            raise ValueError("convention: a list of acts has one, other sources none")
        if self.is_list and len(self.files) != 1:
            raise ValueError("files: a list of acts is one file")
        return self

    @property
    def is_list(self) -> bool:
        """Whether the source is a list of acts on a convention."""
        return self.reader == "untc"

    @property
    def file(self) -> str:
        """The name of the file of a source that has only one."""
        (name,) = self.files
        return name


class Registry(BaseModel):
    """All publishers and sources by name, in file order."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    format: Annotated[int, AfterValidator(lambda n: check_format(n, PUBLISHERS_FORMAT))] = 1
    publishers: dict[Name, Publisher] = Field({}, validation_alias="publisher")
    sources: dict[Name, Source] = Field({}, validation_alias="source")

    @field_validator("publishers", "sources", mode="before")
    @classmethod
    def _with_names(cls, entries: Any, info: ValidationInfo) -> Any:
        """Give each entry the name of its table and remove the keys that only format 1 had."""
        field = str(info.field_name).removesuffix("s")
        if not isinstance(entries, dict):
            return entries
        if not all(isinstance(entry, dict) for entry in entries.values()):
            return entries
        named = {name: entry | {field: name} for name, entry in entries.items()}
        if info.data.get("format") != 1:
            return named
        kept = {name: e for name, e in named.items() if e.get("reader") not in OLD_READERS}
        for name, entry in kept.items():
            kept[name] = {key: value for key, value in entry.items() if key not in OLD_KEYS}
        return kept

    def of(self, source: Source) -> Publisher:
        """Return the publisher of a source."""
        return self.publishers[source.publisher]

    def choose(self, names: Iterable[str], *, by_hand: bool = False) -> list[Source]:
        """Return the named sources, or by default all that are not saved by hand.

        A publisher's name means all its sources that are fetched. Sources saved by hand are
        included if they are named or if `by_hand` is true.
        """
        wanted = list(names)
        usual = {key: s for key, s in self.sources.items() if by_hand or not s.by_hand}
        sources = {} if wanted else usual
        for name in wanted:
            if name not in self.sources and name not in self.publishers:
                near = did_you_mean(name, [*self.sources, *self.publishers], 1)
                raise AdoptionError(f"--source: no {name!r}; {near}")
            sources |= {key: s for key, s in self.sources.items() if key == name}
            sources |= {key: s for key, s in usual.items() if s.publisher == name}
        if not sources:
            raise AdoptionError(
                f"--source {' '.join(wanted)}: nothing to ask for; allowed: "
                f"{', '.join(self.sources)} (saved by hand with --file FILE --saved DAY)"
            )
        return list(sources.values())


def read_publishers(path: Path, conventions: Collection[str]) -> Registry:
    """Return the registry of publishers; raise an error if it is invalid."""
    content = read_toml(path)
    try:
        registry = Registry.model_validate(content)
    except (AdoptionError, ValidationError) as error:
        raise AdoptionError(f"{path.name}: {first_fault(error, Registry)}") from None
    listed: dict[str, str] = {}
    for name, source in registry.sources.items():
        for field, allowed in (("publisher", registry.publishers), ("convention", conventions)):
            key = getattr(source, field)
            if key is not None and key not in allowed:
                near = did_you_mean(key, allowed, 1)
                raise AdoptionError(f"{path.name}: source.{name}.{field}: no {key!r}; {near}")
        other = listed.setdefault(source.convention or name, name)
        if other != name:
            problem = f"{source.convention} has a list already: source.{other}"
            raise AdoptionError(f"{path.name}: source.{name}.convention: {problem}")
    return registry
