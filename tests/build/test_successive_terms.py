"""What a list says otherwise than the one before, of states that have withdrawn."""

from __future__ import annotations

import pytest

from adoption.data import successive as rules
from tests.build.guarding import FIRST, SECOND, told, withdrew
from tests.build.listing import published
from tests.conftest import Act, acts_of

TERM, LATER = "AAA accession 2001-02-01", "AAA accession 2001-08-01"
TERM_LEFT_OUT, END_LEFT_OUT = (
    f"earlier-term-left-out: AAA {what}, of an earlier term, not in the list of {SECOND}"
    for what in ("accession: 2001-02-01", "withdrawal: 2001-05-01")
)


@pytest.mark.parametrize(
    ("before", "after", "record", "found"),
    [
        pytest.param(
            [TERM],
            [LATER],
            withdrew("2001-05-01"),
            [TERM_LEFT_OUT],
            id="a later term without the first",
        ),
        pytest.param(
            ["[AAA accession 2001-01-01]", "[AAA accession 2001-02-01]", "AAA approval 2001-08-01"],
            ["AAA approval 2001-08-01"],
            withdrew("2001-05-01"),
            [
                "act-vanished: AAA accession: 2001-01-01, not in the list of 2002-02-01",
                TERM_LEFT_OUT,
            ],
            id="or without what was corrected in it",
        ),
        pytest.param(
            ["[AAA accession 2001-02-01]", LATER],
            ["[AAA accession 2001-02-03]", LATER],
            withdrew("2001-05-01"),
            ["act-vanished: AAA accession: 2001-02-01, not in the list of 2002-02-01"],
            id="another day of the first term",
        ),
        pytest.param(
            [TERM, "AAA withdrawal 2001-05-01"],
            [LATER, "AAA withdrawal 2001-09-01"],
            [],
            [
                TERM_LEFT_OUT,
                END_LEFT_OUT,
            ],
            id="consents and withdrawals of one term at a time",
        ),
        pytest.param(
            [TERM, "AAA withdrawal 2001-05-01"],
            [LATER],
            [],
            [
                TERM_LEFT_OUT,
                END_LEFT_OUT,
            ],
            id="and the later one goes on",
        ),
        pytest.param(
            [TERM, "AAA withdrawal 2001-05-01"],
            ["BBB accession 2001-08-01"],
            [],
            [
                "act-vanished: AAA accession: 2001-02-01, not in the list of 2002-02-01",
                "act-vanished: AAA withdrawal: 2001-05-01, not in the list of 2002-02-01",
            ],
            id="who has withdrawn is gone",
        ),
        pytest.param(
            [TERM, "AAA withdrawal 2001-05-01"],
            [TERM, "AAA withdrawal 2001-05-03"],
            [],
            [
                "act-day-changed: AAA withdrawal: 2001-05-01, but 2001-05-03 in the list of "
                "2002-02-01"
            ],
            id="another day of the withdrawal",
        ),
        pytest.param(
            [TERM],
            ["AAA accession 2001-02-03"],
            withdrew("2001-01-01"),
            [
                "act-day-changed: AAA accession: 2001-02-01, but 2001-02-03 in the list of "
                "2002-02-01"
            ],
            id="another day after a withdrawal",
        ),
    ],
)
def test_what_a_list_says_otherwise_of_terms(
    before: list[str], after: list[str], record: list[Act], found: list[str]
) -> None:
    one, other = published(FIRST, *before), published(SECOND, *after)
    assert told(rules.between(one, other, acts_of(record))) == found
    assert told(rules.between(one, one, acts_of(record))) == []
