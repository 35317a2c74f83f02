"""How many participants: certain and possible, by grade."""

from __future__ import annotations

import pandas as pd

from adoption.counts import count


def test_certain_and_possible_are_counted_by_grade() -> None:
    possible = pd.DataFrame({"grade": ["confirmed", "reported", "inferred", "confirmed"]})
    found = count(possible.head(2), possible)
    assert (found.lower, found.upper, found.confirmed) == (2, 4, 1)
    assert found.by_grade == {"confirmed": 1, "reported": 1, "inferred": 0}
    assert found.upper_by_grade == {"confirmed": 2, "reported": 1, "inferred": 1}


def test_nobody_is_counted_as_none() -> None:
    nobody = pd.DataFrame({"grade": pd.Series(dtype="str")})
    assert count(nobody, nobody).upper == 0
