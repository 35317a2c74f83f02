"""The differences as sections of lines."""

from __future__ import annotations

from adoption.news.kinds import ActChange, Differences, RowChange, SchemaChange
from adoption.news.others import table_change
from adoption.news.sections import Line, Section, sections
from tests.news.made_up import act, changed


def test_acts_of_which_nothing_is_news_are_counted() -> None:
    found = changed(ActChange(act("AAA", note="seen"), act("AAA")), ActChange(None, act("BBB")))
    assert [line.words for line in sections(found)[0].lines] == [
        "Borduria: signature of 10 February 2020 (confirmed, source us)",
        "1 act: only source, note or printed name changed",
    ]


def test_other_tables_in_full_where_there_is_little_to_tell() -> None:
    rows = [
        RowChange(("AAA", "A/1"), "changed", "vote", "yes", ""),
        RowChange(("BBB", ""), "added"),
    ]
    many = [RowChange((f"{n}",), "removed") for n in range(6)]
    snapshots = [RowChange(("acts.csv",), "changed", "bytes", "1", "2")]
    found = Differences(
        tables=(
            table_change("votes", rows),
            table_change("regimes", [*many, RowChange(("7",), "added")]),
            table_change("snapshots", snapshots),
        ),
        schema=(SchemaChange("states", "note", "new"), SchemaChange("claims", "", "old")),
    )
    assert sections(found) == (
        Section(
            "Other tables",
            (
                Line("changed", "votes: AAA A/1: vote empty (was yes)"),
                Line("added", "votes: BBB not known added"),
                Line("changed", "regimes: 1 row added, 6 removed"),
                Line("changed", "snapshots: 1 row changed"),
                Line("added", "column note of states: only in the new tables"),
                Line("removed", "claims: only in the old tables"),
            ),
        ),
    )
