"""Explore: what it says of every group, its table, and figures that change where they stand."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest

from adoption import tables
from adoption.countries.capacity import Indicator
from adoption.countries.groups import Group, load_groups
from adoption.explore import view as show
from adoption.explore.controls import (
    Exploration,
    Selection,
    by_report,
    indicators,
    look_up,
    members_with_values,
)
from adoption.law.conventions import load_conventions
from tests.conftest import acts_of, bound, made_up, states_of, status_by
from tests.show.drawing import status
from tests.show.reading import check

# What is said, and the table

GCI = Indicator("GCI", 2024, "overall")


@pytest.mark.parametrize("name", ["hanoi", "malabo"])
def test_every_group_and_indicator(name: str) -> None:
    convention = load_conventions()[name]
    measures = itertools.cycle(indicators())
    # Every group once, whatever the convention; a part of them on its first and last day.
    groups = list(load_groups().values())[:: 1 if name == "hanoi" else 6]
    for group, day in itertools.product(groups, (convention.opens, tables.data_day())):
        selection = Selection(convention, day, group, next(measures))
        answer = show.explore_answer(look_up(selection))
        check(answer.text, names=[group.in_sentence])
        assert group.in_sentence in answer.text


REPORTED = ("BBB", "ratification", "2001-02-01", "", "reported")


@pytest.mark.parametrize(
    ("rows", "members", "values", "expected"),
    [
        (
            [],
            "AAA BBB",
            {},
            "None of 2 UN members in the G is known to have acted; GCI 2024, overall: not known.",
        ),
        (
            [bound("AAA", "2001-02-01"), REPORTED],
            "AAA BBB CCC",
            {"AAA": 10, "BBB": 40},
            "2 of 3 UN members in the G have acted, one by report; GCI 2024, overall: median 25.00 "
            "(2 known).",
        ),
        (
            [REPORTED],
            "BBB",
            {"BBB": 0},
            "1 of 1 UN members in the G has acted, one by report; GCI 2024, overall: median 0.00 "
            "(1 known).",
        ),
    ],
)
def test_none_one_and_many(
    rows: list[Any], members: str, values: dict[str, float], expected: str
) -> None:
    states = states_of(["AAA", "BBB", "CCC", "DDD"])
    status = status_by(made_up(), date(2001, 3, 1), acts_of(rows), states)
    group = Group("g", "G", "organisation", frozenset(members.split()))
    people = status.participants
    people = people[people["iso3"].isin(group.members)]
    people = people.assign(
        value=people["iso3"].map(values).astype("float64"),
        by_report=people["iso3"].isin(by_report(acts_of(rows), status)),
    )
    shown = Exploration(Selection(made_up(), date(2001, 3, 1), group, GCI), status, people)
    assert show.explore_sentence(shown) == expected


def test_a_command_is_safe_in_a_shell() -> None:
    assert show.as_command({"a": "b c; d"}).endswith("-p a 'b c; d'")


def test_a_value_that_is_not_known_is_missing_and_a_member_without_it_stays() -> None:
    found = status("hanoi", "2025-10-26")
    group = Group("two", "Two", "organisation", frozenset({"COK", "SAU"}))
    members = members_with_values(found, group, Indicator("EGDI", 2018, "overall"))
    assert list(members["name"]) == ["Cook Islands", "Saudi Arabia"]
    assert members["value"].isna().tolist() == [True, False]
    assert members["value_grade"].isna().all()
