"""The thirteen statements of notebook 10: verdicts, the numbers that decide them, how they look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from textwrap import dedent

import pandas as pd
import pytest

import adoption as ad
from adoption.core.errors import AdoptionError
from adoption.show.claims import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    VERDICTS,
    Claim,
    Claims,
    VerdictMark,
    verdict,
)
from adoption.show.table import Cells, TableLink
from tests.cells import Scope, run_cells
from tests.conftest import ROOT
from tests.show.reading import check

NOTEBOOK, LATEST = "10_claims_check", "2026-11-24"
DAY = pd.Timestamp(LATEST).date()
ANSWER, TABLE = "10-35", "10-36"


@cache
def notebook(as_of: str = LATEST) -> Scope:
    return run_cells(NOTEBOOK, as_of=as_of)


def claims(as_of: str = LATEST) -> dict[int, Claim]:
    return {claim.number: claim for claim in notebook(as_of)["claims"].checked.values()}


def values(number: int) -> list[str]:
    return [*map(str, claims()[number].rows["value"])]


def test_the_thirteen_verdicts() -> None:
    assert [*claims()] == [*range(1, 14)]
    assert [claim.verdict for claim in claims().values()] == [
        CONTRADICTED,
        SUPPORTED,
        CONTRADICTED,
        CONTRADICTED,
        SUPPORTED,
        CONTRADICTED,  # 69 had signed on the first day: it never had 65
        SUPPORTED,
        OUTDATED,
        NOT_MEASURABLE,
        SUPPORTED,
        NOT_MEASURABLE,
        NOT_MEASURABLE,
        TOO_EARLY,
    ]
    depends = {claim.number: claim.without_reports for claim in claims().values() if claim.depends}
    assert depends == {8: NOT_MEASURABLE}


def test_the_rows_that_decide() -> None:
    assert values(1) == ["2025-10-25", "62", "3", "4"]
    assert values(2)[:3] == ["2024-12-24", "2000-11-15", "2003-10-31"]
    assert len(values(2)) == 8  # five of the same chapter were concluded in between
    assert values(3)[1:] == ["77", "1"]
    assert values(4) == values(5) == ["40 (art. 65(1))", "90 days"]
    assert values(6) == ["at least 75", "62", "3", "4", "3", "1", "1", "1"]
    assert claims()[7].rows.iloc[0][["value", "grade", "source"]].tolist() == [
        "25 Oct 2025",
        "confirmed",
        "nl-verdragen",
    ]
    assert claims()[8].rows.iloc[0][["what", "value", "grade"]].tolist() == [
        "Known consents of 75 signatories",
        3,
        "3 reported",
    ]
    assert set(claims()[8].rows["what"][1:]) == {"Azerbaijan", "Qatar", "Viet Nam"}
    assert dict(zip(claims()[9].rows["what"], values(9), strict=True)) == {
        "Africa": "At least 11 of 54",
        "Asia": "At least 9 of 47",
        "Europe": "At least 40 of 43",
        "Americas": "At least 12 of 35",
        "Oceania": "At least 4 of 14",
    }
    assert (len(values(10)), values(10)[0], values(10)[-1]) == (22, "20.00 of 20", "0.00 of 20")
    joined = [
        "71 certain, 197 possible",  # its list has ended: any state may have joined
        "0 certain, 197 possible",
        "14 certain, 54 possible",
        "10 certain, 22 possible",
    ]
    assert values(11) == [
        "9 of 22",
        *joined,
        "46 certain, 231 possible",
        "0 certain, 26 possible",
    ]
    assert values(12) == ["20.00 of 20", "20.00 of 20"]
    assert "the median of 194 states is 12.12" in claims()[12].why
    assert values(13) == [
        "73 of 193",
        *joined,
        "2,606 certain, 18,528 possible",
        "at most 2,244 pairs",
    ]
    # Qatar's reported ratification takes nothing from its confirmed signature.
    assert claims()[11].rows["grade"].iloc[0] == "7 confirmed, 2 reported"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2025-10-26", SUPPORTED), ("2026-02-10", NOT_MEASURABLE), ("2026-03-31", OUTDATED)],
)
def test_the_day_asked_about_changes_a_verdict(as_of: str, expected: str) -> None:
    assert claims(as_of)[8].verdict == expected
    others = [claim.verdict for claim in claims(as_of).values() if claim.number != 8]
    assert others == [claim.verdict for claim in claims().values() if claim.number != 8]


def in_force(scope: Scope) -> None:
    scope["now"] = ad.status("untoc", LATEST)


def in_force_and_joining_nobody_anew(scope: Scope) -> None:
    in_force(scope)
    scope["alone"] = scope["alone"].iloc[:0]


def in_force_and_joining(scope: Scope) -> None:
    in_force(scope)
    scope["alone"] = scope["joined"].frame


@pytest.mark.parametrize(
    ("change", "expected"),
    [(in_force_and_joining, SUPPORTED), (in_force_and_joining_nobody_anew, NOT_MEASURABLE)],
)
def test_in_force_the_pairs_decide(change: Callable[[Scope], None], expected: str) -> None:
    found = run_cells(NOTEBOOK, change=change, after="alone", as_of=LATEST)
    claim = found.shown["10-33"]
    assert claim.verdict == expected
    assert "at least 0" not in claim.why


def test_the_reasons_read_well_and_the_table_leads_to_each_section() -> None:
    for claim in claims().values():
        check(claim.why)
    shown, answer = notebook().shown[TABLE].frame, notebook().shown[ANSWER]
    assert shown["Statement"][5] == TableLink("6. 65 countries have signed it.", "#claim-6")
    assert shown["Verdict"][5] == Cells((VerdictMark(CONTRADICTED),))
    assert str(shown["Verdict"][7]) == "outdated, if the reports are right"
    check(answer.text)
    assert answer.key_figure == "4 of 13"
    assert answer.text.startswith("The data support 4 of 13 statements about the UN Convention")
    assert answer.text.endswith(" and contradict 4.")


def test_the_example_of_the_guide_is_one_section_more() -> None:
    guide = (ROOT / "docs" / "add.md").read_text(encoding="utf-8")
    section = guide.partition("## A statement to check\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("    ")]
    scope = run_cells(NOTEBOOK, as_of=LATEST)
    exec(dedent("\n".join(lines)), scope)
    claim = [*scope["claims"].checked.values()][-1]
    assert (claim.number, claim.verdict) == (14, NOT_MEASURABLE)
    assert claim.why == "22 of 54 are known to have signed."
    assert len(claim.rows) == 23
    check(claim.why)


@pytest.mark.parametrize(
    ("true", "before", "early", "expected"),
    [
        (True, False, False, SUPPORTED),
        (True, True, False, SUPPORTED),
        (False, False, False, CONTRADICTED),
        (False, True, False, OUTDATED),
        (None, True, False, NOT_MEASURABLE),
        (False, False, True, TOO_EARLY),
    ],
)
def test_a_verdict_follows_from_a_comparison(
    true: bool | None, before: bool, early: bool, expected: str
) -> None:
    assert verdict(true, before=before, early=early) == expected


ROWS = pd.DataFrame({"what": ["<i>z</i>"], "value": [1], "grade": ["reported"], "source": [""]})


def test_how_a_statement_looks() -> None:
    many = ROWS.assign(source="untc-xml;untc-xml;nl-verdragen;fcdo;newshour;ecofin;lm-untoc")
    claims, given = Claims(DAY), ("<b>x</b> & y", OUTDATED, "It is.", many, ["a", 2, "listed", ""])
    html = claims.check(*given, without_reports=NOT_MEASURABLE)._repr_html_()
    assert html.startswith('<div id="claim-1"')
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in html
    assert "&lt;i&gt;z&lt;/i&gt;" in html
    assert "if the reports are right" in html
    assert "If reports are left out: not measurable with these data." in html
    assert "What it rests on: 2 rows" in html
    assert html.count(">untc-xml<") == 1


def test_a_cell_that_is_run_again_takes_the_place_of_its_statement() -> None:
    claims = Claims(DAY)
    for name, true in (("x", True), ("y", True), ("x", False)):
        claims.check(name, verdict(true), "", ROWS)
    assert [(c.number, c.verdict) for c in claims.checked.values()] == [
        (1, CONTRADICTED),
        (2, SUPPORTED),
    ]


def test_what_is_no_verdict_or_has_no_source_is_refused() -> None:
    claims = Claims(DAY)
    with pytest.raises(AdoptionError, match="verdict: there is no 'true'; "):
        claims.check("x", "true", "", ROWS)
    with pytest.raises(AdoptionError, match="rows: there is no column 'source'"):
        claims.check("x", SUPPORTED, "", ROWS.drop(columns="source"))
    with pytest.raises(AdoptionError, match="rows: there is no column 'source'"):
        claims.check("x", SUPPORTED, "", ["a", 1, "listed"])
    with pytest.raises(AdoptionError, match="source: there is no 'nobody' in the table sources"):
        claims.check("x", SUPPORTED, "", ["a", 1, "listed", "nobody"])
    assert claims.checked == {}


@pytest.mark.parametrize(
    ("names", "numbers"), [((OUTDATED,) * 3, ("none of 3", "none")), (VERDICTS, ("1 of 5", "1"))]
)
def test_how_many_of_each(names: Sequence[str], numbers: tuple[str, str]) -> None:
    claims = Claims(DAY)
    for number, name in enumerate(names):
        claims.check(str(number), name, "", ROWS)
    said = "The data support {} statements and contradict {}.".format(*numbers)
    assert claims.answer("").text == said
