"""Dots by region: every known state at its value, none over another, extremes named."""

from __future__ import annotations

from itertools import pairwise

import pytest

from adoption.countries.capacity import by_region, class_names, classes, values_by_state
from adoption.countries.indices import Indicator
from adoption.figures.capacity_regions import lanes, region_chart
from tests.figures.conftest import same_twice
from tests.figures.test_capacity import CASES, GCI, asked
from tests.test_capacity import CAPACITY, STATES


@pytest.mark.parametrize("width", [0.5, 1.0, 3.0])
def test_no_two_dots_of_a_lane_overlap(width: float) -> None:
    values = sorted([0, 0, 0, 0.4, 1, 1, 2.5, 2.6, 7, 7, 7, 7, 7])
    found = lanes(values, width)
    by_lane: dict[int, list[float]] = {}
    for value, lane in zip(values, found, strict=True):
        by_lane.setdefault(lane, []).append(value)
    for own in by_lane.values():
        assert all(after - before >= width for before, after in pairwise(own))
    assert found[0] == 0
    assert lanes([], width) == []


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_every_known_state_is_a_dot_at_its_value(indicator: Indicator) -> None:
    values, scale = asked(indicator)
    regions = by_region(values)
    figure = same_twice(
        lambda: region_chart(values, regions, scale, indicator, "A finding"),
        least=8_000, most=25_000,
    )  # fmt: skip
    dots = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    drawn = {
        name: (x, trace["name"], place)
        for trace in dots
        for name, x, place in zip(trace["text"], trace["x"], trace["customdata"], strict=True)
    }
    known = values.dropna(subset=["value"])
    assert sum(len(trace["x"]) for trace in dots) == len(drawn) == len(known)
    names = class_names(known["value"].tolist(), scale)
    for row, name in zip(known.to_dict("records"), names, strict=True):
        place = 1 + int((known["value"] > row["value"]).sum())
        assert drawn[row["name"]][0] == pytest.approx(row["value"], abs=1e-4)
        assert drawn[row["name"]][1:] == (name, place)
    medians = next(trace for trace in figure["data"] if trace["mode"] == "lines")
    assert medians["x"][::3] == pytest.approx(regions["median"].tolist(), abs=1e-6)
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


def test_a_region_without_a_value_has_no_median() -> None:
    capacity = CAPACITY[CAPACITY["iso3"].isin(STATES.loc[STATES["region"] == "Asia", "iso3"])]
    values = values_by_state(capacity, STATES, GCI)
    scale, regions = classes(GCI, values), by_region(values)
    figure = same_twice(
        lambda: region_chart(values, regions, scale, GCI, "t"), least=3_000, most=25_000
    )
    said = [text for trace in figure["data"] if trace["name"] == "words" for text in trace["text"]]
    assert "<b>Oceania</b>, 0 of 16 states" in said
