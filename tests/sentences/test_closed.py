"""After the closing day every text that speaks of signing says that only accession is left."""

from __future__ import annotations

from datetime import date

import pytest

from adoption import tables
from adoption.countries.group_profile import acts_by_convention, members_of
from adoption.countries.groups import Group
from adoption.figures.timelines import adoption_curve
from adoption.law.conventions import load_conventions
from adoption.law.network import network
from adoption.law.status import Status, load_status
from adoption.sentences.forecast_limits import limits_note
from adoption.sentences.group_profile import group_answer
from adoption.sentences.movers import movers_answer
from adoption.sentences.state import brief_answer
from adoption.sentences.status import reading_note
from adoption.statustext import in_text
from tests.forecast.entries import forecast_of, found_of
from tests.movers.made import movers
from tests.sentences.test_sentences import faults

HANOI = load_conventions()["hanoi"]
LAST, AFTER = date(2026, 12, 31), date(2027, 1, 1)
CLOSED = "losed for signature on 31 December 2026: only accession is possible for a state that"
OPEN = "pen for signature until 31 December 2026"


def of_group(status: Status, *members_of_it: str) -> str:
    group = Group("some", "Some", "organisation", frozenset(members_of_it))
    memberships = tables.read("memberships")
    counts = acts_by_convention(group, [status], memberships)
    world = network([], sorted(group.members))
    members = members_of(group, status, [], tables.read("capacity"), 2024, world)
    return group_answer(counts, members, status, group, 2024).text


@pytest.mark.parametrize(
    ("day", "said"), [(HANOI.opens, OPEN), (LAST, OPEN), (AFTER, CLOSED), (date(2025, 1, 1), "")]
)
def test_the_rule_says_whether_a_state_can_still_sign(day: date, said: str) -> None:
    status = load_status("hanoi", day)
    found = found_of(forecast_of(10, 100, 900), opens=HANOI.opens, closes=LAST)
    limits = limits_note(found, status, tables.read("memberships"))
    for text in (in_text(status), reading_note(status), limits):
        assert (said or "pens for signature on 25 October 2025") in text
        for other in {OPEN, CLOSED} - {said}:
            assert other not in text
    assert "signature " not in in_text(load_status("budapest", day)), "no closing day is known"


def test_a_brief_says_so_of_who_has_not_signed() -> None:
    last, after = load_status("hanoi", LAST), load_status("hanoi", AFTER)
    assert CLOSED in brief_answer("KEN", after, []).text
    assert CLOSED in of_group(after, "QAT", "KEN")
    assert CLOSED not in brief_answer("QAT", after, []).text, "it signed, and can ratify"
    assert CLOSED not in of_group(after, "QAT", "VNM"), "every member has signed"
    for text in (brief_answer("KEN", last, []).text, of_group(last, "QAT", "KEN")):
        assert CLOSED not in text
    assert faults(brief_answer("KEN", after, []).text) == []


def test_the_next_movers_say_why_nobody_is_asked_about_signing() -> None:
    assert CLOSED in movers_answer(movers("hanoi", AFTER)).text
    assert OPEN in movers_answer(movers("hanoi", LAST)).text, "on the day itself it is open"


@pytest.mark.parametrize(("day", "verb"), [(LAST, "closes"), (AFTER, "closed")])
def test_the_timeline_marks_a_closing_to_come_and_one_that_was(day: date, verb: str) -> None:
    figure = adoption_curve(HANOI, tables.read("acts"), day, "")
    marks = [note.text for note in figure.layout.annotations]
    assert f"{verb} for signature 31 Dec 2026" in marks
