"""What is said of a convention on a day after withdrawals: who stands, who left, who came back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.curves import compare_at_age
from adoption.law.status import Status, load_status
from adoption.sentences.pace import pace_title
from adoption.sentences.status import curve_title, force_sentence, status_sentence, status_title
from tests.conftest import Act, bound, made
from tests.sentences.test_sentences import faults
from tests.sentences.test_withdrawals import THREE, withdrawn

SIGNED: Act = ("AAA", "signature", "2001-01-02", "", "confirmed")
MAYBE_AGAIN = bound("AAA", "2003-02-01", "2009-01-01", "accession")


def pact(*rows: Act, day: str = "2004-01-01", threshold: int = 5, **rules: Any) -> Status:
    return made(day, *rows, short_title="Pact", threshold=threshold, **rules)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "three have consented to be bound"),
        ([withdrawn("AAA")],
         "two have consented to be bound and have not withdrawn; one more has withdrawn"),
        ([withdrawn("AAA"), withdrawn("BBB")],
         "one has consented to be bound and has not withdrawn; two more have withdrawn"),
        ([withdrawn("AAA"), MAYBE_AGAIN],
         "2 to 3 have consented to be bound and have not withdrawn; one has withdrawn, and may "
         "have consented again"),
        ([withdrawn("AAA"), ("DDD", "accession", "2003-02-01", "", "reported")],
         "three have consented to be bound and have not withdrawn, one of them by report only; "
         "one more has withdrawn"),
    ],
)  # fmt: skip
def test_the_sentence_and_the_title_name_withdrawals(rows: list[Act], says: str) -> None:
    status = pact(SIGNED, *THREE, *rows)
    assert status_title(status) == f"1 participant has signed; {says}"
    by_it = says.replace(" bound", " bound by it", 1)
    text = status_sentence(status)
    assert text.startswith(
        f"1 participant had signed the Pact by 1 January 2004; {by_it}. It is not in force: "
    )
    assert not faults(text)
    unlisted = pact(*THREE, *rows, signatories_listed=False)
    assert status_title(unlisted) == f"Who has signed is not known; {says}"
    assert (
        says.split("; ", 1)[-1].removesuffix(".") in status_sentence(unlisted) or "; " not in says
    )


A, B, C, D = [*THREE, bound("DDD", "2002-02-01")]


def by_report(iso3: str, day: str, latest: str = "") -> Act:
    return withdrawn(iso3, day, latest, "reported")


@pytest.mark.parametrize(
    ("threshold", "rows", "says"),
    [
        (4, [A, B, C, by_report("AAA", "2002-01-02", "2009-01-01"), withdrawn("BBB")],
         "It is not in force: 2 to 3 of the 4 instruments it needs are missing, one of them by "
         "report of withdrawal only."),
        (2, [A, by_report("AAA", "2002-01-02"), ("BBB", "accession", "2002-01-03", "", "reported")],
         "It is not in force: 1 to 2 of the 2 instruments it needs are missing, one of them by "
         "report of withdrawal only; one is reported."),
    ],
)  # fmt: skip
def test_what_is_missing_by_report_of_a_withdrawal_is_said_with_it(
    threshold: int, rows: list[Act], says: str
) -> None:
    assert force_sentence(pact(*rows, threshold=threshold)) == says
    assert not faults(says)


# What is only reported, possible or from an incomplete list is never said as more.


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
