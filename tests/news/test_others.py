"""The other tables: which rows and cells changed, told once."""

from __future__ import annotations

from adoption.news.kinds import RowChange, SchemaChange
from adoption.news.others import other_changes, table_change
from adoption.news.tables import in_text
from tests.news.made_up import Tables, act, build, frame

VOTES = "iso3 resolution vote"


def changes(old: Tables, new: Tables) -> tuple[object, ...]:
    return other_changes(in_text(old, "old"), in_text(new, "new"))


def test_rows_and_cells() -> None:
    old = build(votes=frame(VOTES, [("AAA", "A/1", "yes"), ("BBB", "A/1", "no")]))
    new = build(votes=frame(VOTES, [("AAA", "A/1", "no"), ("CCC", "A/1", "no")]))
    expected = table_change(
        "votes",
        [
            RowChange(("AAA", "A/1"), "changed", "vote", "yes", "no"),
            RowChange(("BBB", "A/1"), "removed"),
            RowChange(("CCC", "A/1"), "added"),
        ],
    )
    assert (expected.added, expected.changed, expected.removed) == (1, 1, 1)
    assert changes(old, new) == ((expected,), ())


def test_what_is_told_elsewhere_is_not_told_again() -> None:
    value = ("AAA", "GCI", "2024", "overall", "90")
    total = ("atlantis", "2020-03-01", "3", "", "", "us")
    old = build(act("AAA"), population="10")
    new = build(act("BBB"), population="11", values=[value], totals=[total])
    assert changes(old, new) == ((), ())


def test_what_is_noted_of_a_value_is_told_here() -> None:
    value = ("AAA", "GCI", "2024", "overall", "90")
    old, new = build(values=[value]), build(values=[value])
    new["capacity"] = new["capacity"].assign(grade="medium")
    row = RowChange(value[:4], "changed", "grade", "high", "medium")
    assert changes(old, new) == ((table_change("capacity", [row]),), ())


def test_tables_and_columns_of_one_side() -> None:
    old, new = build(votes=frame(VOTES)), build()
    new["acts"] = new["acts"].assign(seen="")
    assert changes(old, new) == (
        (),
        (SchemaChange("acts", "seen", "new"), SchemaChange("votes", "", "old")),
    )
