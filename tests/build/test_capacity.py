"""The indices of capacity: one value a row, and an empty cell is no value."""

from __future__ import annotations

import pandas as pd

from adoption.ingest.states import EGDI_COMPONENTS, GCI_COMPONENTS

PILLARS = ["legal", "technical", "organizational", "capacity_development", "cooperation"]


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
