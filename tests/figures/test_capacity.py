"""Figures of capacity: every state in its class, what is not known apart from the scale."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from adoption.countries.capacity import Class, class_names, classes, values_by_state
from adoption.countries.indices import Indicator
from adoption.figures.basemap import DISCLAIMER, DRAWN_WITHIN
from adoption.figures.capacity import CLASS_COLOURS, value_map
from adoption.figures.tables import NOT_KNOWN
from adoption.figures.theme import INK, LAND, MISSING, PAPER
from tests.figures.colour import SIGHTS, distance, seen
from tests.figures.conftest import same_twice
from tests.test_capacity import CAPACITY, STATES

GCI = Indicator("GCI", 2024)
CASES = [
    GCI, Indicator("GCI", 2020), Indicator("GCI", 2020, "technical"), Indicator("EGDI", 2024),
    Indicator("EGDI", 2018, "human_capital"),
]  # fmt: skip
Figure = dict[str, Any]


def asked(indicator: Indicator) -> tuple[Any, list[Class]]:
    values = values_by_state(CAPACITY, STATES, indicator)
    return values, classes(indicator, values)


def map_of(indicator: Indicator) -> Figure:
    values, scale = asked(indicator)
    return same_twice(
        lambda: value_map(values, scale, indicator, STATES, "A finding"), least=15_000, most=45_000
    )


def layers(figure: Figure, kind: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["type"] == kind]


# The palette


@pytest.mark.parametrize("sight", SIGHTS)
def test_neighbours_on_the_scale_stay_apart_to_every_eye(sight: str) -> None:
    for one, other in pairwise(CLASS_COLOURS):
        assert distance(one, other, sight) >= 10, (one, other)
    for one, _, other in zip(CLASS_COLOURS, CLASS_COLOURS[1:], CLASS_COLOURS[2:], strict=False):
        assert distance(one, other, sight) >= 20, (one, other)


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_scale_goes_from_dark_to_light_to_every_eye(sight: str) -> None:
    light = [seen(colour, sight)[0] for colour in CLASS_COLOURS]
    assert all(after - before > 5 for before, after in pairwise(light))


@pytest.mark.parametrize("sight", SIGHTS)
def test_what_is_not_known_is_no_step_of_the_scale(sight: str) -> None:
    assert MISSING not in CLASS_COLOURS
    assert min(distance(MISSING, colour, sight) for colour in CLASS_COLOURS) >= 7.5
    assert distance(MISSING, PAPER, sight) >= 10
    assert distance(MISSING, LAND, sight) >= 10


# The map


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_every_state_is_in_the_layer_of_its_class(indicator: Indicator) -> None:
    values, scale = asked(indicator)
    names = class_names(values["value"].tolist(), scale)
    expected = dict(zip(values["iso3"], [name or NOT_KNOWN for name in names], strict=True))
    figure = map_of(indicator)
    placed = [
        (place, trace["name"])
        for trace in layers(figure, "choropleth")
        for place in trace["locations"]
        if place not in DRAWN_WITHIN
    ]
    assert len(placed) == len(expected) == 197
    assert dict(placed) == expected
    marked = [(i, t["name"]) for t in layers(figure, "scattergeo") for i in t.get("ids", [])]
    assert dict(marked).items() <= expected.items()
    small = set(STATES.loc[STATES["small"], "iso3"])
    assert small <= set(dict(marked))
    assert len(marked) == len(set(marked))


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_a_state_without_a_value_never_has_a_colour_of_the_scale(indicator: Indicator) -> None:
    values, scale = asked(indicator)
    missing = set(values.loc[values["value"].isna(), "iso3"])
    figure = map_of(indicator)
    for trace in layers(figure, "choropleth"):
        colours = {colour for _, colour in trace["colorscale"]}
        unknown = trace["name"] == NOT_KNOWN
        assert colours == {MISSING} if unknown else colours <= set(CLASS_COLOURS)
        assert (set(trace["locations"]) & missing != set()) == unknown
        assert (trace["marker"]["line"]["width"] >= 1) == unknown
        assert all(text.endswith(NOT_KNOWN) == unknown for text in trace["text"])
    order = [c.name for c in scale] + [NOT_KNOWN]
    legend = [t for t in layers(figure, "scattergeo") if t.get("showlegend", True)]
    assert [t["name"] for t in legend] == [n for n in order if n in {x["name"] for x in legend}]
    assert legend[-1]["name"] == NOT_KNOWN
    assert legend[-1]["marker"]["color"] == MISSING
    for trace in layers(figure, "scattergeo"):
        if "ids" in trace:
            unknown = trace["name"] == NOT_KNOWN
            assert (trace["marker"]["color"] == MISSING) == unknown
            assert (trace["marker"]["line"]["color"] == INK) == unknown, "as its key"


def test_what_the_map_says_of_itself() -> None:
    figure = map_of(GCI)
    meta = figure["layout"]["meta"]
    assert "T1: 95 to 100: 46 states" in meta["alternative"]
    assert "not known: 3 states" in meta["alternative"]
    assert DISCLAIMER in meta["source"]
    assert "non-commercial use with attribution" in meta["source"]
    texts = {
        place: text
        for trace in layers(figure, "choropleth")
        for place, text in zip(trace["locations"], trace["text"], strict=True)
    }
    assert texts["QAT"] == "Qatar: 100.00"
    assert texts["PLW"] == "Palau: not known"
    assert texts["XNC"] == texts["CYP"]


def test_a_zero_that_was_published_is_on_the_scale() -> None:
    figure = map_of(Indicator("GCI", 2020))
    lowest = next(t for t in layers(figure, "choropleth") if t["name"] == "0 to under 20")
    assert {"YEM", "FSM", "VAT"} <= set(lowest["locations"])
    pillar = map_of(Indicator("GCI", 2020, "legal"))
    unknown = next(t for t in layers(pillar, "choropleth") if t["name"] == NOT_KNOWN)
    assert set(unknown["locations"]) == {"YEM", "FSM", "VAT", "PLW", "COK", "NIU"}
