"""Counts: each verdict, and the words that say when a number was passed."""

from __future__ import annotations

from typing import Any

import pytest

from adoption.claims.measures import CountClaim
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, OUTDATED, SUPPORTED, TOO_EARLY
from adoption.show.claims import check_claim
from tests.claim_kinds.made_up import claim_of, data, day, signed
from tests.conftest import bound

# One by the first day, three by the second, four in February; then a report.
ACTS = [
    signed("AAA", "2001-01-01"), signed("BBB", "2001-01-02"), signed("CCC", "2001-01-02"),
    signed("EUE", "2001-02-01"), signed("DDD", "2001-06-01", grade="reported"),
    bound("AAA", "2001-03-01"), bound("EUE", "2001-03-01"),
]  # fmt: skip


def count(value: int, as_of: str = "2002-01-01", **fields: Any) -> tuple[str, str]:
    fields = {"measure": "signatories", "comparison": "equals", "value": value} | fields
    verdict = check_claim(claim_of(CountClaim, **fields), data(as_of, ACTS))
    return verdict.verdict, f"{verdict.why} {verdict.more}"


@pytest.mark.parametrize(
    ("value", "fields", "expected"),
    [
        (5, {"said_on": "2001-07-01"}, SUPPORTED),
        (4, {"said_on": "2001-02-01"}, OUTDATED),
        (5, {"said_on": "2001-02-01"}, CONTRADICTED),  # it came true only later
        (3, {"on": day("2001-01-02")}, SUPPORTED),
        (9, {"on": day("2003-01-01")}, TOO_EARLY),
        (3, {"comparison": "at least", "said_on": "2001-01-05"}, SUPPORTED),
        (3, {"comparison": "at most", "said_on": "2001-01-05"}, OUTDATED),
        (2, {"measure": "parties"}, SUPPORTED),
        (5, {"rules": {"complete_to": None, "closes": None}}, NOT_MEASURABLE),
        (5, {"rules": {"signatories_listed": False}}, NOT_MEASURABLE),
    ],
)
def test_each_verdict(value: int, fields: dict[str, Any], expected: str) -> None:
    assert count(value, **fields)[0] == expected


def test_the_day_asked_about_changes_the_verdict() -> None:
    assert count(4, "2001-05-01", said_on="2001-02-01")[0] == SUPPORTED
    assert count(4, "2001-06-01", said_on="2001-02-01")[0] == OUTDATED
    assert count(1, "2001-01-01", said_on="2001-02-01")[0] == SUPPORTED  # said after it


def test_when_a_number_was_passed() -> None:
    _, why = count(2, said_on="2001-02-10")
    assert "The count passed 2 within 2 January 2001: 1 the day before, 3 at its end." in why
    _, why = count(3, said_on="2001-02-10")
    assert "It was so until 31 January 2001." in why
    _, why = count(3, said_on="2001-02-10")
    assert "By 1 January 2002 5 participants had signed it (4 confirmed, 1 reported)." in why
