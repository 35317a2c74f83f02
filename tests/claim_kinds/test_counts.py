"""Counts: each verdict, and the words that say when a number was passed."""

from __future__ import annotations

from typing import Any

import pytest

from adoption.claims.measures import CountClaim
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, OUTDATED, SUPPORTED, TOO_EARLY
from tests.claim_kinds.made_up import claim_of, data, day, signed
from tests.conftest import bound

# One by the first day, three by the second, four in February; then a report.
ACTS = [
    signed("AAA", "2001-01-01"), signed("BBB", "2001-01-02"), signed("CCC", "2001-01-02"),
    signed("EUE", "2001-02-01"), signed("DDD", "2001-06-01", grade="reported"),
    bound("AAA", "2001-03-01"), bound("EUE", "2001-03-01"),
]  # fmt: skip


def count(value: float, as_of: str = "2002-01-01", **fields: Any) -> tuple[str, str]:
    given = {"measure": "signatories", "comparison": "equals", "value": float(value)} | fields
    verdict = claim_of(CountClaim, **given).decide(data(as_of, ACTS))
    return verdict.verdict, f"{verdict.why} {verdict.more}"


@pytest.mark.parametrize(
    ("value", "fields", "expected"),
    [
        (5, {"said_on": "2001-07-01"}, SUPPORTED),
        (4, {"said_on": "2001-02-01"}, OUTDATED),
        (2, {"said_on": "2001-02-01"}, OUTDATED),
        (6, {"said_on": "2001-02-01"}, CONTRADICTED),
        (5, {"said_on": "2001-02-01"}, CONTRADICTED),  # it came true only later
        (3, {"on": day("2001-01-02")}, SUPPORTED),
        (2, {"on": day("2001-01-02")}, OUTDATED),
        (9, {"on": day("2003-01-01")}, TOO_EARLY),
        (3, {"comparison": "at least", "said_on": "2001-01-05"}, SUPPORTED),
        (3, {"comparison": "at most", "said_on": "2001-01-05"}, OUTDATED),
        (2, {"measure": "parties"}, SUPPORTED),
        (1, {"measure": "counted"}, SUPPORTED),
        (5, {"rules": {"complete_to": None, "closes": None}}, NOT_MEASURABLE),
        (5, {"rules": {"signatories_listed": False}}, NOT_MEASURABLE),
    ],
)
def test_each_verdict(value: float, fields: dict[str, Any], expected: str) -> None:
    assert count(value, **fields)[0] == expected


def test_the_day_asked_about_changes_the_verdict() -> None:
    assert count(4, "2001-05-01", said_on="2001-02-01")[0] == SUPPORTED
    assert count(4, "2001-06-01", said_on="2001-02-01")[0] == OUTDATED
    assert count(1, "2001-01-01", said_on="2001-02-01")[0] == SUPPORTED  # said after it


def test_when_a_number_was_passed() -> None:
    _, why = count(2, said_on="2001-02-10")
    assert "The count passed 2 within 2 January 2001: 1 the day before, 3 at its end." in why
    _, why = count(3, said_on="2001-02-10")
    assert "It was so from 2 January 2001 to 31 January 2001." in why
    _, why = count(1, said_on="2001-02-10")
    assert "It was so on 1 January 2001." in why
    _, why = count(0, said_on="2001-02-10")
    assert "It was so before 1 January 2001." in why
    _, why = count(3, said_on="2001-02-10")
    assert "By 1 January 2002 5 participants had signed it (4 confirmed, 1 reported)." in why


def test_an_act_after_the_day_asked_about_moves_nothing() -> None:
    # Known in 2003 alone: that AAA left, so that its undated consent came before.
    acts = [bound("AAA", "2001-02-01", "2003-12-31"), bound("BBB", "2001-01-05")]
    later = [*acts, bound("AAA", "2003-01-01", act="withdrawal")]
    claim = claim_of(CountClaim, measure="parties", comparison="equals", value=1.0,
                     said_on="2001-06-01")  # fmt: skip
    told = [claim.decide(data("2002-01-01", known)) for known in (acts, later)]
    assert told[0].why == told[1].why
    assert told[0].rows.equals(told[1].rows)


def test_reports_left_out() -> None:
    claim = claim_of(CountClaim, measure="signatories", comparison="equals", value=5.0)
    known = data("2002-01-01", ACTS)
    assert claim.decide(known).verdict == SUPPORTED
    assert claim.decide(known.without_reports).verdict == CONTRADICTED


def test_nothing_known_at_all() -> None:
    claim = claim_of(CountClaim, measure="parties", comparison="equals", value=0.0)
    verdict = claim.decide(data("2002-01-01"))
    assert verdict.verdict == SUPPORTED
    assert "By 1 January 2002 0 participants had consented" in verdict.why
    open_ended = claim_of(CountClaim, measure="parties", comparison="equals", value=0.0,
                          rules={"complete_to": None})  # fmt: skip
    verdict = open_ended.decide(data("2002-01-01"))
    assert verdict.verdict == NOT_MEASURABLE
    assert "no participant is known to have consented" in verdict.why
    assert verdict.more == "The list of acts is nowhere known to be complete."


def test_its_rows_are_the_acts() -> None:
    claim = claim_of(CountClaim, measure="signatories", comparison="equals", value=5.0)
    rows = claim.decide(data("2002-01-01", ACTS)).rows
    assert rows["what"].tolist() == ["Signatories by 1 Jan 2002", "AAA: signature",
        "BBB: signature", "CCC: signature", "EUE: signature", "DDD: signature"]  # fmt: skip
    assert rows["value"].tolist()[:2] == ["5", "1 Jan 2001"]
    assert rows["grade"].tolist()[1:] == ["confirmed"] * 4 + ["reported"]
