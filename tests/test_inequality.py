"""Inequality and dispersion inside a group, by hand and by property."""

from __future__ import annotations

from math import isnan, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adoption.countries.capacity import PILLARS
from adoption.countries.inequality import (
    ginis,
    most_unequal,
    pillar_dispersion,
    spread_between,
    theil,
    theil_parts,
)


def gini(values: list[float]) -> float:
    return float(ginis(np.array(values, dtype=float)[:, None])[0])


VALUES = st.lists(st.floats(0, 100).map(lambda x: round(x, 3)), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5, 5, 5], 0),
        # Mean absolute difference of all 16 ordered pairs is 20 / 16, the mean 2.5: G = 1.25 / 5.
        ([1, 2, 3, 4], 1 / 4),
        ([0, 0, 0, 0, 7], 4 / 5),
    ],
)
def test_gini(values: list[float], expected: float) -> None:
    assert gini(values) == pytest.approx(expected)


def test_a_group_is_most_unequal_where_resamples_agree() -> None:
    pillars = list(PILLARS)
    # The first pillar is far more unequal than all others; of two alike each wins half.
    clear = pd.DataFrame({name: [9.0, 10, 11, 10, 9, 11] for name in pillars})
    clear[pillars[0]] = [0.0, 1, 20, 0, 19, 2]
    assert most_unequal(clear)[pillars[0]] > 0.99
    assert most_unequal(clear).sum() == pytest.approx(1)
    alike = clear.assign(**{pillars[1]: clear[pillars[0]].to_numpy()[[2, 4, 0, 5, 1, 3]]})
    assert 0.3 < most_unequal(alike)[pillars[0]] < 0.7
    assert most_unequal(clear.iloc[:1]).isna().all()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5, 5, 5], 0),
        ([0, 10], log(2)),
        # Mean 2: (1/2 ln 1/2 + 3/2 ln 3/2) / 2.
        ([1, 3], (0.5 * log(0.5) + 1.5 * log(1.5)) / 2),
    ],
)
def test_theil(values: list[float], expected: float) -> None:
    assert theil(values) == pytest.approx(expected)


def test_the_parts_of_two_unequal_groups() -> None:
    # Group means 2 and 6, both equal inside: everything is between, with shares 1/4 and 3/4.
    within, between = theil_parts({"a": [2, 2], "b": [6, 6], "empty": []})
    assert within == pytest.approx(0)
    assert between == pytest.approx(0.25 * log(2 / 4) + 0.75 * log(6 / 4))


@pytest.mark.parametrize("values", [[1, float("nan")], [-1, 2]])
def test_what_is_missing_or_negative_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="known and not negative"):
        theil(values)


@pytest.mark.parametrize("values", [[], [0], [0, 0]])
def test_of_nothing_to_share_inequality_is_not_zero_but_not_defined(values: list[float]) -> None:
    assert isnan(gini(values))
    assert isnan(theil(values))
    assert all(map(isnan, theil_parts({"a": values})))
    assert isnan(gini([5]))


@given(st.dictionaries(st.sampled_from("abcd"), VALUES, min_size=1))
def test_the_parts_add_up(groups: dict[str, list[float]]) -> None:
    assume(any(map(any, groups.values())))
    within, between = theil_parts(groups)
    everything = [x for values in groups.values() for x in values]
    assert within + between == pytest.approx(theil(everything), abs=1e-9)
    assert between >= -1e-9


PILLAR_VALUES = pd.DataFrame(
    {pillar: {"AAA": 2.0, "BBB": 6.0, "CCC": 4.0, "DDD": 4.0, "EEE": None} for pillar in PILLARS}
)


def test_a_group_of_two_beside_two_equal_ones() -> None:
    row = pillar_dispersion(PILLAR_VALUES, {"AAA", "BBB", "ZZZ"}).iloc[0]
    assert (row["states"], row["others"]) == (2, 2)
    assert (row["lowest"], row["median"], row["highest"]) == (2, 4, 6)
    assert row["iqr"] == pytest.approx(2)
    # G of {2, 6}: mean difference of the four ordered pairs 2, twice the mean 8.
    assert row["gini"] == pytest.approx(1 / 4)
    assert row["others_gini"] == 0


def test_random_groups_are_all_groups_of_the_size_where_they_can_be_listed() -> None:
    # Of the six pairs of {1, 1, 3, 3} two have all the inequality between them, four have none.
    values = PILLAR_VALUES.assign(**dict.fromkeys(PILLARS, 0.0)).drop("EEE")
    values.loc[["AAA", "BBB"], :] = 3.0
    values.loc[["CCC", "DDD"], :] = 1.0
    for inner in ({"AAA", "BBB"}, {"AAA", "CCC"}):
        split = spread_between(values, set(values.index), inner).iloc[0]
        assert split["random_share"] == pytest.approx(1)
    ten = pd.DataFrame({p: {f"A{n:02}": float(n) for n in range(40)} for p in PILLARS})
    drawn = spread_between(ten, set(ten.index), {f"A{n:02}" for n in range(20)}).iloc[0]
    # Mean of 20 of 40: its variance is that of a draw without replacement.
    assert 0.05 < drawn["random_share"] < drawn["between_share"]


def test_a_missing_value_is_not_zero() -> None:
    row = pillar_dispersion(PILLAR_VALUES, {"AAA", "EEE"}).iloc[0]
    assert row["states"] == 1
    assert row["lowest"] == 2
    assert row[["iqr", "gini", "theil"]].isna().all(), "one state is not unequal to itself"
