"""Statements of a list: removed, changed and new ones, paired only where that is no guess."""

from __future__ import annotations

import pytest

from adoption.news.kinds import ADDED, CHANGED, REMOVED, Differences, RowChange
from adoption.news.others import table_change
from adoption.news.statements import StatementChange, statement_changes, statement_lines

OLD, NEW, THIRD = ("87654321" * 8, "12345678" * 8, "abcdef01" * 8)


def said(
    change: str, checksum: str, who: str = "Aland", kind: str = "declaration", of: str = "atlantis"
) -> RowChange:
    return RowChange((of, kind, who, checksum), change)


def of(*rows: RowChange) -> Differences:
    return Differences(tables=(table_change("statements", rows),))


def test_a_changed_statement_is_one_line() -> None:
    found = of(said(ADDED, NEW), said(REMOVED, OLD))
    assert statement_changes(found) == [
        StatementChange("atlantis", "declaration", "Aland", OLD, NEW)
    ]
    assert list(statement_lines("atlantis", found)) == [
        (CHANGED, "declaration of Aland changed (checksum 12345678, was 87654321)")
    ]
    assert list(statement_lines("mu", found)) == []
    cell = RowChange(("atlantis", "declaration", "Aland", OLD), CHANGED, "iso3", "", "AAA")
    assert statement_changes(of(cell)) == []


@pytest.mark.parametrize(
    "other",
    [ said(ADDED, NEW, kind="objection"),
     said(ADDED, NEW, of="mu")],
)  # fmt: skip
def test_those_of_others_are_not_paired_and_what_is_gone_goes_first(other: RowChange) -> None:
    found = statement_changes(of(other, said(REMOVED, OLD)))
    assert [change.change for change in found] == [REMOVED, ADDED]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([said(ADDED, NEW), said(REMOVED, OLD), said(ADDED, THIRD)], [REMOVED, ADDED, ADDED]),
        ([said(ADDED, NEW, who=""), said(REMOVED, OLD, who="")], [REMOVED, ADDED]),
    ],
)  # fmt: skip
def test_of_several_or_of_nobody_none_is_paired(rows: list[RowChange], told: list[str]) -> None:
    changes = statement_changes(of(*rows))
    assert [one.change for one in changes] == told
    assert {one.old or one.new for one in changes} == {row.key[3] for row in rows}
    lines = list(statement_lines("atlantis", of(*rows)))
    assert [sign for sign, _ in lines] == told
    assert not any("changed" in line for _, line in lines)
