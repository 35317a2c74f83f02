"""Shares of signatories, members and groups: each verdict."""

from __future__ import annotations

from typing import Any

import pytest

from adoption.claims.measures import ShareClaim
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, OUTDATED, SUPPORTED, TOO_EARLY
from adoption.show.claims import CheckedClaim, check_claim
from tests.claim_kinds.made_up import GROUP, claim_of, data, day, signed
from tests.conftest import Act, bound

ACTS: list[Act] = [
    signed("AAA", "2001-01-01"), signed("BBB", "2001-01-01"), signed("EUE", "2001-01-01"),
    bound("AAA", "2001-06-01"), ("CCC", "accession", "2001-07-01", "", "reported"),
]  # fmt: skip


def share(of: Any, acted: str, as_of: str = "2002-01-01", **fields: Any) -> CheckedClaim:
    if "judgement" not in fields:
        fields = {"comparison": "equals", "value": 0.0} | fields
    claim = claim_of(ShareClaim, of=of, acted=acted, **fields)
    return check_claim(claim, data(as_of, ACTS))


@pytest.mark.parametrize(
    ("of", "acted", "fields", "expected"),
    [
        ("signatories", "bound", {"said_on": "2001-03-01"}, OUTDATED),
        ("signatories", "bound", {"said_on": "2001-03-01", "as_of": "2001-05-31"}, SUPPORTED),
        (GROUP, "signed", {"comparison": "more than", "value": 0.5}, SUPPORTED),  # 2 of 3
        ("un-members", "bound", {"value": 0.25}, OUTDATED),  # in June 2001
        ("un-members", "bound", {"value": 0.75}, CONTRADICTED),
        ("un-members", "signed", {"rules": {"signatories_listed": False}}, NOT_MEASURABLE),
        # Beyond the reach of the list when said: true as far as the list went.
        ("un-members", "bound", {"value": 0.0, "said_on": "2001-05-01",
                                 "rules": {"complete_to": day("2001-04-01")}}, OUTDATED),
        ("un-members", "bound", {"value": 0.0, "said_on": "2001-05-01",
                                 "rules": {"complete_to": None}}, OUTDATED),
        ("un-members", "bound", {"on": day("2003-01-01")}, TOO_EARLY),
        ("un-members", "bound", {"comparison": "at most", "value": 0.5,
                                 "rules": {"complete_to": day("2001-06-01")}}, NOT_MEASURABLE),
    ],
)  # fmt: skip
def test_each_verdict(of: Any, acted: str, fields: dict[str, Any], expected: str) -> None:
    assert share(of, acted, **fields).verdict == expected


def test_a_report_is_never_called_bound() -> None:
    why = share(GROUP, "bound", comparison="at least", value=0.5).why
    assert "2 of 3 members of the ABC are known to have consented to be bound by" in why
    assert "1 by report only (AAA and CCC)" in why
    only = [act for act in ACTS if act[0] == "CCC"]
    claim = claim_of(ShareClaim, of=GROUP, acted="bound", comparison="at least", value=0.1)
    why = check_claim(claim, data("2002-01-01", only)).why
    assert "1 of 3 members of the ABC is reported to have consented to be bound by" in why
    assert "none is confirmed (CCC)" in why


def test_each_region_must_satisfy_the_comparison() -> None:
    known = data("2002-01-01", ACTS)
    known.states["region"] = ["North", "North", "South", "South", None]
    given = {"of": "un-members", "acted": "bound", "per": "region", "comparison": "at least"}
    claim = claim_of(ShareClaim, **given, value=0.5)
    found = claim.parts(known.status(claim.convention, known.as_of))
    assert [(part.name, part.acted, part.states) for part in found] == [
        ("North", ("AAA",), 2), ("South", ("CCC",), 2),
    ]  # fmt: skip
    assert check_claim(claim, known).verdict == SUPPORTED
    assert check_claim(claim_of(ShareClaim, **given, value=0.6), known).verdict == CONTRADICTED
    early = claim_of(ShareClaim, **given | {"comparison": "at most"}, value=0.2,
                     said_on="2001-02-01")  # fmt: skip
    assert check_claim(early, known).verdict == OUTDATED
    assert "1 of 2 in North (50%) and 1 of 2 in South (50%)." in check_claim(claim, known).more
