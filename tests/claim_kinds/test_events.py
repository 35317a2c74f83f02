"""A convention's own days: each event and each verdict."""

from __future__ import annotations

from typing import Any

import pytest

from adoption.claims.facts import EventClaim
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, SUPPORTED, TOO_EARLY
from adoption.show.claims import check_claim
from tests.claim_kinds.made_up import claim_of, data, day
from tests.conftest import bound

THREE = [bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01"), bound("CCC", "2001-03-01")]


def event(
    name: str, comparison: str, value: str, as_of: str = "2002-01-01", **fields: Any
) -> tuple[str, str]:
    acts = fields.pop("acts", THREE)
    claim = claim_of(EventClaim, event=name, comparison=comparison, value=day(value), **fields)
    verdict = check_claim(claim, data(as_of, acts))
    return verdict.verdict, f"{verdict.why} {verdict.more}"


@pytest.mark.parametrize(
    ("name", "comparison", "value", "expected"),
    [
        ("opens", "on", "2001-01-01", SUPPORTED),
        ("opens", "on", "2000-01-01", CONTRADICTED),
        ("adopted", "before", "2001-01-01", SUPPORTED),  # UNTOC's day: 15 November 2000
        ("closes", "after", "2002-12-12", CONTRADICTED),
        ("entered into force", "on", "2001-05-30", SUPPORTED),  # 1 March plus 90 days
        ("entered into force", "before", "2001-05-30", CONTRADICTED),
    ],
)
def test_a_known_day(name: str, comparison: str, value: str, expected: str) -> None:
    assert event(name, comparison, value)[0] == expected


def test_a_published_day_goes_first_but_not_ahead_of_time() -> None:
    rules = {"entered_into_force": day("2001-05-31")}
    assert event("entered into force", "on", "2001-05-31", rules=rules)[0] == SUPPORTED
    early = event("entered into force", "on", "2001-05-31", as_of="2001-02-02", rules=rules)
    assert early[0] == TOO_EARLY


def test_what_has_not_happened() -> None:
    few = THREE[:1]
    assert event("entered into force", "before", "2003-01-01", acts=few)[0] == TOO_EARLY
    assert event("entered into force", "after", "2001-01-01", acts=few)[0] == TOO_EARLY
    verdict, why = event("entered into force", "before", "2001-06-01", acts=few)
    assert verdict == CONTRADICTED
    assert "1 of the 3 instruments are known (1 confirmed)" in why
    rules = {"complete_to": day("2001-03-01")}
    verdict, why = event("entered into force", "before", "2001-06-01", acts=few, rules=rules)
    assert verdict == NOT_MEASURABLE
    assert why.endswith("The list of acts is complete only to 1 March 2001.")


def test_a_day_that_the_registry_does_not_hold() -> None:
    rules = {"adopted": None, "closes": None}
    for name in ("adopted", "closes"):
        assert event(name, "before", "2003-01-01", rules=rules)[0] == NOT_MEASURABLE
