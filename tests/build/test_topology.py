"""The world map: the committed files, and the steps that made them on tiny made-up maps."""

from __future__ import annotations

import json
from itertools import combinations
from math import hypot, radians
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from shapely import Point, Polygon, STRtree

from adoption.data import arcs, topology

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


def test_small_enough_to_put_into_a_page() -> None:
    assert (FOLDER / "world_50m.json").stat().st_size < 400_000


def test_bytes_are_those_of_encoding(world: dict[str, Any]) -> None:
    assert topology.encode(world) == (FOLDER / "world_50m.json").read_bytes()


def test_every_member_has_a_shape(
    countries: dict[str, dict[str, Any]], drawn: list[arcs.Points], labels: pd.DataFrame
) -> None:
    members = set(labels["iso3"]) - OTHER_STATES
    assert len(members) == 193
    assert members <= set(countries)
    assert [code for code in members if not shapes(countries[code], drawn)] == []


def test_ids_are_unique_sorted_and_three_capitals(world: dict[str, Any]) -> None:
    ids = [country["id"] for country in world["objects"]["countries"]["geometries"]]
    assert ids == sorted(set(ids))
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in ids)
    assert set(topology.UNNUMBERED.values()) <= set(ids)


def test_layers_that_figures_may_ask_for_are_there(world: dict[str, Any]) -> None:
    assert set(world["objects"]) == {
        *("coastlines", "countries", "disputed", "lakes", "land", "ocean", "rivers", "subunits")
    }


def test_every_arc_is_valid_and_used(world: dict[str, Any]) -> None:
    geometries = [
        *world["objects"]["countries"]["geometries"],
        *world["objects"]["land"]["geometries"],
    ]
    used = {arcs.place_of(number) for ring in arcs.rings_of(geometries) for number in ring}
    assert used == set(range(len(world["arcs"])))
    for layer in ("coastlines", "disputed"):
        assert {number for line in world["objects"][layer]["arcs"] for number in line} <= used
    assert min(len(arc) for arc in world["arcs"]) >= 2


def test_points_are_on_the_globe(drawn: list[arcs.Points]) -> None:
    points = np.vstack(drawn)
    assert np.abs(points[:, 0]).max() == 180
    assert np.abs(points[:, 1]).max() <= 90


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
        (-140, -40, None),  # South Pacific
        (-30, 0, None),  # Atlantic
        (80, -40, None),  # Indian Ocean
        (0, 89, None),  # Arctic
        (0, -89.9, "ATA"),
        (179, 67.5, "RUS"),
        (-175, 66.5, "RUS"),  # Chukotka, beyond the antimeridian
        (178, -17.8, "FJI"),
        (-160, -17, None),
        (9, 48.5, "DEU"),
        (34.2, 45.2, "UKR"),  # Crimea
        (-13, 24.5, "ESH"),
        (121, 23.5, "TWN"),
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


@pytest.mark.parametrize(
    ("code", "least", "most"),
    [
        ("RUS", 16_400_000, 17_500_000),
        ("FJI", 15_000, 25_000),
        ("USA", 9_100_000, 9_900_000),
        ("FRA", 600_000, 680_000),
        ("AUS", 7_500_000, 7_900_000),
        ("ZAF", 1_180_000, 1_260_000),
        ("MCO", 1, 20),
    ],
)
def test_areas_are_plausible(labels: pd.DataFrame, code: str, least: int, most: int) -> None:
    (area,) = labels.loc[labels["iso3"] == code, "area_km2"].tolist()
    assert least < area < most


def test_all_land_together_is_plausible(labels: pd.DataFrame) -> None:
    # Land of the world without Antarctica, Greenland and other territories: about 131 million km².
    assert labels["area_km2"].sum() == pytest.approx(131_000_000, rel=0.03)


def test_shared_borders_are_shared(countries: dict[str, dict[str, Any]]) -> None:
    owners = arcs.owners_of_arcs(countries.values())
    shared = {tuple(sorted(ids)) for ids in owners.values() if len(ids) > 1}
    neighbours = {("DEU", "FRA"), ("CHN", "RUS"), ("LSO", "ZAF"), ("ITA", "SMR"), ("FRA", "MCO")}
    assert neighbours <= shared
    assert len(shared) > 300
    assert max(len(ids) for ids in owners.values()) == 2


def test_neighbours_overlap_by_slivers_at_most(
    countries: dict[str, dict[str, Any]], drawn: list[arcs.Points]
) -> None:
    parts = [(code, shape) for code, item in countries.items() for shape in shapes(item, drawn)]
    valid = [shape.buffer(0) for _, shape in parts]
    pairs = STRtree(valid).query(valid, predicate="overlaps")
    for one, other in pairs.T.tolist():
        if parts[one][0] < parts[other][0]:
            overlap = valid[one].intersection(valid[other]).area
            assert overlap < 0.05, (parts[one][0], parts[other][0])


def test_disputed_borders_are_those_of_the_map(world: dict[str, Any]) -> None:
    table = pd.read_csv(FOLDER / "disputed.csv")
    made = arcs.border_table(world, topology.DISPUTED)
    pd.testing.assert_frame_equal(table, made, check_dtype=False)
    assert {name.rsplit("-", 1)[0] for name in table["line"]} == set(topology.DISPUTED)
    assert table["line"].nunique() == len(world["objects"]["disputed"]["arcs"])


def test_labels_are_those_of_the_map(world: dict[str, Any], labels: pd.DataFrame) -> None:
    countries = pd.read_csv(REFERENCE / "countries.csv", dtype="str", keep_default_na=False)
    made = topology.label_table(world, countries[countries["kind"] != "organization"])
    pd.testing.assert_frame_equal(labels, made, check_dtype=False)
    assert labels["m49"].str.fullmatch(r"\d{3}").all()
    assert set(labels["iso3"]) >= OTHER_STATES


def test_labels_lie_inside_their_countries(
    countries: dict[str, dict[str, Any]], drawn: list[arcs.Points], labels: pd.DataFrame
) -> None:
    columns = ["iso3", "label_lon", "label_lat"]
    for code, lon, lat in labels[columns].to_numpy().tolist():
        assert code == "VAT" or covers(countries[code], drawn, lon, lat), code
        assert countries[code]["properties"]["ct"] == [lon, lat]


def test_every_country_has_a_label_point(countries: dict[str, dict[str, Any]]) -> None:
    for country in countries.values():
        lon, lat = country["properties"]["ct"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90


def test_small_members_are_the_reviewed_28(labels: pd.DataFrame) -> None:
    small = labels.loc[labels["small"] == 1, "iso3"].tolist()
    assert small == topology.SMALL_MEMBERS
    assert len(small) == 28
    marked = set(labels.loc[labels["marker_lon"].notna(), "iso3"])
    # Others under 3,000 km², and two that the marker of a small neighbour would hide.
    assert marked == {*small, "COK", "NIU", "VAT", "QAT", "TTO"}


def natural_earth(lon: float, lat: float) -> tuple[float, float]:
    """Return the place on a map 1400 pixels wide in the projection of that name."""
    phi = radians(lat)
    square, fourth = phi**2, phi**4
    x = radians(lon) * (
        0.8707
        - 0.131979 * square
        + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))
    )
    y = phi * (
        1.007226
        + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth))
    )
    scale = 1400 / (2 * np.pi * 0.8707)
    return x * scale, y * scale


def equirectangular(lon: float, lat: float) -> tuple[float, float]:
    """Return the place on a map 1400 pixels wide in the projection of that name."""
    return lon * 1400 / 360, lat * 1400 / 360


def test_markers_do_not_overlap(labels: pd.DataFrame) -> None:
    marked = labels.dropna(subset=["marker_lon"])
    places = list(zip(marked["marker_lon"], marked["marker_lat"], strict=True))
    for project in (natural_earth, equirectangular):
        for one, other in combinations([project(lon, lat) for lon, lat in places], 2):
            assert hypot(one[0] - other[0], one[1] - other[1]) > 9.5


def test_markers_move_little_and_only_where_they_overlap(labels: pd.DataFrame) -> None:
    marked = labels.dropna(subset=["marker_lon"]).set_index("iso3")
    east = marked["marker_lon"] - marked["label_lon"]
    north = marked["marker_lat"] - marked["label_lat"]
    moved = (east**2 + north**2) ** 0.5
    assert sorted(marked.index[moved > 0]) == [
        *("ATG", "BHR", "BRB", "DMA", "GRD", "KNA", "LCA", "QAT", "SMR", "TTO", "VAT", "VCT")
    ]
    assert moved.max() < 2.5
