"""The arcs of a TopoJSON topology: read, simplify, put on a grid, join to rings and borders.

Countries of a topology hold no coordinates; they hold numbers of shared lines, the arcs. A
border is one arc that both neighbours name. So arcs are simplified here and never polygons: a
shared border stays shared and no ring is turned inside out. (Tools that repair or rebuild
polygons invert those of Russia and Fiji, which cross the antimeridian, and then paint the globe
in one colour.) Points are longitude and latitude in degrees, one row each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely import LineString, Point, Polygon
from shapely.affinity import translate

from adoption.errors import AdoptionError

Points = npt.NDArray[np.float64]
Ring = list[int]
Geometry = dict[str, Any]
Topology = dict[str, Any]


def decode_arcs(topology: Topology) -> list[Points]:
    """Return the arcs of a quantised topology in degrees."""
    scale = np.array(topology["transform"]["scale"])
    shift = np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def quantize_arcs(arcs: Iterable[Points], step: float) -> list[list[list[int]]]:
    """Put arcs on a grid of `step` degrees and write each point as its distance from the last.

    Points that stay in one cell are left out, but an arc keeps at least two.
    """
    quantized = []
    for arc in arcs:
        cells = np.rint(arc / step).astype(int)
        steps = np.diff(cells, axis=0)
        moved = steps[steps.any(axis=1)] if steps.any() else steps[:1]
        quantized.append([cells[0].tolist(), *moved.tolist()])
    return quantized


def unwrap(points: Points) -> Points:
    """Continue longitudes beyond 180 degrees where a line crosses the antimeridian."""
    return np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]])


def simplify_arc(arc: Points, tolerance: float) -> Points:
    """Return an arc with fewer points, the old line nowhere further away than the tolerance."""
    simple = np.array(LineString(unwrap(arc)).simplify(tolerance).coords)
    simple[:, 0] -= 360 * (simple[:, 0] > 180)
    simple[:, 0] += 360 * (simple[:, 0] < -180)
    # 180 and -180 are one meridian, but arcs that meet there must go on naming it alike.
    simple[[0, -1]] = arc[[0, -1]]
    return simple


def simplify_arcs(
    arcs: Sequence[Points],
    rings: Iterable[Ring],
    tolerance: float,
    fewest_points: int = 6,
    area_change: float = 0.05,
) -> list[Points]:
    """Simplify every arc, except those of rings that would suffer.

    This is judged by ring and not by arc: Monaco is two open arcs of two or three points,
    which would fall onto one line.
    """
    simple = [simplify_arc(arc, tolerance) for arc in arcs]
    kept: set[int] = set()
    for ring in rings:
        area = signed_area(ring_points(arcs, ring))
        points = ring_points(simple, ring)
        if len(points) < fewest_points or abs(signed_area(points) - area) > area_change * abs(area):
            kept.update(place_of(number) for number in ring)
    return [arcs[place] if place in kept else arc for place, arc in enumerate(simple)]


def place_of(number: int) -> int:
    """Return the place of an arc in the list; `~n` names arc n run backwards."""
    return number if number >= 0 else ~number


def rings_of(geometries: Iterable[Geometry]) -> Iterator[Ring]:
    """Yield the rings of MultiPolygon geometries, outer rings and holes."""
    for geometry in geometries:
        for polygon in geometry["arcs"]:
            yield from polygon


def ring_points(arcs: Sequence[Points], ring: Ring) -> Points:
    """Join the arcs of a ring to one closed line in the plane.

    Longitudes go on beyond 180 degrees where the ring crosses the antimeridian; a ring round a
    pole (Antarctica) is closed along that pole.
    """
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    for before, after in pairwise([*parts, parts[0]]):
        if not np.array_equal(before[-1], after[0]):
            raise AdoptionError(f"ring {ring} is open: after {before[-1]} comes {after[0]}")
    points = unwrap(np.vstack([parts[0], *(part[1:] for part in parts[1:])]))
    first, last = points[0], points[-1]
    if abs(last[0] - first[0]) > 180:
        pole = np.copysign(90.0, points[:, 1].mean())
        points = np.vstack([points, [last[0], pole], [first[0], pole], first])
    return points


def signed_area(points: Points) -> float:
    """Return the area of a closed line in square degrees, negative if it runs clockwise."""
    longitude, latitude = (points - points[0]).T
    return float(np.sum(longitude[:-1] * latitude[1:] - longitude[1:] * latitude[:-1]) / 2)


def name_countries(geometries: Iterable[Geometry], codes: Mapping[str, str]) -> list[Geometry]:
    """Give geometries the codes of their ids, join those of one code, and sort."""
    polygons: dict[str, list[Any]] = {}
    for geometry in geometries:
        if geometry["id"] not in codes:
            raise AdoptionError(f"no ISO3 code for {geometry['id']!r}: {geometry['properties']}")
        polygons.setdefault(codes[geometry["id"]], []).extend(geometry["arcs"])
    return [
        {"type": "MultiPolygon", "id": code, "arcs": arcs}
        for code, arcs in sorted(polygons.items())
    ]


def drop_empty_rings(geometry: Geometry, arcs: Sequence[Points]) -> Geometry:
    """Leave out rings without area; a geometry that has no other (Vatican City) keeps them."""

    def has_area(ring: Ring) -> bool:
        return signed_area(ring_points(arcs, ring)) != 0

    polygons = [
        [ring for ring in polygon if has_area(ring)]
        for polygon in geometry["arcs"]
        if has_area(polygon[0])
    ]
    return {**geometry, "arcs": polygons or geometry["arcs"]}


def renumber(geometry: Geometry, places: dict[int, int]) -> Geometry:
    """Give the arcs of a MultiPolygon new places, by their old ones."""

    def new(number: int) -> int:
        return places[number] if number >= 0 else ~places[~number]

    arcs = [[[new(number) for number in ring] for ring in polygon] for polygon in geometry["arcs"]]
    return {**geometry, "arcs": arcs}


def border_arcs(countries: Iterable[Geometry], pairs: Iterable[str]) -> dict[str, int]:
    """Return the arcs that pairs of ids such as `IND-PAK` share, named `IND-PAK-1` and so on."""
    owners = owners_of_arcs(countries)
    lines = {}
    for pair in sorted(pairs):
        shared = [place for place, ids in owners.items() if ids == set(pair.split("-"))]
        if not shared:
            raise AdoptionError(f"{pair}: these two share no border on the map")
        lines.update({f"{pair}-{count}": place for count, place in enumerate(shared, start=1)})
    return lines


def border_table(topology: Topology, pairs: Iterable[str]) -> pd.DataFrame:
    """Return the points of shared borders: columns line, lon, lat."""
    drawn = decode_arcs(topology)
    borders = border_arcs(topology["objects"]["countries"]["geometries"], pairs)
    tables = [
        pd.DataFrame(drawn[place].round(3), columns=["lon", "lat"]).assign(line=name)
        for name, place in borders.items()
    ]
    return pd.concat(tables, ignore_index=True)[["line", "lon", "lat"]]


def owners_of_arcs(geometries: Iterable[Geometry]) -> dict[int, set[str]]:
    """Return for each arc the ids of the geometries that it bounds, in the order of the arcs."""
    owners: dict[int, set[str]] = {}
    for geometry in geometries:
        for ring in rings_of([geometry]):
            for number in ring:
                owners.setdefault(place_of(number), set()).add(geometry["id"])
    return dict(sorted(owners.items()))


def area_and_label(geometry: Geometry, arcs: Sequence[Points]) -> tuple[float, list[float]]:
    """Return a geometry's area in square kilometres and a point inside its largest polygon."""
    polygons = []
    for outer, *holes in geometry["arcs"]:
        points = ring_points(arcs, outer)
        if signed_area(points) == 0:
            continue
        polygons.append(Polygon(points, [ring_points(arcs, hole) for hole in holes]))
    if not polygons:
        return 0.0, arcs[place_of(geometry["arcs"][0][0][0])][0].round(3).tolist()
    # Turning the globe changes no area, and at the prime meridian nothing crosses the edge.
    turned = [translate(polygon, -polygon.centroid.x) for polygon in polygons]
    areas = gpd.GeoSeries(turned, crs="EPSG:4326").to_crs("EPSG:6933").area / 1e6
    inside: Point = polygons[int(areas.argmax())].representative_point()
    longitude = (inside.x + 180) % 360 - 180
    return float(areas.sum()), [round(longitude, 3), round(inside.y, 3)]
