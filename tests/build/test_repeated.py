"""An act that stands twice, and one that was done again."""

from __future__ import annotations

import pytest

from adoption.data.repeated import check_repeated
from adoption.errors import AdoptionError
from tests.conftest import Act, acts_of, bound

CONSENT = bound("AAA", "2001-02-01")
AGAIN = bound("AAA", "2003-03-01")


def left(day: str, latest: str = "") -> Act:
    return ("AAA", "withdrawal", day, latest, "confirmed")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [CONSENT, bound("BBB", "2001-02-01"), bound("AAA", "2001-02-01", act="accession")],
        [CONSENT, left("2002-01-01"), AGAIN],
        [CONSENT, left("2002-01-01", "2004-01-01"), AGAIN],
        [CONSENT, left("2002-01-01"), AGAIN, left("2004-01-01")],
        [CONSENT, left("2001-06-01", "2004-06-01"), AGAIN, left("2004-01-01"),
         bound("AAA", "2005-01-01")],
        [CONSENT, left("2002-01-01"), bound("AAA", "2003-01-01", act="accession"),
         left("2004-01-01")],
    ],
)  # fmt: skip
def test_a_consent_is_given_again_after_a_withdrawal(rows: list[Act]) -> None:
    check_repeated(acts_of(rows))


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([CONSENT, AGAIN], "ratification' stands twice; allowed: again only after a withdrawal"),
        ([CONSENT, AGAIN, left("2004-01-01")], "ratification' stands twice"),
        ([left("2001-01-01"), CONSENT, AGAIN], "ratification' stands twice"),
        ([CONSENT, left("2002-01-01"), left("2003-01-01")],
         "withdrawal' stands twice; allowed: again only after a consent"),
        ([("AAA", "signature", "2001-01-02", "", "confirmed"), left("2002-01-01"),
          ("AAA", "signature", "2003-01-02", "", "confirmed")],
         "signature' stands twice; allowed: once"),
        ([CONSENT, left("2002-01-01", "2005-01-01"), AGAIN, bound("AAA", "2003-03-02")],
         "ratification' stands twice"),
    ],
)  # fmt: skip
def test_what_was_done_once_stands_once(rows: list[Act], line: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        check_repeated(acts_of(rows))
    assert str(caught.value).startswith("table acts, column act: 'atlantis AAA ")
    assert line in str(caught.value)


def test_of_another_convention_it_is_another_act() -> None:
    check_repeated(acts_of([CONSENT, AGAIN]).assign(convention=["atlantis", "mu"]))
