"""Claims: what a file may hold, the rule of a verdict, and the thirteen statements."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from adoption.claims.check import KINDS, first_day, read_claims
from adoption.claims.model import ClaimData, load_claim_data
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    Comparison,
    judge,
)
from adoption.core.errors import AdoptionError
from adoption.core.paths import reference_folder
from adoption.show.claims import CheckedClaim, CheckedClaims, check_claim
from tests.adopting import rows

HEAD = 'id = "x"\nstatement = "It is so in the GCI."\nsaid_by = "us"\nsaid_on = 2025-11-13\n'
COUNT = (
    'kind = "count"\nconvention = "hanoi"\nmeasure = "signatories"\ncomparison = "equals"\n'
    "value = 72\n"
)
SHARE = 'kind = "share"\nconvention = "hanoi"\nof = "signatories"\nacted = "bound"\n'
ACT = 'kind = "act"\nconvention = "hanoi"\ncountry = "QAT"\nact = "signature"\n'
EVENT = 'kind = "event"\nconvention = "hanoi"\nevent = "opens"\n'
SPREAD = (
    'kind = "spread"\ngroup = "gcc"\npillar = "legal"\nmeasure = "range"\nedition = 2024\n'
    'judgement = "x"\n'
)
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
        ("", "claim x: kind: there is no ''; there is nothing like it (all: event, first, body, r"),
        ('kind = "counts"', "claim x: kind: there is no 'counts'; did you mean count? (all: eve"),
        (COUNT.replace("hanoi", "hanoy"), "claim x: convention: there is no 'hanoy' in the regist"),
        (COUNT.replace("measure", "mesure"), "claim x: mesure: no such field; did you mean meas"),
        (SPREAD.replace('judgement = "x"', 'value = 21\ncomparison = "at least"'),
         "claim x: value: a range is at most 20, not 21"),
        (INDEX + 'component = "legal"\nvalue = 21\ncomparison = "equals"',
         "claim x: value: at most 20 in the GCI, not 21"),
        (INDEX + 'component = "rank"\nvalue = 1.5\ncomparison = "equals"',
         "claim x: value: a rank is a whole number from 1, not 1.5"),
        (COUNT.replace("value = 72\n", ""), "claim x: value: Field required"),
        (COUNT.replace("72", '"72"'), "claim x: value: Input should be a valid integer, not '72'"),
        (COUNT.replace("72", "nan"), "claim x: value: Input should be a valid integer, not nan"),
        (COUNT.replace("equals", "equal"), "claim x: comparison: Input should be 'equals', "),
        (ACT.replace("QAT", "QTR"), "claim x: country: 'QTR' is neither an ISO3 code nor a name"),
        (ACT + 'comparison = "on"', "claim x: comparison and value go together"),
        (EVENT + 'comparison = "between"\nvalue = 2025-01-01', "claim x: until goes with the com"),
        (EVENT + 'comparison = "between"\nvalue = 2025-01-02\nuntil = 2025-01-01',
         "claim x: until is before value"),
        (COUNT.replace("72", "64.5"), "claim x: value: Input should be a valid integer, not 64"),
        (RULE + "delay_days = -1", "claim x: delay_days: Input should be greater than or equal"),
        (INDEX.replace("GCI", "EGDI") + 'component = "overall"\nvalue = 0.5\ncomparison = "equals"',
         "claim x: the statement does not name the EGDI, and a score decides no other; give a j"),
        (FIRST + 'against = ["uncac", "hanoi"]\nvalue = 20',
         "claim x: against: 'hanoi' is the convention of the claim"),
        (COUNT + '"a\\nb" = 1', "claim x: a b: no such field; "),
        (SHARE.replace("signatories", "gccc") + 'judgement = "x"', "claim x: of: there is no 'gcc"),
        (SPREAD.replace("legal", "leagl"), "claim x: pillar: there is no 'leagl'; did you mean l"),
        (SPREAD.replace("2024", "2019"), "claim x: edition: there is no 2019 with the leg"),
        (INDEX.replace("GCI", "GCY") + 'component = "overall"', "claim x: index: there is no 'GC"),
        (INDEX + 'component = "online_services"\njudgement = "x"', "claim x: component: there is "),
        (RULE, "claim x: needs at least one of instruments, delay_days and delay_months"),
        (PAIRS + "beside = []", "claim x: beside: [] is not a list of conventions"),
    ],
)  # fmt: skip
def test_a_claim_that_is_not_well_formed(mine: Path, body: str, message: str) -> None:
    assert refused(mine, claim(body)).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it holds one [[claim]] or more, and nothing else"),
        ("claim = 3", "it holds one [[claim]] or more, and nothing else"),
        ("[claim]\n" + HEAD + COUNT, "it holds one [[claim]] or more, and nothing else"),
        (claim(COUNT) + "[[claims]]\n" + HEAD, "it holds one [[claim]] or more, and nothing else"),
        ("[[claim]\n", "not valid TOML: "),
        (b'[[claim]]\nid = "\xff"', "not UTF-8 at byte 16"),
        (claim(COUNT) * 2, "claim x: id: another claim of the file has the same"),
        (claim(COUNT, HEAD.replace('id = "x"\n', "")), "claim 1: id: Field required"),
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
    verdicts = CheckedClaims.of(claims, load_claim_data(date(2026, 11, 24))).verdicts
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
    assert judge(comparison, value, [said], [now], grows=grows) == expected


LATEST = "2026-11-24"
CLAIMS = {claim.id: claim for claim in read_claims(reference_folder() / "claims.toml")}


@cache
def data(as_of: str) -> ClaimData:
    return load_claim_data(date.fromisoformat(as_of))


def check(name: str, as_of: str = LATEST, **changes: Any) -> CheckedClaim:
    """Return the verdict on a statement of the file, with other values if some are given."""
    claim = CLAIMS[name]
    if changes:
        fields = {field: getattr(claim, field) for field in claim.model_fields_set}
        claim = KINDS[claim.kind](**fields | changes)
    return check_claim(claim, data(as_of))


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
        OUTDATED, NOT_MEASURABLE, SUPPORTED, NOT_MEASURABLE, NOT_MEASURABLE, TOO_EARLY,
    ]  # fmt: skip


# What is said of a statement today, of which each number is counted from the CSV files below.
SAID = {
    "signed-in-hanoi-in-2024": [
        "on 25 October 2025; the statement says on 25 October 2024", "69 acts of that day",
    ],
    "first-in-two-decades": ["of the same chapter concluded in between"],
    "ratified-by-the-general-assembly": ["A/RES/79/243"],
    "in-force-after-the-instrument": ["art. 65(1)"],
    "sixty-five-have-signed": [
        "By 13 November 2025 at least 72 participants", "By 24 November 2026 at least 75",
        "within 25 October 2025: none the day before, 69 at its end",
    ],
    "qatar-signed": ["on 25 October 2025 (confirmed)"],
    "every-signatory-has-to-ratify": [
        "3 of 75 signatories are reported to have consented to be bound by it, none is confirmed",
    ],
    "no-accepted-standard-before": ["76 of 193 members of the United Nations"],
    "arab-states-differ": ["22 members of the League of Arab States run from 0.00 to 20.00"],
    "arab-states-should-align": [
        "7 of 22 members of the League of Arab States are known to have signed it (32%)",
        "at least 46 of 231 pairs of states",
    ],
    "qatar-invests-in-people": ["the median of the 194 states with a value is 12.12"],
    "from-fragmented-to-unified": [
        "67 of 193 members of the United Nations are known to have signed it",
        "of 18,528 pairs of states",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_why_a_statement_has_its_verdict(name: str) -> None:
    verdict = check(name)
    assert [part for part in SAID[name] if part not in f"{verdict.why} {verdict.more}"] == []


def test_the_numbers_are_those_of_the_files() -> None:
    un = {row["iso3"]: row["region"] for row in rows("states") if row["kind"] == "member"}
    arab = {r["iso3"] for r in rows("memberships") if r["organisation"] == "League of Arab States"}
    days = ("2025-10-24", "2025-10-25", "2025-11-13", LATEST)
    assert [len(acted("hanoi", day, "signature")) for day in days] == [0, 69, 72, 75]
    signed = acted("hanoi", LATEST, "signature")
    assert (len(signed & un.keys()), len(signed & arab), len(arab)) == (73, 9, 22)
    assert acted("hanoi", LATEST, "ratification") == {"QAT", "VNM", "AZE"}
    parties = acted("budapest", "2025-10-24", "ratification", "accession", "acceptance", "approval")
    assert Counter(un[iso3] for iso3 in parties & un.keys()) == {
        "Africa": 11, "Asia": 9, "Europe": 40, "Americas": 12, "Oceania": 4,
    }  # fmt: skip
    gci = [row for row in rows("gci") if (row["index"], row["edition"]) == ("GCI", "2024")]
    training = [float(r["value"]) for r in gci if r["component"] == "capacity_development"]
    assert len(training) == 194
    assert median(training) == pytest.approx(12.115)
    # Ten by the Arab Convention, and Morocco with Tunisia by that of Budapest.
    both = acted("budapest", LATEST, "accession", "ratification") & arab
    assert (len(acted("arab-2010", "9999", "ratification")), both) == (10, {"MAR", "TUN"})


# With other values or on another day.
CHANGED: list[tuple[str, str, dict[str, Any], str]] = [
    ("signed-in-hanoi-in-2024", LATEST, {"value": date(2025, 10, 25)}, SUPPORTED),
    ("first-in-two-decades", LATEST, {"against": ["untoc", "nuclear-terrorism"]}, CONTRADICTED),
    ("ratified-by-the-general-assembly", LATEST, {"act": "adoption"}, SUPPORTED),
    ("in-force-after-the-instrument", LATEST, {"instruments": 40}, SUPPORTED),
    ("forty-must-ratify", LATEST, {"instruments": 41}, CONTRADICTED),
    ("qatar-signed", LATEST, {"country": "SAU"}, CONTRADICTED),  # a day later
    ("every-signatory-has-to-ratify", "2025-10-26", {}, SUPPORTED),
    ("every-signatory-has-to-ratify", "2026-02-10", {}, NOT_MEASURABLE),
    ("arab-states-differ", LATEST, {"group": "gcc"}, CONTRADICTED),  # 11.88 to 20.00
    ("arab-states-should-align", "2025-10-26", {}, NOT_MEASURABLE),
    ("qatar-invests-in-people", LATEST,
     {"country": "YEM", "statement": "Its GCI is above the median.", "judgement": None,
      "comparison": "more than", "value": "median"},
     CONTRADICTED),
    # Of a convention that is in force the pairs are counted.
    ("from-fragmented-to-unified", LATEST, {"convention": "untoc", "beside": ["budapest"]},
     SUPPORTED),
]  # fmt: skip


@pytest.mark.parametrize(("name", "as_of", "changes", "verdict"), CHANGED)
def test_other_values_have_other_verdicts(
    name: str, as_of: str, changes: dict[str, Any], verdict: str
) -> None:
    assert check(name, as_of, **changes).verdict == verdict


def test_7_qatar() -> None:
    assert check("qatar-signed").rows.iloc[0].tolist() == [
        "Qatar: signature", "25 Oct 2025", "confirmed", "nl-verdragen",
    ]  # fmt: skip
    assert check("qatar-signed", place="Geneva").verdict == CONTRADICTED
    ratified = check("qatar-signed", act="ratification", value=date(2026, 3, 1),
                     comparison="before", place=None)  # fmt: skip
    assert ratified.verdict == SUPPORTED
    assert "(by report only)" in ratified.why
    assert ratified.without_reports == NOT_MEASURABLE
    assert check("every-signatory-has-to-ratify").without_reports == NOT_MEASURABLE


def test_9_what_there_was_before() -> None:
    found = check("no-accepted-standard-before").rows
    assert dict(zip(found["what"], found["value"], strict=True)) == {
        "Africa": "at least 11 of 54", "Asia": "at least 9 of 47", "Europe": "at least 40 of 43",
        "Americas": "at least 12 of 35", "Oceania": "at least 4 of 14",
    }  # fmt: skip
