"""The indices of capacity: one value a row, and an empty cell is no value."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.data.states import EGDI_COMPONENTS, GCI_COMPONENTS, long_form
from tests.conftest import raw_table

GCI = "raw/itu-gci/gci.csv"
EGDI = "raw/un-egdi/egdi.csv"
PILLARS = ["legal", "technical", "organizational", "capacity_development", "cooperation"]


def test_an_empty_cell_gives_no_row_and_a_zero_gives_one() -> None:
    raw = raw_table("iso3,year,egdi,osi,source", "QAT,2024,0.8,,us", "OMN,2024,0,0.5,us")
    frame = long_form(raw, "year", {"egdi": "overall", "osi": "online_services"})
    found = frame.set_index(["iso3", "component"])["value"].to_dict()
    assert found == {
        ("QAT", "overall"): 0.8,
        ("OMN", "overall"): 0.0,
        ("OMN", "online_services"): 0.5,
    }
    assert set(frame["edition"]) == {2024}


@pytest.mark.parametrize(
    ("index", "edition", "component", "rows"),
    [
        ("GCI", 2018, "overall", 194),
        ("GCI", 2018, "legal", 0),
        ("GCI", 2020, "legal", 191),
        ("GCI", 2024, "overall", 194),
        ("GCI", 2024, "rank", 0),
        ("EGDI", 2024, "human_capital", 193),
    ],
)  # fmt: skip
def test_coverage(
    built: dict[str, pd.DataFrame], index: str, edition: int, component: str, rows: int
) -> None:
    frame = built["capacity"]
    chosen = frame[
        (frame["index"] == index)
        & (frame["edition"] == edition)
        & (frame["component"] == component)
    ]
    assert len(chosen) == rows


def test_gci_2024_adds_up_and_its_tiers_are_the_published_ones(
    built: dict[str, pd.DataFrame],
) -> None:
    frame = built["capacity"]
    latest = frame[(frame["index"] == "GCI") & (frame["edition"] == 2024)]
    wide = latest.pivot_table(index="iso3", columns="component", values="value")
    assert (wide[PILLARS].sum(axis=1) - wide["overall"]).abs().max() <= 0.05
    tiers = latest.loc[latest["component"] == "overall", "tier"].value_counts().to_dict()
    assert tiers == {"T1": 46, "T2": 29, "T3": 49, "T4": 56, "T5": 14}
    assert wide.loc["QAT", "overall"] == 100


def test_values_lie_in_their_scales(built: dict[str, pd.DataFrame]) -> None:
    frame = built["capacity"]
    for index, component, least, most in (
        ("GCI", "overall", 0, 100),
        *(("GCI", pillar, 0, 20) for pillar in PILLARS),
        ("GCI", "rank", 1, 194),
        *(("EGDI", component, 0, 1) for component in EGDI_COMPONENTS.values()),
    ):
        values = frame.loc[(frame["index"] == index) & (frame["component"] == component), "value"]
        assert values.between(least, most).all(), (index, component)
        assert len(values), (index, component)
    assert set(frame["component"]) == {*GCI_COMPONENTS.values(), *EGDI_COMPONENTS.values()}
