"""Why a snapshot was put aside, as a person reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.fetching.reasons import first_reason, in_lines, reason_of


def test_a_reason_has_no_blank_lines() -> None:
    assert in_lines("row 3:\n\n  no  such day") == "row 3:\nno such day\n"
    assert in_lines(" \n") == ""


@pytest.mark.parametrize(
    ("content", "reason", "first"),
    [
        (None, "", "no reason is there"),
        (b"", "", "no reason is there"),
        (b"vanished\nand more\n", "vanished\nand more\n", "vanished"),
        (b"word " * 20, "word " * 20, " ".join(["word"] * 15) + " ..."),
        (b"caf\xe9", "caf\N{REPLACEMENT CHARACTER}", "caf\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_it_is_read_back(tmp_path: Path, content: bytes | None, reason: str, first: str) -> None:
    if content is not None:
        (tmp_path / "reason.txt").write_bytes(content)
    assert (reason_of(tmp_path), first_reason(tmp_path)) == (reason, first)
