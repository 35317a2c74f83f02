"""The file that says until when publishers still had what is in use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adoption.data.unchanged import UNCHANGED, read_unchanged, written
from adoption.errors import AdoptionError

KNOWN = {"office-b/2026-12-01": date(2026, 12, 8), "office-a/2026-12-01T060000Z": date(2027, 1, 5)}


def test_what_was_written_is_read_and_sorted(tmp_path: Path) -> None:
    assert read_unchanged(tmp_path) == {}, "the file need not be there"
    (tmp_path / UNCHANGED).write_bytes(written(KNOWN))
    assert read_unchanged(tmp_path) == KNOWN
    assert written(KNOWN).decode().splitlines()[1] == "office-a,2026-12-01T060000Z,2027-01-05"
    (tmp_path / UNCHANGED).write_bytes(written({}))
    assert read_unchanged(tmp_path) == {}


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["office-a,2026-12-01,2026-12-32"], "row 2, column until: '2026-12-32' is not a day"),
        (["office-a,2026-12-01,20261208"], "row 2, column until: '20261208' is not a day"),
        (["office-a,2026-12-01,2026-12-08"] * 2, "row 3, column source"),
        (["office-a,2026-12-01,"], "row 2, column until: no day"),
        (["office-a,2026-12-01"], "row 2"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, rows: list[str], problem: str) -> None:
    lines = ["source,snapshot,until", *rows]
    (tmp_path / UNCHANGED).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with pytest.raises(AdoptionError) as refused:
        read_unchanged(tmp_path)
    assert str(refused.value).startswith(f"data/reference/{UNCHANGED}: ")
    assert problem in str(refused.value)
