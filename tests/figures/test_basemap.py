"""The base of every map: areas that follow their state, an outline of its own if wanted."""

from __future__ import annotations

import plotly.graph_objects as go

from adoption.figures.basemap import (
    DRAWN_WITHIN,
    area,
    frame_world,
    legend_entry,
    placed,
    small_states,
)
from adoption.figures.theme import BORDER, CONTEXT
from tests.figures.conftest import read


def test_an_area_drawn_apart_says_what_its_state_says() -> None:
    layer = area("a class", {"CYP": "Cyprus", "QAT": "Qatar"}, "#123456")
    assert list(layer.locations) == ["CYP", "QAT", "XNC"]
    assert list(layer.text) == ["Cyprus", "Qatar", "Cyprus"]
    assert {colour for _, colour in layer.colorscale} == {"#123456"}
    assert len(layer.z) == 3
    assert "XNC" not in area("a class", {"QAT": "Qatar"}, "#123456").locations
    assert set(DRAWN_WITHIN.values()) <= set(read("states")["iso3"])


def test_the_outline_is_the_border_unless_it_is_named() -> None:
    assert area("a", {"QAT": ""}, "#123456").marker.line.color == BORDER
    own = area("a", {"QAT": ""}, "#123456", {"color": "#000000", "width": 2})
    assert (own.marker.line.color, own.marker.line.width) == ("#000000", 2)


def test_small_states_alone_are_marked() -> None:
    states = read("states")
    frame = placed(states[["iso3"]].assign(hover=states["name"]), states)
    marks = small_states("a", frame, "#123456")
    assert set(marks.ids) == set(states.loc[states["marker_lon"].notna(), "iso3"])
    assert set(states.loc[states["small"], "iso3"]) <= set(marks.ids)
    assert marks.showlegend is False
    assert marks.marker.line.width < 1
    assert marks.marker.line.color == CONTEXT, "a dark ring says that an act is reported"
    assert "BRA" not in marks.ids


def test_a_legend_entry_has_no_place() -> None:
    entry = legend_entry("a", {"size": 12})
    assert list(entry.lon) == [None]
    assert entry.showlegend is None


def test_the_world_needs_no_network_and_is_whole() -> None:
    geo = frame_world(go.Figure()).layout.geo
    assert (geo.resolution, geo.fitbounds, geo.showcountries) == (50, False, False)
    assert tuple(geo.lataxis.range) == (-57, 84)
