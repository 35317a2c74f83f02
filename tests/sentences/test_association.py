"""What is said of the states that act: for every convention, on its first day and today."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from adoption.countries.association import CAPACITY, CONTEXT
from adoption.sentences import association as say
from tests.adopting import CASES, adopters, measured
from tests.sentences.words import reads_well


@pytest.mark.parametrize(("name", "day", "edition"), CASES[::7])
def test_every_convention(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    own = measured(name, day, edition)
    texts = [
        say.count_sentence(found),
        say.gap_sentence(own),
        say.association_answer(found).text,
    ]
    titles = [
        say.shares_title(own[own["variable"].isin(list(CAPACITY))], found),
        say.shares_title(own[own["variable"].isin(list(CONTEXT))], found),
        say.scatter_title(found),
        say.model_title(found.model, found),
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
    frame = adopters("untoc").frame
    one = replace(adopters("untoc"), frame=frame.assign(signed=False, acted=frame["iso3"] == "QAT"))
    assert say.count_sentence(one).startswith(
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


def test_what_the_intervals_exclude_is_named_the_strongest_first() -> None:
    found = adopters("hanoi")
    assert say.model_title(found.model, found) == (
        "What goes with having signed: voted no on A/RES/74/247 (odds ratio 0.42) and GCI score "
        "(odds ratio 2.17)"
    )
    assert say.model_title(adopters("untoc").model, found) == "No model is shown"
