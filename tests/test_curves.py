"""Curves: a made-up history by hand, the real ones beside the status, and several at one age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import pandas as pd
import pytest

from adoption.law.curves import COUNT_KINDS as BOUNDS
from adoption.law.curves import Measure, compare_at_age, cumulative, events, spells_of
from adoption.law.spells import History
from tests.conftest import Act, history

OPENS = date(2001, 1, 1)
HISTORY: list[Act] = [
    ("AAA", "signature", "2001-01-01", "", "confirmed"),
    ("BBB", "signature", "2001-01-03", "2001-01-05", "inferred"),
    ("AAA", "ratification", "2001-01-04", "", "confirmed"),
    ("CCC", "accession", "2001-01-02", "2001-01-06", "reported"),
    ("AAA", "withdrawal", "2001-01-08", "", "confirmed"),
    ("BBB", "ratification", "2001-01-07", "", "confirmed"),
    ("CCC", "withdrawal", "2001-01-09", "2001-01-11", "confirmed"),
    ("AAA", "accession", "2001-01-12", "", "confirmed"),
]
# day of January 2001 (0: the day before), signatories, parties: each (lower, upper)
BY_HAND = [
    (0, (0, 0), (0, 0)),
    (1, (1, 1), (0, 0)),
    (2, (1, 1), (0, 1)),
    (3, (1, 2), (0, 1)),
    (4, (1, 2), (1, 2)),
    (5, (2, 2), (1, 2)),
    (6, (2, 2), (2, 2)),
    (7, (2, 2), (3, 3)),
    (8, (2, 2), (2, 2)),
    (9, (2, 2), (1, 2)),
    (11, (2, 2), (1, 1)),
    (12, (2, 2), (2, 2)),
]


def value(curve: pd.DataFrame, day: date) -> tuple[int, int]:
    row = curve[curve["day"] <= pd.Timestamp(day)].iloc[-1]
    return int(row["lower"]), int(row["upper"])


@cache
def by_hand() -> History:
    """Return the history that is counted by hand."""
    return history(*HISTORY)


def curve_of(of_history: History, measure: Measure, until: date) -> pd.DataFrame:
    return cumulative(spells_of(of_history, measure), OPENS, until)


def compare(days: int, as_of: date, **rules: Any) -> pd.DataFrame:
    return compare_at_age([history(*HISTORY, **rules) if rules else by_hand()], days, as_of)


@pytest.mark.parametrize(("day", "signatories", "parties"), BY_HAND)
def test_each_day_as_counted_by_hand(
    day: int, signatories: tuple[int, int], parties: tuple[int, int]
) -> None:
    on, end = OPENS + timedelta(days=day - 1), OPENS + timedelta(days=30)
    measures: list[tuple[Measure, tuple[int, int]]] = [
        ("signatories", signatories),
        ("parties", parties),
    ]
    for measure, expected in measures:
        assert value(curve_of(by_hand(), measure, end), on) == expected
        if day:
            assert value(curve_of(by_hand(), measure, on), on) == expected
            counts = compare(day - 1, on).iloc[0]
            assert (counts[f"{measure}_with_reports"], counts[f"{measure}_upper"]) == expected


COUNTS = [f"{m}_{c}" for m in ("signatories", "parties") for c in BOUNDS]


@pytest.mark.parametrize(("as_of", "known"), [("2001-01-07", True), ("2001-01-06", False)])
def test_a_convention_that_was_younger_has_no_counts(as_of: str, known: bool) -> None:
    compared = compare(6, date.fromisoformat(as_of))
    assert compared[COUNTS].notna().all(axis=None) == known
    assert compared[COUNTS].isna().all(axis=None) != known


def test_signatories_that_no_source_names_are_not_counted_as_none() -> None:
    compared = compare(6, date(2001, 1, 7), signatories_listed=False)
    assert compared[COUNTS[:3]].isna().all(axis=None)
    assert compared[COUNTS[3:]].to_numpy().tolist() == [[2, 3, 3]]


def test_a_list_is_complete_to_an_age_or_not() -> None:
    """Of signatures for good, where the convention closed for signature within its time."""
    ends, closes = (date(2001, 1, 7), date(2001, 1, 6), None), date(2001, 1, 5)
    known = [compare(6, date(2001, 2, 1), complete_to=end, closes=closes).iloc[0] for end in ends]
    assert [row["complete"] for row in known] == [True, False, False]
    assert [row["signatories_complete"] for row in known] == [True, True, False]


# The days that have a name

NAMED = ["measure", "what", "latest", "number", "reported"]


def named(rows: Sequence[Act], until: date, **rules: Any) -> list[tuple[Any, ...]]:
    found = events(history(*rows, **rules), until)[NAMED]
    found["latest"] = found["latest"].dt.strftime("%m-%d")
    return [*found.itertuples(index=False, name=None)]


def test_each_day_of_a_few_is_named_and_what_is_reported_apart() -> None:
    assert named(HISTORY, date(2001, 1, 6)) == [
        ("signatories", "opening", "01-01", 1, False),
        ("signatories", "act", "01-05", 2, False),
        ("parties", "act", "01-04", 1, False),
        ("parties", "act", "01-06", 2, True),
    ]
    ceremony = {"ceremony": {"place": "Atlantis", "last": date(2001, 1, 5)}}
    assert named(HISTORY, date(2001, 1, 6), **ceremony)[:2] == [
        ("signatories", "opening", "01-05", 2, False),
        ("parties", "act", "01-04", 1, False),
    ]


def test_of_many_days_the_first_the_decisive_and_the_closing_are_named() -> None:
    codes = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
    signed = [
        (code, "signature", f"2001-01-0{n}", "", "confirmed") for n, code in enumerate(codes, 1)
    ]
    bound = [
        (code, "ratification", f"2001-02-0{n}", "", "confirmed") for n, code in enumerate(codes, 1)
    ]
    closes = {"closes": date(2001, 1, 20)}
    assert named([*signed, *bound], date(2001, 3, 1), **closes) == [
        ("signatories", "opening", "01-01", 1, False),
        ("signatories", "closing", "01-20", 6, False),
        ("parties", "first", "02-01", 1, False),
        ("parties", "decisive", "02-03", 3, False),
    ]
    assert named(signed, date(2001, 1, 10), **closes)[-1][1:4] == ("last", "01-06", 6)
