"""Cells: blanks, footnote marks, names and days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.data.readers.cells import calendar_day, named_day, participant, plain


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (" 2 Jan\t\t 2030 ", "2 Jan 2030"),
        ("2\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2030", "2 Jan 2030"),
        ("Atlantis <superscript>1</superscript>", "Atlantis"),
        ("Atlantis<superscript>1, 12</superscript> (East)", "Atlantis (East)"),
        ("Atlantis <superscript><i>1</i></superscript>", "Atlantis"),
        ("<b>Atlantis</b><br/>", "Atlantis"),
        ("Atl\N{SOFT HYPHEN}antis\N{ZERO WIDTH SPACE}", "Atlantis"),
        ("<superscript>1 Atlantis", "1 Atlantis"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("", ""),
    ],
)
def test_text_is_plain(text: str, meant: str) -> None:
    assert plain(text) == meant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Netherlands (Kingdom of the) 5, 6", "Netherlands (Kingdom of the)"),
        ("China<superscript>3</superscript>,4", "China"),
        ("  Côte  d'Ivoire ", "Côte d'Ivoire"),
        ("Micronesia (Federated States of)", "Micronesia (Federated States of)"),
        ("7", ""),
    ],
)
def test_a_name_has_no_footnotes(text: str, name: str) -> None:
    assert participant(text) == name


@pytest.mark.parametrize("month", ["Sep", "Sept", "September", "SEP"])
def test_a_month_has_more_than_one_name(month: str) -> None:
    assert named_day("3", month, "2031") == date(2031, 9, 3)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "Feb", "2030"), ("29", "Feb", "2031"), ("0", "Jan", "2030"), ("1", "Fév", "2030"),
     ("1", "Ja", "2030"), ("1", "Jan", "0000")],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_none(day: str, month: str, year: str) -> None:
    assert named_day(day, month, year) is None


@given(st.dates())
def test_every_day_is_read_by_its_numbers(day: date) -> None:
    assert calendar_day(str(day.year), str(day.month), str(day.day)) == day


@given(st.text())
def test_plain_text_is_plain_already(text: str) -> None:
    once = plain(text)
    assert once == " ".join(once.split())
    assert "<superscript>" not in once
