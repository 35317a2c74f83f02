"""Pairs of states: too early before entry into force, then counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption.claims.measures import PairsClaim
from adoption.claims.model import load_claim_data
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, OUTDATED, SUPPORTED, TOO_EARLY
from adoption.law.conventions import load_conventions
from adoption.show.claims import CheckedClaim, check_claim
from tests.adopting import rows
from tests.claim_kinds.made_up import claim_of, data
from tests.conftest import Act, acts_of, bound, made_up

# Atlantis binds AAA, BBB and CCC from 30 May 2001; an older convention AAA and BBB alone.
OWN: list[Act] = [bound(iso3, "2001-03-01") for iso3 in ("AAA", "BBB", "CCC")]
OLDER = made_up(
    convention="older", reference="OLD 1", adopted=None, opens="1990-01-01", threshold=2
)
BESIDE = [bound("AAA", "1991-01-01"), bound("BBB", "1991-01-01")]


def pairs(as_of: str, own: list[Act] = OWN, **fields: Any) -> CheckedClaim:
    if "judgement" not in fields:
        fields = {"comparison": "at least", "value": 1} | fields
    claim = claim_of(PairsClaim, beside=[OLDER], **fields)
    known = data(as_of)
    acts = pd.concat([acts_of(own), acts_of(BESIDE, "older")])
    return check_claim(claim, replace(known, acts=acts))


@pytest.mark.parametrize(
    ("as_of", "fields", "expected"),
    [
        ("2001-05-29", {}, TOO_EARLY),
        ("2001-05-30", {"said_on": "2001-06-01"}, SUPPORTED),  # AAA-CCC and BBB-CCC are new
        ("2002-01-01", {"comparison": "equals", "value": 2}, SUPPORTED),
        ("2002-01-01", {"comparison": "more than", "value": 2}, CONTRADICTED),
        ("2002-01-01", {"comparison": "equals", "value": 0, "said_on": "2001-04-01"}, OUTDATED),
        # None before 30 May 2001 and two from then on: there was never one.
        ("2002-01-01", {"comparison": "equals", "value": 1, "said_on": "2001-07-01"},
         CONTRADICTED),
        ("2001-05-29", {"comparison": "equals", "value": 2}, TOO_EARLY),
        ("2001-05-29", {"judgement": "should"}, NOT_MEASURABLE),
        ("2021-06-01", {"comparison": "equals", "value": 2, "said_on": "2021-05-01"},
         NOT_MEASURABLE),
    ],
)  # fmt: skip
def test_each_verdict(as_of: str, fields: dict[str, Any], expected: str) -> None:
    assert pairs(as_of, **fields).verdict == expected


def test_a_reported_ratification_takes_nothing_from_a_confirmed_signature() -> None:
    order = ("confirmed", "inferred", "reported")
    members = {row["iso3"] for row in rows("states") if row["kind"] == "member"}
    grades: dict[str, list[str]] = {}
    for row in rows("acts"):
        if row["convention"] == "hanoi" and row["iso3"] in members:
            grades.setdefault(row["iso3"], []).append(row["grade"])
    best = Counter(min(own, key=order.index) for own in grades.values())
    assert [best[grade] for grade in order] == [64, 3, 6]
    conventions = load_conventions()
    claim = claim_of(PairsClaim, convention=conventions["hanoi"], beside=[conventions["budapest"]],
                     comparison="at least", value=1)  # fmt: skip
    found = check_claim(claim, load_claim_data(date(2026, 11, 24))).rows.set_index("what")
    told = found.loc["UN Convention against Cybercrime: signed or consented"]
    assert told["grade"] == "64 confirmed, 3 inferred"
    # Who said that three had ratified is no source of the signatures.
    assert "machineherald" not in told["source"]


def test_before_entry_into_force_it_says_what_signatories_would_join() -> None:
    signatures: list[Act] = [
        (iso3, "signature", "2001-01-01", "", "confirmed") for iso3 in ("AAA", "BBB", "CCC")
    ]
    why = pairs("2001-02-01", signatures).why
    assert "3 of 4 members of the United Nations are known to have signed it (75%)" in why
    assert "if all of those became parties, it alone would join 2 pairs." in why
    assert "None of 4 members of the United Nations is known to have signed it." in (
        pairs("2001-02-01", []).why
    )
