"""The base of every map: areas that follow their state, an outline of its own if wanted."""

from __future__ import annotations

from adoption.figures.basemap import (
    DRAWN_WITHIN,
    area,
    placed,
    small_states,
)
from adoption.figures.theme import CONTEXT
from tests.figures.conftest import read


def test_an_area_drawn_apart_says_what_its_state_says() -> None:
    layer = area("a class", {"CYP": "Cyprus", "QAT": "Qatar"}, "#123456")
    assert list(layer.locations) == ["CYP", "QAT", "XNC"]
    assert list(layer.text) == ["Cyprus", "Qatar", "Cyprus"]
    assert {colour for _, colour in layer.colorscale} == {"#123456"}
    assert len(layer.z) == 3
    assert "XNC" not in area("a class", {"QAT": "Qatar"}, "#123456").locations
    assert set(DRAWN_WITHIN.values()) <= set(read("states")["iso3"])


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
