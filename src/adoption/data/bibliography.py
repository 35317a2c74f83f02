"""The sources, the raw files and the registry, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from adoption.data.csvfile import read_csv
from adoption.data.readers.publishers import Registry
from adoption.data.snapshots import SnapshotStore
from adoption.errors import AdoptionError
from adoption.law.conventions import REACH_DAYS, Convention

SOURCE_COLUMNS = ("source", "title", "publisher", "url", "licence", "seen_as_of", "what_it_gives")
CITING = ["source", "law_source", "kept_source", "other_source"]
SOURCE_LISTS = ("cybercrime.csv", "comparison.csv", "capacity.csv")


def read_sources(store: SnapshotStore, reference: Path) -> pd.DataFrame:
    """Read every list of sources."""
    lists = [store.read("sources", file, SOURCE_COLUMNS) for file in SOURCE_LISTS]
    lists.append(
        read_csv(reference / "law-sources.csv", "data/reference/law-sources.csv", SOURCE_COLUMNS)
    )
    seen: set[str] = set()
    for listed in lists:
        for row, key in listed.frame["source"].items():
            if key in seen:
                raise listed.error(row, "source", f"{key!r} is already another source's key")
            seen.add(key)
    frame = pd.concat([listed.frame for listed in lists], ignore_index=True)
    return frame.rename(columns={"seen_as_of": "accessed", "what_it_gives": "gives"})


def fetched_sources(registry: Registry, store: SnapshotStore) -> pd.DataFrame:
    """Return the sources that were fetched, as rows of the table `sources`."""
    rows = []
    for source in registry.sources.values():
        folders = store.folders(source.source)
        if not folders:
            continue
        sidecar = store.sidecar(folders[-1] / next(iter(source.files)))
        rows.append(
            {
                "source": source.source,
                "title": source.title,
                "publisher": sidecar.publisher,
                "url": sidecar.address,
                "licence": sidecar.licence,
                "accessed": sidecar.accessed.isoformat(),
                "gives": sidecar.shows,
            }
        )
    columns = ["source", "title", "publisher", "url", "licence", "accessed", "gives"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def own_sources(sources: pd.DataFrame, registry: Registry) -> frozenset[str]:
    """Return the keys of what the publishers of lists of acts have published themselves."""
    names = {registry.of(source).name for source in registry.sources.values() if source.is_list}
    return frozenset(sources.loc[sources["publisher"].str.startswith(tuple(names)), "source"])


def count_citations(sources: pd.DataFrame, tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Add to each source the number of rows that name it."""
    counted: Counter[str] = Counter()
    for frame in tables:
        for column in frame.columns.intersection(CITING):
            counted.update(key for keys in frame[column].dropna() for key in str(keys).split(";"))
    return sources.assign(rows=sources["source"].map(lambda key: counted[key]))


def read_snapshots(store: SnapshotStore) -> pd.DataFrame:
    """Describe every raw file of the newest snapshots, verified against its sidecar."""
    rows = []
    for path in store.files():
        store.verify(path)
        sidecar = store.sidecar(path)
        days = {
            "accessed": sidecar.accessed,
            "unchanged_until": store.unchanged_until(path),
            "complete_to": store.complete_to(path),
        }
        rows.append(
            sidecar.model_dump(exclude={"response"})
            | {"file": store.name(path)}
            | {name: pd.Timestamp(day) for name, day in days.items()}
        )
    if not rows:
        raise AdoptionError("data/raw: holds no snapshot")
    return pd.DataFrame(rows)


def conventions_table(conventions: Mapping[str, Convention]) -> pd.DataFrame:
    """Return the registry as the table `conventions`."""
    rows = []
    for convention in conventions.values():
        row = convention.model_dump(
            include={
                "convention", "title", "short_title", "label", "depositary", "made_for",
                "reference", "threshold", "excludes_reio", "reach", "source", "law_source",
            }
        )  # fmt: skip
        days = ("adopted", "opens", "closes", "entered_into_force", *REACH_DAYS)
        row |= {day: pd.Timestamp(getattr(convention, day)) for day in days}
        row["threshold_rule"] = convention.rule_in_words()
        row["delay_rule"] = str(convention.delay)
        if convention.later:
            row["later_rule"] = f"{convention.later} ({convention.later_article})"
        rows.append(row)
    return pd.DataFrame(rows)
