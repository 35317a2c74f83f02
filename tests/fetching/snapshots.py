"""Shared by the tests of the store: made-up downloads, and what must hold of its folders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adoption.data.snapshots import DAY_FOLDER, SIDECAR_SUFFIX, SnapshotStore
from adoption.fetching.download import Download
from adoption.fetching.folders import COMING
from adoption.fetching.sidecars import Described, read_whole
from adoption.fetching.stamps import REASON
from adoption.fetching.store import FetchedStore

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ADDRESS = "https://example.org/list.xml"
DESCRIBED = Described("The publisher", "The list", "CC0", "Every act.")
SOURCE = "untc-hanoi"
REFUSED = "XVIII-16.en.xml: 72 rows where the header says 73"


def store_in(folder: Path) -> FetchedStore:
    return FetchedStore(folder / "data" / "raw", folder / "data" / "aside")


def came(content: bytes = b"<list/>", **changes: Any) -> Download:
    """Return a made-up download."""
    given: dict[str, Any] = {
        "asked": ADDRESS, "url": ADDRESS, "status": 200, "headers": {"etag": '"1"'},
        "content": content, "seconds": 0.25, "fetched": NOON - timedelta(seconds=1),
    }  # fmt: skip
    return Download(**(given | changes))


def unchanged(**headers: str) -> Download:
    return came(b"", status=304, headers=headers)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def keep(store: FetchedStore, content: bytes, seconds: float = 0) -> Path:
    """Keep a made-up file so long after noon."""
    return store.keep(SOURCE, DESCRIBED, {"a.xml": came(content)}, later(seconds))


def names(root: Path, source: str = SOURCE) -> list[str]:
    """Return the names of the snapshots of a source."""
    folder = root / source
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def assert_whole(store: FetchedStore) -> None:
    """Check that every snapshot is whole, and that the build reads those in use."""
    for root in (store.raw, store.aside):
        for source in [path for path in root.glob("*") if not path.name.startswith(COMING)]:
            folders = list(source.iterdir())
            assert folders or root == store.aside, f"{source} is a source without a snapshot"
            for folder in folders:
                assert DAY_FOLDER.fullmatch(folder.name)
                assert_whole_snapshot(folder, refused=root == store.aside)
    if store.raw.is_dir():
        read = SnapshotStore(store.raw)
        for path in read.files():
            read.verify(path)


def assert_whole_snapshot(folder: Path, *, refused: bool) -> None:
    found = {path.name for path in folder.iterdir()}
    files = {name for name in found - {REASON} if not name.endswith(SIDECAR_SUFFIX)}
    assert files
    assert found == files | {f"{name}{SIDECAR_SUFFIX}" for name in files} | {REASON} - {
        "" if refused else REASON
    }
    for name in found:
        assert (folder / name).stat().st_mode & 0o777 == 0o444
    for name in files:
        whole = read_whole(folder / name)
        assert whole is not None
        assert whole[1].accessed.isoformat() == folder.name[:10]


def assert_tidy(store: FetchedStore) -> None:
    """Check that nothing half done lies about."""
    for root in (store.raw, store.aside):
        assert [path.name for path in root.glob(f"{COMING}*")] == []
