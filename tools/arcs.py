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

from adoption.core.errors import AdoptionError

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


def cut_off(
    arcs: Sequence[Points],
    layers: Sequence[Sequence[Geometry]],
    owner: str,
    line: Points,
    area: str,
) -> tuple[list[Points], list[list[Geometry]]]:
    """Cut a country along a line between two places of its outline; the smaller part is `area`.

    Each end goes to the nearest place of the outline, which every ring that runs there gets as a
    point; `layers` hold those rings, the countries first.
    """
    cut, line = list(arcs), line.copy()
    for end in (0, -1):
        (country,) = [item for item in layers[0] if item["id"] == owner]
        place, line[end] = nearest_place(cut, rings_of([country]), line[end])
        head, tail = _split(cut[place], line[end])
        if len(head) > 1 and len(tail) > 1:
            parts = {place: [place, len(cut)], ~place: [~len(cut), ~place]}
            layers = [[_with_arcs(item, parts) for item in layer] for layer in layers]
            cut[place] = head
            cut.append(tail)
    return _divide([*cut, line], layers, owner, area)


def _split(arc: Points, at: Points) -> tuple[Points, Points]:
    """Split an arc at a place on it."""
    (there,) = np.nonzero((arc == at).all(axis=1))
    if len(there):
        return arc[: there[0] + 1], arc[there[0] :]
    segment = nearest_segment(arc, at)[1] + 1
    return np.vstack([arc[:segment], at]), np.vstack([at, arc[segment:]])


def _with_arcs(geometry: Geometry, parts: Mapping[int, Ring]) -> Geometry:
    """Put the parts of an arc in its place."""
    arcs = [
        [[part for number in ring for part in parts.get(number, [number])] for ring in polygon]
        for polygon in geometry["arcs"]
    ]
    return {**geometry, "arcs": arcs}


def nearest_segment(arc: Points, point: Points) -> tuple[float, int, Points]:
    """Return how far a point is from an arc, on which of its segments, and the place there."""
    start, step = arc[:-1], np.diff(arc, axis=0)
    length = (step**2).sum(axis=1)
    along = ((point - start) * step).sum(axis=1) / np.where(length, length, 1)
    places = start + np.clip(along, 0, 1)[:, None] * step
    far = np.hypot(*(places - point).T)
    return float(far.min()), int(far.argmin()), places[far.argmin()]


def nearest_place(
    arcs: Sequence[Points], rings: Iterable[Ring], point: Points, snap: float = 0.03
) -> tuple[int, Points]:
    """Return the arc of some rings that is nearest to a point, and the place on it.

    A point of the arc within `snap` degrees is taken before a new one.
    """
    numbers = sorted({place_of(number) for ring in rings for number in ring})
    _, place = min((nearest_segment(arcs[number], point)[0], number) for number in numbers)
    far = np.hypot(*(arcs[place] - point).T)
    if far.min() <= snap:
        return place, arcs[place][far.argmin()]
    return place, nearest_segment(arcs[place], point)[2]


def _divide(
    arcs: list[Points], layers: Sequence[Sequence[Geometry]], owner: str, area: str
) -> tuple[list[Points], list[list[Geometry]]]:
    """Divide the ring of a country that the last arc crosses."""
    number, line = len(arcs) - 1, arcs[-1]

    def starts(ring: Ring) -> list[tuple[float, ...]]:
        return [tuple(arcs[n][0] if n >= 0 else arcs[~n][-1]) for n in ring]

    def divided(polygon: list[Ring]) -> tuple[Ring, Ring] | None:
        ring, ends = polygon[0], (tuple(line[0]), tuple(line[-1]))
        at = starts(ring)
        if ends[0] == ends[1] or not set(ends) <= set(at):
            return None
        first, last = (at.index(end) for end in ends)
        there = (ring[first:] + ring[:first])[: (last - first) % len(ring)]
        back = (ring[last:] + ring[:last])[: (first - last) % len(ring)]
        two = ([*there, ~number], [*back, number])
        small, large = sorted(two, key=lambda own: abs(signed_area(ring_points(arcs, own))))
        return small, large

    countries = []
    for item in layers[0]:
        parts = [divided(polygon) if item["id"] == owner else None for polygon in item["arcs"]]
        whole = [
            [part[1], *polygon[1:]] if part else polygon
            for part, polygon in zip(parts, item["arcs"], strict=True)
        ]
        countries.append({**item, "arcs": whole})
        countries += [
            {"type": "MultiPolygon", "id": area, "arcs": [[part[0]]]} for part in parts if part
        ]
    if len(countries) != len(layers[0]) + 1:
        raise AdoptionError(f"{area}: the line does not cross one ring of {owner}")
    countries.sort(key=lambda item: str(item["id"]))
    return arcs, [countries, *map(list, layers[1:])]


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
