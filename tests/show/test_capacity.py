"""Figures of capacity: every state in its class, what is not known apart from the scale."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from adoption.api import capacity
from adoption.core.text import NOT_KNOWN
from adoption.countries.capacity import Class, Indicator, classes, values_by_state
from adoption.figures.theme import LAND, MISSING, PAPER
from adoption.figures.worldmap import NEUTRAL
from adoption.show.capacity import CLASS_COLOURS, region_chart, states_table, value_map
from tests.show.colour import SIGHTS, distance, seen
from tests.show.drawing import same_twice
from tests.test_capacity import CAPACITY, STATES

GCI = Indicator("GCI", 2024)
CASES = [
    GCI,
    Indicator("GCI", 2020),
    Indicator("GCI", 2020, "technical"),
    Indicator("EGDI", 2024),
    Indicator("EGDI", 2018, "human_capital"),
]
Figure = dict[str, Any]


def asked(indicator: Indicator) -> tuple[Any, list[Class]]:
    values = values_by_state(CAPACITY, STATES, indicator)
    return values, classes(indicator, values)


def map_of(indicator: Indicator) -> Figure:
    values, scale = asked(indicator)
    return same_twice(lambda: value_map(values, scale, indicator), least=15_000, most=45_000)


def layers(figure: Figure, kind: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["type"] == kind]


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
    assert legend.pop()["name"] == NEUTRAL
    named = [t["name"] for t in legend]
    assert named == [n for n in (*(c.name for c in scale), NOT_KNOWN) if n in named]
    assert (named[-1], legend[-1]["marker"]["color"]) == (NOT_KNOWN, MISSING)
    for trace in layers(figure, "scattergeo"):
        if "ids" in trace:
            assert (trace["marker"]["color"] == MISSING) == (trace["name"] == NOT_KNOWN)


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_scale_is_told_apart_and_goes_from_dark_to_light_to_every_eye(sight: str) -> None:
    light = [seen(colour, sight)[0] for colour in CLASS_COLOURS]
    assert all(after - before > 6 for before, after in pairwise(light))
    assert all(distance(*pair, sight) >= 7.5 for pair in pairwise(CLASS_COLOURS))
    assert min(distance(MISSING, colour, sight) for colour in CLASS_COLOURS) >= 2.5
    assert min(distance(MISSING, colour, sight) for colour in (PAPER, LAND)) >= 7.5


def whole(indicator: Indicator) -> Any:
    """Return a frame as the notebook merges it."""
    values = values_by_state(CAPACITY, STATES, indicator).drop(columns="tier")
    return values.merge(capacity(indicator.index, indicator.edition), on="iso3", how="left")


@pytest.mark.parametrize("indicator", CASES, ids=str)
def test_every_state_with_a_value_is_one_dot_in_its_region(indicator: Indicator) -> None:
    values, scale = asked(indicator)
    figure = same_twice(lambda: region_chart(values, scale, indicator), least=8_000, most=40_000)
    known = values.dropna(subset=["value"])
    dots = [trace for trace in figure["data"] if trace["name"] != "median of a region"]
    shown = {
        text.split(", place")[0]: round(y)
        for t in dots
        for text, y in zip(t["text"], t["y"], strict=True)
    }
    assert sorted(shown) == sorted(known["name"])
    heads = figure["layout"]["yaxis"]["ticktext"]
    for row in known.to_dict("records"):
        assert heads[shown[row["name"]]].startswith(f"<b>{row['region']}</b>")


def test_a_missing_value_is_said_and_never_zero() -> None:
    yemen = whole(Indicator("GCI", 2020)).query("iso3 == 'YEM'")
    html = states_table(yemen.assign(tier_of_overall=None), Indicator("GCI", 2020))._repr_html_()
    assert html.count("not known") == 5
    assert html.count("0.00") == 1
