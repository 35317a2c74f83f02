"""Groups: their members by a hand count, and how they are named."""

from __future__ import annotations

import pytest

from adoption import tables
from adoption.countries.groups import Group, all_groups, find_group
from adoption.errors import AdoptionError


@pytest.fixture(scope="module")
def groups() -> dict[str, Group]:
    return all_groups(tables.read("states"), tables.read("memberships"))


def test_the_gulf_states(groups: dict[str, Group]) -> None:
    assert groups["gcc"].members == {"ARE", "BHR", "KWT", "OMN", "QAT", "SAU"}


def test_the_european_union_is_no_member_of_a_group(groups: dict[str, Group]) -> None:
    assert [group.name for group in groups.values() if "EUE" in group.members] == []


def test_an_unknown_group_is_one_line_with_the_nearest(groups: dict[str, Group]) -> None:
    with pytest.raises(AdoptionError) as caught:
        find_group("arab-legue", groups)
    assert str(caught.value) == "group: there is no 'arab-legue'; did you mean arab-league?"
    with pytest.raises(AdoptionError, match="there is no 'arb'; did you mean arab-league"):
        find_group("arb", groups)
