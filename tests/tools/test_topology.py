"""The world map: the committed files, and what the tool that makes them refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from shapely import Point, Polygon

from adoption.core.errors import AdoptionError
from tools import arcs, topology

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
FOLDER = REFERENCE / "geometry"
OTHER_STATES = {"COK", "NIU", "PSE", "VAT"}


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "world_50m.json").read_bytes())
    return loaded


@pytest.fixture(scope="module")
def drawn(world: dict[str, Any]) -> list[arcs.Points]:
    return arcs.decode_arcs(world)


@pytest.fixture(scope="module")
def countries(world: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {country["id"]: country for country in world["objects"]["countries"]["geometries"]}


@pytest.fixture(scope="module")
def labels() -> pd.DataFrame:
    types = {"m49": "str"}
    return pd.read_csv(FOLDER / "labels.csv", dtype=types, na_values=[""], keep_default_na=False)


def shapes(country: dict[str, Any], drawn: list[arcs.Points]) -> list[Any]:
    """Return a country's polygons in the plane; some go on beyond 180 degrees."""
    rings = [[arcs.ring_points(drawn, ring) for ring in part] for part in country["arcs"]]
    return [Polygon(outer, holes) for outer, *holes in rings if arcs.signed_area(outer)]


def covers(country: dict[str, Any], drawn: list[arcs.Points], lon: float, lat: float) -> bool:
    points = [Point(lon + turn, lat) for turn in (-360, 0, 360)]
    return any(shape.intersects(point) for shape in shapes(country, drawn) for point in points)


# The committed files


def test_every_member_has_a_shape(
    countries: dict[str, dict[str, Any]], drawn: list[arcs.Points], labels: pd.DataFrame
) -> None:
    members = set(labels["iso3"]) - OTHER_STATES
    assert len(members) == 193
    assert members <= set(countries)
    assert [code for code in members if not shapes(countries[code], drawn)] == []


def test_rings_are_closed_and_not_inverted(world: dict[str, Any], drawn: list[arcs.Points]) -> None:
    # ring_points raises on an open ring; d3 wants outer rings clockwise in the plane.
    for layer in ("countries", "land"):
        for geometry in world["objects"][layer]["geometries"]:
            name = geometry.get("id", layer)
            for outer, *holes in geometry["arcs"]:
                area = arcs.signed_area(arcs.ring_points(drawn, outer))
                assert area < 0 or name == "VAT", name
                assert area > -0.2 * 360 * 180, f"{name} covers too much of the globe"
                for hole in holes:
                    assert arcs.signed_area(arcs.ring_points(drawn, hole)) > 0, name


@pytest.mark.parametrize(
    ("lon", "lat", "owner"),
    [
        (-140, -40, None),
        (179, 67.5, "RUS"),
        (178, -17.8, "FJI"),
        (34.2, 45.2, "UKR"),
        (-13, 24.5, "ESH"),
        (121, 23.5, "TWN"),
        (35.8, 33.0, "SYR"),  # the Golan Heights
        (33.4, 35.3, "CYP"),  # Northern Cyprus
        (44.1, 9.6, "SOM"),  # Somaliland
        (35.5, 22.4, "XHT"),
        (28.4, 9.9, "XAB"),
    ],
)
def test_a_point_is_in_one_country_only(
    countries: dict[str, dict[str, Any]],
    drawn: list[arcs.Points],
    lon: float,
    lat: float,
    owner: str | None,
) -> None:
    owners = [code for code, country in countries.items() if covers(country, drawn, lon, lat)]
    assert owners == ([owner] if owner else [])


def test_disputed_borders_are_those_of_the_map(
    world: dict[str, Any], drawn: list[arcs.Points]
) -> None:
    table = pd.read_csv(FOLDER / "disputed.csv")
    lines = [drawn[number].round(3).tolist() for (number,) in world["objects"]["disputed"]["arcs"]]
    tabled = [
        rows[["lon", "lat"]].to_numpy().tolist() for _, rows in table.groupby("line", sort=False)
    ]
    assert tabled == lines
    assert {name.rsplit("-", 1)[0] for name in table["line"]} == set(topology.DISPUTED)
    assert table["line"].nunique() == len(world["objects"]["disputed"]["arcs"])


def test_labels_are_those_of_the_map(world: dict[str, Any], labels: pd.DataFrame) -> None:
    countries = pd.read_csv(REFERENCE / "countries.csv", dtype="str", keep_default_na=False)
    made = topology.label_table(world, countries[countries["kind"] != "organization"])
    pd.testing.assert_frame_equal(labels, made, check_dtype=False)
    assert labels["m49"].str.fullmatch(r"\d{3}").all()
    assert set(labels["iso3"]) >= OTHER_STATES


# What the tool does, and refuses


def test_a_square_is_cut_along_a_line_and_its_neighbour_keeps_the_border() -> None:
    square = np.array([[0.0, 0], [0, 4], [4, 4]]), np.array([[4.0, 4], [4, 0], [0, 0]])
    lines = [*square, np.array([[4.0, 4], [8, 4], [8, 0], [4, 0]])]
    split = [lines[0], lines[1][:2], lines[1][1:], lines[2]]  # the right side is shared
    countries = [
        {"type": "MultiPolygon", "id": "AAA", "arcs": [[[0, 1, 2]]]},
        {"type": "MultiPolygon", "id": "BBB", "arcs": [[[3, ~1]]]},
    ]
    line = np.array([[3.0, 4.1], [3, 2], [4.2, 1]])  # its ends lie beside the outline
    drawn, (made, _) = arcs.cut_off(split, [countries, []], "AAA", line, "XXX")
    areas = {
        item["id"]: abs(arcs.signed_area(arcs.ring_points(drawn, item["arcs"][0][0])))
        for item in made
    }
    assert areas == {"AAA": 16 - 2.5, "BBB": 16, "XXX": 2.5}
    owners = list(arcs.owners_of_arcs(made).values())
    assert {frozenset(own) for own in owners if len(own) > 1} == {
        frozenset(pair) for pair in (("AAA", "BBB"), ("AAA", "XXX"), ("BBB", "XXX"))
    }
    with pytest.raises(AdoptionError, match="does not cross one ring of BBB"):
        arcs.cut_off(split, [countries, []], "BBB", np.array([[5.0, 4], [5.0, 4]]), "XXX")


def test_parts_of_one_country_are_joined_and_unknown_numbers_refused() -> None:
    parts = [
        {"id": "036", "arcs": [[[0]]], "properties": {}},
        {"id": "036", "arcs": [[[1]]], "properties": {}},
    ]
    (joined,) = arcs.name_countries(parts, {"036": "AUS"})
    assert joined == {"type": "MultiPolygon", "id": "AUS", "arcs": [[[0]], [[1]]]}
    with pytest.raises(AdoptionError, match="no ISO3 code for '036'"):
        arcs.name_countries(parts, {})


def test_another_package_than_the_reviewed_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def pack(*_: object, cwd: str, **__: object) -> subprocess.CompletedProcess[str]:
        (Path(cwd) / "atlas-1.0.0.tgz").write_bytes(b"something else")
        return subprocess.CompletedProcess([], 0, "", "")

    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/npm")
    monkeypatch.setattr("subprocess.run", pack)
    with pytest.raises(AdoptionError, match=r"atlas@1\.0\.0: sha512 is .*, expected abc"):
        topology.fetch_json("atlas@1.0.0", "abc", "package/world.json")


def test_markers_that_go_too_far_are_refused() -> None:
    crowd = {str(number): (number / 100, 0.0) for number in range(9)}
    with pytest.raises(AdoptionError, match=r"degrees from its state|do not come apart"):
        topology.spread_markers(crowd, gap=5)
