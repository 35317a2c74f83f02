"""The base of every map: areas that follow their state, an outline of its own if wanted."""

from __future__ import annotations

from adoption.figures.basemap import DRAWN_WITHIN, area
from tests.figures.conftest import read


def test_an_area_drawn_apart_says_what_its_state_says() -> None:
    layer = area("a class", {"CYP": "Cyprus", "QAT": "Qatar"}, "#123456")
    assert list(layer.locations) == ["CYP", "QAT", "XNC"]
    assert list(layer.text) == ["Cyprus", "Qatar", "Cyprus"]
    assert {colour for _, colour in layer.colorscale} == {"#123456"}
    assert len(layer.z) == 3
    assert "XNC" not in area("a class", {"QAT": "Qatar"}, "#123456").locations
    assert set(DRAWN_WITHIN.values()) <= set(read("states")["iso3"])
