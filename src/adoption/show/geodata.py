"""The world as GeoDataFrames: areas of states, other land, and disputed borders."""

from __future__ import annotations

from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Geod
from shapely import (
    LineString,
    MultiPolygon,
    Polygon,
    box,
    intersection,
    length,
    line_merge,
    make_valid,
    union_all,
)
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from adoption import tables
from adoption.core.reading import record_read, remembered
from adoption.figures.theme import world_file
from adoption.figures.worldmap import disputed_lines
from adoption.law.status import Status
from adoption.show.classes import STATUS_COLOURS
from adoption.show.maps import states_on_map
from adoption.tables.choices import check_choice

Layer = Literal["states", "land borders", "other land", "disputed borders"]
LAYERS = ("states", "land borders", "other land", "disputed borders")
WGS84 = "EPSG:4326"  # longitude and latitude in degrees


def world(status: Status | None = None, layer: Layer = "states") -> gpd.GeoDataFrame:
    """Return the states of the table `states` with their areas, or another layer of the map.

    Parameters
    ----------
    status : Status, optional
        A convention on a day, whose columns are joined.
    layer : {"states", "land borders", "other land", "disputed borders"}
        The lines along which two states meet (left, right), land without a status of its own
        (iso3 None), and the lines that the states on their two sides see differently, are layers
        of their own.

    Returns
    -------
    GeoDataFrame
        EPSG:4326; valid polygons, cut at the antimeridian. A state: the columns of the table
        `states`, then those of `Status.participants`; its class (ordered, such as "signature
        reported"), its colour in figures, a fact to mark beside it (mark) and its acts in a line
        (label); the label point as label_lon and label_lat (float, degrees); a state too small for
        an area has an empty geometry.
    """
    check_choice("layer", layer, LAYERS)
    areas = _areas()
    if layer == "other land":
        without = areas[~areas["iso3"].isin(tables.read("states")["iso3"])]
        return without.drop(columns="iso3").reset_index(drop=True)
    if layer == "disputed borders":
        borders = disputed_lines()
        lines = [LineString(points) for points in borders.values()]
        return gpd.GeoDataFrame({"line": [*borders]}, geometry=lines, crs=WGS84)
    states = tables.read("states").query("kind != 'organization'")
    if status is not None:
        known = ["name", "article", "kind", "region", "un_group"]
        statuses = states_on_map(status).drop(columns=known)
        statuses["class"] = pd.Categorical(statuses["class"], [*STATUS_COLOURS], ordered=True)
        statuses["colour"] = statuses["class"].map(STATUS_COLOURS).astype("str")
        states = states.merge(statuses, on="iso3", validate="one_to_one", suffixes=("", "_of_act"))
    shapes = (
        states["iso3"]
        .map(areas.set_index("iso3")["geometry"].to_dict())
        .map(lambda g: Polygon() if pd.isna(g) else g)
    )
    frame = gpd.GeoDataFrame(states, geometry=gpd.GeoSeries(shapes, states.index), crs=WGS84)
    return land_borders(frame) if layer == "land borders" else frame


def land_borders(states: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the pairs of states that share a border: their areas meet along a line.

    Areas that meet in a point only share none. At 1:50 million that is so of Botswana and
    Zambia, whose border is shorter than the scale, and of Namibia and Zimbabwe, which have none.

    Parameters
    ----------
    states : GeoDataFrame
        From `world`: iso3, geometry.

    Returns
    -------
    GeoDataFrame
        left, right (iso3, left before right), and the line of the border; one row a border.
    """
    areas = states.loc[~states.is_empty, ["iso3", "geometry"]]
    pairs = areas.sjoin(areas, predicate="intersects", lsuffix="of", rsuffix="with")
    pairs = pairs[pairs["iso3_of"] < pairs["iso3_with"]].sort_values(["iso3_of", "iso3_with"])
    shapes = areas.set_index("iso3").geometry
    left = shapes.loc[pairs["iso3_of"]].to_numpy()
    right = shapes.loc[pairs["iso3_with"]].to_numpy()
    lines = [_lines(shape) for shape in intersection(left, right)]
    ends = pairs[["iso3_of", "iso3_with"]].set_axis(["left", "right"], axis=1)
    frame = gpd.GeoDataFrame(ends.astype("str"), geometry=lines, crs=WGS84)
    return frame[length(lines) > 0].reset_index(drop=True)


def borders(*, directed: bool) -> pd.DataFrame:
    """Return the pairs of states that share a border; `ad.borders` says more."""
    lines = world(layer="land borders")
    ellipsoid = Geod(ellps="WGS84")
    kilometres = [ellipsoid.geometry_length(line) / 1000 for line in lines.geometry]
    frame = pd.DataFrame({"iso3": lines["left"], "partner": lines["right"]})
    frame["length_km"] = pd.Series(kilometres, dtype="float64").round(1)
    if directed:
        turned = frame.rename(columns={"iso3": "partner", "partner": "iso3"})[list(frame)]
        frame = pd.concat([frame, turned]).sort_values(["iso3", "partner"], ignore_index=True)
    return frame


@remembered
def _areas() -> gpd.GeoDataFrame:
    path = world_file()
    record_read(path)
    read = gpd.read_file(f"TopoJSON:{path}", layer="countries")
    cut = read.geometry.map(lambda area: _valid(union_all([_cut(p) for p in area.geoms])))
    return gpd.GeoDataFrame({"iso3": read["id"]}, geometry=gpd.GeoSeries(cut), crs=WGS84)


def _cut(polygon: Polygon) -> BaseGeometry:
    """Cut a polygon whose ring steps over the antimeridian into its parts on either side."""
    west, _, east, _ = polygon.bounds
    if east - west <= 180:
        return _valid(polygon)
    lon, lat = polygon.exterior.coords.xy
    ring = np.column_stack([np.unwrap(lon, period=360), lat])
    if abs(ring[0, 0] - ring[-1, 0]) > 180:  # Antarctica: around the pole, which it holds
        last, first = ring[-1, 0], ring[0, 0]
        ring = np.vstack([ring, [[last, -90], [first, -90]]])
    uncut = _valid(Polygon(ring))
    turns = (box(longitude, -90, longitude + 360, 90) for longitude in (-540, -180, 180))
    parts = [uncut.intersection(turn) for turn in turns]
    moved = [translate(part, 360 * turn) for part, turn in zip(parts, (1, 0, -1), strict=True)]
    return _polygons(union_all([_polygons(part) for part in moved]))


def _valid(area: BaseGeometry) -> BaseGeometry:
    return area if area.is_valid and area.geom_type.endswith("Polygon") else _polygons(area)


def _lines(meeting: BaseGeometry) -> BaseGeometry:
    """Return the lines along which two areas meet, without the points."""
    parts = getattr(meeting, "geoms", [meeting])
    return line_merge(union_all([part for part in parts if isinstance(part, LineString)]))


def _polygons(area: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, without lines and points that a cut leaves."""
    parts = getattr(make_valid(area), "geoms", [make_valid(area)])
    flat = [q for p in parts for q in getattr(p, "geoms", [p]) if isinstance(q, Polygon)]
    return MultiPolygon([p for p in flat if not p.is_empty])
