"""Days, numbers and lists in British English."""

from __future__ import annotations

import calendar
from datetime import date

import pytest

from adoption.law.rules import Window
from adoption.words import (
    MONTHS,
    by_grade,
    capitalised,
    counted,
    listed,
    long_day,
    numeral,
    percent,
    short_day,
    when_long,
    when_short,
    window_in_words,
)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2025, 1, 7), "7 January 2025", "7 Jan 2025"),
        (date(2003, 5, 31), "31 May 2003", "31 May 2003"),
        (date(2005, 9, 15), "15 September 2005", "15 Sep 2005"),
        (date(1999, 12, 9), "9 December 1999", "9 Dec 1999"),
    ],
)
def test_days(day: date, long: str, short: str) -> None:
    assert long_day(day) == long
    assert short_day(day) == short


def test_months_are_those_of_the_calendar() -> None:
    assert list(MONTHS) == calendar.month_name[1:]


@pytest.mark.parametrize(
    ("earliest", "latest", "long", "short"),
    [
        ("2025-10-25", "2025-10-25", "on 25 October 2025", "25 Oct 2025"),
        ("2026-02-01", "2026-02-28", "in February 2026", "Feb 2026"),
        ("2024-02-01", "2024-02-29", "in February 2024", "Feb 2024"),
        ("2024-02-01", "2024-02-28", "between 1 and 28 February 2024", "1 to 28 Feb 2024"),
        ("2025-12-01", "2025-12-31", "in December 2025", "Dec 2025"),
        ("2014-10-02", "2014-10-31", "between 2 and 31 October 2014", "2 to 31 Oct 2014"),
        (
            "2014-02-28",
            "2014-10-01",
            "between 28 February and 1 October 2014",
            "28 Feb to 1 Oct 2014",
        ),
        (
            "2025-02-01",
            "2026-02-28",
            "between 1 February 2025 and 28 February 2026",
            "1 Feb 2025 to 28 Feb 2026",
        ),
    ],
)
def test_windows(earliest: str, latest: str, long: str, short: str) -> None:
    ends = date.fromisoformat(earliest), date.fromisoformat(latest)
    assert when_long(*ends) == long
    assert when_short(*ends) == short
    assert window_in_words(Window(*ends)) == long.removeprefix("on ")


@pytest.mark.parametrize(
    ("words", "last", "expected"),
    [
        ([], "and", ""),
        (["Mali"], "and", "Mali"),
        (["Mali", "Rwanda"], "and", "Mali and Rwanda"),
        (["Mali", "Rwanda", "Saudi Arabia"], "or", "Mali, Rwanda or Saudi Arabia"),
    ],
)
def test_listed(words: list[str], last: str, expected: str) -> None:
    assert listed(words, last) == expected


@pytest.mark.parametrize(
    ("number", "plural", "expected"),
    [
        (0, "parties", "0 parties"),
        (1, "parties", "1 party"),
        (2, "parties", "2 parties"),
        (25_192, "parties", "25,192 parties"),
        (3, None, "3 partys"),
    ],
)
def test_counted(number: int, plural: str | None, expected: str) -> None:
    assert counted(number, "party", plural) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (40, "40"), (1234, "1,234"), (-1, "-1")],
)
def test_numeral(number: int, expected: str) -> None:
    assert numeral(number) == expected


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ({"confirmed": 62, "reported": 4, "inferred": 3}, "62 confirmed, 4 reported, 3 inferred"),
        ({"confirmed": 0, "reported": 3, "inferred": 0}, "3 reported"),
        ({"confirmed": 0, "reported": 0, "inferred": 0}, ""),
    ],
)
def test_by_grade(grades: dict[str, int], expected: str) -> None:
    assert by_grade(grades) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("", ""), ("in force", "In force"), ("éire and EU", "Éire and EU")]
)
def test_capitalised_leaves_the_rest_as_it_is(text: str, expected: str) -> None:
    assert capitalised(text) == expected


@pytest.mark.parametrize(
    ("count", "whole", "expected"),
    [(0, 193, "0%"), (1, 193, "under 1%"), (2, 193, "1%"), (192, 193, "over 99%"),
     (193, 193, "100%"), (1, 2, "50%"), (0, 0, "none")],
)  # fmt: skip
def test_percent(count: int, whole: int, expected: str) -> None:
    assert percent(count, whole) == expected
