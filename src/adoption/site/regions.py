"""Groups of states as scripts know them: who belongs to each, and which part of the map has it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from adoption import tables
from adoption.core.reading import remembered
from adoption.countries.groups import load_groups
from adoption.press.geometry import WIDTH, extent, project, rings
from adoption.show.drawings import areas_of_states, path_of_disputed
from adoption.show.theme import world_file

Box = tuple[float, float, float, float]  # left, top, right, bottom, in units of the drawing

MIN_PART = 0.2  # of a state's largest part: a smaller one is far away, such as an island overseas
MARGIN = 0.05  # of the sides of a picture, around the states
LEAST = 90  # units: a picture of a few small states shows what is around them
WIDEST, TALLEST = 2.4, 1.1  # width by height
MAX_WIDTH_SHARE = 0.7  # of the width: what is cut off must be worth it
UNIT_PARTS = 16  # of a unit: a part of the map is enlarged 13 times at most
EDGE_SHARE = 0.15  # of the width of the map: what lies there may be a neighbour of the other edge


@remembered
def regions_script() -> str:
    """Return a script with each group: its name, the codes of its states, its part of the map.

    The part is left, top, width and height, in units of the drawing; after it come the names of
    states that are not in it as a whole. A script, since a page opened from a disk cannot fetch.
    """
    boxes, names = _boxes(), tables.read("states").set_index("iso3")["name"]
    regions = {}
    for group in load_groups().values():
        part = part_of_map(group.members, boxes)
        beyond = sorted(names.loc[outside(group.members, part, boxes)].tolist())
        regions[group.group] = [group.name, sorted(group.members), part, beyond]
    written = json.dumps(regions, ensure_ascii=False, separators=(",", ":"))
    return f"window.adoptionRegions={written};\n"


@remembered
def areas_script() -> str:
    """Return a script with the areas of the map for its enlarged parts, in parts of a unit.

    Whole units, which are enough for the world, would be steps of its coasts there.
    """
    areas = areas_of_states(UNIT_PARTS) | {"disputed": path_of_disputed(UNIT_PARTS)}
    written = json.dumps({"parts": UNIT_PARTS, "areas": areas}, separators=(",", ":"))
    return f"window.adoptionAreas={written};\n"


def part_of_map(states: Collection[str], boxes: pd.DataFrame) -> list[int]:
    """Return the part of the map that has some states: left, top, width, height.

    Two things would make a region the world, and are cut. The one is a state wider than a quarter
    of the map, and larger than all others together: the Russian Federation in Europe. The others
    are states beyond the antimeridian, where most lie at the other edge: Samoa in Oceania.
    """
    inside = boxes[boxes.index.isin([*states])]
    is_east = inside["left"].median() > WIDTH / 2
    of_east, of_west = (
        inside[inside["right"] > EDGE_SHARE * WIDTH],
        inside[inside["left"] < (1 - EDGE_SHARE) * WIDTH],
    )
    near = of_east if is_east else of_west
    if len(near) and _width(near) < MAX_WIDTH_SHARE * _width(inside):
        inside = near
    sizes = (inside["right"] - inside["left"]) * (inside["bottom"] - inside["top"])
    largest = str(sizes.idxmax())
    is_wide = _width(inside.loc[[largest]]) > WIDTH / 4
    if is_wide and len(inside) > 1 and sizes.max() > _area(inside.drop(largest)):
        inside = inside.drop(largest)
    return _framed(_around(inside))


def _width(boxes: pd.DataFrame) -> float:
    return float(boxes["right"].max() - boxes["left"].min())


def outside(states: Collection[str], part: Sequence[int], boxes: pd.DataFrame) -> list[str]:
    """Return the states that a part of the map does not have as a whole."""
    left, top, width, height = part
    inside = boxes[boxes.index.isin([*states])]
    is_across = (inside["left"] >= left) & (inside["right"] <= left + width)
    is_down = (inside["top"] >= top) & (inside["bottom"] <= top + height)
    return [str(iso3) for iso3 in inside.index[~(is_across & is_down)]]


def _around(boxes: pd.DataFrame) -> Box:
    ends = boxes[["left", "top"]].min(), boxes[["right", "bottom"]].max()
    left, top, right, bottom = pd.concat(ends)[["left", "top", "right", "bottom"]]
    return float(left), float(top), float(right), float(bottom)


def _area(boxes: pd.DataFrame) -> float:
    left, top, right, bottom = _around(boxes)
    return (right - left) * (bottom - top)


def _framed(box: Box) -> list[int]:
    """Return a box with a margin, of at least some size and no extreme shape, inside the map."""
    left, top, right, bottom = box
    map_top, map_height = extent()
    width = max((right - left) * (1 + 2 * MARGIN), LEAST)
    height = max((bottom - top) * (1 + 2 * MARGIN), width / WIDEST)
    width = max(width, height * TALLEST)
    width, height = min(width, WIDTH), min(height, map_height)
    x = min(max((left + right - width) / 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) / 2, map_top), map_top + map_height - height)
    return [round(value) for value in (x, y, width, height)]


@remembered
def _boxes() -> pd.DataFrame:
    """Return the box of the main parts of each state on the map: left, top, right, bottom."""
    rows: dict[str, Box] = {}
    for iso3, parts in rings(world_file()).items():
        sides = [np.ptp(part, axis=0) for part in parts]
        least = MIN_PART * max((width * height for width, height in sides), default=0)
        main = [p for p, (w, h) in zip(parts, sides, strict=True) if w * h >= least]
        if main:
            points = np.concatenate(main)
            (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
            rows[iso3] = left, top, right, bottom
    states = tables.read("states").dropna(subset="marker_lon")
    spots = project(states[["marker_lon", "marker_lat"]].to_numpy()).tolist()
    for iso3, (x, y) in zip(states["iso3"], spots, strict=True):
        rows[iso3] = x, y, x, y
    return pd.DataFrame.from_dict(rows, "index", columns=["left", "top", "right", "bottom"])
