"""The raw snapshots: the newest is read, and only if it is what its sidecar says."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adoption.data import run
from adoption.data.bibliography import read_snapshots
from adoption.data.snapshots import Response, Sidecar, SnapshotStore, newest_folder
from adoption.errors import AdoptionError
from adoption.paths import raw_folder
from tests.conftest import BEFORE, DataTree, contents

GCI = "raw/itu-gci/gci.csv"
SIDECAR = f"{GCI}.meta.json"
COLUMNS = ("iso3", "name")
DATA = b"iso3,name\nQAT,Qatar\n"
DESCRIBED: dict[str, Any] = {
    "publisher": "P", "title": "T", "address": "A", "licence": "L", "accessed": "2026-11-24",
    "shows": "S", "complete_to": "2026-01-01", "changes": "C",
    "sha256": hashlib.sha256(DATA).hexdigest(), "bytes": len(DATA),
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    for day in ("2025-01-31", "2026-11-24", "2026-02-01", "drafts"):
        folder = tmp_path / "names" / day
        folder.mkdir(parents=True)
        (folder / "x.csv").write_bytes(DATA)
        (folder / "x.csv.meta.json").write_text(json.dumps(DESCRIBED), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a source", encoding="utf-8")
    return SnapshotStore(tmp_path)


def test_the_newest_day_is_read(store: SnapshotStore) -> None:
    newest = store.folder / "names" / "2026-11-24"
    assert store.sources() == ["names"]
    assert store.latest("names") == newest
    assert store.files() == [newest / "x.csv"]
    assert store.read("names", "x.csv", COLUMNS).name == "data/raw/names/2026-11-24/x.csv"
    assert store.sidecar(newest / "x.csv").accessed == date(2026, 11, 24)


def test_the_moment_of_a_fetch_sorts_within_its_day(store: SnapshotStore) -> None:
    source = store.folder / "names"
    fetched = ["2026-11-24T093000Z", "2026-11-24T183000Z", "2026-11-25T000000Z"]
    for name in ("2026-11-23T235959Z", *fetched):
        shutil.copytree(source / "2026-11-24", source / name)
        assert store.latest("names").name == max("2026-11-24", name)
    for name in ("2026-11-26T09:30:00Z", "2026-11-26T093000", "2026-11-26T0930Z", "2026-11-261"):
        (source / name).mkdir()
    assert store.latest("names").name == fetched[-1]
    shutil.copytree(source / "2026-11-24", source / "2026-11-26")
    assert store.latest("names").name == "2026-11-26"
    assert newest_folder(source) == source / "2026-11-26"
    assert newest_folder(store.folder / "nothing") is None


def test_all_snapshots_of_a_source_the_oldest_first(store: SnapshotStore) -> None:
    source = store.folder / "names"
    (source / "2026-02-01T093000Z").mkdir()
    (source / "2026-02-01T093000Z.part").mkdir()
    days = ["2025-01-31", "2026-02-01", "2026-02-01T093000Z", "2026-11-24"]
    assert store.folders("names") == [source / day for day in days]
    assert store.folders("names")[-1] == store.latest("names")
    assert store.folders("nothing") == []
    (store.folder / "empty").mkdir()
    assert store.folders("empty") == []


def test_what_is_not_whole_yet_is_no_source(store: SnapshotStore) -> None:
    (store.folder / ".coming-x").mkdir()
    assert store.sources() == ["names"]
    assert len(store.files()) == 1


def test_how_a_publisher_answered_may_be_known(store: SnapshotStore) -> None:
    path = store.latest("names") / "x.csv"
    answer = {"address": "A", "status": 200, "headers": {"etag": "1"}, "seconds": 0.5,
              "fetched": "2026-11-24T18:30:00Z"}  # fmt: skip
    assert store.sidecar(path).response is None
    beside = path.with_name("x.csv.meta.json")
    beside.write_text(json.dumps(DESCRIBED | {"response": answer}), encoding="utf-8")
    assert store.sidecar(path).response == Response.model_validate(answer)
    store.verify(path)
    assert list(read_snapshots(store)["file"]) == ["data/raw/names/2026-11-24/x.csv"]
    beside.write_text(json.dumps(DESCRIBED | {"response": answer | {"cookie": "1"}}), "utf-8")
    with pytest.raises(AdoptionError, match=r"response\.cookie: Extra inputs are not permitted"):
        store.sidecar(path)


def test_an_older_day_is_never_looked_at(store: SnapshotStore) -> None:
    shutil.rmtree(store.folder / "names" / "2025-01-31")
    (store.folder / "names" / "2025-01-31").mkdir()
    assert len(store.files()) == 1


def test_missing_things_are_named(store: SnapshotStore) -> None:
    with pytest.raises(AdoptionError, match="data/raw/name: no such source; did you mean names"):
        store.latest("name")
    with pytest.raises(AdoptionError, match=r"data/raw/names/2026-11-24/y\.csv: missing"):
        store.read("names", "y.csv", COLUMNS)
    (store.folder / "empty").mkdir()
    with pytest.raises(AdoptionError, match="data/raw/empty: holds no snapshot"):
        store.latest("empty")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"bytes": 19}, "20 bytes where its sidecar says 19: edited?"),
        ({"bytes": 21}, "20 bytes where its sidecar says 21: truncated?"),
        ({"sha256": "0" * 64}, "rows 2 to 2, any column: wrong checksum"),
    ],
)
def test_a_file_that_is_not_the_described_one(
    store: SnapshotStore, change: dict[str, Any], problem: str
) -> None:
    sidecar = store.latest("names") / "x.csv.meta.json"
    sidecar.write_text(json.dumps(DESCRIBED | change), encoding="utf-8")
    with pytest.raises(AdoptionError, match=r"^data/raw/names/2026-11-24/x\.csv: row") as caught:
        store.read("names", "x.csv", COLUMNS)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"licence": ...}, "licence: Field required"),
        ({"colour": "blue"}, "colour: Extra inputs are not permitted"),
        ({"accessed": "lately"}, "accessed: Input should be a valid date"),
        ({"bytes": "few"}, "bytes: Input should be a valid integer"),
    ],
)
def test_a_broken_sidecar_is_named(
    store: SnapshotStore, change: dict[str, Any], problem: str
) -> None:
    described = {key: value for key, value in (DESCRIBED | change).items() if value is not ...}
    path = store.latest("names") / "x.csv"
    path.with_name("x.csv.meta.json").write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(AdoptionError) as caught:
        store.sidecar(path)
    assert str(caught.value).startswith(f"data/raw/names/2026-11-24/x.csv.meta.json: {problem}"), (
        caught.value
    )


@pytest.mark.parametrize("also", [False, True])
def test_a_file_that_is_missing_is_named_whether_its_sidecar_is_there_or_not(
    store: SnapshotStore, also: bool
) -> None:
    path = store.latest("names") / "x.csv"
    path.unlink()
    if also:
        path.with_name("x.csv.meta.json").unlink()
    with pytest.raises(AdoptionError, match=r"^data/raw/names/2026-11-24/x\.csv: missing$"):
        store.verify(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "\xff"])
def test_a_sidecar_that_is_no_json_object_is_named(store: SnapshotStore, text: str) -> None:
    path = store.latest("names") / "x.csv"
    path.with_name("x.csv.meta.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(AdoptionError, match=r"x\.csv\.meta\.json: file: ") as caught:
        store.sidecar(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", SnapshotStore(raw_folder()).files(), ids=lambda path: path.name)
def test_every_committed_file_is_what_its_sidecar_says(path: Path) -> None:
    store = SnapshotStore(raw_folder())
    store.verify(path)
    sidecar = store.sidecar(path)
    assert isinstance(sidecar, Sidecar)
    assert sidecar.complete_to <= sidecar.accessed
    assert sidecar.accessed.isoformat() == path.parent.name[:10]


# Through the build


def test_a_flipped_digit_changes_nothing(tree: DataTree) -> None:
    tree.replace(GCI, "AFG,Afghanistan,2018,17.7", "AFG,Afghanistan,2018,17.8", signed=False)
    last = tree.data(GCI).count(b"\n")
    assert tree.refusal() == (
        f"{tree.shown(GCI)}: rows 2 to {last}, any column: wrong checksum: "
        "the file is not the one its sidecar describes"
    )


def test_a_file_cut_at_the_end_of_a_row_changes_nothing(tree: DataTree) -> None:
    whole = tree.data(GCI)
    cut = b"".join(whole.splitlines(keepends=True)[:400])
    tree.put(GCI, cut, signed=False)
    assert tree.refusal() == (
        f"{tree.shown(GCI)}: row 400, last column: {len(cut)} bytes where its sidecar says "
        f"{len(whole)}: truncated?"
    )


def test_a_missing_sidecar_changes_nothing(tree: DataTree) -> None:
    tree.path(SIDECAR).unlink()
    assert tree.refusal() == f"{tree.shown(GCI)}: has no sidecar gci.csv.meta.json"


def test_a_broken_sidecar_changes_nothing(tree: DataTree) -> None:
    tree.replace(SIDECAR, '"accessed"', '"acessed"')
    assert tree.refusal() == f"{tree.shown(SIDECAR)}: accessed: Field required"


def test_a_file_that_no_table_reads_must_have_a_sidecar_too(tree: DataTree) -> None:
    tree.put("raw/itu-gci/draft.csv", DATA)
    assert tree.refusal() == f"{tree.shown('raw/itu-gci/draft.csv')}: has no sidecar " + (
        "draft.csv.meta.json"
    )


def test_missing_raw_data_are_one_line(tree: DataTree) -> None:
    shutil.rmtree(tree.raw)
    tree.raw.mkdir()
    assert tree.refusal() == "data/raw/untc-base: no such source; there is nothing like it"
    tree.raw.rmdir()
    with pytest.raises(AdoptionError, match=r"^data/raw: missing$"):
        run.build(tree.raw, tree.reference, tree.processed)
    assert contents(tree.processed) == BEFORE


def test_a_missing_file_changes_nothing(tree: DataTree) -> None:
    tree.path(GCI).unlink()
    assert tree.refusal() == f"{tree.shown(GCI)}: missing"


def test_a_file_that_was_found_unchanged_shows_more(store: SnapshotStore) -> None:
    older, newest = (store.folder / "names" / day / "x.csv" for day in ("2026-02-01", "2026-11-24"))
    again = {"names/2026-11-24": date(2026, 12, 8)}
    later = SnapshotStore(store.folder, again)
    assert (store.unchanged_until(newest), store.complete_to(newest)) == (
        date(2026, 11, 24),
        date(2026, 1, 1),
    )
    assert later.unchanged_until(newest) == later.complete_to(newest) == date(2026, 12, 8)
    assert later.unchanged_until(older) == date(2026, 11, 24), "as its sidecar has it"
    frame = read_snapshots(later)
    assert frame["unchanged_until"].dt.date.tolist() == [date(2026, 12, 8)]
    assert frame["accessed"].dt.date.tolist() == [date(2026, 11, 24)]
    earlier = SnapshotStore(store.folder, {"names/2026-11-24": date(2025, 1, 1)})
    assert earlier.complete_to(newest) == date(2026, 1, 1), "never less than its own day"


def test_of_an_older_snapshot_that_it_was_found_unchanged_says_nothing(
    store: SnapshotStore,
) -> None:
    older = store.folder / "names" / "2026-02-01" / "x.csv"
    again = SnapshotStore(store.folder, {"names/2026-02-01": date(2026, 12, 8)})
    assert again.complete_to(older) == store.complete_to(older) == date(2026, 1, 1)
