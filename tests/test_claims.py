"""Files of claims: what is refused, and another convention's statements from end to end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adoption.claims.check import KINDS, check_claims, first_day, read_claims
from adoption.claims.model import load_claim_data
from adoption.claims.verdict import CONTRADICTED, NOT_MEASURABLE, SUPPORTED
from adoption.errors import AdoptionError
from adoption.paths import reference_folder

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
