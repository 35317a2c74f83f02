"""Dots by region: every known state at its value, none over another, extremes named."""

from __future__ import annotations

import pytest

from adoption.countries.capacity import Indicator, by_region
from adoption.figures.capacity_regions import region_chart
from tests.figures.test_capacity import CASES, GCI, asked


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_every_known_state_is_a_dot_at_its_value(indicator: Indicator) -> None:
    values, scale = asked(indicator)
    regions = by_region(values)
    figure = region_chart(values, regions, scale, indicator, "A finding").to_plotly_json()
    dots = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    drawn = {n: x for t in dots for n, x in zip(t["text"], t["x"], strict=True)}
    known = values.dropna(subset=["value"])
    assert sum(len(trace["x"]) for trace in dots) == len(drawn) == len(known)
    for row in known.to_dict("records"):
        assert drawn[row["name"]] == pytest.approx(row["value"], abs=1e-4)
    for name in values.loc[values["value"].isna(), "name"]:
        assert name in figure["layout"]["meta"]["source"]


def test_heads_and_extremes_of_the_gci_of_2024() -> None:
    values, scale = asked(GCI)
    figure = region_chart(values, by_region(values), scale, GCI, "t")
    said = [text for trace in figure.data if trace.name == "words" for text in trace.text]
    assert len(said) == 15
    assert "<b>Oceania</b>, 13 of 16 states, median 43.2" in said
    assert "lowest: Holy See 6.2" in said or "lowest: Holy See 6.1" in said
    assert "highest: Egypt and Mauritius 100.0" in said
    assert "highest: 6 states 100.0" in said
