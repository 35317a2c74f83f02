"""Values that jump or are gone: a revision is silent, a damaged file is not."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.data.published import PublishedValues
from adoption.data.value_guards import Bound, jumped, vanished

POINTS, TIMES = Bound(1.0), Bound(1.25, factor=True)
WAS = [("index", "QAT", 2024, 98.49), ("index", "OMN", 2024, 60.1), ("persons", "QAT", 2024, 4e6)]
BOUNDS = {"index": POINTS, "persons": TIMES}


def table(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure", "iso3", "year", "value"])


def now(*rows: tuple[str, str, int, float]) -> PublishedValues:
    return PublishedValues("us", date(2027, 1, 5), "data/raw/us/2027-01-05", table(*rows))


@pytest.mark.parametrize(
    ("bound", "was", "then", "broken"),
    [
        (POINTS, 98.49, 98.49, False),
        (POINTS, 98.49, 97.49, False),
        (POINTS, 97.49, 98.5, True),
        (POINTS, 0.0, 1.01, True),
        (POINTS, 0.1, 1.1, False),
        (TIMES, 4e6, 5e6, False),
        (TIMES, 5e6, 4e6, False),
        (TIMES, 4e6, 5.1e6, True),
        (TIMES, 5.1e6, 4e6, True),
        (TIMES, 4e6, 4e3, True),
        (TIMES, 0.0, 0.0, False),
        (TIMES, 0.0, 1.0, True),
        (TIMES, 1.0, 0.0, True),
    ],
)
def test_bounds(bound: Bound, was: float, then: float, broken: bool) -> None:
    assert bound.broken(pd.Series([was]), pd.Series([then])).tolist() == [broken]


def test_only_the_same_value_of_the_same_year_jumps() -> None:
    after = now(
        ("index", "QAT", 2024, 97.0),
        ("index", "OMN", 2028, 5.0),
        ("persons", "QAT", 2024, 4.9e6),
        ("persons", "OMN", 2024, 1.0),
    )
    assert list(jumped(table(*WAS), after, BOUNDS, "rule")) == [
        (
            "rule",
            "index 2024 QAT",
            "98.49, but 97 in the file of 2027-01-05",
            "data/raw/us/2027-01-05: ",
        )
    ]


def test_what_is_gone_is_told_in_order() -> None:
    after = now(("index", "QAT", 2028, 98.49), ("persons", "QAT", 2024, 1.0))
    assert list(vanished(table(*WAS), after, "rule")) == [
        (
            "rule",
            "index 2024 OMN",
            "60.1, not in the file of 2027-01-05",
            "data/raw/us/2027-01-05: ",
        ),
        (
            "rule",
            "index 2024 QAT",
            "98.49, not in the file of 2027-01-05",
            "data/raw/us/2027-01-05: ",
        ),
    ]
    assert list(vanished(table(*WAS), now(*WAS), "rule")) == []
