"""The status of a convention on a day: published days, as text, as JSON and as a list."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from adoption import tables
from adoption.cli.status import list_in_csv, status_in_text
from adoption.law.conventions import find_convention
from adoption.law.evidence import acts_by_day
from adoption.law.status import Status, load_status
from tests.conftest import acts_of, bound, made_up, states_of, status_by

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
    early = status_by(convention, date(2030, 2, 28), *args)
    late = status_by(convention, date(2030, 3, 1), *args)
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
    fifth = status_by(budapest, date(2002, 5, 10), *args)
    sixth = status_by(budapest, date(2002, 6, 10), *args)
    assert fifth.counted.lower == 5
    assert fifth.nth_instrument is None
    assert str(sixth.nth_instrument) == "2002-06-10"
    assert str(sixth.entry_into_force) == "2002-10-01"


# Entry into force for single states


def test_published_days_of_budapest_are_all_used() -> None:
    entries = tables.read("entries_into_force").set_index("iso3")["date"]
    days = on("budapest", "2024-10-09").participants.set_index("iso3")["in_force_on"]
    assert len(entries) == 60
    assert days[entries.index].tolist() == entries.tolist()


def test_a_status_is_worked_out_once_and_what_is_done_to_it_reaches_nobody_else() -> None:
    first = on("budapest", "2010-01-01")
    before = first.participants.copy(deep=True)
    first.participants["status"] = "changed"
    first.participants.index.name = "changed"
    again = on("budapest", "2010-01-01")
    pd.testing.assert_frame_equal(again.participants, before)
    assert again.parties is first.parties


def text_lines(name: str, day: str) -> dict[str, str]:
    """Return the lines by their names, each of which stands in a column of its own."""
    lines = status_in_text(load_status(name, date.fromisoformat(day))).splitlines()[1:]
    assert all(line.startswith("  ") for line in lines)
    return {line[2:19].strip(): line[20:] for line in lines}


def test_the_whole_text_of_a_made_up_status() -> None:
    rows = [
        ("AAA", "signature", "2001-01-01", "", "confirmed"),
        bound("AAA", "2001-06-01"),
        ("BBB", "accession", "2001-07-01", "", "reported"),
        ("EUE", "approval", "2001-08-01", "2001-12-31", "inferred"),
    ]
    convention = made_up(threshold=2)
    states = states_of(["AAA", "BBB", "EUE"])
    status = status_by(convention, date(2001, 9, 1), acts_of(rows), states)
    assert status_in_text(status) == (
        "Convention on the Sea Bed of Atlantis (ATL 1) as of 1 September 2001\n"
        "  signatories       1 (1 confirmed)\n"
        "  consents          1 (1 confirmed, 1 more reported, 1 more possible)\n"
        "  counted           1 (1 confirmed, 1 more reported) of 2\n"
        "  remaining         0 to 1 (0 if the reports are right)\n"
        "  2nd instrument    1 July 2001 by BBB (reported)\n"
        "  entry into force  29 September 2001\n"
        "  rule              Enters into force on the 90th day after the deposit of the 2nd "
        "instrument (art. 38(1))\n"
        "  signature         Open for signature until 12 December 2002\n"
        "  complete to       31 December 2020\n"
        "  reach             Complete to the end of 2020."
    )


def test_no_text_of_the_csv_is_a_formula() -> None:
    states = states_of(["AAA", "BBB"]).assign(name=["=1+1", "-B"], region=["@x", "+y"])
    acts = acts_of([bound("AAA", "2001-06-01"), bound("BBB", "2001-06-02", "2001-06-03")])
    known = acts_by_day(made_up(), acts, states, date(2001, 6, 3))  # the last day counts
    assert list_in_csv(known).splitlines()[1:] == [
        "BBB,'-B,ratification,,2001-06-02,2001-06-03,confirmed,'+y,us",
        "AAA,'=1+1,ratification,2001-06-01,2001-06-01,2001-06-01,confirmed,'@x,us",
    ]


@pytest.mark.parametrize(
    ("name", "day", "line", "text"),
    [
        ("hanoi", "2026-11-24", "remaining", "at most 40 (37 if the reports are right)"),
        ("malabo", "2023-05-08", "signatories", "not named in any source seen"),
        ("arab-2010", "2016-01-30", "complete to", "no day"),
        (
            "untoc",
            "2014-01-28",
            "warning",
            "the day lies beyond the reach of the list: acts may be missing",
        ),
    ],
)
def test_lines_that_not_every_status_has(name: str, day: str, line: str, text: str) -> None:
    assert text_lines(name, day)[line] == text
