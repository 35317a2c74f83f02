"""The thirteen statements: each verdict beside numbers worked out from the CSV files alone."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import Any

import pytest

from adoption.claims.check import KINDS, check_claim, read_claims
from adoption.claims.model import ClaimData, load_claim_data
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    Verdict,
)
from adoption.paths import processed_folder, reference_folder

LATEST = "2026-11-24"
CLAIMS = {claim.id: claim for claim in read_claims(reference_folder() / "claims.toml")}


@cache
def data(as_of: str) -> ClaimData:
    return load_claim_data(date.fromisoformat(as_of))


def check(name: str, as_of: str = LATEST, **changes: Any) -> Verdict:
    """Return the verdict on a statement of the file, with other values if some are given."""
    claim = CLAIMS[name]
    if changes:
        fields = {field: getattr(claim, field) for field in claim.model_fields_set}
        claim = KINDS[claim.kind](**fields | changes)
    return check_claim(claim, data(as_of))


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    with (processed_folder() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def acted(convention: str, day: str, *kinds: str) -> set[str]:
    """Return who had certainly done one of some acts by a day."""
    return {
        row["iso3"]
        for row in rows("acts")
        if row["convention"] == convention and row["act"] in kinds and row["latest"] <= day
    }


def test_the_file_holds_thirteen_statements_and_these_are_the_verdicts() -> None:
    assert [check(name).verdict for name in CLAIMS] == [
        CONTRADICTED, SUPPORTED, CONTRADICTED, CONTRADICTED, SUPPORTED, OUTDATED, SUPPORTED,
        OUTDATED, NOT_MEASURABLE, SUPPORTED, NOT_MEASURABLE, SUPPORTED, TOO_EARLY,
    ]  # fmt: skip


def test_1_the_opening() -> None:
    first = min(r["earliest"] for r in rows("acts") if r["convention"] == "hanoi")
    assert first == "2025-10-25"
    assert "on 25 October 2025; the statement says on 25 October 2024" in (
        check("signed-in-hanoi-in-2024").why
    )
    assert "69 acts of that day" in check("signed-in-hanoi-in-2024").more
    assert check("signed-in-hanoi-in-2024", value=date(2025, 10, 25)).verdict == SUPPORTED


def test_2_the_first_in_two_decades() -> None:
    adopted = {row["convention"]: row["adopted"] for row in rows("conventions")}
    assert (adopted["hanoi"], adopted["uncac"]) == ("2024-12-24", "2003-10-31")
    assert adopted["nuclear-terrorism"] == "2005-04-13"
    wider = check("first-in-two-decades", against=["untoc", "uncac", "nuclear-terrorism"])
    assert wider.verdict == CONTRADICTED
    left_out = check("first-in-two-decades").rows["what"]
    assert left_out.str.contains("Nuclear Terrorism").any()


def test_3_the_general_assembly() -> None:
    assert "A/RES/79/243" in check("ratified-by-the-general-assembly").why
    assert check("ratified-by-the-general-assembly", act="adoption").verdict == SUPPORTED


def test_4_and_5_the_rule() -> None:
    (hanoi,) = [row for row in rows("conventions") if row["convention"] == "hanoi"]
    assert hanoi["threshold"] == "40"
    assert hanoi["delay_rule"] == "90th day after the deposit"
    assert "art. 65(1)" in check("in-force-after-the-instrument").why
    assert check("in-force-after-the-instrument", instruments=40).verdict == SUPPORTED
    assert check("forty-must-ratify", instruments=41).verdict == CONTRADICTED


def test_6_who_has_signed() -> None:
    counted = {
        day: len(acted("hanoi", day, "signature"))
        for day in ("2025-10-24", "2025-10-25", "2025-10-26", "2025-11-13", LATEST)
    }
    assert list(counted.values()) == [0, 69, 72, 72, 75]
    verdict = check("sixty-five-have-signed")
    assert verdict.why.startswith("By 13 November 2025 at least 72 participants")
    assert "within 25 October 2025: none the day before, 69 at its end" in verdict.why
    assert "By 24 November 2026 at least 75 participants" in verdict.more


def test_7_qatar() -> None:
    (row,) = [
        row for row in rows("acts")
        if (row["convention"], row["iso3"], row["act"]) == ("hanoi", "QAT", "signature")
    ]  # fmt: skip
    assert (row["date"], row["grade"], row["source"]) == ("2025-10-25", "confirmed", "nl-verdragen")
    verdict = check("qatar-signed")
    assert "on 25 October 2025 (confirmed)" in verdict.why
    assert verdict.rows.iloc[0].tolist() == [
        "Qatar: signature", "25 Oct 2025", "confirmed", "nl-verdragen",
    ]  # fmt: skip
    assert check("qatar-signed", country="SAU").verdict == CONTRADICTED  # a day later
    assert check("qatar-signed", place="Geneva").verdict == CONTRADICTED
    ratified = check("qatar-signed", act="ratification", value=date(2026, 3, 1),
                     comparison="before", place=None)  # fmt: skip
    assert ratified.verdict == SUPPORTED
    assert "(by report only)" in ratified.why
    assert ratified.without_reports == NOT_MEASURABLE


def test_8_who_still_has_to_ratify() -> None:
    bound = {d: acted("hanoi", d, "ratification") for d in ("2025-11-13", "2026-02-10", LATEST)}
    assert list(bound.values()) == [set(), set(), {"QAT", "VNM", "AZE"}]
    grades = {
        row["grade"] for row in rows("acts")
        if row["convention"] == "hanoi" and row["act"] == "ratification"
    }  # fmt: skip
    assert grades == {"reported"}
    verdict = check("every-signatory-has-to-ratify")
    assert "3 of 75 signatories are reported to be bound by it, none is confirmed" in verdict.why
    assert verdict.without_reports == NOT_MEASURABLE
    assert check("every-signatory-has-to-ratify", "2025-10-26").verdict == SUPPORTED
    assert check("every-signatory-has-to-ratify", "2026-02-10").verdict == NOT_MEASURABLE


def test_9_what_there_was_before() -> None:
    region = {r["iso3"]: r["region"] for r in rows("states") if r["kind"] == "member"}
    parties = acted("budapest", "2025-10-24", "ratification", "accession", "acceptance", "approval")
    counted = {
        name: sum(region.get(iso3) == name for iso3 in parties)
        for name in ("Africa", "Asia", "Europe", "Americas", "Oceania")
    }
    assert counted == {"Africa": 11, "Asia": 9, "Europe": 40, "Americas": 12, "Oceania": 4}
    verdict = check("no-accepted-standard-before")
    assert "76 of 193 members of the United Nations" in verdict.why
    assert dict(zip(verdict.rows["what"], verdict.rows["value"], strict=True)) == {
        "Africa": "at least 11 of 54", "Asia": "at least 9 of 47", "Europe": "at least 40 of 43",
        "Americas": "at least 12 of 35", "Oceania": "at least 4 of 14",
    }  # fmt: skip


def test_10_how_arab_states_differ() -> None:
    members = {
        r["iso3"] for r in rows("memberships") if r["organisation"] == "League of Arab States"
    }
    values = [
        float(row["value"]) for row in rows("gci")
        if (row["index"], row["edition"], row["component"]) == ("GCI", "2024", "organizational")
        and row["iso3"] in members
    ]  # fmt: skip
    assert (len(values), min(values), max(values)) == (22, 0, 20)
    verdict = check("arab-states-differ")
    assert "22 members of the League of Arab States run from 0.00 to 20.00" in verdict.why
    assert len(verdict.rows) == 22
    assert check("arab-states-differ", group="gcc").verdict == CONTRADICTED  # 11.88 to 20.00


def test_11_what_arab_states_should_do() -> None:
    members = {
        r["iso3"] for r in rows("memberships") if r["organisation"] == "League of Arab States"
    }
    signed = acted("hanoi", LATEST, "signature") & members
    assert len(signed) == 9
    verdict = check("arab-states-should-align")
    assert "9 of 22 members of the League of Arab States are known to have signed it (41%)" in (
        verdict.why
    )
    arab = acted("arab-2010", "9999", "ratification")  # none of them after the text of 2016
    budapest = acted("budapest", LATEST, "accession", "ratification") & members
    assert (len(arab), budapest) == (10, {"MAR", "TUN"})
    assert f"at least {10 * 9 // 2 + 1} of 231 pairs of states" in verdict.more
    assert check("arab-states-should-align", "2025-10-26").verdict == NOT_MEASURABLE


def test_12_qatars_training() -> None:
    values = sorted(
        (float(row["value"]), row["iso3"]) for row in rows("gci")
        if (row["index"], row["edition"]) == ("GCI", "2024")
        and row["component"] == "capacity_development"
    )  # fmt: skip
    assert len(values) == 194
    median = (values[96][0] + values[97][0]) / 2
    assert median == pytest.approx(12.115)
    assert (20.0, "QAT") in values
    why = check("qatar-invests-in-people").why
    assert "the median of the 194 states with a value is 12.12" in why
    yemen = check("qatar-invests-in-people", country="YEM")
    assert yemen.verdict == CONTRADICTED


def test_13_from_fragmented_to_unified() -> None:
    un = {row["iso3"] for row in rows("states") if row["kind"] == "member"}
    signed = acted("hanoi", LATEST, "signature") & un
    assert len(signed) == 73
    verdict = check("from-fragmented-to-unified")
    assert "73 of 193 members of the United Nations are known to have signed it" in verdict.why
    assert f"of {193 * 192 // 2:,} pairs of states" in verdict.more
    # Of a convention that is in force the pairs are counted.
    other = check("from-fragmented-to-unified", convention="untoc", beside=["budapest"])
    assert other.verdict == SUPPORTED
