"""Two snapshots of one source compared: lists of acts, values, tables by row, other files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from adoption.data.lists import READ
from adoption.data.names import read_participants
from adoption.data.readers.publishers import FILE, Source, read_publishers
from adoption.data.readers.worldbank import read_countries
from adoption.data.snapshots import SIDECAR_SUFFIX
from adoption.errors import AdoptionError
from adoption.law.conventions import load_conventions
from adoption.news.acts import act_changes, done_again, read_acts
from adoption.news.kinds import CHANGED, Differences, Named, RowChange, SchemaChange
from adoption.news.lists import Listing, listed_differences
from adoption.news.others import table_change
from adoption.news.published import COUNTRIES, holds_values, published_changes
from adoption.news.rows import read_rows, row_changes
from adoption.news.tables import NEEDED, read_day
from adoption.paths import reference_folder

REASON = "reason.txt"  # beside what was refused
OF_ACTS = set(NEEDED["acts"]) - {"open_ended"}
# The names of tables of files that are compared by their bytes: because nothing reads them, or
# because nothing that is read of them differs.
BESIDE_FILES = "files"
UNREAD = "files that differ in nothing that is read"


@dataclass(frozen=True)
class _Reading:
    """What is needed to read a source: its entry in the registry, and who is who."""

    source: str
    registered: Source | None
    codes: Mapping[str, str]


def snapshot_differences(old: Path, new: Path) -> Differences:
    """Return how a snapshot differs from an earlier one of the same source.

    A list or values of a publisher are read by the source's reader, which
    `data/reference/publishers.toml` names; a table of acts by its columns; any other CSV file
    is compared by row, and what is neither by its checksum.
    """
    old, new = old.absolute(), new.absolute()
    source = new.parent.name
    if old.parent.name != source:
        raise AdoptionError(
            f"{old}: a snapshot of {old.parent.name}, and {new} is of {source}: compare two of "
            "one source"
        )
    conventions = load_conventions()
    registered = read_publishers(reference_folder() / FILE, conventions).sources.get(source)
    reading = _Reading(source, registered, read_participants(reference_folder()).codes)
    before, after = _files(old), _files(new)
    both = sorted(before.keys() & after.keys())
    changed = [name for name in both if before[name] != after[name]]
    parts = [_seen(name, before[name], after[name], reading) for name in changed]
    only = [(name, "old") for name in before.keys() - after.keys()]
    only += [(name, "new") for name in after.keys() - before.keys()]
    return Differences(
        acts=tuple(change for part in parts for change in part.acts),
        indicators=tuple(value for part in parts for value in part.indicators),
        totals=tuple(change for part in parts for change in part.totals),
        tables=tuple(table for part in parts for table in part.tables),
        schema=(
            *(SchemaChange(name, "", side) for name, side in sorted(only)),
            *(found for part in parts for found in part.schema),
        ),
        old_day=_day(old),
        new_day=_day(new),
        done_again=frozenset().union(*(part.done_again for part in parts)),
        states=read_participants(reference_folder()).names,
        conventions={
            name: Named(
                convention.short_title, convention.label, convention.threshold,
                source if registered and registered.convention == name else "",
            )
            for name, convention in conventions.items()
        },
    )  # fmt: skip


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.name.endswith(SIDECAR_SUFFIX) and path.name != REASON
    }


def _day(folder: Path) -> date | None:
    """Return the day on which a snapshot was taken, from the name of its folder."""
    with suppress(AdoptionError):  # a folder may be called otherwise
        return read_day(folder.name[:10], folder.name)
    return None


def _seen(name: str, old: bytes, new: bytes, reading: _Reading) -> Differences:
    """Return how a file differs; by its checksum where nothing that is read of it does.

    A change that no reader sees must not look like none.
    """
    found = _file(name, old, new, reading)
    return _by_bytes(UNREAD, name, old, new) if found.empty else found


def _file(name: str, old: bytes, new: bytes, reading: _Reading) -> Differences:
    """Return how one file of a snapshot differs."""
    source = reading.registered if reading.registered and name in reading.registered.files else None
    if source and source.is_list:
        listing = Listing(reading.source, str(source.convention), reading.codes)
        read = READ[source.reader]
        return listed_differences(read(old, name), read(new, name), listing)
    if source and holds_values(source.reader, name):
        return Differences(
            indicators=published_changes(source.reader, name, old, new, reading.codes)
        )
    if source and name == COUNTRIES:
        countries = (read_countries(content, name).astype("str") for content in (old, new))
        return _by_row(name, *countries)
    if name.endswith((".csv", ".csv.gz")):
        before, after = read_rows(old, name), read_rows(new, name)
        if set(before.columns) >= OF_ACTS <= set(after.columns):
            acts = read_acts(before, name), read_acts(after, name)
            return Differences(acts=act_changes(*acts), done_again=done_again(*acts))
        return _by_row(name, before, after)
    return _by_bytes(BESIDE_FILES, name, old, new)


def _by_bytes(table: str, name: str, old: bytes, new: bytes) -> Differences:
    digests = (hashlib.sha256(content).hexdigest() for content in (old, new))
    row = RowChange((name,), CHANGED, "sha256", *digests)
    return Differences(tables=(table_change(table, [row]),))


def _by_row(name: str, old: pd.DataFrame, new: pd.DataFrame) -> Differences:
    table = table_change(name, row_changes(old, new))
    only = [(column, "old") for column in old.columns if column not in new.columns]
    only += [(column, "new") for column in new.columns if column not in old.columns]
    return Differences(
        tables=(table,) if table.rows else (),
        schema=tuple(SchemaChange(name, column, side) for column, side in sorted(only)),
    )
