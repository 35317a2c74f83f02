"""The additions of `adoption add` in data/raw: conventions, acts, indices and groups.

Each addition has its own folder with one file that describes it, so renaming its first snapshot
into place adds all of it. The build reads these files and stores their rules next to the tables.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from adoption.core.errors import AdoptionError, first_fault
from adoption.ingest.readers.publishers import Registry, Source
from adoption.ingest.snapshots import SnapshotStore
from adoption.ingest.states import MEMBER_COLUMNS
from adoption.tables import ADDITIONS_FILE, AdditionKind
from adoption.tables.csvfile import parse_columns
from adoption.tables.dictionary import table_description

ACTS_FILE = "acts.csv"
VALUES, MEMBERS = "values.csv", "members.csv"
VALUE_COLUMNS = ("iso3", "edition", "component", "value", "source")
SOURCE_FIELDS = ["source", "title", "publisher", "url", "licence", "accessed", "gives"]


class IndexRules(BaseModel):
    """Reading rules of an index; `docs/add.md` explains each field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    scale: tuple[float, float]
    parts: dict[str, str] = {}
    part_scale: tuple[float, float] | None = None
    direction: Literal["higher is better", "lower is better"]
    decimals: int = Field(default=2, ge=1, le=6)
    licence: str
    source: str

    @field_validator("scale", "part_scale")
    @classmethod
    def _from_zero(cls, scale: tuple[float, float] | None) -> tuple[float, float] | None:
        if scale is not None and not scale[0] == 0 < scale[1] <= 1e6:
            raise ValueError("allowed: [0, most], such as [0, 100]")
        return scale


class Addition(BaseModel):
    """A convention, act, index or group with its id, its rules and its sources.

    `listed` is the depositary's list of a convention, in the form of `publishers.toml`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: AdditionKind
    id: str
    entry: dict[str, Any]
    sources: dict[str, dict[str, str]] = {}
    listed: dict[str, Any] | None = None


Additions: TypeAlias = Mapping[str, Addition]  # keys: folders of data/raw


def additions_in(store: SnapshotStore) -> dict[str, Addition]:
    """Return the additions by folder; the newest snapshot with a description counts."""
    additions: dict[str, Addition] = {}
    for source in store.sources():
        files = [
            folder / ADDITIONS_FILE
            for folder in store.folders(source)
            if (folder / ADDITIONS_FILE).is_file()
        ]
        for newest in files[-1:]:
            try:
                additions[source] = Addition.model_validate_json(store.content(newest))
            except ValidationError as error:
                fault = first_fault(error, Addition, "file")
                raise AdoptionError(f"{store.name(newest)}: {fault}") from None
    return additions


def entries_of(
    added: Additions, kind: AdditionKind, existing: Collection[str] = ()
) -> dict[str, dict[str, Any]]:
    """Return the rules of all additions of a kind by id; raise an error if an id is taken."""
    entries: dict[str, dict[str, Any]] = {}
    for folder, addition in added.items():
        if addition.kind != kind:
            continue
        if addition.id in existing or addition.id in entries:
            raise AdoptionError(f"data/raw/{folder}: there is another {kind} {addition.id!r}")
        entries[addition.id] = addition.entry
    return entries


def as_registry(raw: Path) -> dict[str, bytes]:
    """Return the file of data/processed that describes the additions; empty without any."""
    added = additions_in(SnapshotStore(raw))
    kinds = {addition.kind for addition in added.values()}
    entries = {kind: entries_of(added, kind) for kind in sorted(kinds)}
    text = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True)
    return {ADDITIONS_FILE: f"{text}\n".encode()} if entries else {}


def with_lists_of(added: Additions, registry: Registry) -> Registry:
    """Return the registry of publishers with the lists of added conventions."""
    listed = [addition.listed for addition in added.values() if addition.listed]
    sources = {source["source"]: Source.model_validate(source) for source in listed}
    return registry.model_copy(update={"sources": registry.sources | sources})


def sources_of_additions(added: Additions) -> pd.DataFrame:
    """Return the sources of the additions as rows of the table `sources`, without duplicates."""
    rows = {key: row for addition in added.values() for key, row in addition.sources.items()}
    records = [{"source": key, **row} for key, row in rows.items()]
    return pd.DataFrame(records, columns=SOURCE_FIELDS, dtype="str")


def folders_of_acts(added: Additions) -> dict[str, str]:
    """Return the folder of each added act with its convention."""
    return {
        folder: str(addition.entry["convention"])
        for folder, addition in added.items()
        if addition.kind == "act"
    }


def added_values(added: Additions, store: SnapshotStore) -> Iterator[pd.DataFrame]:
    """Yield the values of each added index as rows of the table `capacity`."""
    for folder, addition in added.items():
        if addition.kind == "index":
            raw = store.read(folder, VALUES, VALUE_COLUMNS)
            yield parse_columns(raw, table_description("capacity").columns).assign(
                index=addition.id
            )


def added_memberships(added: Additions, store: SnapshotStore) -> Iterator[pd.DataFrame]:
    """Yield the members of each added group as rows of the table `memberships`."""
    for folder, addition in added.items():
        if addition.kind == "group":
            yield store.read(folder, MEMBERS, MEMBER_COLUMNS).frame
