"""Capacity values: against published counts, by hand on made-up tables, and with gaps."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.capacity import (
    OVERALL,
    TIERS,
    Indicator,
    by_region,
    class_names,
    classes,
    values_by_state,
)
from tests.conftest import states_of

CAPACITY, STATES = tables.read("capacity"), tables.read("states")
GCI = Indicator("GCI", 2024)
EVERY = [GCI, Indicator("GCI", 2020), Indicator("GCI", 2020, "legal"), Indicator("EGDI", 2018),
         Indicator("EGDI", 2024, "human_capital")]  # fmt: skip


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
        values["value"], [c.low for c in reversed(scale)] + [math.inf], right=False,
        labels=[c.name for c in reversed(scale)],
    )  # fmt: skip
    assert cut.dropna().tolist() == [name for name in names if name]


@pytest.mark.parametrize("k", range(1, 5))
def test_a_value_on_a_border_is_in_the_class_above(k: int) -> None:
    egdi = Indicator("EGDI", 2024)
    border = (0.2, 0.4, 0.6, 0.8)[k - 1]
    scale = classes(egdi, real(egdi))
    above, below = class_names([border, border - 1e-9], scale)
    assert above == scale[4 - k].name
    assert below == scale[5 - k].name
    assert above.startswith(f"{border} to")


def test_the_tiers_begin_at_their_thresholds() -> None:
    scale = classes(GCI, real())
    names = class_names([100, 95, 94.99, 85, 84.99, 55, 54.99, 20, 19.99, 0], scale)
    assert [str(name)[:2] for name in names] == [
        "T1", "T1", "T2", "T2", "T3", "T3", "T4", "T4", "T5", "T5",
    ]  # fmt: skip
    assert [c.name for c in scale][::4] == ["T1: 95 to 100", "T5: 0 to under 20"]


# Indicators


# Made-up tables, by hand


def test_another_edition_index_or_component_is_not_taken() -> None:
    states = states_of(["AAA"])
    capacity = pd.concat([rows(("AAA", "legal", 3.0)), rows(("AAA", OVERALL, 4.0), edition=2020)])
    assert values_by_state(capacity, states, GCI)["value"].isna().all()
    assert values_by_state(capacity, states, Indicator("EGDI", 2024))["value"].isna().all()
    assert values_by_state(capacity.iloc[:0], states, GCI)["value"].isna().all()


def test_regions_by_hand() -> None:
    states = states_of(["AAA", "BBB", "CCC", "DDD"])
    states["region"] = ["North", "North", "North", "South"]
    capacity = rows(("AAA", OVERALL, 0.0), ("BBB", OVERALL, 8.0))
    found = by_region(values_by_state(capacity, states, GCI))
    north, south = found.to_dict("records")
    assert (north["states"], north["known"]) == (3, 2)
    assert (north["lowest"], north["median"], north["highest"]) == (0, 4, 8)
    assert (south["region"], south["known"]) == ("South", 0)
    assert math.isnan(south["median"])
