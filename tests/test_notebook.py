"""The beginning of a notebook: checked parameters, and figures that need no network."""

from __future__ import annotations

from collections.abc import Iterator

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from adoption.notebook_parameters import GEOMETRY, Parameters, start
from adoption.paths import project_root


@pytest.fixture(autouse=True)
def _renderers_as_before() -> Iterator[None]:
    default, config = pio.renderers.default, dict(pio.renderers["plotly_mimetype"].config)
    yield
    pio.renderers.default = default
    pio.renderers["plotly_mimetype"].config = config


def test_the_parameters_come_back_checked() -> None:
    given = start(convention="UNTC XVIII-14", country="OMN")
    assert isinstance(given, Parameters)
    assert given.convention.convention == "uncac"
    assert given.country == "OMN"


@pytest.mark.parametrize(
    ("prefix", "expected"), [(None, "/files/"), ("/user/ann/", "/user/ann/files/")]
)
def test_maps_take_their_geometry_from_the_project(
    monkeypatch: pytest.MonkeyPatch, prefix: str | None, expected: str
) -> None:
    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    if prefix:
        monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", prefix)
    start()
    address = pio.renderers["plotly_mimetype"].config["topojsonURL"]
    assert address.startswith(expected)
    folder = project_root() / GEOMETRY.removeprefix("files/")
    assert (folder / "world_50m.json").is_file()
    assert address.endswith(GEOMETRY)


def test_a_figure_is_shown_by_its_data_alone() -> None:
    start()
    assert pio.renderers.default == "plotly_mimetype"
    bundle = pio.renderers["plotly_mimetype"].to_mimebundle(go.Figure().to_dict())
    assert list(bundle) == ["application/vnd.plotly.v1+json"]
    assert bundle["application/vnd.plotly.v1+json"]["config"]["topojsonURL"]
