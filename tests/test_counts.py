"""How many participants: certain and possible, by grade."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.law.status import count, totals_on
from tests.conftest import acts_of, bound


def test_certain_and_possible_are_counted_by_grade() -> None:
    possible = pd.DataFrame({"grade": ["confirmed", "reported", "inferred", "confirmed"]})
    found = count(possible.head(2), possible)
    assert (found.lower, found.upper, found.confirmed) == (2, 4, 1)
    assert found.by_grade == {"confirmed": 1, "reported": 1, "inferred": 0}
    assert found.possible_by_grade == {"confirmed": 2, "reported": 1, "inferred": 1}


@pytest.mark.parametrize(
    ("day", "signatories", "parties", "why"),
    [
        ("2001-01-31", (0, 0), (0, 0), "before anything"),
        ("2001-02-01", (0, 1), (0, 0), "it may have signed"),
        ("2001-02-28", (1, 1), (0, 0), "it has signed"),
        ("2002-02-01", (1, 1), (0, 1), "it may be bound"),
        ("2002-02-28", (1, 1), (1, 1), "it is bound"),
        ("2003-02-01", (1, 1), (0, 1), "it may have left"),
        ("2003-02-28", (1, 1), (0, 0), "it has left, and has signed all the same"),
    ],
)
def test_totals_on_each_day_that_can_change_them(
    day: str, signatories: tuple[int, int], parties: tuple[int, int], why: str
) -> None:
    acts = acts_of(
        [
            bound("AAA", "2001-02-01", "2001-02-28", "signature"),
            bound("AAA", "2002-02-01", "2002-02-28"),
            bound("AAA", "2003-02-01", "2003-02-28", "withdrawal"),
        ]
    )
    totals = totals_on(acts, date.fromisoformat(day))
    found = {name: (total.lower, total.possible) for name, total in totals.items()}
    assert found == {"signatories": signatories, "parties": parties}, why
