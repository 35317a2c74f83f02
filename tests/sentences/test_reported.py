"""What is only reported, possible or from an incomplete list is never said as more."""

from __future__ import annotations

from datetime import date

import pandas as pd

from adoption import tables
from adoption.conventions import load_conventions
from adoption.curves import compare_at_age
from adoption.sentences.pace import pace_title
from adoption.sentences.status import curve_title, status_title
from adoption.status import load_status

NEWEST = date(2026, 11, 24)


def compared(*names: str) -> pd.DataFrame:
    known = load_conventions()
    return compare_at_age([known[name] for name in names], tables.read("acts"), 395, NEWEST)


def test_a_count_from_an_incomplete_list_is_a_known_one_in_titles_too() -> None:
    frame = compared("hanoi", "untoc")
    assert frame["complete"].tolist() == [False, True]
    assert pace_title(frame, 395, "signatories") == "75 known signatories after 395 days"
    assert pace_title(frame, 395, "parties") == (
        "No confirmed party, three by report only, after 395 days"
    )


def test_a_curve_title_has_both_bounds_or_a_least() -> None:
    early = curve_title(load_status("budapest", date(2005, 6, 1)))
    assert early == "In force since 1 July 2004; 7 to 11 parties by 1 June 2005"
    late = curve_title(load_status("untoc", NEWEST))
    assert late == "In force since 29 September 2003; at least 191 parties by 24 November 2026"
    assert status_title(load_status("hanoi", NEWEST)).startswith("At least 75 participants have")
