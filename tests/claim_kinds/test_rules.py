"""Rules, first of a kind, and bodies: what follows from the registry alone."""

from __future__ import annotations

from typing import Any

import pytest

from adoption import tables
from adoption.claims.facts import BodyClaim, FirstClaim, RuleClaim
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, SUPPORTED
from adoption.law.conventions import load_conventions
from adoption.show.claims import check_claim
from tests.claim_kinds.made_up import claim_of, data, day
from tests.conftest import made_up

REGISTRY = load_conventions()


@pytest.mark.parametrize(
    ("convention", "said", "expected", "words"),
    [
        ("hanoi", {"instruments": 1, "delay_days": 90}, CONTRADICTED,
         "The statement agrees on 90 days; it says 1 instrument where the rule says 40 instr"),
        ("budapest", {"instruments": 5, "delay_months": 3}, SUPPORTED, ""),
        ("budapest", {"delay_days": 90}, CONTRADICTED,
         "It says 90 days where the rule says 3 months."),
    ],
)  # fmt: skip
def test_rules(convention: str, said: dict[str, int], expected: str, words: str) -> None:
    claim = claim_of(RuleClaim, convention=REGISTRY[convention], **said)
    verdict = check_claim(claim, data("2002-01-01"))
    assert verdict.verdict == expected
    assert words in verdict.why
    assert verdict.rows["grade"].unique().tolist() == ["registry"]


def first(value: float, comparison: str = "more than", **fields: Any) -> Any:
    fields = {"convention": REGISTRY["hanoi"], "against": ["untoc", "uncac"]} | fields
    return claim_of(FirstClaim, comparison=comparison, value=float(value), **fields)


@pytest.mark.parametrize(
    ("value", "against", "expected"),
    [
        (20, ["untoc", "uncac"], SUPPORTED),  # 31 October 2003 to 24 December 2024
        (22, ["untoc", "uncac"], CONTRADICTED),
        (22, ["untoc"], SUPPORTED),  # 15 November 2000
        (20, ["uncac", "nuclear-terrorism"], CONTRADICTED),  # 13 April 2005
        (20, ["budapest-2ap"], NOT_MEASURABLE),  # its day of adoption was not seen
    ],
)
def test_first_in_so_many_years(value: float, against: list[str], expected: str) -> None:
    assert check_claim(first(value, against=against), data("2026-01-01")).verdict == expected


def test_what_the_reading_leaves_out_is_said() -> None:
    base = tables.read("base_treaties")
    verdict = check_claim(first(20), data("2026-01-01", base_treaties=base))
    left_out = verdict.rows.loc[verdict.rows["grade"] == "listed", "what"]
    assert len(left_out) == 5, "of chapter XVIII, between 31 October 2003 and 24 December 2024"
    assert left_out.str.contains("Nuclear Terrorism").any()
    assert "Not compared: 5 treaties of the same chapter concluded in between" in verdict.more
    assert check_claim(first(30), data("2026-01-01", base_treaties=base)).more == ""


def body(act: str, **fields: Any) -> Any:
    adopted_by = fields.pop("adopted_by", "A/RES/79/243")
    convention = made_up(adopted=day("2000-12-24"), adopted_by=adopted_by)
    return claim_of(BodyClaim, convention=convention, body="General Assembly", act=act, **fields)


DECEMBER: dict[str, Any] = {
    "comparison": "between",
    "value": day("2000-12-01"),
    "until": day("2000-12-31"),
}


@pytest.mark.parametrize(
    ("claim", "expected", "words"),
    [
        (body("adoption"), SUPPORTED, "on 24 December 2000."),
        (body("adoption", comparison="before", value=day("2000-12-01")), CONTRADICTED,
         "The statement says before 1 December 2000."),
        (body("ratification", **DECEMBER), CONTRADICTED, "A ratification is given by a state"),
        (body("adoption", adopted_by=None), NOT_MEASURABLE, "is not in the registry"),
        (body("adoption", adopted_by="a conference"), CONTRADICTED, "adopted by a conference."),
    ],
)  # fmt: skip
def test_what_a_body_does(claim: Any, expected: str, words: str) -> None:
    verdict = check_claim(claim, data("2002-01-01"))
    assert verdict.verdict == expected
    assert words in verdict.why
