"""What is said of a convention on a day after withdrawals: who stands, who left, who came back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from adoption.law.status import Status
from adoption.sentences.status import curve_title, force_sentence, status_sentence, status_title
from tests.conftest import Act, bound, made
from tests.sentences.test_sentences import faults
from tests.sentences.test_withdrawals import THREE, withdrawn

SIGNED: Act = ("AAA", "signature", "2001-01-02", "", "confirmed")
AGAIN = bound("AAA", "2003-02-01", act="accession")
MAYBE_AGAIN = bound("AAA", "2003-02-01", "2009-01-01", "accession")


def pact(*rows: Act, day: str = "2004-01-01", threshold: int = 5, **rules: Any) -> Status:
    return made(day, *rows, short_title="Pact", threshold=threshold, **rules)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "three have consented to be bound"),
        (
            [withdrawn("AAA")],
            "two have consented to be bound and have not withdrawn; one more has withdrawn",
        ),
        (
            [withdrawn("AAA"), withdrawn("BBB")],
            "one has consented to be bound and has not withdrawn; two more have withdrawn",
        ),
        (
            [withdrawn(code) for code in ("AAA", "BBB", "CCC")],
            "none is known to be bound; three have withdrawn",
        ),
        ([withdrawn("AAA"), AGAIN], "three have consented to be bound"),
        (
            [withdrawn("AAA"), MAYBE_AGAIN],
            "2 to 3 have consented to be bound and have not withdrawn; one has withdrawn, and may "
            "have consented again",
        ),
        (
            [withdrawn("AAA", "2003-01-01", "2009-01-01")],
            "2 to 3 have consented to be bound and have not withdrawn; one may have withdrawn",
        ),
        (
            [withdrawn("AAA"), ("DDD", "accession", "2003-02-01", "", "reported")],
            "three have consented to be bound and have not withdrawn, one of them by report only; "
            "one more has withdrawn",
        ),
    ],
)
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


def test_in_force_those_that_are_bound_and_those_that_left() -> None:
    status = pact(SIGNED, *THREE, withdrawn("AAA"), threshold=3)
    assert status.in_force
    assert status_title(status) == "1 participant has signed; two are bound; one more has withdrawn"
    assert curve_title(status) == (
        "In force since 3 April 2002; 2 parties by 1 January 2004; one more has withdrawn"
    )
    back = pact(SIGNED, *THREE, withdrawn("AAA"), AGAIN, threshold=3)
    assert curve_title(back) == "In force since 3 April 2002; 3 parties by 1 January 2004"


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (THREE, "Three of the 5 instruments needed are known"),
        (
            [*THREE, withdrawn("AAA")],
            "Two of the 5 instruments needed are known to stand; one participant has withdrawn",
        ),
        (
            [THREE[0], withdrawn("AAA")],
            "None of the 5 instruments needed is known to stand; one participant has withdrawn",
        ),
        (
            [THREE[0], withdrawn("AAA"), ("DDD", "accession", "2003-02-01", "", "reported")],
            "One of the 5 instruments needed is reported, none is confirmed; one participant has "
            "withdrawn",
        ),
        (
            [*THREE, bound("EUE", "2002-02-01"), withdrawn("EUE")],
            "Three of the 5 instruments needed are known",
        ),
        (
            [*THREE, *(withdrawn(c, "2003-01-01", "2009-01-01") for c in ("AAA", "BBB"))],
            "1 to 3 of the 5 instruments needed are known to stand; two participants may have "
            "withdrawn",
        ),
    ],
)
def test_the_curve_says_what_stands(rows: list[Act], title: str) -> None:
    assert curve_title(pact(*rows)) == title
    assert not faults(title)


def test_what_was_deposited_and_withdrawn_is_known_and_does_not_stand() -> None:
    rows = [THREE[0], withdrawn("AAA")]
    text = force_sentence(pact(*rows, day="2021-06-01"))
    assert text == (
        "It is not known to be in force: none of the 5 instruments it needs is known to stand."
    )
    text = force_sentence(pact(*THREE, withdrawn("AAA"), day="2021-06-01"))
    assert re.search("3 of the 5 instruments it needs are not known to stand", text)
    before = force_sentence(pact(*THREE, day="2021-06-01"))
    assert "2 of the 5 instruments it needs are not known to be deposited" in before


A, B, C, D = [*THREE, bound("DDD", "2002-02-01")]


def by_report(iso3: str, day: str, latest: str = "") -> Act:
    return withdrawn(iso3, day, latest, "reported")


@pytest.mark.parametrize(
    ("threshold", "rows", "says"),
    [
        (
            3,
            [A, B, C, by_report("AAA", "2002-01-02")],
            "It is not in force: 1 of the 3 instruments it needs is missing, by report of "
            "withdrawal only.",
        ),
        (
            3,
            [A, B, C, withdrawn("AAA", "2002-01-02")],
            "It is not in force: 1 of the 3 instruments it needs is missing.",
        ),
        (
            5,
            [A, B, C, by_report("AAA", "2003-01-01")],
            "It is not in force: 3 of the 5 instruments it needs are missing, one of them by "
            "report of withdrawal only.",
        ),
        (
            4,
            [A, B, C, by_report("AAA", "2002-01-02", "2009-01-01"), withdrawn("BBB")],
            "It is not in force: 2 to 3 of the 4 instruments it needs are missing, one of them by "
            "report of withdrawal only.",
        ),
        (
            2,
            [A, by_report("AAA", "2002-01-02"), ("BBB", "accession", "2002-01-03", "", "reported")],
            "It is not in force: 1 to 2 of the 2 instruments it needs are missing, one of them by "
            "report of withdrawal only; one is reported.",
        ),
        (
            2,
            [A, B, by_report("AAA", "2002-01-02"), by_report("BBB", "2002-01-03")],
            "It is not in force: all 2 instruments it needs are missing, by report of withdrawal "
            "only.",
        ),
    ],
)
def test_what_is_missing_by_report_of_a_withdrawal_is_said_with_it(
    threshold: int, rows: list[Act], says: str
) -> None:
    assert force_sentence(pact(*rows, threshold=threshold)) == says
    assert not faults(says)


def test_beyond_the_reach_too_a_withdrawal_by_report_is_told_as_one() -> None:
    rows = [A, B, C, by_report("AAA", "2002-01-02")]
    assert force_sentence(pact(*rows, day="2021-06-01", threshold=3)) == (
        "It is not known to be in force: 1 of the 3 instruments it needs is not known to stand, "
        "by report of withdrawal only."
    )
    rows = [A, B, C, by_report("AAA", "2002-01-02"), withdrawn("BBB", "2002-01-02")]
    rows.append(withdrawn("CCC"))
    assert force_sentence(pact(*rows, day="2021-06-01", threshold=3)) == (
        "It is not known to be in force: none of the 3 instruments it needs is known to stand, "
        "for one of them by report of withdrawal only."
    )
