"""Spreads inside a group, and a state's place in an index: each verdict."""

from __future__ import annotations

from typing import Any

import pytest

from adoption.claims.measures import IndexClaim, SpreadClaim
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, OUTDATED, SUPPORTED
from adoption.show.claims import CheckedClaim, check_claim
from tests.claim_kinds.made_up import GROUP, claim_of, data


def gci(iso3: str, value: float, edition: int = 2024, component: str = "legal") -> Any:
    return iso3, "GCI", edition, component, value, None, "high", "us", None


LEGAL = [gci("AAA", 2), gci("BBB", 6), gci("CCC", 4), gci("DDD", 4)]


def spread(measure: str, comparison: str, value: float, capacity: Any = None) -> CheckedClaim:
    claim = claim_of(
        SpreadClaim, group=GROUP, pillar="legal", measure=measure, comparison=comparison,
        value=float(value), edition=2024,
    )  # fmt: skip
    return check_claim(claim, data("2025-01-01", capacity=LEGAL if capacity is None else capacity))


@pytest.mark.parametrize(
    ("measure", "comparison", "value", "expected"),
    [
        ("range", "at least", 4, SUPPORTED),  # 2 to 6
        ("range", "more than", 4, CONTRADICTED),
    ],
)
def test_a_spread(measure: str, comparison: str, value: float, expected: str) -> None:
    assert spread(measure, comparison, value).verdict == expected


def test_too_few_states_to_compare() -> None:
    verdict = spread("range", "at least", 1, LEGAL[:1])
    assert verdict.verdict == NOT_MEASURABLE
    assert verdict.why == "1 member of the ABC has a value in the GCI 2024: too few to compare."
    assert spread("range", "at least", 1, []).verdict == NOT_MEASURABLE


def index(said_on: str, capacity: Any, **fields: Any) -> CheckedClaim:
    given = {"index": "GCI", "component": "legal", "comparison": "more than", "value": "median"}
    claim = claim_of(IndexClaim, said_on=said_on, country="QAT", **given | fields)
    claim = claim.model_copy(update={"country": "AAA"})  # the model takes real states only
    return check_claim(claim, data("2025-01-01", capacity=capacity))


BETTER = [gci("AAA", 9), gci("BBB", 6), gci("CCC", 4)]
BEFORE = [gci("AAA", 3, 2020), gci("BBB", 6, 2020), gci("CCC", 4, 2020)]


@pytest.mark.parametrize(
    ("said_on", "capacity", "fields", "expected"),
    [
        ("2024-06-01", BETTER, {}, SUPPORTED),
        ("2021-06-01", [*BETTER, *BEFORE], {}, CONTRADICTED),
        ("2021-06-01", [*BETTER, *BEFORE], {"comparison": "less than"}, OUTDATED),
        ("2021-06-01", [*BETTER, *BEFORE], {"edition": 2024}, SUPPORTED),
        ("2024-06-01", BETTER, {"comparison": "equals", "value": 9.0}, SUPPORTED),
        ("2019-06-01", BETTER, {}, NOT_MEASURABLE),  # no edition yet
        ("2024-06-01", [], {}, NOT_MEASURABLE),
        ("2024-06-01", BETTER, {"comparison": None, "value": None, "judgement": "well"},
         NOT_MEASURABLE),
    ],
)  # fmt: skip
def test_a_value(said_on: str, capacity: Any, fields: dict[str, Any], expected: str) -> None:
    assert index(said_on, capacity, **fields).verdict == expected


def test_a_rank() -> None:
    overall = [gci("AAA", 96, component="overall"), gci("AAA", 7, component="rank")]
    top = {"component": "rank", "comparison": "at most", "value": 10.0, "index": "GCI"}
    assert index("2024-06-01", overall, **top).verdict == SUPPORTED
    assert index("2024-06-01", overall, **top | {"value": 5.0}).verdict == CONTRADICTED
    assert "AAA has rank 7 in the GCI 2024;" in index("2024-06-01", overall, **top).why
