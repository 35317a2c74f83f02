"""The indices of capacity: one value a row, and an empty cell is no value."""

from __future__ import annotations

import pandas as pd

from adoption.ingest.states import EGDI_COMPONENTS, GCI_COMPONENTS, long_form
from tests.conftest import raw_table

PILLARS = ["legal", "technical", "organizational", "capacity_development", "cooperation"]


def test_an_empty_cell_gives_no_row_and_a_zero_gives_one() -> None:
    raw = raw_table("iso3,year,egdi,osi,source", "QAT,2024,0.8,,us", "OMN,2024,0,0.5,us")
    frame = long_form(raw, "year", {"egdi": "overall", "osi": "online_services"})
    found = frame.set_index(["iso3", "component"])["value"].to_dict()
    assert found == {("QAT", "overall"): 0.8, ("OMN", "overall"): 0.0,
                     ("OMN", "online_services"): 0.5}  # fmt: skip
    assert set(frame["edition"]) == {2024}


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
