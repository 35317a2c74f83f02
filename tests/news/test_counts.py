"""How many acts or statements are news: ever more shortly, and removals never left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from adoption.data.dictionary import ACTS
from adoption.news.act_counts import act_events
from adoption.news.acts import act_changes
from adoption.news.counts import (
    Event,
    by_convention,
    by_kind,
    in_full,
    in_short,
    plural,
    removed,
    together,
)
from adoption.news.kinds import Act, ActChange
from tests.news.made_up import act, changed, lists_of_acts, undated

NEW = ActChange(None, act("AAA"))
GONE = ActChange(act("BBB"), None)
CONFIRMED = ActChange(undated("CCC"), act("CCC", "ratification"))
CORRECTED = ActChange(act("DDD", day="2020-02-11"), act("DDD"))
NOTED = ActChange(act("AAA"), act("AAA", note="seen"))


def of_mu(change: ActChange) -> ActChange:
    old, new = (found and replace(found, convention="mu") for found in (change.old, change.new))
    return ActChange(old, new)


@pytest.mark.parametrize(
    ("changes", "full", "short"),
    [
        ((NEW,), "1 act of Atlantis", "1 act of Atlantis"),
        ((GONE,), "1 act of Atlantis removed", "1 act of Atlantis removed"),
        ((CONFIRMED,), "1 act of Atlantis confirmed", "1 act of Atlantis"),
        ((NEW, CONFIRMED), "1 act of Atlantis added, 1 confirmed", "2 acts of Atlantis"),
        ((CONFIRMED, GONE), "1 act of Atlantis removed, 1 confirmed",
         "1 act of Atlantis removed, 1 other"),
        ((CORRECTED, CONFIRMED, NEW, GONE, NOTED),
         "1 act of Atlantis removed, 1 added, 1 corrected, 1 confirmed",
         "1 act of Atlantis removed, 3 others"),
    ],
)  # fmt: skip
def test_of_one_convention(changes: tuple[ActChange, ...], full: str, short: str) -> None:
    found = changed(*changes)
    events = act_events(found)
    for counts, line in ((in_full, full), (in_short, short)):
        assert list(by_convention(events, found, counts)) == [line]
        assert list(together(events, found, counts)) == [line]


@pytest.mark.parametrize(
    ("changes", "full", "short"),
    [
        ((NEW, of_mu(NEW)), "2 acts of 2 conventions", "2 acts of 2 conventions"),
        ((GONE, of_mu(GONE)), "2 acts of 2 conventions removed", "2 acts of 2 conventions removed"),
        ((NEW, of_mu(CONFIRMED)), "1 act added, 1 confirmed, of 2 conventions",
         "2 acts of 2 conventions"),
        ((GONE, of_mu(GONE), of_mu(CONFIRMED)), "2 acts removed, 1 confirmed, of 2 conventions",
         "2 acts removed, 1 other, of 2 conventions"),
    ],
)  # fmt: skip
def test_of_all_together(changes: tuple[ActChange, ...], full: str, short: str) -> None:
    found = changed(*changes)
    assert list(together(act_events(found), found, in_full)) == [full]
    assert list(together(act_events(found), found, in_short)) == [short]


def test_of_nothing_nothing_is_told() -> None:
    found = changed()
    lines = [by_kind([], found), by_convention([], found, in_full), together([], found, in_short)]
    assert [list(told) for told in lines] == [[], [], []]


SAID = [
    Event("statement", "atlantis", "objection", "added"),
    Event("statement", "atlantis", "declaration", "removed"),
    Event("statement", "atlantis", "declaration", "changed"),
    Event("statement", "atlantis", "objection", "added"),
]


def test_statements_are_counted_like_acts() -> None:
    found = changed()
    assert list(by_kind(SAID, found)) == [
        "2 objections of Atlantis, 1 declaration changed, 1 declaration removed"
    ]
    assert list(by_convention(SAID, found, in_full)) == [
        "1 statement of Atlantis removed, 2 added, 1 changed"
    ]
    both = [*SAID, Event("statement", "mu", "end note", "removed")]
    assert list(together(both, found, in_short)) == [
        "2 statements removed, 3 others, of 2 conventions"
    ]


@given(lists_of_acts, lists_of_acts)
@settings(max_examples=25)
def test_removals_are_always_told(old: list[Act], new: list[Act]) -> None:
    found = changed(*act_changes(old, new))
    events = act_events(found)
    gone = removed(events)
    for counts in (in_full, in_short):
        line = " ".join(by_convention(events, found, counts))
        assert ("removed" in line) is (gone > 0)
        assert not gone or line.startswith(f"{gone} act")


@pytest.mark.parametrize("word", ACTS)
def test_every_act_has_a_plural(word: str) -> None:
    assert plural(word) != word
    kinds = [Event("act", "atlantis", word, "added")] * 2
    assert list(by_kind(kinds, changed())) == [f"2 {plural(word)} of Atlantis"]
