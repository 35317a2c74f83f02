"""The store: immutable snapshots, none twice, and what is refused apart from what is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.data.snapshots import SnapshotStore
from adoption.errors import AdoptionError
from adoption.fetching.store import FetchedStore
from tests.fetching.snapshots import (
    ADDRESS,
    DESCRIBED,
    NOON,
    REFUSED,
    SOURCE,
    assert_tidy,
    assert_whole,
    came,
    keep,
    later,
    names,
    unchanged,
)


def test_a_snapshot_is_what_the_build_reads(store: FetchedStore) -> None:
    assert store.newest(SOURCE) is None
    kept = store.keep(SOURCE, DESCRIBED, {"a.xml": came(b"<a/>"), "b.csv": came(b"b")}, NOON)
    assert kept == store.raw / SOURCE / "2026-11-25T120000Z"
    assert store.newest(SOURCE) == kept
    read = SnapshotStore(store.raw)
    assert read.latest(SOURCE) == kept
    assert read.files() == [kept / "a.xml", kept / "b.csv"]
    answer = read.sidecar(kept / "a.xml").response
    assert answer is not None
    assert (answer.status, answer.address) == (200, ADDRESS)
    assert_whole(store)
    assert_tidy(store)


def test_the_same_bytes_make_no_new_snapshot(store: FetchedStore) -> None:
    first = keep(store, b"<a/>")
    assert store.same(SOURCE, {"a.xml": b"<a/>"})
    assert keep(store, b"<a/>", 60) == first
    assert not store.same(SOURCE, {"a.xml": b"<b/>"})
    assert not store.same(SOURCE, {"b.xml": b"<a/>"})
    assert not store.same(SOURCE, {"a.xml": b"<a/>", "b.xml": b""})
    second = keep(store, b"<b/>", 120)
    assert keep(store, b"<a/>", 180) not in (first, second), "it has become what it was"
    assert len(names(store.raw)) == 3


def test_the_newest_sorts_last_whatever_the_moment_of_the_call(store: FetchedStore) -> None:
    by_hand = store.raw / SOURCE / "2026-11-25"
    by_hand.mkdir(parents=True)
    for number, seconds in enumerate([0, 0, 0, -30, 90]):
        kept = keep(store, b"%d" % number, seconds)
        assert store.newest(SOURCE) == kept
    assert names(store.raw) == [
        "2026-11-25", "2026-11-25T120000Z", "2026-11-25T120001Z", "2026-11-25T120002Z",
        "2026-11-25T120003Z", "2026-11-25T120130Z",
    ]  # fmt: skip


# What publishers say of changes


def test_a_publisher_is_asked_whether_anything_has_changed(store: FetchedStore) -> None:
    assert store.validators(SOURCE, "a.xml", ADDRESS) == {}
    headers = {"etag": '"1"', "last-modified": "then", "server": "x"}
    kept = store.keep(SOURCE, DESCRIBED, {"a.xml": came(headers=headers)}, NOON)
    known = {"If-None-Match": '"1"', "If-Modified-Since": "then"}
    assert store.validators(SOURCE, "a.xml", ADDRESS) == known
    with_user = ADDRESS.replace("//", "//me:pa55@")
    assert store.validators(SOURCE, "a.xml", with_user) == known
    assert store.validators(SOURCE, "b.xml", ADDRESS) == {}
    assert store.validators(SOURCE, "a.xml", "no address") == {}
    assert store.validators(SOURCE, "a.xml", "https://mirror.org/list.xml") == {}
    (kept / "a.xml").chmod(0o644)
    (kept / "a.xml").write_bytes(b"<list />")
    assert store.validators(SOURCE, "a.xml", ADDRESS) == {}, "a damaged file must come again"


def test_a_file_that_is_unchanged_comes_from_last_time(store: FetchedStore) -> None:
    store.keep(SOURCE, DESCRIBED, {"a.xml": came(b"<a/>"), "b.xml": came(b"<b/>")}, NOON)
    downloads = {"a.xml": unchanged(), "b.xml": came(b"<new/>", headers={"etag": '"2"'})}
    kept = store.keep(SOURCE, DESCRIBED, downloads, later(60))
    assert (kept / "a.xml").read_bytes() == b"<a/>"
    assert (kept / "b.xml").read_bytes() == b"<new/>"
    assert_whole(store)
    assert store.validators(SOURCE, "a.xml", ADDRESS) == {"If-None-Match": '"1"'}
    assert store.validators(SOURCE, "b.xml", ADDRESS) == {"If-None-Match": '"2"'}


def test_unchanged_means_nothing_where_there_is_no_file(store: FetchedStore) -> None:
    line = rf"^{ADDRESS}: says that nothing has changed, but the a\.xml of last time is missing"
    with pytest.raises(AdoptionError, match=line):
        store.contents(SOURCE, {"a.xml": unchanged()})
    with pytest.raises(AdoptionError, match=line):
        store.keep(SOURCE, DESCRIBED, {"a.xml": unchanged()}, NOON)
    assert names(store.raw) == []


# Names and folders


@pytest.mark.parametrize("file", ["../a.xml", ""])
def test_a_name_never_becomes_a_path(store: FetchedStore, tmp_path: Path, file: str) -> None:
    for call in (
        lambda: store.keep(SOURCE, DESCRIBED, {file: came()}, NOON),
        lambda: store.put_aside(SOURCE, DESCRIBED, {file: came()}, REFUSED, NOON),
        lambda: store.keep(file, DESCRIBED, {"a.xml": came()}, NOON),
        lambda: store.put_aside(file, DESCRIBED, {"a.xml": came()}, REFUSED, NOON),
        lambda: store.same(file, {}),
        lambda: store.newest(file),
    ):
        with pytest.raises(AdoptionError, match="cannot be the name of a source or a file"):
            call()
    assert {path.name for path in tmp_path.rglob("*")} <= {"data", "raw", "aside"}


def test_a_clock_that_is_wrong_makes_no_snapshot(store: FetchedStore) -> None:
    keep(store, b"<a/>")
    with pytest.raises(AdoptionError, match="is this machine's clock right"):
        keep(store, b"<b/>", -2 * 86_400)
    assert len(names(store.raw)) == 1
    assert_tidy(store)
