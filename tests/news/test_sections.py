"""The differences as sections of lines."""

from __future__ import annotations

from dataclasses import replace

from adoption.news.kinds import (
    ActChange,
    Consequence,
    Differences,
    RowChange,
    SchemaChange,
    Total,
    TotalChange,
)
from adoption.news.others import table_change
from adoption.news.sections import Line, Section, sections
from tests.news.made_up import act, changed, undated


def test_a_convention_has_its_acts_then_what_follows_then_totals() -> None:
    found = replace(
        changed(
            ActChange(act("AAA"), None),
            ActChange(act("BBB", note="seen"), act("BBB")),
            ActChange(None, act("DDD")),
            ActChange(None, act("CCC")),
            ActChange(undated("AAA"), undated("AAA", grade="confirmed")),
        ),
        consequences=(Consequence("atlantis", "signatories", "", 2, 3),),
        totals=(TotalChange("atlantis", None, "us", None, Total(3, None)),),
    )
    assert sections(found) == (
        Section(
            "Atlantis Convention",
            (
                Line("added", "Costaguana: signature of 10 February 2020 (confirmed, source us)"),
                Line("added", "Drusselstein: signature of 10 February 2020 (confirmed, source us)"),
                Line("changed", "Aland: ratification in February 2020 now confirmed (was "
                     "reported)"),
                Line("removed", "Aland: signature of 10 February 2020 no longer in the record; why "
                     "is not known"),
                Line("changed", "1 act: only source, note or printed name changed"),
                Line("changed", "signatories: 3 (was 2)"),
                Line("added", "published total without a day (source us): 3 signatories"),
            ),
        ),
    )  # fmt: skip


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
