"""What is said of the states that act: for every convention, on its first day and today."""

from __future__ import annotations

import re
from datetime import date

import pytest

from adoption.countries.association import CAPACITY, CONTEXT, shares
from adoption.countries.readiness import readiness
from adoption.sentences import association as say
from adoption.sentences.readiness import readiness_sentence
from tests.adopting import CASES, NEWEST, adopters, measured, of_acts
from tests.conftest import bound

FAULTS = r"\bnan\b|None\b(?! of)|NaT|  |\.\.|\bno of\b|\bthe the\b|\b1 (are|have|states)\b|\(\)"


@pytest.mark.parametrize(("name", "day", "edition"), CASES)
def test_every_convention(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    own = measured(name, day, edition)
    texts = [
        say.count_sentence(found),
        say.gap_sentence(own),
        say.measure_note(found),
        say.scatter_note(found),
        say.limits_note(found, own),
    ]
    titles = [
        say.shares_title(own[own["variable"].isin(list(CAPACITY))], found),
        say.shares_title(own[own["variable"].isin(list(CONTEXT))], found),
        say.scatter_title(found),
    ]
    for text in [*texts, *titles]:
        assert not re.search(FAULTS, text), text
    assert all(text.endswith(".") for text in texts)
    assert not any(title.endswith(".") for title in titles)
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


def test_nobody() -> None:
    found = adopters("malabo", date(2014, 6, 27))
    assert say.count_sentence(found).startswith(
        "None of the 54 members of the United Nations in the African Union is known to have acted"
    )
    assert say.shares_title(shares(found), found) == "No state is known to have acted"
    assert say.scatter_title(found) == "No state with a GCI score is known to have acted"
    assert "Two more may" not in say.measure_note(found)
    assert "Two may have acted by then." in say.measure_note(found)


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


def test_no_gap() -> None:
    found = of_acts()
    assert say.gap_sentence(shares(found)).startswith("By none of the characteristics compared")
    everyone = of_acts(*(bound(iso3, "2001-02-01") for iso3 in found.frame["iso3"]))
    assert say.shares_title(shares(everyone), everyone) == (
        "No gap between categories of at least ten states"
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


def test_why_consent_counts() -> None:
    assert "because states have consented without having signed" in say.measure_note(
        adopters("untoc")
    )
    assert "because the signatories are not named" in say.measure_note(adopters("malabo"))


def test_who_is_not_in_the_scatter() -> None:
    assert say.scatter_note(adopters("hanoi")) == (
        "Not shown: Palau (no GCI score); Democratic People's Republic of Korea (no GDP per "
        "capita)."
    )
    assert say.scatter_note(adopters("malabo")) == "Every state is shown."
    note = say.scatter_note(adopters("hanoi", NEWEST, 2020))
    assert note.endswith(
        "A score of 0 is as published: Micronesia (Federated States of) and Yemen."
    )


def test_the_medians_are_those_of_the_states() -> None:
    frame = adopters("hanoi").frame
    own, others = (
        sorted(frame.loc[frame["acted"] == acted, "overall"].dropna()) for acted in (True, False)
    )
    assert (len(own), len(others)) == (72, 120)
    expected = [(own[35] + own[36]) / 2, (others[59] + others[60]) / 2]
    assert say.scatter_title(adopters("hanoi")).endswith(
        f": {expected[0]:.0f}; of the others, {expected[1]:.0f}"
    )


def test_the_answer() -> None:
    found = adopters("hanoi")
    ready = readiness_sentence(readiness(found), found)
    answer = say.association_answer(found, shares(found), ready)
    assert answer.key_figure == "38%"
    assert answer.key_label == "of the members of the United Nations known to have signed"
    assert answer.text.startswith("73 of the 193")
    assert answer.text.endswith(ready)
    assert answer.as_of == "24 November 2026"
    assert found.status.convention.reach in answer.reach


def test_the_answer_of_nobody_is_one_sentence() -> None:
    found = adopters("malabo", date(2014, 6, 27))
    answer = say.association_answer(found, shares(found), "Not said.")
    assert answer.text == say.count_sentence(found)
    assert answer.key_figure == "0%"


def test_later_characteristics_are_a_limit() -> None:
    untoc, hanoi = (say.limits_note(adopters(name), measured(name)) for name in ("untoc", "hanoi"))
    assert "was opened in 2000: a later" in untoc
    assert "was opened" not in hanoi
    assert "widest of 11 characteristics" in hanoi
    assert "vote of 27 December 2019" in hanoi
