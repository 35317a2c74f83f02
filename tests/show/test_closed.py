"""After the closing day every text that speaks of signing says that only accession is left."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.cli.status import status_in_text
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.site.subjects import closings_of
from tests.cells import run_cells

HANOI = load_conventions()["hanoi"]
LAST, AFTER = date(2026, 12, 31), date(2027, 1, 1)
CLOSED = "losed for signature on 31 December 2026: only accession is possible for a state that"
OPEN = "pen for signature until 31 December 2026"


@pytest.mark.parametrize(
    ("day", "said"), [(HANOI.opens, OPEN), (LAST, OPEN), (AFTER, CLOSED), (date(2025, 1, 1), "")]
)
def test_the_rule_says_whether_a_state_can_still_sign(day: date, said: str) -> None:
    status = load_status("hanoi", day)
    text = status_in_text(status)
    assert (said or "pens for signature on 25 October 2025") in text
    for other in {OPEN, CLOSED} - {said}:
        assert other not in text
    assert "signature " not in status_in_text(load_status("budapest", day)), (
        "no closing day is known"
    )


@pytest.mark.parametrize(
    ("name", "today", "said"),
    [
        ("hanoi", LAST, ""),
        ("hanoi", date(2027, 1, 2), "2 January 2027: closed for signature on 31 December 2026"),
        ("hanoi", date(2027, 1, 14), "24 November 2026, 51 days old\n"),
        ("hanoi", date(2028, 2, 1), "24 November 2026, 434 days old\n"),
        ("uncac", date(2028, 2, 1), ""),  # the data know that it has closed
        ("budapest", date(2028, 2, 1), ""),  # no closing day is known
    ],
)
def test_a_reader_of_a_later_day_is_told_in_a_line(name: str, today: date, said: str) -> None:
    text = status_in_text(load_status(name, date(2026, 11, 24)), today)
    assert ("\n  today " in text) == bool(said)
    assert said in text


@pytest.mark.parametrize(
    ("values", "closing"),
    [
        ({"convention": "hanoi", "as_of": "latest"}, True),
        ({"conventions": "uncac, hanoi", "as_of": "latest"}, True),
        ({"convention": "uncac", "compare": "hanoi, untoc", "as_of": "2026-11-01"}, True),
        ({"as_of": "latest"}, True),  # statements, which may be of any convention
        ({"convention": "uncac", "compare": "", "as_of": "latest"}, False),
        ({"index": "GCI", "edition": 2024}, False),
    ],
)
def test_a_page_knows_which_convention_closes_after_its_data(
    values: dict[str, str | int], closing: bool
) -> None:
    for data_day in (date(2026, 11, 24), LAST):
        assert closings_of(values, data_day) == [(HANOI.short_title, LAST)] * closing
    assert closings_of(values, AFTER) == [], "its own words say so"


@pytest.mark.parametrize(
    ("notebook", "table"),
    [("01_status_map", "rule"), ("09_region_brief", "lists")],
)
def test_a_page_says_when_only_accession_is_possible(notebook: str, table: str) -> None:
    closed = "closed for signature on 9 December 2005: only accession is possible for a state that"
    for day, said in (("2005-12-09", False), ("2005-12-10", True)):
        found = run_cells(notebook, table, convention="uncac", as_of=day)[table].to_numpy().tolist()
        assert (closed in str(found)) == said
        assert ("open for signature until 9 December 2005" in str(found)) != said
