"""Claims: what a file may hold, the rule of a verdict, and the thirteen statements."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from adoption.claims.check import KINDS, check_claim, check_claims, first_day, read_claims
from adoption.claims.model import ClaimData, load_claim_data
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    Comparison,
    Verdict,
    judge,
)
from adoption.errors import AdoptionError
from adoption.paths import processed_folder, reference_folder

HEAD = 'id = "x"\nstatement = "It is so."\nsaid_by = "us"\nsaid_on = 2025-11-13\n'
COUNT = (
    'kind = "count"\nconvention = "hanoi"\nmeasure = "signatories"\ncomparison = "equals"\n'
    "value = 72\n"
)
SHARE = 'kind = "share"\nconvention = "hanoi"\nof = "signatories"\nacted = "bound"\n'
ACT = 'kind = "act"\nconvention = "hanoi"\ncountry = "QAT"\nact = "signature"\n'
EVENT = 'kind = "event"\nconvention = "hanoi"\nevent = "opens"\n'
SPREAD = 'kind = "spread"\ngroup = "gcc"\npillar = "legal"\nmeasure = "range"\njudgement = "x"\n'
INDEX = 'kind = "index"\ncountry = "QAT"\nindex = "GCI"\n'
RULE = 'kind = "rule"\nconvention = "hanoi"\n'
FIRST = 'kind = "first"\nconvention = "hanoi"\ncomparison = "more than"\n'
PAIRS = 'kind = "pairs"\nconvention = "hanoi"\njudgement = "should"\n'


def claim(body: str, head: str = HEAD) -> str:
    return f"[[claim]]\n{head}{body}\n"


def refused(path: Path, text: str | bytes) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(AdoptionError) as caught:
        read_claims(path)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert message.startswith("mine.toml: ")
    return message.removeprefix("mine.toml: ")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.toml"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "claim x: kind: missing (all: event, first, body, rule, count, act, share, spread, "),
        ('kind = "counts"', "claim x: kind: there is no 'counts'; did you mean count? (all: eve"),
        (COUNT.replace("hanoi", "hanoy"), "claim x: convention: there is no 'hanoy' in the regist"),
        (COUNT.replace("measure", "mesure"), "claim x: mesure: no such field; did you mean meas"),
        (COUNT.replace("value = 72\n", ""), "claim x: value: missing"),
        (COUNT.replace("72", '"72"'), "claim x: value: Input should be a valid number, not '72'"),
        (COUNT.replace("72", "nan"), "claim x: value: Input should be a finite number, not nan"),
        (COUNT.replace("equals", "equal"), "claim x: comparison: there is no 'equal'; did you mea"),
        (ACT.replace("QAT", "QTR"), "claim x: country: 'QTR' is not an ISO3 code of the table st"),
        (ACT + 'comparison = "on"', "claim x: comparison and value go together"),
        (EVENT + 'comparison = "between"\nvalue = 2025-01-01', "claim x: until goes with the com"),
        (EVENT + 'comparison = "between"\nvalue = 2025-01-02\nuntil = 2025-01-01',
         "claim x: until is before value"),
        (COUNT.replace("72", "64.5"), "claim x: value: 64.5 is not a whole number"),
        (RULE + "delay_days = -1", "claim x: delay_days: Input should be greater than or equal"),
        (SPREAD.replace('judgement = "x"', 'value = 21\ncomparison = "at least"'),
         "claim x: value: a range is at most 20, not 21"),
        (INDEX + 'component = "legal"\nvalue = 21\ncomparison = "equals"',
         "claim x: value: at most 20 in the GCI, not 21"),
        (INDEX + 'component = "rank"\nvalue = 1.5\ncomparison = "equals"',
         "claim x: value: a rank is a whole number from 1, not 1.5"),
        (FIRST + 'against = ["uncac", "hanoi"]\nvalue = 20',
         "claim x: against: 'hanoi' is the convention of the claim"),
        (COUNT + '"a\\nb" = 1', "claim x: 'a\\nb': no such field; "),
        (SHARE.replace("signatories", "gccc") + 'judgement = "x"', "claim x: of: there is no 'gcc"),
        (SPREAD.replace("legal", "leagl"), "claim x: pillar: there is no 'leagl'; did you mean l"),
        (SPREAD + "edition = 2019", "claim x: edition: there is no 2019 with the legal of the GCI"),
        (INDEX.replace("GCI", "GCY") + 'component = "overall"', "claim x: index: there is no 'GC"),
        (INDEX + 'component = "online_services"\njudgement = "x"', "claim x: component: there is "),
        (INDEX + 'component = "tier"\ncomparison = "equals"\nvalue = "T9"', "claim x: value of a "),
        (INDEX + 'component = "tier"\ncomparison = "at most"\nvalue = "T1"', "claim x: compariso"),
        (RULE, "claim x: needs at least one of instruments, delay_days and delay_months"),
        (PAIRS + "beside = []", "claim x: beside: [] is not a list of conventions"),
    ],
)  # fmt: skip
def test_a_claim_that_is_not_well_formed(mine: Path, body: str, message: str) -> None:
    assert refused(mine, claim(body)).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no [[claim]] in it"),
        ("claim = 3", "each claim begins with [[claim]]"),
        ("[claim]\n" + HEAD + COUNT, "each claim begins with [[claim]]"),
        ("[[claims]]\n" + HEAD + COUNT, "claims: the file holds [[claim]] and nothing else"),
        ("[[claim]\n", "not valid TOML: "),
        (b'[[claim]]\nid = "\xff"', "not UTF-8 at byte 16"),
        (claim(COUNT) * 2, "claim x: id: another claim of the file has the same"),
        (claim(COUNT, HEAD.replace('id = "x"\n', "")), "claim 1: id: missing"),
    ],
)
def test_a_file_that_is_not_well_formed(mine: Path, text: str | bytes, message: str) -> None:
    assert refused(mine, text).startswith(message)


def test_the_file_of_the_project_uses_every_kind_and_describes_it() -> None:
    path = reference_folder() / "claims.toml"
    claims = read_claims(path)
    assert {one.kind for one in claims} == set(KINDS)
    notes = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    described = "\n".join(notes)
    for name, kind in KINDS.items():
        assert f"#   {name} " in described
        assert [f for f in kind.model_fields if f not in described] == []


def test_the_first_day_is_that_of_the_first_opening_of_a_subject(mine: Path) -> None:
    claims = read_claims(reference_folder() / "claims.toml")
    # The Budapest Convention is the subject of one claim, UNTOC only what another compares with.
    assert first_day(claims) == date(2001, 11, 23)
    assert first_day(one for one in claims if one.id != "no-accepted-standard-before") == (
        date(2025, 10, 25)
    )
    assert first_day(one for one in claims if one.kind in ("index", "spread")) is None
    mine.write_text(claim(COUNT.replace("hanoi", "untoc")), encoding="utf-8")
    assert first_day(read_claims(mine)) == date(2000, 12, 12)


ABOUT_UNTOC = {
    # 29 September 2003
    'kind = "event"; event = "entered into force"; comparison = "on"; value = 2003-09-29':
        SUPPORTED,
    # closed in 2002: 147 for good
    'kind = "count"; measure = "signatories"; comparison = "equals"; value = 147': SUPPORTED,
    # 191 by name beyond the reach of the list, which cannot say that there are no more
    'kind = "count"; measure = "parties"; comparison = "equals"; value = 191': NOT_MEASURABLE,
    'kind = "rule"; instruments = 30; delay_days = 90': CONTRADICTED,
    # A/RES/55/25
    'kind = "body"; body = "General Assembly"; act = "adoption"': SUPPORTED,
    # 21 May 2004
    'kind = "act"; country = "EUE"; act = "approval"; comparison = "after"; value = 2004-05-21':
        CONTRADICTED,
    'kind = "act"; country = "EUE"; act = "approval"; comparison = "on"; value = 2004-05-21':
        SUPPORTED,
    'kind = "share"; of = "arab-league"; acted = "bound"; comparison = "at least"; value = 0.9':
        SUPPORTED,
    'kind = "pairs"; beside = ["budapest"]; comparison = "more than"; value = 9000': SUPPORTED,
    'kind = "first"; against = ["uncac"]; comparison = "more than"; value = 5': SUPPORTED,
}  # fmt: skip


def test_statements_about_another_convention(mine: Path) -> None:
    bodies = [f"{body}; convention = 'untoc'".replace("; ", "\n") for body in ABOUT_UNTOC]
    heads = [HEAD.replace('"x"', f'"{number}"') for number in range(len(bodies))]
    mine.write_text("".join(map(claim, bodies, heads)), encoding="utf-8")
    claims = read_claims(mine)
    verdicts = check_claims(claims, load_claim_data(date(2026, 11, 24)))
    assert [verdict.verdict for verdict in verdicts] == list(ABOUT_UNTOC.values())
    assert all(len(verdict.rows) for verdict in verdicts)
    assert all("UNTOC" in verdict.why for verdict in verdicts)


EXACT, OPEN = Bounds(5, 5), Bounds(5, None)


@pytest.mark.parametrize(
    ("comparison", "value", "said", "now", "grows", "expected"),
    [
        ("equals", 5, EXACT, EXACT, True, SUPPORTED),
        ("equals", 5, EXACT, Bounds(6, None), True, OUTDATED),
        ("equals", 3, EXACT, EXACT, True, OUTDATED),  # passed before it was said
        ("equals", 3, EXACT, EXACT, False, CONTRADICTED),  # what does not grow never passed it
        ("equals", 6, EXACT, Bounds(6, 6), True, CONTRADICTED),  # true only afterwards
        ("equals", 5, OPEN, Bounds(6, None), True, OUTDATED),  # true as far as the list goes
        ("equals", 5, OPEN, OPEN, True, NOT_MEASURABLE),
        ("at least", 5, OPEN, OPEN, True, SUPPORTED),
        ("at least", 6, EXACT, Bounds(9, 9), True, CONTRADICTED),
        ("at most", 5, EXACT, Bounds(6, 6), True, OUTDATED),
        ("at most", 5, OPEN, Bounds(6, None), False, NOT_MEASURABLE),
        ("less than", 6, EXACT, Bounds(5, None), True, SUPPORTED),  # nothing known against it
    ],
)
def test_a_statement_in_the_present_tense(
    comparison: Comparison, value: float, said: Bounds, now: Bounds, grows: bool, expected: str
) -> None:
    assert judge(comparison, value, said, now, grows=grows) == expected


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
    assert "Nuclear Terrorism" in check("first-in-two-decades").more


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
