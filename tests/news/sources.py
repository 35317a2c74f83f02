"""Snapshots of made-up files of publishers."""

from __future__ import annotations

from pathlib import Path

from tests.sources import mtdsg

XVIII_16 = "XVIII-16.en.xml"
TITLE = "United Nations Convention against Cybercrime"


def snapshot(home: Path, source: str, stamp: str, **files: bytes) -> Path:
    """Write a snapshot; the files by name, with __ for a dot."""
    folder = home / "data" / "raw" / source / stamp
    folder.mkdir(parents=True)
    for name, data in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(data)
        path.with_name(f"{path.name}.meta.json").write_text("{}", encoding="utf-8")
    return folder


def hanoi(*rows: mtdsg.Row, in_force: str = "not yet in force") -> bytes:
    """Return the depositary's XML with rows of participant, signature and consent."""
    return mtdsg.mtdsg(TITLE, rows, in_force=in_force)


def listed(home: Path, stamp: str, *rows: mtdsg.Row) -> Path:
    """Write a snapshot of the list of the Convention against Cybercrime."""
    return snapshot(home, "untc-hanoi", stamp, **{XVIII_16: hanoi(*rows)})
