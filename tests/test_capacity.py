"""Capacity values: published counts, made-up tables, two indicators side by side."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.capacity import (
    OVERALL,
    TIERS,
    Indicator,
    class_names,
    classes,
    earlier_edition,
    largest_moves,
    rank_correlation,
    since_earlier,
    values_by_state,
)
from tests.conftest import states_of

CAPACITY, STATES = tables.read("capacity"), tables.read("states")
GCI = Indicator("GCI", 2024)
EVERY = [
    GCI,
    Indicator("GCI", 2020),
    Indicator("GCI", 2020, "legal"),
    Indicator("EGDI", 2018),
    Indicator("EGDI", 2024, "human_capital"),
]


def real(indicator: Indicator = GCI) -> pd.DataFrame:
    return values_by_state(CAPACITY, STATES, indicator)


def rows(*values: tuple[str, str, float], edition: int = 2024) -> pd.DataFrame:
    """Return rows of (iso3, component, value) of a made-up GCI."""
    frame = pd.DataFrame(values, columns=["iso3", "component", "value"])
    blank = {"tier": None, "grade": None, "source": "us", "note": None}
    return frame.assign(index="GCI", edition=edition, **blank)


def tier_counts(frame: pd.DataFrame) -> list[int]:
    names = class_names(frame["value"].tolist(), classes(GCI, real()))
    return [sum(name is not None and name.startswith(tier) for name in names) for tier in TIERS]


# The published figures of the GCI 2024 (ITU's count of its tiers, press)


def test_the_tiers_have_the_published_number_of_states() -> None:
    assert tier_counts(real()) == [46, 29, 49, 56, 14]


def test_who_has_no_value() -> None:
    missing = real()[real()["value"].isna()]
    assert missing["iso3"].tolist() == ["COK", "NIU", "PLW"]
    assert len(real()) == 197
    assert "EUE" not in set(real()["iso3"])


def test_a_published_zero_is_a_value_and_a_blank_pillar_is_none() -> None:
    overall = real(Indicator("GCI", 2020)).set_index("iso3")["value"]
    legal = real(Indicator("GCI", 2020, "legal")).set_index("iso3")["value"]
    assert overall[["FSM", "VAT", "YEM"]].tolist() == [0, 0, 0]
    assert legal[["FSM", "VAT", "YEM"]].isna().all()
    assert legal.notna().sum() == 191


# Classes


@pytest.mark.parametrize("indicator", EVERY, ids=str)
def test_each_value_has_one_class_and_a_missing_one_none(indicator: Indicator) -> None:
    values = real(indicator)
    scale = classes(indicator, values)
    assert len(scale) == 5
    for low, high in zip(scale[1:], scale, strict=False):
        assert low.high == high.low
    assert (scale[0].high, scale[-1].low) == (math.inf, 0)
    names = class_names(values["value"].tolist(), scale)
    assert [name is None for name in names] == values["value"].isna().tolist()
    cut = pd.cut(
        values["value"],
        [c.low for c in reversed(scale)] + [math.inf],
        right=False,
        labels=[c.name for c in reversed(scale)],
    )
    assert cut.dropna().tolist() == [name for name in names if name]


def test_the_tiers_begin_at_their_thresholds() -> None:
    scale = classes(GCI, real())
    names = class_names([100, 95, 94.99, 85, 84.99, 55, 54.99, 20, 19.99, 0], scale)
    assert [str(name)[:2] for name in names] == [
        "T1",
        "T1",
        "T2",
        "T2",
        "T3",
        "T3",
        "T4",
        "T4",
        "T5",
        "T5",
    ]
    assert [c.name for c in scale][::4] == ["T1: 95 to 100", "T5: 0 to under 20"]


# Indicators


# Made-up tables, by hand


def test_another_edition_index_or_component_is_not_taken() -> None:
    states = states_of(["AAA"])
    capacity = pd.concat([rows(("AAA", "legal", 3.0)), rows(("AAA", OVERALL, 4.0), edition=2020)])
    assert values_by_state(capacity, states, GCI)["value"].isna().all()
    assert values_by_state(capacity, states, Indicator("EGDI", 2024))["value"].isna().all()
    assert values_by_state(capacity.iloc[:0], states, GCI)["value"].isna().all()


def frame(*values: tuple[str, float, float]) -> pd.DataFrame:
    made = pd.DataFrame(values, columns=["name", "value", "beside"])
    return made.assign(region="North", difference=made["value"] - made["beside"])


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
