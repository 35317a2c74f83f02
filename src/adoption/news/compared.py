"""Two folders compared: two builds, two snapshots, or the built tables and what would be built."""

from __future__ import annotations

from pathlib import Path

from adoption.builds import read_build
from adoption.data.run import build_tables
from adoption.data.snapshots import SIDECAR_SUFFIX
from adoption.errors import AdoptionError
from adoption.news.differences import differences
from adoption.news.kinds import Differences
from adoption.news.snapshots import snapshot_differences
from adoption.paths import processed_folder, raw_folder, reference_folder

BUILT = Path("data/processed")
UNBUILT = "data/raw and data/reference"


def compared(old: Path | None = None, new: Path | None = None) -> Differences:
    """Return how what one folder holds differs from what an earlier one holds."""
    if old is None:
        built = processed_folder()
        tables = build_tables(raw_folder(), reference_folder())
        return differences(read_build(built), tables, called=(str(BUILT), UNBUILT))
    new = new or processed_folder()
    snapshots = [_is_snapshot(folder) for folder in (old, new)]
    if all(snapshots):
        return snapshot_differences(old, new)
    if any(snapshots):
        one, other = (old, new) if snapshots[0] else (new, old)
        raise AdoptionError(
            f"{one}: a snapshot, and {other} is none: compare two snapshots of one source, or "
            "two folders of built tables"
        )
    before, after = (read_build(_tables_in(folder)) for folder in (old, new))
    return differences(before, after, called=(str(old), str(new)))


def _is_snapshot(folder: Path) -> bool:
    if not folder.is_dir():
        raise AdoptionError(f"{folder}: there is no such folder")
    return any(path.name.endswith(SIDECAR_SUFFIX) for path in folder.iterdir())


def _tables_in(folder: Path) -> Path:
    return folder / BUILT if (folder / BUILT).is_dir() else folder
