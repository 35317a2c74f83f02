"""Two indicators side by side: by hand, against pandas' own, and on the real editions."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.capacity import (
    OVERALL,
    Indicator,
    beside_other,
    earlier_edition,
    largest_moves,
    pair,
    rank_correlation,
    since_earlier,
    sources_of,
    zeros_compared,
)
from tests.conftest import states_of
from tests.test_capacity import CAPACITY, EVERY, STATES, rows

GCI = Indicator("GCI", 2024)


def frame(*values: tuple[str, float, float]) -> pd.DataFrame:
    made = pd.DataFrame(values, columns=["name", "value", "beside"])
    return made.assign(region="North", difference=made["value"] - made["beside"])


def test_a_pair_has_those_with_both_and_names_the_others() -> None:
    states = states_of(["AAA", "BBB", "CCC", "DDD"])
    capacity = pd.concat(
        [
            rows(("AAA", OVERALL, 3.1), ("BBB", OVERALL, 0.0)),
            rows(("AAA", OVERALL, 1.0), ("CCC", OVERALL, 7.0), edition=2020),
        ]
    )
    found = pair(capacity, states, GCI, Indicator("GCI", 2020))
    (row,) = found.frame.to_dict("records")
    assert (row["iso3"], row["value"], row["beside"], row["difference"]) == ("AAA", 3.1, 1, 2.1)


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (GCI, 2020),
        (Indicator("GCI", 2020, "legal"), None),  # of 2018 only the overall value is known
        (Indicator("EGDI", 2024), 2022),
        (Indicator("EGDI", 2018), None),
    ],
)
def test_the_edition_before(indicator: Indicator, expected: int | None) -> None:
    found = earlier_edition(CAPACITY, indicator)
    assert (found and found.edition) == expected
    assert found is None or found.component == indicator.component
    assert (since_earlier(CAPACITY, STATES, indicator) is None) == (expected is None)


# Spearman's rank correlation


@pytest.mark.parametrize("indicator", EVERY, ids=str)
def test_it_is_the_rank_correlation_of_pandas(indicator: Indicator) -> None:
    found = beside_other(CAPACITY, STATES, indicator).frame
    theirs = found[["value", "beside"]].corr(method="spearman").to_numpy()[0, 1]
    assert rank_correlation(found) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    "few",
    [frame(), frame(("a", 1, 1), ("b", 2, 2)), frame(*[(n, 4, i) for i, n in enumerate("abc")])],
)
def test_too_few_or_all_equal_has_none(few: pd.DataFrame) -> None:
    assert math.isnan(rank_correlation(few))


# Moves


def test_the_largest_moves_by_hand() -> None:
    found = frame(("a", 5, 1), ("b", 9, 5), ("c", 3, 3), ("d", 1, 9), ("e", 2, 3), ("f", 6, 5))
    assert largest_moves(found, 2)["name"].tolist() == ["a", "b", "e", "d"]
    assert largest_moves(found, 9)["name"].tolist() == ["a", "b", "f", "e", "d"]
    assert largest_moves(found.iloc[2:3], 2).empty
    assert largest_moves(frame(), 2).empty


def test_a_zero_without_parts_is_named() -> None:
    zeros = ["Holy See", "Micronesia (Federated States of)", "Yemen"]
    for indicator, expected in ((GCI, zeros), (Indicator("GCI", 2024, "legal"), [])):
        moves = since_earlier(CAPACITY, STATES, indicator)
        assert zeros_compared(CAPACITY, moves) == expected


def test_every_source_is_that_of_an_edition_shown() -> None:
    moves, other = since_earlier(CAPACITY, STATES, GCI), beside_other(CAPACITY, STATES, GCI)
    keys = sources_of(CAPACITY, GCI, moves, other)
    assert "data360_itu_gci" in keys
    assert "un_egov_2024" in keys
    assert "tud_gci2018" not in keys
    named = {key for keys_ in keys for key in keys_.split(";")}
    assert named <= set(tables.read("sources")["source"])
    alone = sources_of(CAPACITY, GCI, None, other)
    assert set(alone) == {"data360_itu_gci", "un_egov_2024"}
