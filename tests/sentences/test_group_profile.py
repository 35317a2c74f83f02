"""What is said of every group on every convention; none, one and many."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption import tables
from adoption.api import capacity
from adoption.countries.groups import Group, all_groups
from adoption.countries.profiles import acts_by_convention
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.sentences import group_profile as say
from tests.conftest import Act, bound, made
from tests.sentences.test_sentences import faults

NEWEST = tables.data_day()
MEMBERSHIPS = tables.read("memberships")
STATES = tables.read("states").query("kind != 'organization'")
GROUPS = all_groups(STATES, MEMBERSHIPS)
SEA = Group("sea", "Sea", "organisation", frozenset({"AAA", "BBB", "CCC", "DDD"}))
NOBODY = pd.DataFrame({"iso3": [], "organisation": []})


@pytest.mark.parametrize(
    ("name", "newest"), [("hanoi", True), ("malabo", True), ("arab-2010", False)]
)
def test_every_group_on_every_convention(name: str, newest: bool) -> None:
    status = load_status(name, NEWEST if newest else load_conventions()[name].opens)
    every = status.participants.merge(capacity("GCI", 2024), on="iso3", how="left")
    for group in GROUPS.values():
        counts = acts_by_convention(group, [status], MEMBERSHIPS)
        members = every[every["iso3"].isin(group.members)]
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
        ([signed("AAA", "reported"), signed("BBB")],
         "Two of the four members of the Sea had acted on the Atlantis Convention by 1 June 2001: "
         "two signed and no more, one of them by report."),
        ([bound("AAA", "2001-02-01"), ("BBB", "ratification", "2001-02-01", "", "reported")],
         "Two of the four members of the Sea had acted on the Atlantis Convention by 1 June 2001: "
         "one consented to be bound; one reported bound, not confirmed."),
    ],
)  # fmt: skip
def test_none_one_and_many(acts: list[Act], says: str) -> None:
    assert sentence(*acts) == says


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
