"""The subject: acts that are certain, reported or of no known day."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.forecasting.propensity.subject import subject_of, why_no_signing
from adoption.law.conventions import load_conventions
from adoption.law.status import status_on
from tests.conftest import Act, acts_of, bound, made_up, states_of
from tests.movers.made import NEWEST

ROWS: list[Act] = [
    ("AAA", "signature", "2001-01-03", "", "reported"),
    bound("AAA", "2001-02-01", "2001-02-28"),
    ("BBB", "accession", "2001-02-10", "", "reported"),
    bound("CCC", "2001-02-10", "2001-06-30"),
    ("DDD", "definitive signature", "2000-12-01", "", "confirmed"),
]


def made(*, count_reports: bool, day: date = date(2001, 3, 1)) -> dict[str, dict[str, float]]:
    acts = acts_of(ROWS)
    status = status_on(made_up(), day, acts, states_of(["AAA", "BBB", "CCC", "DDD"]))
    treaty = subject_of(status, acts, count_reports=count_reports)
    assert treaty.seen == (day - date(2001, 1, 1)).days
    return {
        kind: dict(zip(found.iso3, found.day.tolist(), strict=True))
        for kind, found in (("signed", treaty.signed), ("consented", treaty.consented))
    }


def test_what_is_certain_counts_from_the_beginning_of_its_window() -> None:
    firm = made(count_reports=False)
    assert firm["signed"] == {"AAA": 2, "DDD": 0}  # before the opening: from day zero
    assert firm["consented"] == {"AAA": 31, "DDD": 0}


def test_a_reported_consent_counts_on_the_other_reading() -> None:
    assert made(count_reports=True)["consented"] == {"AAA": 31, "BBB": 40, "DDD": 0}


def test_a_window_that_is_not_over_does_not_count_yet() -> None:
    assert "CCC" in made(count_reports=False, day=date(2001, 6, 30))["consented"]


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("hanoi", NEWEST, None),
        ("untoc", date(2002, 12, 11), None),
        ("untoc", date(2002, 12, 12), "closed"),
        ("budapest", NEWEST, "no closing day"),
        ("malabo", NEWEST, "signatories not named"),
    ],
)
def test_why_nothing_is_said_of_signing(name: str, day: date, expected: str | None) -> None:
    assert why_no_signing(load_conventions()[name], day) == expected
