"""What Explore says: for every convention, group and indicator, and hand-made cases."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest

from adoption.countries.capacity import Indicator
from adoption.countries.groups import Group
from adoption.explore import (
    Selection,
    Shown,
    by_report,
    indicators,
    look_up,
    read_library,
    remembering,
)
from adoption.law.conventions import load_conventions
from adoption.law.status import status_on
from adoption.sentences import explore as say
from tests.conftest import acts_of, bound, made_up, states_of
from tests.sentences.words import reads_well

LIBRARY = read_library()
STATUS_OF = remembering(LIBRARY)
GCI = Indicator("GCI", 2024, "overall")


@pytest.mark.parametrize("name", ["hanoi", "malabo"])
def test_every_group_and_indicator(name: str) -> None:
    convention = load_conventions()[name]
    measures = itertools.cycle(indicators(LIBRARY.capacity))
    # Every group once, whatever the convention; a part of them on its first and last day.
    groups = LIBRARY.groups()[:: 1 if convention.convention == "hanoi" else 6]
    for group, day in itertools.product(groups, (convention.opens, LIBRARY.newest)):
        selection = Selection(convention, day, group, next(measures))
        answer = say.explore_answer(look_up(selection, LIBRARY, STATUS_OF))
        reads_well([answer.text])
        assert group.in_sentence in answer.text


def of_members(rows: list[Any], members: str, values: dict[str, float]) -> Shown:
    """Return what is shown of a made-up group of AAA to DDD on a made-up convention."""
    states = states_of(["AAA", "BBB", "CCC", "DDD"])
    status = status_on(made_up(), date(2001, 3, 1), acts_of(rows), states)
    group = Group("g", "G", "organisation", frozenset(members.split()))
    people = status.participants
    people = people[people["iso3"].isin(group.members)]
    people = people.assign(
        value=people["iso3"].map(values).astype("float64"),
        by_report=people["iso3"].isin(by_report(acts_of(rows), status)),
    )
    return Shown(Selection(made_up(), date(2001, 3, 1), group, GCI), status, people)


REPORTED = ("BBB", "ratification", "2001-02-01", "", "reported")
GONE = ("AAA", "withdrawal", "2001-02-10", "", "confirmed")


@pytest.mark.parametrize(
    ("rows", "members", "expected"),
    [
        ([], "AAA BBB", "None of the 2 members of the G is known to have acted on it by D."),
        ([bound("AAA", "2001-02-01"), REPORTED], "AAA BBB CCC",
         "Two of the 3 members of the G are known to have acted on it by D, "
         "one of them by report only."),
        # A signature is no report, whatever is said of a ratification.
        ([REPORTED], "BBB",
         "The one member of the G is known to have acted on it by D, by report only."),
        # One that withdrew has acted, and the grade of that is not the grade of its act.
        ([bound("AAA", "2001-02-01"), bound("BBB", "2001-02-02"), (*GONE[:3], "2009-01-01",
         "confirmed")], "AAA BBB CCC",
         "Two of the 3 members of the G are known to have acted on it by D; one of them may have "
         "withdrawn."),
        # An act that may have happened by the day is not known to have.
    ],
)  # fmt: skip
def test_who_has_acted(rows: list[Any], members: str, expected: str) -> None:
    told = say.members_sentence(of_members(rows, members, {}))
    assert told == expected.replace("by D", "by 1 March 2001")


@pytest.mark.parametrize(
    ("members", "values", "expected"),
    [
        ("AAA BBB CCC", {"AAA": 10, "BBB": 40},
         "Their GCI 2024, overall, runs from 10.00 to 40.00 of 100, median 25.00; "
         "it is not known for one of them."),
        ("AAA BBB", {"AAA": 0},
         "Their GCI 2024, overall, is known for one of them only: 0.00 of 100."),
        ("AAA BBB", {}, "Their GCI 2024, overall, is not known."),
        ("AAA", {"AAA": 10}, "Its GCI 2024, overall, is 10.00 of 100."),
    ],
)  # fmt: skip
def test_what_is_known_of_their_capacity(
    members: str, values: dict[str, float], expected: str
) -> None:
    assert say.capacity_sentence(of_members([], members, values)) == expected


def test_a_command_is_safe_in_a_shell() -> None:
    assert say.as_command("x", {"a": "b c; d"}).endswith("-p a 'b c; d'")
