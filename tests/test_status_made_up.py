"""The status of a convention that does not exist: made-up histories, and properties."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from adoption.dictionary import CONSENTS, GRADES, SIGNATURES
from adoption.status import Status, status_on
from tests.conftest import Act, acts_of, bound, bounds, made_up, of, states_of

if TYPE_CHECKING:
    from collections.abc import Iterable

STATES = ("AAA", "BBB", "CCC", "DDD", "EUE")
PARTY = ("party", "in force for it")


def made(day: str, *rows: Act, special: tuple[str, ...] = (), **rules: object) -> Status:
    as_of = date.fromisoformat(day)
    return status_on(made_up(**rules), as_of, acts_of(rows), states_of(STATES), special)


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


@pytest.mark.parametrize(
    ("day", "parties", "status", "possible"),
    [
        ("2001-01-31", (0, 0), "no act known", "nan"),
        ("2001-02-01", (0, 1), "no act known", "party"),
        ("2001-06-29", (0, 1), "no act known", "party"),
        ("2001-06-30", (1, 1), "party", "nan"),
    ],
)
def test_an_undated_act_is_possible_inside_its_window(
    day: str, parties: tuple[int, int], status: str, possible: str
) -> None:
    found = made(day, bound("AAA", "2001-02-01", "2001-06-30"))
    assert bounds(found) == bounds(found, "counted") == parties
    assert (of(found, "AAA"), of(found, "AAA", "possible")) == (status, possible)
    assert of(found, "AAA", "bound_on") in ("NaT", "nan")


@pytest.mark.parametrize(
    ("day", "lower", "status"),
    [
        ("2001-05-01", 1, "party"),
        ("2004-12-31", 1, "party"),
        ("2005-01-01", 0, "withdrawn"),
        ("2005-12-31", 0, "withdrawn"),
        ("2006-01-01", 1, "party"),
    ],
)
def test_withdrawal_and_accession_again(day: str, lower: int, status: str) -> None:
    found = made(
        day,
        ("AAA", "signature", "2001-01-01", "", "confirmed"),
        bound("AAA", "2001-05-01"),
        ("AAA", "withdrawal", "2005-01-01", "", "confirmed"),
        bound("AAA", "2006-01-01", act="accession"),
    )
    assert bounds(found) == bounds(found, "counted") == (lower, lower)
    assert bounds(found, "signatories") == (1, 1)
    assert of(found, "AAA") == status


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


def test_a_signature_never_undoes_a_consent() -> None:
    rows = [bound("AAA", "2001-02-01"), ("AAA", "signature", "2001-03-01", "", "confirmed")]
    assert of(made("2001-12-31", *rows), "AAA") == "party"


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
            [bound("AAA", "2001-02-01"), bound("AAA", "2001-03-01", "2020-01-01", "accession")],
            "party",
            "nan",
            "nor would a second consent",
        ),
        (
            [("AAA", "signature", "2001-01-01", "", "x"), bound("AAA", "2001-02-01", "2020-01-01")],
            "signed",
            "party",
            "a consent would",
        ),
        (
            [bound("AAA", "2001-02-01"), ("AAA", "withdrawal", "2002-01-01", "2020-01-01", "x")],
            "party",
            "withdrawn",
            "a withdrawal would",
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


def test_the_grade_of_the_nth_is_that_of_the_deposit_that_made_it() -> None:
    rows = [
        bound("AAA", "2001-02-01"),
        ("AAA", "withdrawal", "2005-01-01", "", "confirmed"),
        ("AAA", "accession", "2010-01-01", "", "reported"),
    ]
    assert made("2012-01-01", *rows, threshold=1).nth_grade == "confirmed"


def test_a_made_up_convention_from_its_opening_to_its_life_in_force() -> None:
    rows: list[Act] = [
        ("AAA", "signature", "2001-01-01", "", "confirmed"),
        ("AAA", "ratification", "2001-06-01", "", "confirmed"),
        ("BBB", "accession", "2001-07-01", "", "reported"),
        ("EUE", "approval", "2001-08-01", "", "confirmed"),
        ("CCC", "definitive signature", "2001-09-01", "", "inferred"),
    ]
    status = made("2001-11-30", *rows)
    assert bounds(status, "signatories") == (1, 1)
    assert bounds(status) == (4, 4)
    assert status.counted.by_grade == {"confirmed": 1, "reported": 1, "inferred": 1}
    assert (status.remaining, status.remaining_if_confirmed_only) == (0, 2)
    assert str(status.entry_into_force) == "2001-11-30"
    assert [of(status, code) for code in STATES] == [
        *("in force for it", "in force for it", "in force for it", "no act known"),
        "in force for it",
    ]
    told = status.to_dict()
    assert told["signatories"] == 1
    assert told["bounds"] == {"signatories": [1, 1], "parties": [4, 4], "counted": [3, 3]}
    assert told["nth_grade"] == "reported and inferred"
    assert told["in_force"] is True


# Properties

DAYS = st.dates(date(2001, 1, 1), date(2003, 12, 31))
WINDOWS = st.tuples(DAYS, st.integers(0, 200))
DOINGS = (SIGNATURES[0], *CONSENTS[:2], "withdrawal")
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(STATES), st.sampled_from(DOINGS)),
    st.tuples(WINDOWS, st.sampled_from(GRADES)),
    max_size=12,
)
Table = dict[tuple[str, str], tuple[tuple[date, int], str]]
examples = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rows_of(table: Table, without: Iterable[str] = ()) -> list[Act]:
    rows = []
    for (iso3, act), ((day, length), grade) in table.items():
        latest = (day + timedelta(days=length)).isoformat() if length else ""
        if act not in without:
            rows.append((iso3, act, day.isoformat(), latest, grade))
    return rows


def made_on(day: date, rows: list[Act]) -> Status:
    return made(day.isoformat(), *rows, threshold=2)


@examples
@given(TABLES, DAYS)
def test_counts_agree_with_each_other_and_with_the_participants(table: Table, day: date) -> None:
    status = made_on(day, rows_of(table, without=["acceptance"]))
    for name in ("signatories", "parties", "counted"):
        count = getattr(status, name)
        assert 0 <= count.lower <= count.upper <= len(STATES)
        assert sum(count.by_grade.values()) == count.lower
    assert status.counted.lower <= status.parties.lower
    assert status.counted.upper <= status.parties.upper
    people = status.participants
    assert list(people["iso3"]) == list(STATES)
    assert not (people["possible"] == people["status"]).any()
    parties = people["status"].isin(PARTY).sum()
    assert status.parties.lower <= parties <= status.parties.upper
    days = people["in_force_on"].dropna()
    if status.entry_into_force is None:
        assert days.empty
    else:
        assert (days >= pd.Timestamp(status.entry_into_force.earliest)).all()


@examples
@given(TABLES, DAYS)
def test_without_withdrawals_each_party_is_one_of_the_lower_count(table: Table, day: date) -> None:
    rows = rows_of(table, without=["withdrawal"])
    status = made_on(day, rows)
    people = status.participants.set_index("iso3")
    certain = {r[0] for r in rows if r[1] in CONSENTS and (r[3] or r[2]) <= day.isoformat()}
    assert set(people.index[people["status"].isin(PARTY)]) == certain
    assert status.parties.lower == len(certain)
    signed = {r[0] for r in rows if r[1] == "signature" and (r[3] or r[2]) <= day.isoformat()}
    assert status.signatories.lower == len(signed)
    assert set(people.index[people["status"] == "signed"]) == signed - certain
    not_yet = {r[0] for r in rows if r[2] <= day.isoformat()} - signed - certain
    assert set(people.index[people["possible"].notna()]) >= not_yet


@examples
@given(TABLES, DAYS, DAYS)
def test_without_withdrawals_counts_only_grow(table: Table, one: date, other: date) -> None:
    rows = rows_of(table, without=["withdrawal"])
    first, second = (made_on(day, rows) for day in sorted((one, other)))
    for name in ("signatories", "parties", "counted"):
        assert bounds(first, name)[0] <= bounds(second, name)[0]
        assert bounds(first, name)[1] <= bounds(second, name)[1]
    if first.nth_instrument is not None:
        assert second.nth_instrument == first.nth_instrument


@examples
@given(TABLES, WINDOWS, DAYS)
def test_one_more_consent_never_makes_the_nth_instrument_later(
    table: Table, window: tuple[date, int], day: date
) -> None:
    rows = rows_of({key: value for key, value in table.items() if key[0] != "DDD"}, ["withdrawal"])
    more = [*rows, *rows_of({("DDD", "accession"): (window, "confirmed")})]
    before, after = made_on(day, rows).nth_instrument, made_on(day, more).nth_instrument
    if before is not None:
        assert after is not None
        assert after.earliest <= before.earliest
        assert after.latest <= before.latest


@examples
@given(TABLES, DAYS)
def test_the_order_of_the_rows_does_not_matter(table: Table, day: date) -> None:
    rows = rows_of(table)
    assume(len({(row[0], row[3] or row[2]) for row in rows}) == len(rows))
    convention, states = made_up(threshold=2), states_of(STATES)
    acts = acts_of(rows)
    one = status_on(convention, day, acts, states)
    other = status_on(convention, day, acts.iloc[::-1], states)
    assert one.to_dict() == other.to_dict()
