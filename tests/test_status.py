"""The status of a convention on a day, against published days."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import find_convention
from adoption.law.status import Status, load_status, status_on
from tests.conftest import acts_of, bound, bounds, of, states_of

ONE_DAY = timedelta(days=1)
# convention, nth instrument, who deposited it, entry into force
PUBLISHED = [
    ("untoc", "2003-07-01", "ARM", "2003-09-29"),
    ("uncac", "2005-09-15", "ECU", "2005-12-14"),
    ("terrorist-financing", "2002-03-11", "ATG", "2002-04-10"),
    ("nuclear-terrorism", "2007-06-07", "BGD", "2007-07-07"),
    ("budapest", "2004-03-18", "LTU", "2004-07-01"),
    ("malabo", "2023-05-09", "MRT", "2023-06-08"),
    ("rotterdam", "2003-11-26", "ARM", "2004-02-24"),
    ("nagoya-kuala-lumpur", "2017-12-05", "JPN", "2018-03-05"),
]


def on(name: str, day: str) -> Status:
    return load_status(name, date.fromisoformat(day))


# Published days


@pytest.mark.parametrize(("name", "nth", "by", "force"), PUBLISHED)
def test_entry_into_force_is_the_published_one(name: str, nth: str, by: str, force: str) -> None:
    reached, in_force = date.fromisoformat(nth), date.fromisoformat(force)
    for day in (reached, in_force - ONE_DAY, in_force):
        status = load_status(name, day)
        assert str(status.nth_instrument) == nth
        assert status.nth_participants == (by,)
        assert str(status.entry_into_force) == force
        assert status.remaining == 0
        assert status.in_force == (day == in_force)
    assert in_force == find_convention(name).entered_into_force


@pytest.mark.parametrize(
    ("name", "excluded"),
    [("hanoi", True), ("untoc", True), ("uncac", True), ("terrorist-financing", False)],
)
def test_an_instrument_of_the_union_adds_only_where_the_text_says_so(
    name: str, excluded: bool
) -> None:
    convention = find_convention(name)
    codes = [f"S{number:02}" for number in range(convention.threshold)]
    rows = [bound(code, "2030-01-01") for code in codes[:-1]]
    rows += [bound("EUE", "2030-02-01", act="approval"), bound(codes[-1], "2030-03-01")]
    args = acts_of(rows, name), states_of([*codes, "EUE"])
    early = status_on(convention, date(2030, 2, 28), *args)
    late = status_on(convention, date(2030, 3, 1), *args)
    assert early.parties.lower == convention.threshold
    assert early.counted.lower == convention.threshold - excluded
    assert early.remaining == excluded
    assert str(early.nth_instrument) == ("None" if excluded else "2030-02-01")
    nth = date(2030, 3, 1) if excluded else date(2030, 2, 1)
    assert str(late.nth_instrument) == str(nth)
    assert str(late.entry_into_force) == str(nth + timedelta(days=convention.delay.days or 0))


def test_budapest_needs_three_members_of_the_council_of_europe() -> None:
    budapest = find_convention("budapest")
    codes = ["CAN", "JPN", "USA", "ALB", "HRV", "EST"]
    rows = [bound(code, f"2002-0{month}-10") for month, code in enumerate(codes, start=1)]
    args = acts_of(rows, "budapest"), states_of(codes), {"ALB", "HRV", "EST", "FRA"}
    fifth = status_on(budapest, date(2002, 5, 10), *args)
    sixth = status_on(budapest, date(2002, 6, 10), *args)
    assert fifth.counted.lower == 5
    assert fifth.nth_instrument is None
    assert str(sixth.nth_instrument) == "2002-06-10"
    assert str(sixth.entry_into_force) == "2002-10-01"


@pytest.mark.parametrize("name", ["hanoi", "untoc", "malabo"])
def test_before_the_opening_there_is_nothing(name: str) -> None:
    status = load_status(name, find_convention(name).opens - ONE_DAY)
    assert [bounds(status, c) for c in ("signatories", "parties", "counted")] == [(0, 0)] * 3
    assert set(status.participants["status"]) == {"no act known"}
    assert status.remaining == status.convention.threshold
    assert status.nth_instrument is None


# Entry into force for single states


@pytest.mark.parametrize(
    ("name", "iso3", "day", "why"),
    [
        ("untoc", "ARM", "2003-09-29", "the 40th itself: the general day"),
        ("untoc", "FRA", "2003-09-29", "among the first forty"),
        ("untoc", "CRI", "2003-09-29", "30 days from 2003-07-24 end before the general day"),
        ("untoc", "CHN", "2003-10-23", "30th day after 2003-09-23"),
        ("rotterdam", "BOL", "2004-03-17", "90th day after 2003-12-18"),
        ("budapest", "AND", "2017-03-01", "published; first of the month after three"),
        ("malabo", "MRT", "2023-06-08", "the 15th itself"),
        ("arab-2010", "QAT", "NaT", "the seventh instrument has no day"),
        ("hanoi", "QAT", "NaT", "not in force"),
    ],
)
def test_in_force_for_a_state(name: str, iso3: str, day: str, why: str) -> None:
    assert of(on(name, "2026-11-24"), iso3, "in_force_on") == day, why


def test_published_days_of_budapest_are_all_used() -> None:
    entries = tables.read("entries_into_force").set_index("iso3")["date"]
    days = on("budapest", "2024-10-09").participants.set_index("iso3")["in_force_on"]
    assert len(entries) == 60
    assert days[entries.index].tolist() == entries.tolist()


def test_a_party_that_may_have_signed_is_not_told_as_a_possible_signatory() -> None:
    people = on("arab-2010", "2016-01-30").participants
    parties = people[people["status"].isin(["party", "in force for it"])]
    assert not parties.empty
    assert parties.loc[parties["possible"] == "signed", "iso3"].tolist() == []


def test_a_status_is_worked_out_once_and_what_is_done_to_it_reaches_nobody_else() -> None:
    first = on("budapest", "2010-01-01")
    before = first.participants.copy(deep=True)
    first.participants["status"] = "changed"
    first.participants.index.name = "changed"
    again = on("budapest", "2010-01-01")
    pd.testing.assert_frame_equal(again.participants, before)
    assert again.parties is first.parties
