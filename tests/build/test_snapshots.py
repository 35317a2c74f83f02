"""The raw snapshots: the newest is read, and only if it is what its sidecar says."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from adoption.core.errors import AdoptionError
from adoption.ingest import run
from adoption.ingest.run import read_snapshots
from adoption.ingest.snapshots import (
    UNCHANGED,
    SnapshotStore,
    checked,
    moment_of,
    read_unchanged,
    snapshots_in,
    stage,
)
from adoption.ingest.snapshots import snapshot_files as files_in
from tests.conftest import BEFORE, DataTree, contents

GCI = "raw/itu-gci/gci.csv"
SIDECAR = f"{GCI}.meta.json"
COLUMNS = ("iso3", "name")
DATA = b"iso3,name\nQAT,Qatar\n"
DESCRIBED: dict[str, Any] = {
    "publisher": "P",
    "title": "T",
    "address": "A",
    "licence": "L",
    "accessed": "2026-11-24",
    "shows": "S",
    "complete_to": "2026-01-01",
    "changes": "C",
    "sha256": hashlib.sha256(DATA).hexdigest(),
    "bytes": len(DATA),
}


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    for day in ("2025-01-31", "2026-11-24", "2026-02-01", "drafts"):
        folder = tmp_path / "raw" / "names" / day
        folder.mkdir(parents=True)
        (folder / "x.csv").write_bytes(DATA)
        (folder / "x.csv.meta.json").write_text(json.dumps(DESCRIBED), encoding="utf-8")
    (tmp_path / "raw" / "notes.txt").write_text("not a source", encoding="utf-8")
    return SnapshotStore(tmp_path / "raw")


def test_the_newest_day_is_read(store: SnapshotStore) -> None:
    newest = store.folder / "names" / "2026-11-24"
    assert store.sources() == ["names"]
    assert store.latest("names") == newest
    assert store.files() == [newest / "x.csv"]
    assert store.read("names", "x.csv", COLUMNS).name == "data/raw/names/2026-11-24/x.csv"
    assert store.sidecar(newest / "x.csv").accessed == date(2026, 11, 24)


def test_missing_things_are_named(store: SnapshotStore) -> None:
    with pytest.raises(AdoptionError, match="data/raw/name: no such source; did you mean names"):
        store.latest("name")
    with pytest.raises(AdoptionError, match=r"data/raw/names/2026-11-24/y\.csv: missing"):
        store.read("names", "y.csv", COLUMNS)
    with pytest.raises(AdoptionError, match=r"data/raw/names/2026-11-24/y\.csv: missing"):
        store.verify(store.latest("names") / "y.csv")
    assert store.newest("nothing") is None
    (store.folder / "empty").mkdir()
    with pytest.raises(AdoptionError, match="data/raw/empty: holds no snapshot"):
        store.latest("empty")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"bytes": 19}, "20 bytes where its sidecar says 19: truncated or edited?"),
        ({"sha256": "0" * 64}, "wrong checksum"),
    ],
)
def test_a_file_that_is_not_the_described_one(
    store: SnapshotStore, change: dict[str, Any], problem: str
) -> None:
    sidecar = store.latest("names") / "x.csv.meta.json"
    sidecar.write_text(json.dumps(DESCRIBED | change), encoding="utf-8")
    with pytest.raises(AdoptionError, match=r"^data/raw/names/2026-11-24/x\.csv: ") as caught:
        store.read("names", "x.csv", COLUMNS)
    assert problem in str(caught.value)


def test_a_broken_sidecar_is_named(store: SnapshotStore) -> None:
    path = store.latest("names") / "x.csv"
    text = json.dumps(DESCRIBED | {"accessed": "lately"})
    path.with_name("x.csv.meta.json").write_text(text, encoding="utf-8")
    with pytest.raises(
        AdoptionError, match=r"^data/raw/names/.*/x\.csv\.meta\.json: accessed: Input should be a"
    ):
        store.sidecar(path)


# Through the build


def test_missing_raw_data_are_one_line(tree: DataTree) -> None:
    shutil.rmtree(tree.raw)
    tree.raw.mkdir()
    assert tree.refusal() == "data/raw/sources: no such source; no close match"
    tree.raw.rmdir()
    with pytest.raises(AdoptionError, match=r"^data/raw: missing$"):
        run.build_tables(tree.raw, tree.reference)
    assert contents(tree.processed) == BEFORE


def test_a_file_that_was_found_unchanged_shows_more(store: SnapshotStore) -> None:
    older, newest = (store.folder / "names" / day / "x.csv" for day in ("2026-02-01", "2026-11-24"))
    again = {"names/2026-11-24": date(2026, 12, 8)}
    later = SnapshotStore(store.folder, again)
    assert store.unchanged_until(newest) == date(2026, 11, 24)
    assert store.complete_to(newest) == date(2026, 1, 1)
    assert later.unchanged_until(newest) == later.complete_to(newest) == date(2026, 12, 8)
    assert later.unchanged_until(older) == date(2026, 11, 24), "as its sidecar has it"
    of_older = SnapshotStore(store.folder, {"names/2026-02-01": date(2026, 12, 8)})
    assert of_older.unchanged_until(older) == date(2026, 11, 24), "the newest alone is so still"
    frame = read_snapshots(later)
    assert frame["unchanged_until"].dt.date.tolist() == [date(2026, 12, 8)]
    assert frame["accessed"].dt.date.tolist() == [date(2026, 11, 24)]
    earlier = SnapshotStore(store.folder, {"names/2026-11-24": date(2025, 1, 1)})
    assert earlier.complete_to(newest) == date(2026, 1, 1), "never less than its own day"


# What is fetched


NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
FETCHED = {"x.csv": DATA, "x.csv.meta.json": json.dumps(DESCRIBED).encode()}


def test_what_is_fetched_stands_whole_in_quarantine(store: SnapshotStore, tmp_path: Path) -> None:
    quarantine = tmp_path / "quarantine"
    first = stage(quarantine, store, "names", FETCHED, NOON)
    assert first == quarantine / "names" / "2026-12-01T120000Z"
    assert files_in(first) == {"x.csv": DATA}
    assert (first / "x.csv").stat().st_mode & 0o222 == 0, "it may only be read"
    other = stage(quarantine, store, "names", FETCHED | {"x.csv": b"other"}, NOON)
    again = stage(quarantine, store, "names", FETCHED, NOON)
    assert [path.name for path in snapshots_in(quarantine / "names")] == [other.name, again.name]
    assert other.name == "2026-12-01T120001Z", "the next second that is free"
    assert [path.name for path in quarantine.iterdir()] == ["names"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        ".hidden",
        "-x",
        "x\n",
        "x" * 101,
        "reason.txt",
        "x.meta.json",
        "C:x",
        "\u00e9",
    ],
)
def test_names_that_lead_elsewhere_or_mean_something(store: SnapshotStore, name: str) -> None:
    with pytest.raises(AdoptionError, match="cannot be the name of a source or a file"):
        checked(name)
    with pytest.raises(AdoptionError):
        store.newest(name)


def test_names_are_moments() -> None:
    assert moment_of("2026-12-01") == datetime(2026, 12, 1, tzinfo=UTC)
    assert moment_of("2026-12-01T120000Z") == NOON
    with pytest.raises(AdoptionError, match="its name is neither a day nor a moment"):
        moment_of("2026-13-01")


# What publishers still had


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["office-a,2026-12-01,2026-12-32"], "row 2, column until: '2026-12-32' is not a day"),
        (["office-a,2026-12-01,2026-12-08"] * 2, "row 3, column source"),
        (["office-a,2026-12-01,"], "row 2, column until: no day"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, rows: list[str], problem: str) -> None:
    lines = ["source,snapshot,until", *rows]
    (tmp_path / UNCHANGED).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with pytest.raises(AdoptionError) as refused:
        read_unchanged(tmp_path)
    assert str(refused.value).startswith(f"data/reference/{UNCHANGED}: ")
    assert problem in str(refused.value)
