"""The world in Natural Earth, the projection of every map: TopoJSON as paths of SVG."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from adoption.core.reading import record_read

Points = npt.NDArray[np.float64]

WIDTH = 1200  # units of a drawing: about a pixel of a wide screen
SOUTH, NORTH = -57, 84  # without Antarctica
RESOLUTION = 50  # of the areas: 1 to so many million
PROJECTION = "natural earth"  # as plotly names it
SCALE = WIDTH / (2 * np.pi * 0.8707)


def areas(path: Path, parts: int = 1) -> dict[str, str]:
    """Return the path of every area of a TopoJSON file by its id, in parts of a unit."""
    record_read(path)
    return {**_areas(path.read_text(encoding="utf-8"), parts)}


def within(path: Path, box: tuple[float, float, float, float], parts: int) -> list[str]:
    """Return the ids of the areas of which a part is in a box of the drawing, in its own parts."""
    left, top, width, height = (side / parts for side in box)
    right, bottom = left + width, top + height

    def is_seen(line: Points) -> bool:
        (west, north), (east, south) = line.min(axis=0), line.max(axis=0)
        return bool(west <= right and east >= left and north <= bottom and south >= top)

    lines_of_areas = _on_drawing(path.read_text(encoding="utf-8"))
    return [area for area, lines in lines_of_areas.items() if any(map(is_seen, lines))]


def rings(path: Path) -> dict[str, list[npt.NDArray[np.int_]]]:
    """Return the closed lines of every area of a TopoJSON file by its id, on the drawing."""
    record_read(path)
    lines_of_areas = _on_drawing(path.read_text(encoding="utf-8"))
    return {area: [on_grid(line) for line in lines] for area, lines in lines_of_areas.items()}


@cache
def _areas(text: str, parts: int) -> Mapping[str, str]:
    return {
        area: "".join(path_of(on_grid(line, parts), "z") for line in lines)
        for area, lines in _on_drawing(text).items()
    }


@cache
def _on_drawing(text: str) -> Mapping[str, Sequence[Points]]:
    """Return the closed lines of every area by its id, on the drawing, for grids of any size."""
    return {
        area: [_projected(part) for line in lines for part in _on_map(line)]
        for area, lines in _rings(text).items()
    }


def _rings(text: str) -> dict[str, list[Points]]:
    """Return the closed lines of every area by its id, in degrees."""
    topology = json.loads(text)
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(numbers: Iterable[int]) -> Points:
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    return {
        area["id"]: [ring(numbers) for polygon in area["arcs"] for numbers in polygon]
        for area in topology["objects"]["countries"]["geometries"]
    }


def _on_map(points: Points) -> list[Points]:
    """Return a closed line on the map; across the antimeridian, once for each side of it."""
    lon, lat = points.T
    if lat.max() < SOUTH:
        return []
    if np.abs(np.diff(lon)).max() < 180 and np.abs(lon).max() <= 180:  # crosses no edge
        return [points]
    lon = np.unwrap(lon, period=360)
    turns = [0, *([-360] if lon.max() > 180 else []), *([360] if lon.min() < -180 else [])]
    return [_cut(lon + turn, lat) for turn in turns]


def _cut(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> Points:
    """Return a closed line; what runs beyond the edge of the map runs along it instead."""
    beyond = np.abs(lon) > 180
    between = beyond & np.roll(beyond, 1) & np.roll(beyond, -1)
    return np.column_stack([np.clip(lon, -180, 180), lat])[~between]


def project(points: Points, parts: int = 1) -> npt.NDArray[np.int_]:
    """Return points of the drawing, in parts of a unit."""
    return on_grid(_projected(points), parts)


def _projected(points: Points) -> Points:
    """Return points of the drawing: Natural Earth, as every map here."""
    lon, lat = np.radians(points).T
    b, d = lat**2, lat**4
    x = lon * (0.8707 - 0.131979 * b + d * (-0.013791 + d * (0.003971 * b - 0.001529 * d)))
    y = lat * (1.007226 + b * (0.015085 + d * (-0.044475 + 0.028874 * b - 0.005916 * d)))
    return np.column_stack([WIDTH / 2 + SCALE * x, -SCALE * y])


def on_grid(drawn: Points, parts: int = 1) -> npt.NDArray[np.int_]:
    """Return points of the drawing, rounded to parts of a unit."""
    return np.rint(drawn * parts).astype(int)


def extent() -> tuple[int, int]:
    """Return the upper edge of the drawing, and its height."""
    (_, top), (_, bottom) = project(np.array([[0, NORTH], [0, SOUTH]])).tolist()
    return top, bottom - top


def path_of(points: npt.NDArray[np.int_], end: str = "") -> str:
    """Return a line as steps on the grid of the drawing, points that fall together left out."""
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    if len(steps) < (2 if end else 1):
        return ""
    written = " ".join(f"{x} {y}" for x, y in steps.tolist()).replace(" -", "-")
    return f"M{points[0, 0]} {points[0, 1]}l{written}{end}"
