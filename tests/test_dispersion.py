"""Dispersion inside a group, against a hand computation and on the real index."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.capacity import PILLARS
from adoption.countries.inequality import dispersion, pillar_values, spread_between

VALUES = pd.DataFrame(
    {pillar: {"AAA": 2.0, "BBB": 6.0, "CCC": 4.0, "DDD": 4.0, "EEE": None} for pillar in PILLARS}
)


def test_a_group_of_two_beside_two_equal_ones() -> None:
    row = dispersion(VALUES, {"AAA", "BBB", "ZZZ"}).iloc[0]
    assert (row["states"], row["others"]) == (2, 2)
    assert (row["lowest"], row["median"], row["highest"]) == (2, 4, 6)
    assert row["iqr"] == pytest.approx(2)
    # G of {2, 6}: mean difference of the four ordered pairs 2, twice the mean 8.
    assert row["gini"] == pytest.approx(1 / 4)
    assert row["others_gini"] == 0


def test_all_the_inequality_between_two_equal_halves() -> None:
    values = VALUES.assign(**dict.fromkeys(PILLARS, 0.0))
    values.loc[["AAA", "BBB"], :] = 3.0
    values.loc[["CCC", "DDD"], :] = 1.0
    split = spread_between(values, {"AAA", "BBB", "CCC", "DDD"}, {"AAA", "BBB"}).iloc[0]
    assert (split["inner_median"], split["outer_median"]) == (3, 1)
    assert split["between_share"] == pytest.approx(1)


def test_a_missing_value_is_not_zero() -> None:
    row = dispersion(VALUES, {"AAA", "EEE"}).iloc[0]
    assert row["states"] == 1
    assert row["lowest"] == 2


def test_the_real_pillars() -> None:
    values = pillar_values(tables.read("capacity"), 2024)
    assert list(values.columns) == list(PILLARS)
    assert len(values) == 194
    assert "PLW" not in values.index
    assert list(values.loc["QAT"]) == [20.0] * 5
