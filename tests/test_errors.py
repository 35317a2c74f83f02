"""The nearest names that an error line offers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.errors import nearest


@pytest.mark.parametrize(
    ("word", "names", "count", "expected"),
    [
        ("Quatar", ["Oman", "Qatar", "Kuwait"], 1, ["Qatar"]),
        ("qatar", ["Oman", "QATAR"], 1, ["QATAR"]),
        ("anything", [], 3, []),
        ("budapest-2", ["budapest", "budapest-2ap", "malabo"], 2, ["budapest-2ap", "budapest"]),
    ],
)
def test_nearest(word: str, names: list[str], count: int, expected: list[str]) -> None:
    assert nearest(word, names, count) == expected


@given(st.text(), st.lists(st.text(), max_size=5), st.integers(1, 4))
def test_nearest_gives_only_names_no_more_than_asked_and_the_same_first(
    word: str, names: list[str], count: int
) -> None:
    found = nearest(word, names, count)
    assert set(found) <= set(names)
    assert len(found) <= count
    assert not word.strip() or word not in names or found[0].casefold() == word.casefold()
