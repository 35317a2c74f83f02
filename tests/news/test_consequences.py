"""What follows from changed acts: counts, the threshold, entry into force."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from adoption.news.consequences import MEASURES
from tests.news.made_up import Tables, act, between, build, frame, undated

TWO = (act("AAA", "ratification", "2020-02-03"), act("BBB", "ratification", "2020-03-04"))
THIRD = act("CCC", "ratification", "2020-05-01")
LATER = act("DDD", "accession", "2020-12-01")

Figures = dict[tuple[str, str], Any]  # old and new by measure and state


def followed(old: Tables, new: Tables) -> Figures:
    return {(c.measure, c.iso3): (c.old, c.new) for c in between(old, new).consequences}


def test_the_instrument_that_brings_it_into_force() -> None:
    found = followed(build(*TWO), build(*TWO, THIRD))
    assert found == {
        ("parties", ""): (2, 3),
        ("confirmed_parties", ""): (2, 3),
        ("counted", ""): (2, 3),
        ("nth_instrument", ""): (None, "2020-05-01"),
        ("nth_grade", ""): (None, "confirmed"),
        ("entry_into_force", ""): (None, "2020-07-30"),
    }
    assert [measure for measure, _ in found] == [m for m in MEASURES if (m, "") in found]


def test_a_window_of_the_decisive_deposit_is_told_as_one() -> None:
    found = followed(build(*TWO), build(*TWO, undated("CCC")))
    assert found["nth_instrument", ""] == (None, "2020-03-04")
    march = (*TWO[:1], undated("BBB"), undated("CCC"))
    found = followed(build(*TWO), build(*march))
    assert found["nth_instrument", ""] == (None, "2020-02-03..2020-02-29")
    assert found["entry_into_force", ""] == (None, "2020-05-03..2020-05-29")
    assert found["confirmed_parties", ""] == (2, 1)


def test_the_day_that_comes_is_news_without_any_act() -> None:
    old, new = (build(*TWO, THIRD, day=day) for day in ("2020-07-29", "2020-07-30"))
    assert followed(old, new) == {("in_force", ""): (False, True)}
    assert followed(new, old) == {("in_force", ""): (True, False)}


def test_in_force_by_what_is_only_reported_says_so() -> None:
    acts = (*TWO, replace(THIRD, grade="reported"))
    old, new = (build(*acts, day=day) for day in ("2020-07-29", "2020-07-30"))
    assert followed(old, new) == {("in_force", ""): (False, "reported")}
    sure = build(*TWO, THIRD, day="2020-07-30")
    found = followed(new, sure)
    assert found["in_force", ""] == ("reported", True)
    assert found["nth_grade", ""] == ("reported", "confirmed")


def test_the_new_side_says_whether_it_is_sure_even_where_the_grade_is_the_same() -> None:
    early, late = (
        build(*TWO, act("CCC", "ratification", day, grade="reported"))
        for day in ("2020-04-01", "2020-05-01")
    )
    found = between(early, late).consequences
    assert "nth_grade" not in {consequence.measure for consequence in found}
    assert [c.is_unsure for c in found if c.measure == "entry_into_force"] == [True]
    sure = between(early, build(*TWO, THIRD)).consequences
    assert {consequence.is_unsure for consequence in sure} == {False}
    gone = between(early, build()).consequences
    assert {consequence.is_unsure for consequence in gone} == {False}


def test_without_a_day_of_the_data_nothing_is_worked_out() -> None:
    assert followed(build(*TWO, day=""), build(*TWO, THIRD)) == {}


def test_a_state_that_joins_later_has_its_own_day() -> None:
    acts = (*TWO, THIRD)
    found = followed(build(*acts, day="2021-01-01"), build(*acts, LATER, day="2021-01-01"))
    assert found["in_force_on", "DDD"] == (None, "2020-12-31")
    assert [key for key in found if key[1]] == [("in_force_on", "DDD")]


def test_a_published_day_goes_before_the_rule() -> None:
    acts = (*TWO, THIRD)
    entry = frame("convention iso3 date source", [("atlantis", "AAA", "2020-08-15", "us")])
    found = followed(build(*acts), build(*acts, entries_into_force=entry))
    assert found == {("in_force_on", "AAA"): (None, "2020-08-15")}
