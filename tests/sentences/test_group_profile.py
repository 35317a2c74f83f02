"""What is said of every group on every convention; none, one and many."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.group_profile import acts_by_convention, members_of
from adoption.countries.groups import Group, all_groups
from adoption.law.conventions import load_conventions
from adoption.law.network import network
from adoption.law.status import load_status
from adoption.law.webs import instruments_of, load_webs
from adoption.sentences import group_profile as say
from tests.conftest import Act, bound, made
from tests.sentences.test_sentences import faults

NEWEST = tables.data_day()
MEMBERSHIPS, CAPACITY = tables.read("memberships"), tables.read("capacity")
STATES = tables.read("states").query("kind != 'organization'")
GROUPS = all_groups(STATES, MEMBERSHIPS)
SEA = Group("sea", "Sea", "organisation", frozenset({"AAA", "BBB", "CCC", "DDD"}))
NOBODY = pd.DataFrame({"iso3": [], "organisation": []})
WORLD = network(
    load_webs([load_conventions()[n] for n in ("budapest", "arab-2010")], NEWEST),
    STATES["iso3"].tolist(),
)


@pytest.mark.parametrize("name", load_conventions())
@pytest.mark.parametrize("newest", [True, False])
def test_every_group_on_every_convention(name: str, newest: bool) -> None:
    status = load_status(name, NEWEST if newest else load_conventions()[name].opens)
    for group in GROUPS.values():
        counts = acts_by_convention(group, [status], MEMBERSHIPS)
        members = members_of(group, status, [], CAPACITY, 2024, WORLD)
        answer = say.group_answer(counts, members, status, group, 2024)
        for text in (answer.text, say.acted_title(counts)):
            assert not faults(text), text
        assert answer.text.endswith(".")


def sentence(*acts: Act, day: str = "2001-06-01") -> str:
    status = made(day, *acts, short_title="Atlantis Convention")
    return say.group_acts_sentence(acts_by_convention(SEA, [status], NOBODY), status, SEA)


def signed(iso3: str, grade: str = "confirmed") -> Act:
    return iso3, "signature", "2001-01-01", "", grade


@pytest.mark.parametrize(
    ("acts", "says"),
    [
        ([], "By 1 June 2001 no act of the Sea on the Atlantis Convention was known."),
        ([signed("AAA")], "One of the four members of the Sea had acted on the Atlantis Convention "
         "by 1 June 2001: one signed and no more."),
        ([signed("AAA", "reported"), signed("BBB")],
         "Two of the four members of the Sea had acted on the Atlantis Convention by 1 June 2001: "
         "two signed and no more, one of them by report."),
        ([bound("AAA", "2001-02-01"), ("BBB", "ratification", "2001-02-01", "", "reported")],
         "Two of the four members of the Sea had acted on the Atlantis Convention by 1 June 2001: "
         "one consented to be bound; one reported bound, not confirmed."),
        ([signed(c) for c in ("AAA", "BBB", "CCC", "DDD")],
         "All of the four members of the Sea had acted on the Atlantis Convention by 1 June 2001: "
         "four signed and no more."),
    ],
)  # fmt: skip
def test_none_one_and_many(acts: list[Act], says: str) -> None:
    assert sentence(*acts) == says


def test_one_that_withdrew_has_acted_in_the_sentence_and_in_the_key_figure() -> None:
    left: Act = ("AAA", "withdrawal", "2001-03-01", "", "confirmed")
    rows = [bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01"), left]
    status = made("2001-06-01", *rows, short_title="Atlantis Convention")
    counts = acts_by_convention(SEA, [status], NOBODY)
    members = members_of(SEA, status, [], CAPACITY, 2024, network([], sorted(SEA.members)))
    answer = say.group_answer(counts, members, status, SEA, 2024)
    assert answer.key_figure == "2 of 4"
    assert answer.text.startswith(
        "Two of the four members of the Sea had acted on the Atlantis Convention by 1 June 2001: "
        "one consented to be bound and did not withdraw; one withdrawn. "
    )
    again = sentence(*rows, bound("AAA", "2001-04-01", act="accession"))
    assert again.endswith("by 1 June 2001: two consented to be bound.")


def test_beyond_the_reach_of_the_list_a_number_is_a_least_one() -> None:
    assert sentence(signed("AAA"), day="2021-06-01").startswith("At least one of the four members")
    everyone = [signed(c) for c in ("AAA", "BBB", "CCC", "DDD")]
    assert sentence(*everyone, day="2021-06-01").startswith("All of the four")


def test_the_arab_league() -> None:
    status, group = load_status("hanoi", NEWEST), GROUPS["league-of-arab-states"]
    counts = acts_by_convention(group, [status], MEMBERSHIPS)
    text = say.group_acts_sentence(counts, status, group)
    assert text == (
        "At least nine of the 22 members of the League of Arab States had acted on the UN "
        "Convention against Cybercrime by 24 November 2026: one reported bound, not confirmed; "
        "eight signed and no more, two of them by report."
    )


def test_the_title_names_the_convention_with_most_acts() -> None:
    statuses = [load_status(name, NEWEST) for name in ("hanoi", "untoc")]
    counts = acts_by_convention(GROUPS["league-of-arab-states"], statuses, MEMBERSHIPS)
    assert say.acted_title(counts) == "At least 21 of 22 have acted on UNTOC, 9 known on Hanoi"
    nothing = acts_by_convention(GROUPS["gcc"], [load_status("budapest", date(2001, 11, 23))],
                                 MEMBERSHIPS)  # fmt: skip
    assert say.acted_title(nothing).startswith("No act of a member")


def test_values_in_words() -> None:
    def said(**values: float | None) -> str:
        return say.group_capacity_sentence(
            pd.DataFrame({"name": list(values), "overall": list(values.values())}), 2024
        )

    assert said(A=None) == "None of them has a value in the GCI 2024."
    assert said(A=50.0, B=None) == "Only A has a value in the GCI 2024: 50."
    assert said(A=50.0, B=100.0, C=100.0) == (
        "Overall GCI 2024 values run from 50 (A) to 100 (two states), median 100."
    )


def test_the_position_of_a_state() -> None:
    webs = load_webs([load_conventions()[n] for n in ("budapest", "arab-2010")], NEWEST)
    names = instruments_of(webs, WORLD.states).set_index("iso3")["instruments"]
    states = STATES.set_index("iso3")
    for iso3 in WORLD.states:
        row = states.loc[iso3].to_dict()
        text = say.position_sentence(row, iso3, WORLD, str(names[iso3]))
        assert not faults(text), text
    said = say.position_sentence(states.loc["QAT"].to_dict(), "QAT", WORLD, str(names["QAT"]))
    assert said.startswith(
        "Qatar is joined for certain with 9 of 196 other states (5%), by Arab, 2010;"
    )
    alone = say.position_sentence(states.loc["CHN"].to_dict(), "CHN", WORLD, str(names["CHN"]))
    assert alone.startswith("China is not known to be joined with any state")
