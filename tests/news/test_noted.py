"""Rows of which only the origin changed."""

from __future__ import annotations

import pytest

from adoption.news.kinds import RowChange
from adoption.news.noted import ORIGIN, split_noted
from adoption.news.others import table_change

KEY = ("AAA", "EGDI", "2024", "overall")


@pytest.mark.parametrize("column", ORIGIN)
def test_only_the_origin_changed(column: str) -> None:
    news, noted = split_noted(table_change("capacity", [RowChange(KEY, "changed", column)]))
    assert (news.rows, noted.changed) == ((), 1)


@pytest.mark.parametrize(
    "row",
    [RowChange(KEY, "changed", "grade"), RowChange(KEY, "added"), RowChange(KEY, "removed")],
)
def test_more_than_the_origin_changed(row: RowChange) -> None:
    both = table_change("capacity", [row, RowChange(KEY, "changed", "source")])
    news, noted = split_noted(both)
    assert (news, noted.rows) == (both, ())
