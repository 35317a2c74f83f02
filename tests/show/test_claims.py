"""The table of verdicts and the rows under each: marks, links, sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from adoption import tables
from adoption.claims.check import read_claims
from adoption.claims.model import load_claim_data
from adoption.claims.verdict import VERDICTS
from adoption.core.paths import reference_folder
from adoption.show.claims import CheckedClaims, ClaimsView, VerdictMark
from adoption.show.table import TableLink

CLAIMS = read_claims(reference_folder() / "claims.toml")
CHECKED = CheckedClaims.of(CLAIMS, load_claim_data(date(2026, 11, 24)))
SOURCES = tables.read("sources")


def test_the_table_of_verdicts() -> None:
    frame = CHECKED.table().frame
    assert len(frame) == 13
    assert frame["Statement"][5] == TableLink("6. 65 countries have signed it.", "#claim-6")
    assert frame["Verdict"][5] == VerdictMark("outdated")
    assert frame["Why"][0].endswith("It depends on interpretation.")
    assert "Rests on" not in frame["Why"][8]  # nothing is decided that could rest on it
    assert "Rests on" not in frame["Why"][5]  # there is one reading only


def test_each_statement_has_an_article_that_the_table_leads_to() -> None:
    html = ClaimsView(CHECKED.verdicts, SOURCES)._repr_html_()
    assert re.findall(r'<section id="claim-(\d+)"', html) == [str(n) for n in range(1, 14)]
    assert html.count("<h3>") == html.count("<table") == html.count("<caption") == 13
    assert "<h1" not in html
    assert "<h2" not in html
    assert "How it is read: 25 October of the year" in html
    assert "Said by: A national news agency, 13 November 2025." in html
    assert "If acts that are only reported are left out: not measurable" in html
    assert not re.search(r"\b(nan|NaN|NaT|None)\b(?! of)", html)
    assert len(html) < 60_000


def test_markup_in_a_statement_is_text() -> None:
    claim = CLAIMS[0].model_copy(update={"statement": "<b>x</b> & y", "reading": "<i>z</i>"})
    html = ClaimsView((replace(CHECKED.verdicts[0], claim=claim),), SOURCES)._repr_html_()
    assert "1. &lt;b&gt;x&lt;/b&gt; &amp; y" in html
    assert "&lt;i&gt;z&lt;/i&gt;" in html


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (VERDICTS[:1], "1 statement: one supported."),
        (("outdated",) * 3, "3 statements: three outdated."),
        (VERDICTS, "5 statements: one supported, one contradicted, one outdated, one too "
         "early and one not measurable with these data."),
    ],
)  # fmt: skip
def test_how_many_of_each(names: Sequence[str], expected: str) -> None:
    checked = CHECKED.verdicts[0]
    verdicts = tuple(replace(checked, verdict=n, without_reports=None) for n in names)
    assert CheckedClaims(verdicts, CHECKED.as_of).sentence() == expected
