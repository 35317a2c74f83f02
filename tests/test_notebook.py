"""The beginning of a notebook: checked parameters, and figures that need no network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import plotly.graph_objects as go
import plotly.io as pio
import pytest

import adoption as ad
from adoption.notebook_parameters import Parameters, start
from adoption.reports.pages.render import PLOTLY_TYPE


@pytest.fixture(autouse=True)
def _renderers_as_before() -> Iterator[None]:
    default = pio.renderers.default
    yield
    pio.renderers.default = default


def test_the_parameters_come_back_checked() -> None:
    given = start(convention="UNTC XVIII-14", country="OMN")
    assert isinstance(given, Parameters)
    assert given.convention.convention == "uncac"
    assert given.country == "OMN"


def shown(figure: go.Figure) -> dict[str, Any]:
    """Return what a cell stores of a figure."""
    start()
    bundle: dict[str, Any] = pio.renderers[pio.renderers.default].to_mimebundle(figure.to_dict())
    assert list(bundle) == [PLOTLY_TYPE]
    own: dict[str, Any] = bundle[PLOTLY_TYPE]
    return own


def test_a_map_brings_its_geometry_and_no_other_figure_does() -> None:
    address = shown(ad.status("hanoi").chart("map"))["config"]["topojsonURL"]
    kind, _, data = address.partition(",")
    assert kind == "data:application/json"
    assert address.endswith("#")
    assert {"countries", "land"} <= set(json.loads(unquote(data[:-1]))["objects"])
    assert "topojsonURL" not in shown(ad.status("hanoi").chart("curve")).get("config", {})


def test_a_map_saved_as_html_has_its_geometry(tmp_path: Path) -> None:
    ad.status("hanoi").chart("map").write_html(tmp_path / "map.html", include_plotlyjs=False)
    assert "data:application/json," in (tmp_path / "map.html").read_text(encoding="utf-8")
