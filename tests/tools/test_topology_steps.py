"""The steps that make the map, on tiny made-up maps."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from adoption.errors import AdoptionError
from tools import arcs, topology

# The steps, on tiny maps

# Two squares of two degrees side by side with a wiggle in their common border, and an island
# that crosses the antimeridian; written as the atlas writes them, outer rings clockwise.
TINY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
    "arcs": [
        [[0, 0], [1, 100], [-1, 100]],  # common border, northwards
        [[0, 200], [200, 0], [0, -200], [-200, 0]],  # round the east
        [[0, 0], [-200, 0], [0, 200], [200, 0]],  # round the west
        [[17900, 0], [0, 100], [-35800, 0], [0, -50], [0, -50], [35800, 0]],  # antimeridian
        [[500, 500], [0, 0]],  # a ring without area
    ],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "MultiPolygon", "id": "002", "arcs": [[[0, 1]], [[4]]]},
                {"type": "MultiPolygon", "id": "001", "arcs": [[[2, -1]]]},
                {"type": "MultiPolygon", "id": "003", "arcs": [[[3]]]},
            ],
        },
        "land": {
            "type": "GeometryCollection",
            "geometries": [{"type": "MultiPolygon", "arcs": [[[2, 1]], [[3]]]}],
        },
    },
}
CODES = {"001": "AAA", "002": "BBB", "003": "CCC"}


@pytest.fixture
def tiny() -> arcs.Topology:
    return topology.build_topology(TINY, CODES, ["AAA-BBB"])


def test_build_keeps_shared_borders_and_drops_rings_without_area(tiny: dict[str, Any]) -> None:
    geometries = tiny["objects"]["countries"]["geometries"]
    assert [country["id"] for country in geometries] == ["AAA", "BBB", "CCC"]
    assert arcs.border_arcs(geometries, ["AAA-BBB"]) == {"AAA-BBB-1": 0}
    assert tiny["objects"]["disputed"]["arcs"] == [[0]]
    assert len(tiny["arcs"]) == 4


def test_label_of_a_country_across_the_antimeridian(tiny: dict[str, Any]) -> None:
    island = tiny["objects"]["countries"]["geometries"][2]
    area, (lon, lat) = arcs.area_and_label(island, arcs.decode_arcs(tiny))
    assert area == pytest.approx(2 * 111.3 * 110.6, rel=0.01)
    assert abs(lon) >= 179
    assert 0 < lat < 1


def test_a_ring_that_would_suffer_keeps_its_arcs() -> None:
    angles = np.linspace(0, -2 * np.pi, 9)
    small = np.column_stack([np.cos(angles), np.sin(angles)]) * 0.05
    small[-1] = small[0]
    large = small * 1000
    simple = arcs.simplify_arcs([small, large], [[0], [1]], 0.05)
    assert len(simple[0]) == 9
    fewer = arcs.simplify_arcs([large, small], [[0]], 20, fewest_points=4, area_change=0.9)
    assert len(fewer[0]) < 9


def test_quantize_leaves_out_points_in_one_cell_but_never_an_end() -> None:
    line = np.array([[0.0, 0.0], [0.001, 0.0], [1.0, 0.5]])
    point = np.array([[1.0, 1.0], [1.001, 1.0]])
    assert arcs.quantize_arcs([line, point], 0.5) == [[[0, 0], [2, 1]], [[2, 2], [0, 0]]]


def test_an_open_ring_is_refused() -> None:
    line = np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0]])
    with pytest.raises(AdoptionError, match=r"ring \[0\] is open"):
        arcs.ring_points([line], [0])


def test_a_ring_round_the_pole_is_closed_along_it() -> None:
    ring = np.array([[-180.0, -70.0], [-90.0, -70.0], [0.0, -70.0], [90.0, -70.0], [-180.0, -70.0]])
    assert arcs.signed_area(arcs.ring_points([ring], [0])) == pytest.approx(-360 * 20)


def test_parts_of_one_country_are_joined_and_unknown_numbers_refused() -> None:
    parts = [
        {"id": "036", "arcs": [[[0]]], "properties": {}},
        {"id": "036", "arcs": [[[1]]], "properties": {}},
    ]
    (joined,) = arcs.name_countries(parts, {"036": "AUS"})
    assert joined == {"type": "MultiPolygon", "id": "AUS", "arcs": [[[0]], [[1]]]}
    with pytest.raises(AdoptionError, match="no ISO3 code for '036'"):
        arcs.name_countries(parts, {})


def test_countries_without_a_common_border_are_refused() -> None:
    with pytest.raises(AdoptionError, match="AAA-CCC: these two share no border"):
        topology.build_topology(TINY, CODES, ["AAA-CCC"])


def test_a_state_that_is_not_on_the_map_is_refused(tiny: dict[str, Any]) -> None:
    states = pd.DataFrame({"iso3": ["ZZZ"], "m49": ["999"], "kind": ["member"]})
    with pytest.raises(AdoptionError, match="ZZZ is not on the map"):
        topology.label_table(tiny, states)


def test_another_package_than_the_reviewed_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def pack(*_: object, cwd: str, **__: object) -> subprocess.CompletedProcess[str]:
        (Path(cwd) / "atlas-1.0.0.tgz").write_bytes(b"something else")
        return subprocess.CompletedProcess([], 0, "", "")

    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/npm")
    monkeypatch.setattr("subprocess.run", pack)
    with pytest.raises(AdoptionError, match=r"atlas@1\.0\.0: sha512 is .*, expected abc"):
        topology.fetch_json("atlas@1.0.0", "abc", "package/world.json")


def test_without_npm_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(AdoptionError, match="there is no npm here"):
        topology.fetch_json("atlas@1.0.0", "abc", "package/world.json")


def test_spread_moves_only_markers_that_overlap() -> None:
    points = {
        "A": (0.0, 0.0),
        "B": (0.0, 0.0),
        "C": (90.0, 60.0),
        "D": (93.0, 60.0),
        "E": (9.0, 9.0),
    }
    spread = topology.spread_markers(points, gap=2)
    assert spread["E"] == points["E"]
    assert spread["B"][0] - spread["A"][0] == pytest.approx(2, abs=0.1)
    # On a map a degree of longitude at 60 degrees north is half as wide as at the equator.
    assert spread["D"][0] - spread["C"][0] == pytest.approx(4, abs=0.1)
    assert topology.spread_markers(dict(reversed(points.items())), gap=2) == spread


def test_markers_that_go_too_far_are_refused() -> None:
    crowd = {str(number): (number / 100, 0.0) for number in range(9)}
    with pytest.raises(AdoptionError, match=r"degrees from its state|do not come apart"):
        topology.spread_markers(crowd, gap=5)
