"""What is said of the network: all registries, groups and days; none, one and many."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from adoption import tables
from adoption.countries.groups import all_groups
from adoption.law.conventions import load_conventions
from adoption.law.network import Network, network
from adoption.law.status import load_status
from adoption.law.webs import Web, load_webs, signed_or_bound
from adoption.sentences import cooperation as say
from tests.conftest import Act, bound, made, made_up
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
    assert "two separate networks, of 81 and 9 states; 103 states have no known partner" in (
        answer.text
    )
    assert "If all 73 that are known to have signed or joined" in answer.text
    assert answer.key_figure == "14%"
    check(answer.text)


@pytest.mark.parametrize("name", load_conventions())
@pytest.mark.parametrize("day", [date(2001, 11, 23), date(2013, 5, 1), NEWEST])
def test_every_convention_and_group(name: str, day: date) -> None:
    convention = load_conventions()[name]
    status = load_status(name, max(day, convention.opens))
    joined, webs = world(day)
    signed = signed_or_bound(status)
    for group in GROUPS.values():
        inside = joined.within(group.members)
        text = say.group_sentence(inside, webs, signed, status, group)
        assert text.endswith(".")
        check(text, say.network_title(inside, webs), say.matrix_title(inside, signed),
              say.bounds_note(inside, webs))  # fmt: skip


@pytest.mark.parametrize(
    ("certain", "possible", "says"),
    [
        ("", "", "no two states are known to be joined by the instrument in force between them."),
        ("", "AB", "joined by the instrument in force between them; up to 1 pair may be."),
        ("AB", "", "1 pair of 6 (17%) is joined by the instrument in force between them. "
         "They form one network of 2 states; 2 states have no known partner."),
        ("ABC", "ABCD", "3 pairs of 6 (50%) are joined by the instrument in force between them; "
         "what is not known leaves room for every pair. They form one network of 3 states; 1 state "
         "has no known partner."),
        ("ABCD", "", "They form one network of 4 states."),
    ],
)  # fmt: skip
def test_none_one_and_many(certain: str, possible: str, says: str) -> None:
    sure = frozenset(certain)
    web = Web(made_up(), sure, sure | frozenset(possible), partial=False, ceiling=True)
    text = say.network_sentence(network([web], "ABCD"), [web], "1 May 2001")
    assert text.endswith(says)
    assert "at least" not in text
    check(text)


def test_a_partial_list_makes_a_least_number() -> None:
    web = Web(made_up(), frozenset("AB"), frozenset("AB"), partial=True, ceiling=False)
    joined = network([web], "ABCD")
    assert "at least 1 pair of 6" in say.network_sentence(joined, [web], "1 May 2001")
    assert say.network_title(joined, [web]).startswith("At least 17%")
    note = say.bounds_note(joined, [web])
    assert re.search(r"that the list of the .* does not reach would come on top", note)


def test_two_parts_are_named_by_size() -> None:
    webs = [
        Web(made_up(), frozenset(part), frozenset(part), partial=False, ceiling=True)
        for part in ("ABC", "DE")
    ]
    text = say.network_sentence(network(webs, "ABCDEF"), webs, "1 May 2001")
    assert "at least one of the two instruments" in text
    assert text.endswith("two separate networks, of 3 and 2 states; 1 state has no known partner.")


def test_one_that_withdrew_is_not_among_those_that_would_be_bound() -> None:
    left: Act = ("AAA", "withdrawal", "2001-03-01", "", "confirmed")
    joined = network([], ["AAA", "BBB", "CCC"])

    def said(*rows: Act) -> str:
        status = made("2001-06-01", *rows, short_title="Pact")
        return say.added_sentence(joined, signed_or_bound(status), status)

    rows = [bound(iso3, "2001-02-01") for iso3 in joined.states]
    assert said(*rows, left).startswith(
        "If all two that are known to have signed or joined the Pact and not withdrawn were bound"
    )
    assert said(*rows[:2], left) == (
        "Fewer than two of these states are known to have acted on the Pact and not withdrawn."
    )
    back = said(*rows, left, bound("AAA", "2001-04-01", act="accession"))
    assert back.startswith("If all three that are known to have signed or joined the Pact were")
