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
        ("Atlantis <superscript>1</superscript>", "Atlantis"),
        ("Atlantis<superscript>1, 12</superscript> (East)", "Atlantis (East)"),
        ("Atl\N{SOFT HYPHEN}antis\N{ZERO WIDTH SPACE}", "Atlantis"),
        ("<superscript>1 Atlantis", "1 Atlantis"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
    ],
)
def test_text_is_plain(text: str, meant: str) -> None:
    assert plain(text) == meant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Netherlands (Kingdom of the) 5, 6", "Netherlands (Kingdom of the)"),
        ("China<superscript>3</superscript>,4", "China"),
        ("7", ""),
    ],
)
def test_a_name_has_no_footnotes(text: str, name: str) -> None:
    assert participant(text) == name


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "Feb", "2030"),  ("0", "Jan", "2030"),
      ("1", "Jan", "0000")],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_none(day: str, month: str, year: str) -> None:
    assert named_day(day, month, year) is None


def test_a_month_has_more_than_one_name() -> None:
    found = {named_day("3", month, "2031") for month in ("Sep", "Sept", "September", "SEP")}
    assert found == {date(2031, 9, 3)}


@given(st.dates())
def test_every_day_is_read_by_its_numbers(day: date) -> None:
    assert calendar_day(str(day.year), str(day.month), str(day.day)) == day
