"""Pairs of states: too early before entry into force, then counted."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption.claims.data import load_claim_data
from adoption.claims.pairs import PairsClaim, decide
from adoption.claims.verdicts import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    Verdict,
)
from adoption.countries.groups import find_group, load_groups
from adoption.law.conventions import load_conventions
from adoption.paths import processed_folder
from tests.claim_kinds.made_up import GROUP, claim_of, data
from tests.conftest import Act, acts_of, bound, made_up

# Atlantis binds AAA, BBB and CCC from 30 May 2001; an older convention AAA and BBB alone.
OWN: list[Act] = [bound(iso3, "2001-03-01") for iso3 in ("AAA", "BBB", "CCC")]
OLDER = made_up(convention="older", reference="OLD 1", opens="1990-01-01", threshold=2)
BESIDE = [bound("AAA", "1991-01-01"), bound("BBB", "1991-01-01")]


def pairs(as_of: str, own: list[Act] = OWN, **fields: Any) -> Verdict:
    if "judgement" not in fields:
        fields = {"comparison": "at least", "value": 1.0} | fields
    claim = claim_of(PairsClaim, beside=[OLDER], **fields)
    known = data(as_of)
    acts = pd.concat([acts_of(own), acts_of(BESIDE, "older")])
    return decide(claim, replace(known, acts=acts))


@pytest.mark.parametrize(
    ("as_of", "fields", "expected"),
    [
        ("2001-05-29", {}, TOO_EARLY),
        ("2001-05-30", {"said_on": "2001-06-01"}, SUPPORTED),  # AAA-CCC and BBB-CCC are new
        ("2002-01-01", {"comparison": "equals", "value": 2.0}, SUPPORTED),
        ("2002-01-01", {"comparison": "more than", "value": 2.0}, CONTRADICTED),
        ("2002-01-01", {"comparison": "equals", "value": 0.0, "said_on": "2001-04-01"}, OUTDATED),
        # None before 30 May 2001 and two from then on: there was never one.
        ("2002-01-01", {"comparison": "equals", "value": 1.0, "said_on": "2001-07-01"},
         CONTRADICTED),
        ("2002-01-01", {"comparison": "equals", "value": 0.0, "said_on": "2001-07-01"}, OUTDATED),
        # Before entry into force it joins nobody.
        ("2001-05-29", {"comparison": "equals", "value": 0.0}, SUPPORTED),
        ("2001-05-29", {"comparison": "at most", "value": 0.0}, SUPPORTED),
        ("2001-05-29", {"comparison": "less than", "value": 1.0}, SUPPORTED),
        ("2001-05-29", {"comparison": "equals", "value": 2.0}, TOO_EARLY),
        ("2002-01-01", {"judgement": "should"}, NOT_MEASURABLE),
        ("2001-05-29", {"judgement": "should"}, NOT_MEASURABLE),
        ("2021-06-01", {"comparison": "equals", "value": 2.0, "said_on": "2021-05-01"},
         NOT_MEASURABLE),
    ],
)  # fmt: skip
def test_each_verdict(as_of: str, fields: dict[str, Any], expected: str) -> None:
    assert pairs(as_of, **fields).verdict == expected


def test_a_number_that_was_passed_later_was_true_of_a_day() -> None:
    # DDD joins thirty days after 1 August 2001: three more pairs, five in all.
    four: list[Act] = [*OWN, bound("DDD", "2001-08-01")]
    verdict = pairs("2002-01-01", four, comparison="equals", value=2.0, said_on="2001-12-01")
    assert verdict.verdict == OUTDATED
    assert verdict.why.endswith("The statement was true of 30 May 2001.")
    never = pairs("2002-01-01", four, comparison="equals", value=4.0, said_on="2001-12-01")
    assert never.verdict == CONTRADICTED


def test_those_that_consented_without_a_signature_are_not_said_to_have_signed() -> None:
    mixed: list[Act] = [("AAA", "signature", "2001-01-01", "", "confirmed"),
                        bound("BBB", "2001-01-02", act="accession")]  # fmt: skip
    why = pairs("2001-02-01", mixed).why
    assert "are known to have signed it or consented to it (50%)" in why
    assert "None of 4 members of the United Nations is known to have signed it or cons" in (
        pairs("2001-02-01", [], rules={"signatories_listed": False}).why
    )


@pytest.mark.parametrize(
    ("group", "expected"),
    [(None, (64, 3, 6)), ("arab-league", (7, 0, 2))],
)
def test_a_reported_ratification_takes_nothing_from_a_confirmed_signature(
    group: str | None, expected: tuple[int, int, int]
) -> None:
    with (processed_folder() / "states.csv").open(encoding="utf-8", newline="") as file:
        states = {row["iso3"] for row in csv.DictReader(file) if row["kind"] == "member"}
    if group:
        states = set(find_group(group, load_groups()).members)
    best: dict[str, str] = {}
    with (processed_folder() / "acts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["convention"] == "hanoi" and row["iso3"] in states:
                assert row["latest"] <= "2026-11-24"
                best[row["iso3"]] = min(
                    best.get(row["iso3"], row["grade"]),
                    row["grade"],
                    key=("confirmed", "inferred", "reported").index,
                )
    by_hand = Counter(best.values())
    assert (by_hand["confirmed"], by_hand["inferred"], by_hand["reported"]) == expected
    claim = claim_of(
        PairsClaim,
        convention=load_conventions()["hanoi"],
        beside=[load_conventions()["budapest"]],
        group=find_group(group, load_groups()) if group else None,
        comparison="at least",
        value=1.0,
    )
    rows = decide(claim, load_claim_data(date(2026, 11, 24))).rows.set_index("what")
    told = dict(zip(("confirmed", "inferred", "reported"), expected, strict=True))
    found = rows.loc["UN Convention against Cybercrime: signed or bound"]
    assert found["grade"] == ", ".join(f"{n} {grade}" for grade, n in told.items() if n)
    # Who said that three had ratified is no source of the signatures.
    assert "machineherald" not in found["source"]


def test_the_counts_are_those_of_the_pairs() -> None:
    verdict = pairs("2002-01-01")
    assert verdict.why.endswith("is in force. It joins 2 pairs anew.")
    assert "1 of 6 pairs of states (17%) is joined on 1 January 2002." in verdict.more
    group = pairs("2002-01-01", group=GROUP)
    assert "1 of 3 pairs of states (33%) is joined" in group.more


def test_before_entry_into_force_it_says_what_signatories_would_join() -> None:
    signatures: list[Act] = [
        (iso3, "signature", "2001-01-01", "", "confirmed") for iso3 in ("AAA", "BBB", "CCC")
    ]
    why = pairs("2001-02-01", signatures).why
    assert "3 of 4 members of the United Nations are known to have signed it (75%)" in why
    assert "if all of those were bound, it would join 2 pairs anew." in why
    assert "None of 4 members of the United Nations is known to have signed it." in (
        pairs("2001-02-01", []).why
    )
