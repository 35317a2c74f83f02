"""A status as text for a terminal."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.law.status import load_status, named_acts, status_on
from adoption.terminal import list_in_csv, status_in_text
from tests.conftest import acts_of, bound, made_up, states_of


def told(name: str, day: str) -> dict[str, str]:
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
    status = status_on(convention, date(2001, 9, 1), acts_of(rows), states)
    assert status_in_text(status) == (
        "Convention on the Sea Bed of Atlantis (ATL 1) as of 1 September 2001\n"
        "  signatories       1 (1 confirmed)\n"
        "  parties           2 (1 confirmed, 1 reported, 1 more possible)\n"
        "  counted           2 (1 confirmed, 1 reported) of 2\n"
        "  remaining         0 (1 if only confirmed count)\n"
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
    status = status_on(made_up(), date(2001, 9, 1), acts, states)
    assert list_in_csv(status, named_acts(status, acts)).splitlines()[1:] == [
        "AAA,'=1+1,ratification,2001-06-01,2001-06-01,2001-06-01,confirmed,'@x,us",
        "BBB,'-B,ratification,,2001-06-02,2001-06-03,confirmed,'+y,us",
    ]


@pytest.mark.parametrize(
    ("name", "day", "line", "text"),
    [
        ("hanoi", "2025-10-25", "signatories", "69 (62 confirmed, 3 inferred, 4 reported)"),
        ("hanoi", "2025-10-25", "parties", "0"),
        ("hanoi", "2025-10-25", "counted", "0 of 40"),
        ("hanoi", "2025-10-25", "remaining", "40"),
        ("hanoi", "2025-10-25", "40th instrument", "not known to be deposited"),
        ("hanoi", "2025-10-25", "entry into force", "not known"),
        ("hanoi", "2026-11-24", "parties", "at least 3 (3 reported)"),
        ("hanoi", "2026-11-24", "counted", "at least 3 (3 reported) of 40"),
        ("hanoi", "2026-11-24", "remaining", "37 (40 if only confirmed count)"),
        ("malabo", "2023-05-08", "signatories", "not named in any source seen"),
        ("malabo", "2023-05-08", "parties", "13 (13 inferred, 1 more possible)"),
        ("malabo", "2023-06-08", "15th instrument", "9 May 2023 by MRT (inferred and reported)"),
        ("arab-2010", "2016-01-30", "complete to", "no day"),
    ],
)
def test_lines(name: str, day: str, line: str, text: str) -> None:
    assert told(name, day)[line] == text


@pytest.mark.parametrize(
    ("name", "day", "warned"),
    [
        ("hanoi", "2025-10-26", False),
        ("hanoi", "2025-10-27", True),
        ("untoc", "2014-01-27", False),
        ("untoc", "2014-01-28", True),
        ("arab-2010", "2012-01-01", True),
    ],
)
def test_beyond_the_reach_of_the_list_there_is_a_warning(name: str, day: str, warned: bool) -> None:
    assert ("warning" in told(name, day)) is warned
