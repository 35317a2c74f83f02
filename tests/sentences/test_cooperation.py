"""What is said of the network: all registries, groups and days; none, one and many."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from adoption import tables
from adoption.countries.groups import all_groups
from adoption.law.conventions import load_conventions
from adoption.law.network import Network, Web, load_webs, network, signed_or_bound
from adoption.law.status import load_status
from adoption.sentences import cooperation as say
from tests.conftest import made_up
from tests.sentences.test_sentences import faults

NEWEST = tables.data_day()
GROUPS = all_groups(tables.read("states"), tables.read("memberships"))
REGIONAL = ("budapest", "budapest-2ap", "malabo", "arab-2010")


@cache
def world(day: date = NEWEST, names: tuple[str, ...] = REGIONAL) -> tuple[Network, list[Web]]:
    webs = load_webs([load_conventions()[name] for name in names], day)
    states = tables.read("states").query("kind != 'organization'")
    return network(webs, states["iso3"].tolist()), webs


def check(*texts: str) -> None:
    for text in texts:
        assert not faults(text), text


def test_the_answer_says_what_the_network_holds() -> None:
    joined, webs = world()
    members = joined.within(tables.read("states").query("un_member")["iso3"])
    status = load_status("hanoi", NEWEST)
    answer = say.cooperation_answer(members, webs, signed_or_bound(status), status)
    assert answer.text.startswith("On 24 November 2026 at least 2,606 pairs of 18,528 (14%) are")
    assert "of 81 and 9 states; 103 states have no known partner" in answer.text
    assert "If all 73 that are known to have signed or joined" in answer.text
    assert answer.key_figure == "14%"


@pytest.mark.parametrize(
    ("name", "day"), [("untoc", date(2001, 11, 23)), ("malabo", NEWEST), ("hanoi", NEWEST)]
)
def test_every_convention_and_group(name: str, day: date) -> None:
    convention = load_conventions()[name]
    status = load_status(name, max(day, convention.opens))
    joined, webs = world(day)
    signed = signed_or_bound(status)
    for group in GROUPS.values():
        inside = joined.within(group.members)
        text = say.group_sentence(inside, webs, signed, status, group)
        assert text.endswith(".")
        check(text, say.network_title(inside, webs), say.matrix_title(inside, signed))


@pytest.mark.parametrize(
    ("certain", "possible", "says"),
    [
        ("", "", "no two states are known to be joined by the instrument in force between them."),
        ("", "AB", "joined by the instrument in force between them; up to 1 pair may be."),
        ("ABC", "ABCD", "3 pairs of 6 (50%) are joined by the instrument in force between them; "
         "what is not known leaves room for every pair. They form one network of 3 states; 1 state "
         "has no known partner."),
    ],
)  # fmt: skip
def test_none_one_and_many(certain: str, possible: str, says: str) -> None:
    sure = frozenset(certain)
    web = Web(made_up(), sure, sure | frozenset(possible), partial=False, ceiling=True)
    text = say.network_sentence(network([web], "ABCD"), [web], "1 May 2001")
    assert text.endswith(says)
    assert "at least" not in text
    check(text)
