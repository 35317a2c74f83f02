"""Who accepted what and why, and the exceptions that follow: written whole, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from adoption.data.exceptions import Violation
from adoption.errors import AdoptionError
from adoption.refresh.acceptance import (
    drop_exceptions,
    list_exceptions,
    not_listed,
    read_record,
    record,
)
from tests.conftest import FROZEN

ONE = Violation("act-day-changed", "hanoi MUS ratification", "2026-12-10, now 2026-12-09", "a: ")
OTHER = Violation(
    "act-vanished", "hanoi QAT signature", "2025-10-25, not in the list of 2026-12-15"
)
ROW = ("2026-12-15", "data/raw/untc-hanoi/x", "A. Person", 'It says "so", twice', "a: b: c")
HEAD = "rule,subject,found,why\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "exceptions.csv"


def test_violations_become_rows_with_their_reason_and_go_again(path: Path) -> None:
    """The project's own file keeps every byte of its rows."""
    shutil.copy(FROZEN / "data" / "reference" / "exceptions.csv", path)
    before = path.read_text(encoding="utf-8")
    rows = not_listed(path, [ONE, ONE, OTHER], "C.N.1, says so")
    assert rows == [(*ONE[:3], "C.N.1, says so"), (*OTHER[:3], "C.N.1, says so")]
    assert list_exceptions(path, rows) == 2
    assert path.read_text(encoding="utf-8").removeprefix(before).splitlines()[0] == (
        'act-day-changed,hanoi MUS ratification,"2026-12-10, now 2026-12-09","C.N.1, says so"'
    )
    assert not_listed(path, [ONE], "second") == [], "it keeps the reason that it has"
    assert list_exceptions(path, [(*ONE[:3], "second")]) == 0
    assert drop_exceptions(path, [ONE[:3], ("rule", "nobody", "has")]) == 1
    assert drop_exceptions(path, [ONE[:3]]) == 0
    assert drop_exceptions(path, [OTHER[:3]]) == 1
    assert path.read_text(encoding="utf-8") == before


def test_columns_in_another_order_are_not_mixed_up(path: Path) -> None:
    path.write_text("why,found,rule,subject\nold,f,r,s\n", encoding="utf-8")
    list_exceptions(path, [(*ONE[:3], "new")])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["rule,subject,found,why", "r,s,f,old"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + "a,b,c\n", "row 2, column found: 3 fields where 4 are expected"),
        (HEAD + 'a,b,"c,d\n', "unexpected end of data"),
        (HEAD + "a,b,c,d", "the last line has no end: truncated?"),
        ("rule,subject\n", "row 1, column found: missing"),
        ("", "the file is empty"),
    ],
    ids=["short", "quote", "cut", "heading", "empty"],
)
def test_a_damaged_file_is_left_alone(path: Path, text: str, line: str) -> None:
    path.write_text(text, encoding="utf-8")
    changes: list[Callable[[], object]] = [
        lambda: list_exceptions(path, [(*ONE[:3], "why")]),
        lambda: drop_exceptions(path, [ONE[:3]]),
    ]
    for change in changes:
        with pytest.raises(AdoptionError, match=r"^data/reference/exceptions\.csv: ") as caught:
            change()
        assert line in str(caught.value)
        assert path.read_text(encoding="utf-8") == text


def test_an_acceptance_is_recorded_once(tmp_path: Path) -> None:
    path = tmp_path / "acceptances.csv"
    assert read_record(path) == []
    record(path, ROW)
    record(path, ROW)
    later = ("2026-12-16", "data/raw/untc-hanoi/y", *ROW[2:])
    record(path, later)
    assert read_record(path) == [list(ROW), list(later)]
    assert path.read_text(encoding="utf-8").startswith("day,snapshot,by,why,violations\n")


def test_a_record_that_is_no_such_table_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "acceptances.csv"
    path.write_text("day,who\n2026-12-15,me\n", encoding="utf-8")
    with pytest.raises(
        AdoptionError, match=r"^data/reference/acceptances\.csv: row 1, column snapshot"
    ):
        record(path, ROW)
    assert path.read_text(encoding="utf-8") == "day,who\n2026-12-15,me\n"
