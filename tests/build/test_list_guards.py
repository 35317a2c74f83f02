"""What is wrong with a list by itself, and beside the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest

from adoption.ingest import list_guards as rules
from tests.build.listing import lines_of, published
from tests.conftest import Act, acts_of, bound

FIRST, SECOND = "2002-01-01", "2002-02-01"
SIGNED, BOUND, ENDED = (
    "AAA signature 2001-02-01",
    "AAA accession 2001-02-01",
    "[AAA accession 2001-02-01]",
)
NO_DAY = (
    "withdrawal-without-day: AAA accession: 2001-02-01 in brackets; its day goes into "
    "data/reference/acts.csv"
)
ABSENT = "acts-not-in-list: list: 1 of 1 known acts are not in the list of 2002-01-01; allowed: 5%"


def withdrew(day: str, latest: str = "") -> list[Act]:
    return [("AAA", "withdrawal", day, latest, "confirmed")]


def found_in(*lists: Sequence[str], record: Sequence[Act] = ()) -> list[str]:
    """Return what is wrong with some lists, a month apart."""
    made = [published(f"2002-0{month}-01", *acts) for month, acts in enumerate(lists, 1)]
    return lines_of(rules.list_violations([made], acts_of(record)))


@pytest.mark.parametrize(
    ("act", "is_late"), [("AAA signature 2002-01-01", False), ("AAA signature 2002-01-02", True)]
)
def test_no_act_after_the_list(act: str, is_late: bool) -> None:
    found = lines_of(rules.after_list(published(FIRST, "BBB signature 2001-02-01", act)))
    who, name, day = act.split()
    assert found == ([f"act-after-list: {who} {name}: {day}"] if is_late else [])


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param([SIGNED], [SIGNED, BOUND], "", id="an act more"),
        pytest.param([SIGNED], [], "act-vanished: AAA signature: 2001-02-01, not", id="gone"),
        pytest.param(
            [SIGNED],
            ["AAA signature 2001-02-02"],
            "act-changed: AAA signature: 2001-02-01, but 2001-02-02",
            id="another day",
        ),
        pytest.param(
            ["AAA ratification 2001-02-01"],
            ["AAA acceptance 2001-02-01"],
            "act-changed: AAA ratification: 2001-02-01, but acceptance of 2001-02-01",
            id="another name on the same day",
        ),
        pytest.param(
            [SIGNED],
            [f"[{SIGNED}]"],
            "act-changed: AAA signature: 2001-02-01, but 2001-02-01 in brackets",
            id="a signature in brackets",
        ),
        pytest.param(
            [ENDED],
            [BOUND],
            "act-changed: AAA accession: 2001-02-01 in brackets, but 2001-02-01",
            id="a withdrawal undone",
        ),
        pytest.param(
            [ENDED],
            [],
            "act-vanished: AAA accession: 2001-02-01 in brackets, not",
            id="who withdrew is gone",
        ),
    ],
)
def test_what_a_list_says_otherwise(before: list[str], after: list[str], found: str) -> None:
    lines = [f"{found} in the list of 2002-02-01"] if found else []
    assert lines_of(rules.between(published(FIRST, *before), published(SECOND, *after))) == lines


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (date(2001, 6, 1), []),
        (date(2001, 7, 1), ["act-changed: entry into force: 2001-06-01, but 2001-07-01 in"]),
        (None, ["act-vanished: entry into force: 2001-06-01, not in"]),
    ],
)
def test_a_day_of_entry_into_force_stays(now: date | None, found: list[str]) -> None:
    one = published(FIRST, BOUND, in_force_on=date(2001, 6, 1))
    other = published(SECOND, BOUND, in_force_on=now)
    expected = [f"{line} the list of 2002-02-01" for line in found]
    assert lines_of(rules.between(one, other)) == expected


def test_each_list_is_compared_with_the_one_before() -> None:
    gone = "act-vanished: AAA signature: 2001-02-01, not in the list of 2002-02-01"
    assert found_in([SIGNED], [SIGNED], [SIGNED]) == []
    assert found_in([SIGNED], [], [], [SIGNED]) == [gone]


@pytest.mark.parametrize(
    ("totals", "found"),
    [
        ((1, 1), []),
        ((1, None), ["list-total-differs: signatories: no header, before 1"]),
        ((2, 2), ["list-total-differs: signatories: header 2, counted 1"]),
    ],
)
def test_printed_totals_are_of_the_rows(totals: tuple[int, int | None], found: list[str]) -> None:
    days = zip((FIRST, SECOND), totals, strict=True)
    lists = [published(day, SIGNED, signatories=total) for day, total in days]
    assert lines_of(rules.list_violations([lists], acts_of([]))) == found


def test_a_list_of_an_earlier_day_than_the_one_before_it() -> None:
    lists = [published("2002-01-02"), published(FIRST)]
    assert lines_of(rules.list_violations([lists], acts_of([]))) == [
        "list-older: list: of 2002-01-01, after one of 2002-01-02"
    ]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        pytest.param([bound("AAA", "2001-03-01")], [], id="another day is no reproach"),
        pytest.param([bound("BBB", "2001-02-01")], [ABSENT], id="one of one is absent"),
        pytest.param([("BBB", "signature", "2001-02-01", "", "reported")], [], id="a report"),
        pytest.param([bound("BBB", "2002-01-01")], [], id="of the day of the list"),
        pytest.param(
            [("BBB", "withdrawal", "2001-02-01", "", "confirmed")],
            [],
            id="lists do not give withdrawals",
        ),
    ],
)
def test_known_acts_that_a_first_list_lacks(record: list[Act], found: list[str]) -> None:
    assert found_in([BOUND], record=record) == found
    assert found_in([BOUND], [BOUND], record=record) == found, "a later list is not to blame"
    other = lines_of(rules.list_violations([[published(FIRST)]], acts_of(record, "mu")))
    assert other == [], "acts on another convention"


def test_a_twentieth_of_the_known_acts_may_be_absent() -> None:
    """Of twenty known acts of one state and others, one or two are not in the list."""
    for absent, is_found in ((1, False), (2, True)):
        record = pd.concat(
            [
                acts_of(
                    [bound("AAA", "2001-02-01")]
                    if number >= absent
                    else [bound("BBB", "2001-02-01")]
                )
                for number in range(20)
            ]
        )
        one = published(FIRST, BOUND)
        assert bool(lines_of(rules.too_many_absent(one, record))) is is_found


@pytest.mark.parametrize(
    ("record", "listed", "found"),
    [
        pytest.param([], [BOUND], "", id="none"),
        pytest.param([], [ENDED], NO_DAY, id="brackets alone"),
        pytest.param(withdrew("2001-12-01", "2001-12-31"), [ENDED], "", id="brackets explained"),
        pytest.param(
            withdrew("2001-01-15"),
            [ENDED],
            NO_DAY,
            id="an earlier withdrawal does not explain them",
        ),
        pytest.param(withdrew("2001-12-01"), [BOUND], "", id="our record is no reproach"),
        pytest.param(
            withdrew("2001-05-01"),
            ["AAA accession 2001-08-01"],
            "bound-again: AAA accession: withdrew 2001-05-01, bound again 2001-08-01",
            id="bound again",
        ),
    ],
)
def test_withdrawals(record: list[Act], listed: list[str], found: str) -> None:
    violations = rules.withdrawals_missing(acts_of(record), published(FIRST, *listed))
    expected = [found] if found else []
    assert lines_of(violations)[-1:] == expected
