"""Statements of a list: removed, changed and new ones, paired by who said them."""

from __future__ import annotations

import pytest

from adoption.news.counts import Event
from adoption.news.kinds import ADDED, CHANGED, REMOVED, Differences, RowChange
from adoption.news.others import table_change
from adoption.news.statements import (
    StatementChange,
    statement_changes,
    statement_events,
    statement_lines,
)

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


@pytest.mark.parametrize(
    "other",
    [said(ADDED, NEW, who="Borduria"), said(ADDED, NEW, kind="objection"),
     said(ADDED, NEW, of="mu")],
)  # fmt: skip
def test_those_of_others_are_not_paired_and_what_is_gone_goes_first(other: RowChange) -> None:
    found = statement_changes(of(other, said(REMOVED, OLD)))
    assert [change.change for change in found] == [REMOVED, ADDED]


@pytest.mark.parametrize("change", [ADDED, REMOVED])
def test_of_several_the_rest_is_new_or_gone(change: str) -> None:
    found = of(said(REMOVED, OLD), said(ADDED, NEW), said(change, THIRD))
    changes = statement_changes(found)
    assert sorted(one.change for one in changes) == sorted([CHANGED, change])
    kept = {checksum for one in changes for checksum in (one.old, one.new) if checksum}
    assert kept == {OLD, NEW, THIRD}
    lines = [words for sign, words in statement_lines("atlantis", found) if sign == change]
    assert len(lines) == 1
    assert "changed" not in lines[0]


def test_the_order_is_removed_changed_new() -> None:
    rows = [said(ADDED, NEW, "Aland"), said(REMOVED, OLD, "Costaguana"),
            said(REMOVED, OLD, ""), said(ADDED, THIRD, "")]  # fmt: skip
    assert list(statement_lines("atlantis", of(*rows))) == [
        (REMOVED, "declaration of Costaguana (checksum 87654321)"),
        (CHANGED, "declaration changed (checksum abcdef01, was 87654321)"),
        (ADDED, "declaration of Aland (checksum 12345678)"),
    ]


def test_they_are_counted() -> None:
    found = of(said(REMOVED, OLD), said(ADDED, NEW), said(ADDED, NEW, kind="objection"))
    assert statement_events(found) == [
        Event("statement", "atlantis", "declaration", CHANGED),
        Event("statement", "atlantis", "objection", ADDED),
    ]


def test_a_cell_of_a_statement_is_no_statement() -> None:
    row = RowChange(("atlantis", "declaration", "Aland", OLD), CHANGED, "iso3", "", "AAA")
    assert statement_changes(of(row)) == []
