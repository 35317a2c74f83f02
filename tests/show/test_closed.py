"""After the closing day every text that speaks of signing says that only accession is left."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.cli.status import status_in_text
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
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
    ("notebook", "table"),
    [("01_status_map", "rule"), ("09_region_brief", "lists")],
)
def test_a_page_says_when_only_accession_is_possible(notebook: str, table: str) -> None:
    closed = "closed for signature on 9 December 2005: only accession is possible for a state that"
    for day, said in (("2005-12-09", False), ("2005-12-10", True)):
        found = run_cells(notebook, table, convention="uncac", as_of=day)[table].to_numpy().tolist()
        assert (closed in str(found)) == said
        assert ("open for signature until 9 December 2005" in str(found)) != said
