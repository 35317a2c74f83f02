"""Snapshots of values: all of a source, the oldest first, and each as its sidecar says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adoption.data.published import day_of, files_of, snapshots_of
from adoption.data.snapshots import SnapshotStore
from adoption.errors import AdoptionError
from tests.build import fetched

ONE = fetched.source("one", "indicators", ["a.json", "b.json"])
OTHER = fetched.source("other", "indicators", ["a.json"])
VOTES = fetched.source("votes", "votes", ["a.csv"])
FILES = {"a.json": b"1", "b.json": b"2"}


def test_every_snapshot_of_a_reader_the_oldest_first(tmp_path: Path) -> None:
    for name in ("other", "votes", "one"):
        fetched.put_snapshot(tmp_path, name, fetched.SECOND, FILES)
    fetched.put_snapshot(tmp_path, "one", fetched.FIRST, FILES)
    never = fetched.source("never", "indicators", ["a.json"])
    found = snapshots_of(
        fetched.registry(never, ONE, VOTES, OTHER),
        SnapshotStore(tmp_path),
        "indicators",
        lambda source, folder: (source.source, folder.name),
    )
    assert found == [
        [("one", fetched.FIRST), ("one", fetched.SECOND)],
        [("other", fetched.SECOND)],
    ]


def test_the_files_of_the_registry_and_the_day(tmp_path: Path) -> None:
    folder = fetched.put_snapshot(tmp_path, "one", fetched.FIRST, {**FILES, "c.json": b"3"})
    store = SnapshotStore(tmp_path)
    place = f"data/raw/one/{fetched.FIRST}"
    assert list(files_of(ONE, folder, store)) == [
        ("a.json", b"1", f"{place}/a.json"),
        ("b.json", b"2", f"{place}/b.json"),
    ]
    assert day_of(ONE, folder, store) == date(2027, 1, 5)


def test_a_missing_or_edited_file_is_an_error(tmp_path: Path) -> None:
    folder = fetched.put_snapshot(tmp_path, "one", fetched.FIRST, FILES)
    place = f"data/raw/one/{fetched.FIRST}/b.json"
    (folder / "b.json").write_bytes(b"3")
    with pytest.raises(AdoptionError, match=f"^{place}: rows 2 to 1, any column: wrong checksum"):
        list(files_of(ONE, folder, SnapshotStore(tmp_path)))
    (folder / "b.json").unlink()
    with pytest.raises(AdoptionError, match=f"^{place}: missing$"):
        list(files_of(ONE, folder, SnapshotStore(tmp_path)))
