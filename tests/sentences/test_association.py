"""What is said of the states that act: for every convention, on its first day and today."""

from __future__ import annotations

import re
from datetime import date

import pytest

from adoption.countries.association import CAPACITY, CONTEXT
from adoption.sentences import association as say
from tests.adopting import CASES, adopters, measured, of_acts
from tests.conftest import bound
from tests.sentences.words import reads_well


@pytest.mark.parametrize(("name", "day", "edition"), CASES[::7])
def test_every_convention(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    own = measured(name, day, edition)
    texts = [
        say.count_sentence(found),
        say.gap_sentence(own),
        say.measure_note(found),
        say.scatter_note(found),
        say.limits_note(found, own),
        say.association_answer(found, own, "Ready.").text,
    ]
    titles = [
        say.shares_title(own[own["variable"].isin(list(CAPACITY))], found),
        say.shares_title(own[own["variable"].isin(list(CONTEXT))], found),
        say.scatter_title(found),
    ]
    reads_well(texts, titles)
    # One measure on a page: who has not acceded anywhere has signed, and nothing else is said.
    other = {"signed": r"\bacted\b", "acted": r"known to have signed"}[found.did]
    assert not any(re.search(other, text) for text in [*texts, *titles])


def test_the_count_is_said_with_its_share() -> None:
    assert say.count_sentence(adopters("hanoi")) == (
        "73 of the 193 members of the United Nations (38%) are known to have signed the UN "
        "Convention against Cybercrime by 24 November 2026."
    )
    assert say.count_sentence(of_acts(bound("QAT", "2001-02-01"))).startswith(
        "1 of the 193 members of the United Nations (1%) is known to have acted on the "
    )


def test_the_widest_gap_is_named_with_its_counts() -> None:
    assert say.gap_sentence(measured("hanoi")) == (
        "Of the characteristics compared, the share differs most by GCI tier: 59% (T2, 17 of 29 "
        "states) against 18% (T4, 10 of 55)."
    )
    own = measured("hanoi")
    title = say.shares_title(own[own["variable"].isin(list(CONTEXT))], adopters("hanoi"))
    assert title == (
        "Known to have signed, by political regime: Electoral autocracy 50%, "
        "Electoral democracy 29%"
    )


def test_what_is_reported_possible_and_not_counted() -> None:
    note = say.measure_note(adopters("hanoi"))
    assert "Of the 73 that have signed, six are known by report only." in note
    assert "The European Union and the State of Palestine have signed too" in note
    assert "not known to be complete" in note
    assert "not known to be complete" not in say.measure_note(adopters("hanoi", date(2025, 10, 26)))
    made = of_acts(
        ("QAT", "signature", "2001-02-01", "", "reported"),
        ("OMN", "signature", "2001-02-01", "2001-12-31", "confirmed"),
    )
    note = say.measure_note(made)
    assert "One is known by report only. One more may have signed by then." in note


def test_one_that_withdrew_counts_and_that_is_said() -> None:
    left = ("QAT", "withdrawal", "2001-02-10", "", "confirmed")
    one = of_acts(bound("QAT", "2001-02-01"), left)
    assert one.acted == 1
    assert " One has withdrawn since; it counts all the same." in say.measure_note(one)
    two = of_acts(bound("QAT", "2001-02-01"), bound("OMN", "2001-02-01"), left)
    assert " Of them, one has withdrawn since; it counts all the same." in say.measure_note(two)
    back = of_acts(bound("QAT", "2001-02-01"), left, bound("QAT", "2001-02-20", act="accession"))
    assert "withdrawn" not in say.measure_note(back)
