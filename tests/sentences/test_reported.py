"""What is only reported, possible or from an incomplete list is never said as more."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.curves import compare_at_age
from adoption.law.status import load_status
from adoption.sentences.pace import pace_sentence, pace_title
from adoption.sentences.status import curve_title, status_sentence, status_title
from tests.conftest import made

NEWEST = date(2026, 11, 24)


def compared(*names: str) -> pd.DataFrame:
    known = load_conventions()
    return compare_at_age([known[name] for name in names], tables.read("acts"), 395, NEWEST)


@pytest.mark.parametrize("day", [date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 10), NEWEST])
def test_where_every_consent_is_reported_nobody_is_bound(day: date) -> None:
    status = load_status("hanoi", day)
    assert status.parties.upper == status.parties.upper_by_grade["reported"] > 0
    for text in (status_title(status), status_sentence(status)):
        assert "report" in text
        assert not re.search(r"\b(is|are) bound\b", text), text


@pytest.mark.parametrize(
    ("act", "threshold", "says"),
    [
        ("ratification", 3, "two are reported to have ratified{}, none is confirmed"),
        ("accession", 3, "two are reported to have consented to be bound by{}, none is confirmed"),
        ("ratification", 2, "two are reported to be bound by{}, none is confirmed"),
    ],
)
def test_nobody_is_bound_before_entry_into_force(act: str, threshold: int, says: str) -> None:
    acts = [("AAA", "ratification", "2001-01-03", "", "reported"),
            ("BBB", act, "2001-01-03", "", "reported")]  # fmt: skip
    rules: dict[str, Any] = {"short_title": "Pact", "threshold": threshold}
    listed = made("2001-06-01", *acts, **rules)
    assert status_title(listed).endswith(says.replace(" by{}", "{}").format(""))
    assert f"; {says.format(' it')}. " in status_sentence(listed)
    unlisted = made("2001-06-01", *acts, signatories_listed=False, **rules)
    assert f"By 1 June 2001, {says.format(' the Pact')}. " in status_sentence(unlisted)


def test_a_count_from_an_incomplete_list_is_a_known_one_in_titles_too() -> None:
    frame = compared("hanoi", "untoc")
    assert frame["complete"].tolist() == [False, True]
    assert pace_title(frame, 395, "signatories") == "75 known signatories after 395 days"
    assert pace_title(frame, 395, "parties") == (
        "No confirmed party, three by report only, after 395 days"
    )


def test_what_may_have_been_deposited_is_not_missing() -> None:
    status = load_status("malabo", date(2014, 6, 27))
    assert (status.counted.lower, status.counted.upper) == (0, 2)
    assert "13 to 15 of the 15 instruments it needs are missing" in status_sentence(status)


def test_a_curve_title_has_both_bounds_or_a_least() -> None:
    early = curve_title(load_status("budapest", date(2005, 6, 1)))
    assert early == "In force since 1 July 2004; 7 to 11 parties by 1 June 2005"
    late = curve_title(load_status("untoc", NEWEST))
    assert late == "In force since 29 September 2003; at least 191 parties by 24 November 2026"
    assert status_title(load_status("hanoi", NEWEST)).startswith("At least 75 participants have")


def test_a_convention_without_a_day_of_entry_into_force_is_not_among_those_timed() -> None:
    frame = compared("hanoi", "untoc", "uncac", "arab-2010")
    text = pace_sentence(frame, 395)
    assert "Those whose day is known entered into force between 736 and 1,021 days" in text
