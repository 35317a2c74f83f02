"""Figures of capacity: every state in its class, what is not known apart from the scale."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from adoption.countries.capacity import Class, Indicator, classes, values_by_state
from adoption.figures.capacity import CLASS_COLOURS, value_map
from adoption.figures.tables import NOT_KNOWN
from adoption.figures.theme import LAND, MISSING, PAPER
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


# The map


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
        assert all(text.endswith(NOT_KNOWN) == unknown for text in trace["text"])
    legend = [t for t in layers(figure, "scattergeo") if t.get("showlegend", True)]
    named = [t["name"] for t in legend]
    assert named == [n for n in (*(c.name for c in scale), NOT_KNOWN) if n in named]
    assert (named[-1], legend[-1]["marker"]["color"]) == (NOT_KNOWN, MISSING)
    for trace in layers(figure, "scattergeo"):
        if "ids" in trace:
            assert (trace["marker"]["color"] == MISSING) == (trace["name"] == NOT_KNOWN)


def test_a_zero_that_was_published_is_on_the_scale() -> None:
    figure = map_of(Indicator("GCI", 2020))
    lowest = next(t for t in layers(figure, "choropleth") if t["name"] == "0 to under 20")
    assert {"YEM", "FSM", "VAT"} <= set(lowest["locations"])
    pillar = map_of(Indicator("GCI", 2020, "legal"))
    unknown = next(t for t in layers(pillar, "choropleth") if t["name"] == NOT_KNOWN)
    assert set(unknown["locations"]) == {"YEM", "FSM", "VAT", "PLW", "COK", "NIU"}


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_scale_is_told_apart_and_goes_from_dark_to_light_to_every_eye(sight: str) -> None:
    light = [seen(colour, sight)[0] for colour in CLASS_COLOURS]
    assert all(after - before > 6 for before, after in pairwise(light))
    assert all(distance(*pair, sight) >= 7.5 for pair in pairwise(CLASS_COLOURS))
    assert min(distance(MISSING, colour, sight) for colour in CLASS_COLOURS) >= 2.5
    assert min(distance(MISSING, colour, sight) for colour in (PAPER, LAND)) >= 7.5
