"""What lists say otherwise than themselves, and than the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest

from adoption.data import successive as rules
from adoption.data.readers.publishers import Reader
from tests.build.guarding import FIRST, NONE, SECOND, told, withdrew
from tests.build.listing import published
from tests.conftest import Act, acts_of, bound

# A list against itself


@pytest.mark.parametrize(
    ("act", "found"),
    [
        ("AAA signature 2002-01-01", []),
        ("AAA signature 2002-01-02", ["AAA signature: 2002-01-02"]),
        ("[AAA accession 2002-01-02]", ["AAA accession: 2002-01-02"]),
        ("AAA withdrawal 2003-01-01", []),
        ("AAA withdrawal 2003-01-02", ["AAA withdrawal: 2003-01-02"]),
    ],
)
def test_no_act_after_the_list(act: str, found: list[str]) -> None:
    one = published(FIRST, "BBB signature 2001-02-01", act)
    assert told(rules.after_list(one)) == [f"act-after-list: {line}" for line in found]


# A list against the one before


@pytest.mark.parametrize(
    ("before", "after", "record", "found"),
    [
        pytest.param(NONE, ["AAA signature 2001-02-01"], [], [], id="a new act"),
        pytest.param(
            ["AAA signature 2001-02-01"], ["AAA signature 2001-02-01"], [], [], id="the same"
        ),
        pytest.param(
            ["AAA signature 2001-02-01"],
            ["BBB signature 2001-02-01"],
            [],
            ["act-vanished: AAA signature: 2001-02-01, not in the list of 2002-02-01"],
            id="gone",
        ),
        pytest.param(
            ["AAA signature 2001-02-01"],
            ["AAA accession 2001-02-01"],
            [],
            ["act-vanished: AAA signature: 2001-02-01, not in the list of 2002-02-01"],
            id="gone, and a consent has come",
        ),
        pytest.param(
            ["AAA signature 2001-02-01"],
            ["AAA signature 2001-02-02"],
            [],
            [
                "act-day-changed: AAA signature: 2001-02-01, "
                "but 2001-02-02 in the list of 2002-02-01"
            ],
            id="another day",
        ),
        pytest.param(
            ["AAA signature 2001-02-01"],
            ["[AAA signature 2001-02-01]", "AAA signature 2001-02-02"],
            [],
            [
                "act-day-changed: AAA signature: 2001-02-01, "
                "but 2001-02-02 in the list of 2002-02-01"
            ],
            id="brackets and a corrected day",
        ),
        pytest.param(
            ["AAA ratification 2001-02-01"],
            ["AAA acceptance 2001-02-01"],
            [],
            ["act-renamed: AAA ratification: 2001-02-01, but acceptance in the list of 2002-02-01"],
            id="another name on the same day",
        ),
        pytest.param(
            ["AAA ratification 2001-02-01"],
            ["AAA acceptance 2001-03-01"],
            [],
            ["act-vanished: AAA ratification: 2001-02-01, not in the list of 2002-02-01"],
            id="another name on another day",
        ),
        pytest.param(
            ["AAA signature 2001-02-01", "AAA succession to signature 2001-03-01"],
            ["AAA signature 2001-02-01"],
            [],
            [
                "act-vanished: AAA succession to signature: 2001-03-01, "
                "not in the list of 2002-02-01"
            ],
            id="one of two is gone",
        ),
        pytest.param(
            ["AAA signature 2001-02-01", "AAA succession to signature 2001-03-01"],
            ["AAA succession to signature 2001-03-01", "AAA signature 2001-02-02"],
            [],
            [
                "act-day-changed: AAA signature: 2001-02-01, "
                "but 2001-02-02 in the list of 2002-02-01"
            ],
            id="the day of one of two",
        ),
        pytest.param(
            ["AAA signature 2001-02-01"],
            ["AAA signature 2001-02-01", "AAA succession to signature 2001-03-01"],
            [],
            [],
            id="a second act of the kind",
        ),
        pytest.param(
            ["AAA accession 2001-02-01"],
            ["[AAA accession 2001-02-01]"],
            [],
            ["act-superseded: AAA accession: 2001-02-01, in brackets in the list of 2002-02-01"],
            id="in brackets",
        ),
        pytest.param(
            ["AAA accession 2001-02-01"],
            ["[AAA accession 2001-02-01]"],
            withdrew("2002-01-15"),
            [],
            id="a withdrawal explains the brackets",
        ),
        pytest.param(
            ["AAA accession 2001-02-01"],
            ["[AAA accession 2001-02-01]"],
            withdrew("2001-01-15"),
            ["act-superseded: AAA accession: 2001-02-01, in brackets in the list of 2002-02-01"],
            id="an earlier withdrawal does not",
        ),
        pytest.param(
            ["AAA signature 2001-02-01"],
            ["[AAA signature 2001-02-01]"],
            withdrew("2002-01-15"),
            ["act-superseded: AAA signature: 2001-02-01, in brackets in the list of 2002-02-01"],
            id="nor does any explain a signature in brackets",
        ),
        pytest.param(
            ["AAA approval 2001-02-01"],
            ["[AAA approval 2001-02-01]", "AAA accession 2002-01-20"],
            withdrew("2002-01-15"),
            [],
            id="withdrawn and bound again between two lists",
        ),
        pytest.param(
            ["AAA approval 2001-02-01"],
            ["[AAA approval 2001-02-01]", "AAA accession 2002-01-20"],
            [],
            ["act-day-changed: AAA approval: 2001-02-01, but 2002-01-20 in the list of 2002-02-01"],
            id="the same without a withdrawal is a change",
        ),
        pytest.param(
            ["[AAA accession 2001-02-01]"], ["AAA accession 2001-02-01"], [], [], id="out of them"
        ),
        pytest.param(
            ["[AAA accession 2001-02-01]", "AAA accession 2001-02-02"],
            ["AAA accession 2001-02-02"],
            [],
            ["act-vanished: AAA accession: 2001-02-01, not in the list of 2002-02-01"],
            id="what stood in brackets is gone",
        ),
        pytest.param(
            ["AAA accession 2001-02-01", "AAA withdrawal 2002-06-01"],
            ["AAA accession 2001-02-01", "AAA withdrawal 2002-07-01"],
            [],
            [
                "act-day-changed: AAA withdrawal: 2002-06-01, "
                "but 2002-07-01 in the list of 2002-02-01"
            ],
            id="the day of a withdrawal",
        ),
    ],
)
def test_what_a_list_says_otherwise(
    before: list[str], after: list[str], record: list[Act], found: list[str]
) -> None:
    one, other = published(FIRST, *before), published(SECOND, *after)
    assert told(rules.between(one, other, acts_of(record))) == found
    assert told(rules.between(one, one, acts_of(record))) == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({}, {"AAA": "2001-06-01"}, []),
        ({"AAA": "2001-06-01"}, {"AAA": "2001-06-01"}, []),
        (
            {"AAA": "2001-06-01"},
            {"AAA": "2001-07-01"},
            [
                "act-day-changed: AAA entry into force: 2001-06-01, "
                "but 2001-07-01 in the list of 2002-02-01"
            ],
        ),
        (
            {"AAA": "2001-06-01"},
            {},
            ["act-vanished: AAA entry into force: 2001-06-01, not in the list of 2002-02-01"],
        ),
        ({"BBB": "2001-06-01"}, {"Mu": "2001-06-01"}, []),
    ],
)
def test_days_of_entry_into_force(
    before: dict[str, str], after: dict[str, str], found: list[str]
) -> None:
    one, other = (
        published(
            day,
            "AAA accession 2001-02-01",
            f"{next((who for who in days if who != 'AAA'), 'CCC')} accession 2001-02-01",
            entry_into_force={who: date.fromisoformat(text) for who, text in days.items()},
        )
        for day, days in ((FIRST, before), (SECOND, after))
    )
    assert told(rules.entries_between(one, other)) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (None, None, []),
        (None, "2001-06-01", []),
        ("2001-06-01", "2001-06-01", []),
        (
            "2001-06-01",
            "2001-07-01",
            [
                "act-day-changed: entry into force: 2001-06-01, "
                "but 2001-07-01 in the list of 2002-02-01"
            ],
        ),
        (
            "2001-06-01",
            None,
            ["act-vanished: entry into force: 2001-06-01, not in the list of 2002-02-01"],
        ),
    ],
)
@pytest.mark.parametrize("until", ["", "2002-03-01"])
def test_the_entry_into_force_of_the_treaty(
    before: str | None, after: str | None, found: list[str], until: str
) -> None:
    """What is found does not move with the day on which a list is found unchanged."""
    one, other = (
        published(day, until=moved, in_force_on=date.fromisoformat(said) if said else None)
        for day, said, moved in ((FIRST, before, ""), (SECOND, after, until))
    )
    assert told(rules.in_force_between(one, other)) == found
    assert told(rules.list_violations([[one, other]], acts_of([]), ())) == found


# All of it


def every(*lists: Sequence[str], reader: Reader = "untc") -> list[str]:
    days = ["2002-01-01", "2002-02-01", "2002-02-01", "2002-03-01"]
    made = [published(day, *acts, reader=reader) for day, acts in zip(days, lists, strict=False)]
    return told(rules.list_violations([made], acts_of([]), ()))


def test_each_list_is_compared_with_the_one_before() -> None:
    signed = ["AAA signature 2001-02-01"]
    assert every(signed, signed, signed, signed) == []
    assert every(signed, NONE, NONE, signed) == [
        "act-vanished: AAA signature: 2001-02-01, not in the list of 2002-02-01"
    ]


def test_what_two_lists_of_a_day_say_is_told_once() -> None:
    signed = ["AAA signature 2001-02-01"]
    assert every(NONE, signed, NONE, NONE) == [
        "act-vanished: AAA signature: 2001-02-01, not in the list of 2002-02-01"
    ]
    late = ["AAA signature 2002-02-02"]
    assert every(NONE, late, late, late) == ["act-after-list: AAA signature: 2002-02-02"]


def test_acts_on_other_conventions_are_passed_over() -> None:
    mu = acts_of([bound("AAA", "2001-02-01"), *withdrew("2001-05-05")], "mu")
    lists = [published(FIRST, "AAA accession 2001-01-15")]
    assert told(rules.list_violations([lists], mu, {"us"})) == []
    both = pd.concat([mu, acts_of([bound("BBB", "2001-02-01")])], ignore_index=True)
    assert told(rules.list_violations([lists], both, {"us"})) == [
        "act-not-in-list: BBB ratification: 2001-02-01, not in the list of 2002-01-01"
    ]
    assert told(rules.list_violations([], both, {"us"})) == []


def test_totals_are_those_of_each_list_and_of_the_one_before() -> None:
    signed = "AAA signature 2001-02-01"
    lists = [published(FIRST, signed, signatories=1), published(SECOND, signed)]
    assert told(rules.list_violations([lists], acts_of([]), ())) == [
        "list-total-differs: signatories: no header, before 1"
    ]
    assert told(rules.list_violations([lists[:1]], acts_of([]), ())) == []
    lists = [published(FIRST, signed, signatories=2), published(SECOND, signed, signatories=2)]
    assert told(rules.list_violations([lists], acts_of([]), ())) == [
        "list-total-differs: signatories: header 2, counted 1"
    ]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("2002-01-01", "2002-01-01", []),
        ("2002-01-01", "2002-01-02", []),
        ("2002-01-02", "2002-01-01", ["list-older: list: of 2002-01-01, after one of 2002-01-02"]),
    ],
)
def test_a_list_of_an_earlier_day_than_the_one_before_it(
    first: str, second: str, found: list[str]
) -> None:
    assert told(rules.older(published(first), published(second))) == found


def test_a_day_that_changed_before_the_withdrawal_is_told_all_the_same() -> None:
    """Both are in brackets; only the later one was ended by the withdrawal."""
    before = published(FIRST, "AAA accession 2001-02-01")
    after = published(SECOND, "[AAA accession 2001-02-01]", "[AAA accession 2001-02-03]")
    record = acts_of([("AAA", "withdrawal", "2001-12-01", "", "confirmed")])
    assert told(rules.between(before, after, record)) == [
        "act-superseded: AAA accession: 2001-02-01, in brackets in the list of 2002-02-01"
    ]
    ended = published(SECOND, "[AAA accession 2001-02-01]")
    assert told(rules.between(before, ended, record)) == []
