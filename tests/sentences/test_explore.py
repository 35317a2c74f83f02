"""What Explore says: for every convention, group and indicator, and hand-made cases."""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption.countries.adopters import by_report
from adoption.countries.groups import Group
from adoption.countries.indices import Indicator
from adoption.explore import Shown, look_up, read_library, remembering
from adoption.law.conventions import load_conventions
from adoption.law.status import status_on
from adoption.selection import Selection, indicators
from adoption.sentences import explore as say
from tests.conftest import acts_of, bound, made_up, states_of

LIBRARY = read_library()
STATUS_OF = remembering(LIBRARY)
FAULTS = r"\bnan\b|None,|NaT|  |\.\.|\bno of\b|\bthe the\b|\b1 of\b|_"
GCI = Indicator("GCI", 2024, "overall")


@pytest.mark.parametrize("convention", load_conventions().values(), ids=lambda c: c.convention)
def test_every_group_and_indicator(convention: Any) -> None:
    measures = itertools.cycle(indicators(LIBRARY.capacity))
    # Every group once, whatever the convention; a part of them on its first and last day.
    groups = LIBRARY.groups()[:: 1 if convention.convention == "hanoi" else 6]
    for group, day in itertools.product(groups, (convention.opens, LIBRARY.newest)):
        selection = Selection(convention, day, group, next(measures))
        answer = say.explore_answer(look_up(selection, LIBRARY, STATUS_OF))
        assert not re.search(FAULTS, answer.text), answer.text
        assert answer.text.endswith(".")
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
        ([bound("AAA", "2001-02-01")], "AAA BBB",
         "One of the 2 members of the G is known to have acted on it by D."),
        ([bound("AAA", "2001-02-01"), REPORTED], "AAA BBB CCC",
         "Two of the 3 members of the G are known to have acted on it by D, "
         "one of them by report only."),
        ([REPORTED], "AAA BBB",
         "One of the 2 members of the G is known to have acted on it by D, by report only."),
        ([bound("AAA", "2001-02-01"), bound("BBB", "2001-02-02")], "AAA BBB",
         "All 2 members of the G are known to have acted on it by D."),
        # A signature is no report, whatever is said of a ratification.
        ([("BBB", "signature", "2001-01-01", "", "confirmed"), REPORTED], "BBB",
         "The one member of the G is known to have acted on it by D."),
        ([], "AAA", "The one member of the G is not known to have acted on it by D."),
        ([REPORTED], "BBB",
         "The one member of the G is known to have acted on it by D, by report only."),
        # One that withdrew has acted, and the grade of that is not the grade of its act.
        ([bound("AAA", "2001-02-01"), GONE], "AAA BBB",
         "One of the 2 members of the G is known to have acted on it by D; it has withdrawn."),
        ([bound("AAA", "2001-02-01"), REPORTED, (*GONE[:4], "reported")], "AAA BBB",
         "All 2 members of the G are known to have acted on it by D, one of them by report only; "
         "one of them has withdrawn, by report only."),
        ([bound("AAA", "2001-02-01"), GONE], "AAA",
         "The one member of the G is known to have acted on it by D; it has withdrawn."),
        ([bound("AAA", "2001-02-01"), GONE, bound("AAA", "2001-02-20", act="accession")], "AAA BBB",
         "One of the 2 members of the G is known to have acted on it by D."),
        ([bound("AAA", "2001-02-01"), bound("BBB", "2001-02-02"), (*GONE[:3], "2009-01-01",
         "confirmed")], "AAA BBB CCC",
         "Two of the 3 members of the G are known to have acted on it by D; one of them may have "
         "withdrawn."),
        # An act that may have happened by the day is not known to have.
        ([bound("AAA", "2001-02-01", "2001-06-30")], "AAA BBB",
         "None of the 2 members of the G is known to have acted on it by D."),
    ],
)  # fmt: skip
def test_who_has_acted(rows: list[Any], members: str, expected: str) -> None:
    told = say.members_sentence(of_members(rows, members, {}))
    assert told == expected.replace("by D", "by 1 March 2001")


@pytest.mark.parametrize(
    ("members", "values", "expected"),
    [
        ("AAA BBB CCC", {"AAA": 10, "BBB": 40, "CCC": 20},
         "Their GCI 2024, overall, runs from 10.00 to 40.00 of 100, median 20.00."),
        ("AAA BBB CCC", {"AAA": 10, "BBB": 40},
         "Their GCI 2024, overall, runs from 10.00 to 40.00 of 100, median 25.00; "
         "it is not known for one of them."),
        ("AAA BBB", {"AAA": 0},
         "Their GCI 2024, overall, is known for one of them only: 0.00 of 100."),
        ("AAA BBB", {}, "Their GCI 2024, overall, is not known."),
        ("AAA", {"AAA": 10}, "Its GCI 2024, overall, is 10.00 of 100."),
        ("AAA", {}, "Its GCI 2024, overall, is not known."),
    ],
)  # fmt: skip
def test_what_is_known_of_their_capacity(
    members: str, values: dict[str, float], expected: str
) -> None:
    assert say.capacity_sentence(of_members([], members, values)) == expected


def test_the_arab_league_is_a_hand_count() -> None:
    hanoi, day = load_conventions()["hanoi"], date(2025, 10, 26)
    arab = next(g for g in LIBRARY.groups() if g.group == "league-of-arab-states")
    acts = LIBRARY.acts[LIBRARY.acts["convention"] == "hanoi"]
    acts = acts[(acts["latest"] <= pd.Timestamp(day)) & acts["iso3"].isin(arab.members)]
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    text = say.members_sentence(look_up(Selection(hanoi, day, arab, GCI), LIBRARY))
    number = words[acts["iso3"].nunique()].capitalize()
    assert text.startswith(f"{number} of the 22 members of the League of Arab States are known")


def test_a_reported_ratification_makes_no_report_of_a_signature() -> None:
    hanoi, day = load_conventions()["hanoi"], LIBRARY.newest
    arab = next(g for g in LIBRARY.groups() if g.group == "league-of-arab-states")
    acts = LIBRARY.acts[LIBRARY.acts["convention"] == "hanoi"]
    grades = acts[acts["iso3"].isin(arab.members)].groupby("iso3")["grade"]
    assert {iso3 for iso3, own in grades if set(own) == {"reported"}} == {"ARE", "PSE"}
    assert "reported" in set(grades.get_group("QAT"))
    text = say.members_sentence(look_up(Selection(hanoi, day, arab, GCI), LIBRARY))
    assert text.endswith("by 24 November 2026, two of them by report only.")


def test_scales_are_those_of_the_values() -> None:
    capacity = LIBRARY.capacity
    for indicator in indicators(capacity):
        own = capacity[
            (capacity["index"] == indicator.index)
            & (capacity["edition"] == indicator.edition)
            & (capacity["component"] == indicator.component)
        ]["value"]
        top = float(re.findall(r"\d+", say.indicator_scale(indicator))[-1])
        assert own.min() >= 0
        assert top * 0.9 < own.max() <= top


def test_the_day_with_the_age_of_the_convention() -> None:
    hanoi, group = load_conventions()["hanoi"], LIBRARY.groups()[0]
    ages = [
        say.age_words(Selection(hanoi, date(2025, 10, day), group, GCI)) for day in (25, 26, 27)
    ]
    assert ages == [
        "25 October 2025, the day of the opening",
        "26 October 2025, 1 day after the opening",
        "27 October 2025, 2 days after the opening",
    ]


def test_what_a_notebook_keeps() -> None:
    values = {"convention": "hanoi"}
    assert say.left_to_the_notebook(values, {"convention": "x"}) == (
        "The selection gives every parameter of this notebook."
    )
    assert say.left_to_the_notebook(values, {"convention": "x", "country": "y"}) == (
        "country keeps the value of the notebook."
    )
    assert say.left_to_the_notebook(values, {"country": "y", "horizon": 1}) == (
        "country and horizon keep the value of the notebook."
    )


def test_a_command_is_safe_in_a_shell() -> None:
    assert say.as_command("x", {"a": "b c; d"}).endswith("-p a 'b c; d'")
