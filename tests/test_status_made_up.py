"""The status of a convention that does not exist: histories made up for one point each."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.law.status import status_on
from adoption.terminal import plain, status_in_text
from tests.conftest import MADE_UP_STATES as STATES
from tests.conftest import Act, acts_of, bound, bounds, made, made_up, of, states_of


def test_where_the_rule_for_later_states_was_not_seen_the_day_is_unknown() -> None:
    rows = [bound(code, f"2002-01-0{n}") for n, code in enumerate(STATES[:4], start=1)]
    known = made("2010-01-01", *rows)
    assert of(known, "DDD", "in_force_on") == "2002-04-03"
    assert of(known, "DDD") == "in force for it"
    unknown = made("2010-01-01", *rows, later=None, later_article=None)
    assert of(unknown, "DDD", "in_force_on") == "NaT"
    assert of(unknown, "DDD") == "party"
    assert of(unknown, "CCC") == "in force for it"


# Windows, withdrawals, grades


def test_one_that_withdrew_before_does_not_make_up_the_threshold() -> None:
    rows = [
        bound("AAA", "2002-01-01"),
        ("AAA", "withdrawal", "2003-01-01", "", "confirmed"),
        *(bound(code, f"2004-0{n}-01") for n, code in enumerate(("BBB", "CCC", "DDD"), start=1)),
    ]
    status = made("2010-01-01", *rows)
    assert str(status.nth_instrument) == "2004-03-01"
    assert status.nth_participants == ("DDD",)
    stayed = made("2010-01-01", *rows[:1], *rows[2:])
    assert str(stayed.nth_instrument) == "2004-02-01"


def test_one_that_withdraws_afterwards_does_not_undo_entry_into_force() -> None:
    rows = [bound(code, f"2002-01-0{n}") for n, code in enumerate(("AAA", "BBB", "CCC"), start=1)]
    status = made("2010-01-01", *rows, ("AAA", "withdrawal", "2005-01-01", "", "confirmed"))
    assert status.counted.lower == 2
    assert str(status.entry_into_force) == "2002-04-03"
    assert status.in_force


@pytest.mark.parametrize(
    ("rows", "status", "possible", "why"),
    [
        (
            [bound("AAA", "2001-02-01"), ("AAA", "signature", "2001-01-01", "2020-01-01", "x")],
            "party",
            "nan",
            "a signature would change nothing for a party",
        ),
        (
            [("AAA", "signature", "2001-01-01", "", "x"), bound("AAA", "2001-02-01", "2020-01-01")],
            "signed",
            "party",
            "a consent would",
        ),
        (
            [
                bound("AAA", "2001-02-01", "2010-01-01"),
                ("AAA", "withdrawal", "2005-01-01", "", "x"),
            ],
            "withdrawn",
            "nan",
            "a consent of unknown day was before its own withdrawal",
        ),
    ],
)
def test_what_else_may_be_is_told_only_where_it_would_change_something(
    rows: list[Act], status: str, possible: str, why: str
) -> None:
    known = [(*row[:4], "inferred" if row[4] == "x" else row[4]) for row in rows]
    found = made("2012-01-01", *known)
    assert (of(found, "AAA"), of(found, "AAA", "possible")) == (status, possible), why


# A withdrawal and an accession after it, both of unknown day: one participant all the same.
OVERLAPPING: list[Act] = [
    bound("AAA", "2001-02-01"),
    ("AAA", "withdrawal", "2005-01-01", "2005-12-31", "confirmed"),
    bound("AAA", "2005-06-01", "2006-12-31", "accession"),
]


def test_a_participant_with_two_possible_terms_is_counted_once() -> None:
    assert bounds(made("2005-07-01", *OVERLAPPING)) == (0, 1)
    assert bounds(made("2006-12-31", *OVERLAPPING)) == (1, 1)


def test_what_was_reached_is_not_needed_again_after_a_withdrawal() -> None:
    rows = [bound("AAA", "2001-02-01"), bound("BBB", "2001-03-01")]
    left: Act = ("BBB", "withdrawal", "2002-01-01", "", "confirmed")
    found = made("2003-01-01", *rows, left, threshold=2)
    assert (found.counted.lower, found.in_force) == (1, True)
    needed = found.remaining, found.least_remaining, found.remaining_if_confirmed_only
    assert needed == (0, 0, 0)
    before = made("2001-02-15", *rows, left, threshold=2)
    assert before.remaining == before.remaining_if_confirmed_only == 1


def consent(iso3: str, day: str, grade: str = "confirmed", latest: str = "") -> Act:
    return iso3, "accession", day, latest, grade


def left(iso3: str, day: str, grade: str = "confirmed", latest: str = "") -> Act:
    return iso3, "withdrawal", day, latest, grade


A, B, C = consent("AAA", "2001-02-01"), consent("BBB", "2001-03-01"), consent("CCC", "2001-04-01")


REPORTED = consent("AAA", "2001-02-01", "reported")
LEFT = left("AAA", "2001-03-15", "reported")
UNION = consent("EUE", "2001-03-01")


@pytest.mark.parametrize(
    ("threshold", "rows", "needed", "why"),
    [
        (2, [REPORTED, B, C, left("CCC", "2001-06-01")], (0, 0),
         "the confirmed two stood at once before one of them left"),
        (3, [A, B, C, LEFT], (1, 0), "left by report only"),
        (3, [A, B, C, left("AAA", "2001-03-15", "inferred")], (1, 0),
         "what is inferred is not confirmed, and not reported either"),
        (3, [A, B, C, LEFT, left("BBB", "2001-06-01")], (2, 0),
         "without the report it was reached before the other left"),
        (3, [A, B, LEFT, consent("AAA", "2001-05-01", "reported")], (1, 1),
         "without reports it stayed, with them its consent is reported"),
        (2, [A, UNION], (1, 1), "an organisation does not count"),
        (2, [], (2, 2), "none"),
    ],
)  # fmt: skip
def test_what_is_needed_if_only_confirmed_acts_count(
    threshold: int, rows: list[Act], needed: tuple[int, int], why: str
) -> None:
    found = made("2002-01-01", *rows, threshold=threshold)
    assert (found.remaining, found.remaining_if_confirmed_only) == needed, why
    assert plain(found)["remaining_if_confirmed_only"] == needed[1]
    line = f"{needed[0]}" + (f" ({needed[1]} if only" if needed[1] != needed[0] else "\n")
    assert f"  remaining         {line}" in status_in_text(found)


@pytest.mark.parametrize(
    ("day", "first_term", "second_term"),
    [("2001-05-20", "2001-05-20", "2005-01-31"), ("2005-02-05", "2001-05-02", "2005-02-05")],
)
def test_a_published_day_of_the_first_term_is_not_that_of_the_second(
    day: str, first_term: str, second_term: str
) -> None:
    rows = [
        bound("AAA", "2001-02-01"),
        bound("BBB", "2001-02-01"),
        ("AAA", "withdrawal", "2004-01-01", "", "confirmed"),
        bound("AAA", "2005-01-01", act="accession"),
    ]
    entries = pd.DataFrame({"iso3": ["AAA"], "date": pd.to_datetime([day])})
    convention, states = made_up(threshold=2), states_of(STATES)
    found = status_on(convention, date(2006, 1, 1), acts_of(rows), states, (), entries)
    assert of(found, "AAA", "in_force_on") == second_term
    first = status_on(convention, date(2003, 1, 1), acts_of(rows), states, (), entries)
    assert of(first, "AAA", "in_force_on") == first_term


def test_one_participant_does_not_reach_a_threshold_of_two() -> None:
    found = made("2008-01-01", *OVERLAPPING, bound("BBB", "2007-01-01"), threshold=2)
    assert str(found.nth_instrument) == "2007-01-01"
