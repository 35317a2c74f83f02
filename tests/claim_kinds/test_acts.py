"""What a participant did: each verdict; no act known is not the same as none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adoption.claims.facts import ActClaim
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, SUPPORTED, TOO_EARLY
from adoption.show.claims import CheckedClaim, check_claim
from tests.claim_kinds.made_up import claim_of, data, day, signed
from tests.conftest import MADE_UP_STATES, Act, states_of

RULES = {"opens_at": "Poseidonis, 1 and 2 January 2001, then New York"}
ACTS: list[Act] = [
    signed("AAA", "2001-01-01"),
    ("BBB", "accession", "2001-02-01", "2001-02-28", "reported"),
    signed("CCC", "2001-01-02"),
    signed("EUE", "2001-01-03"),
    ("FFF", "accession", "2001-01-01", "", "confirmed"),
]


MADE_UP = (*MADE_UP_STATES, "FFF")


def act(
    iso3: str, what: str, comparison: str = "", value: str = "", as_of: str = "2002-01-01",
    **fields: Any,
) -> CheckedClaim:  # fmt: skip
    if comparison:
        fields |= {"comparison": comparison, "value": day(value)}
    fields["rules"] = RULES | fields.get("rules", {})
    # The model takes ISO3 codes of real states; those of the made-up data are not among them.
    claim = claim_of(ActClaim, country="QAT", act=what, **fields)
    known = replace(data(as_of, ACTS), states=states_of(MADE_UP))
    return check_claim(claim.model_copy(update={"country": iso3}), known)


@pytest.mark.parametrize(
    ("iso3", "what", "comparison", "value", "fields", "expected"),
    [
        ("AAA", "signature", "on", "2001-01-01", {}, SUPPORTED),
        ("AAA", "signature", "on", "2001-01-01", {"place": "New York"}, CONTRADICTED),
        ("CCC", "signature", "on", "2001-01-02", {"place": "Poseidonis"}, SUPPORTED),
        ("EUE", "signature", "on", "2001-01-03", {"place": "Poseidonis"}, NOT_MEASURABLE),
        ("BBB", "accession", "before", "2001-03-01", {}, SUPPORTED),
        ("BBB", "accession", "on", "2001-02-03", {}, NOT_MEASURABLE),
        ("DDD", "signature", "before", "2001-06-01", {}, CONTRADICTED),
        ("DDD", "signature", "before", "2003-06-01", {}, TOO_EARLY),
        ("DDD", "consent", "before", "2001-06-01",
         {"rules": {"complete_to": day("2001-02-01")}}, NOT_MEASURABLE),
    ],
)  # fmt: skip
def test_an_act_with_a_day(
    iso3: str, what: str, comparison: str, value: str, fields: dict[str, Any], expected: str
) -> None:
    assert act(iso3, what, comparison, value, **fields).verdict == expected


@pytest.mark.parametrize(
    ("iso3", "what", "said_on", "rules", "expected"),
    [
        ("AAA", "signature", "2001-06-01", {}, SUPPORTED),
        ("AAA", "consent", "2001-06-01", {}, CONTRADICTED),
        ("BBB", "consent", "2001-01-15", {}, CONTRADICTED),
        ("BBB", "consent", "2001-02-10", {}, NOT_MEASURABLE),
        ("AAA", "consent", "2001-06-01", {"complete_to": None}, NOT_MEASURABLE),
    ],
)
def test_an_act_without_a_day(
    iso3: str, what: str, said_on: str, rules: dict[str, Any], expected: str
) -> None:
    verdict = act(iso3, what, said_on=said_on, rules=rules)
    assert verdict.verdict == expected
    if rules:
        assert "The data may lack an act." in verdict.more


@pytest.mark.parametrize(
    ("iso3", "place", "expected", "words"),
    [
        ("AAA", "POSEIDONIS", SUPPORTED, "That was the day of opening: Poseidonis, 1 and 2 Jan"),
        ("CCC", "Poseidonis", SUPPORTED, "That was during the opening: Poseidonis, 1 and 2 Jan"),
        ("AAA", "Paris", CONTRADICTED, "then New York. The statement says Paris."),
        ("EUE", "Poseidonis", NOT_MEASURABLE, "Where is not in the data, which say of the openin"),
        ("DDD", "Poseidonis", CONTRADICTED, "No signature of"),
    ],
)
def test_a_place_without_a_day(iso3: str, place: str, expected: str, words: str) -> None:
    verdict = act(iso3, "signature", place=place, said_on="2001-06-01")
    assert verdict.verdict == expected
    assert words in verdict.why


def test_a_registry_that_names_no_place() -> None:
    rules = {"opens_at": "day of adoption; the opening day itself was not seen"}
    verdict = act("AAA", "signature", place="Poseidonis", said_on="2001-06-01", rules=rules)
    assert verdict.verdict == NOT_MEASURABLE
    assert "Where is not in the data" in verdict.why
