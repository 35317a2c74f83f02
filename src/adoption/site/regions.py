"""Groups of states as scripts know them: who belongs to each, and which part of the map has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

import numpy as np

from adoption import tables
from adoption.core.reading import remembered
from adoption.countries.groups import load_groups
from adoption.figures.theme import world_file
from adoption.press.geometry import WIDTH, areas, extent, project, rings
from adoption.show.drawings import path_of_disputed

MIN_PART = 0.2  # of a state's largest part: a smaller one is far away, such as an island overseas
MARGIN = 0.05  # of the sides of a picture, around the states
LEAST = 90  # units: a picture of a few small states shows what is around them
WIDEST, TALLEST = 2.4, 1.1  # width by height
MAX_WIDTH_SHARE = 0.7  # of the width: what is cut off must be worth it
UNIT_PARTS = 16  # of a unit: a part of the map is enlarged 13 times at most
EDGE_SHARE = 0.15  # of the width of the map: what lies there may be a neighbour of the other edge


class Box(NamedTuple):
    """A part of the map, in units of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From the left to the right."""
        return self.right - self.left

    @property
    def area(self) -> float:
        """Of the box, in square units."""
        return self.width * (self.bottom - self.top)


@remembered
def regions_script() -> str:
    """Return a script with each group: its name, the codes of its states, its part of the map.

    The part is left, top, width and height, in units of the drawing; after it come the names of
    states that are not in it as a whole. A script, since a page opened from a disk cannot fetch.
    """
    boxes, states = _boxes(), tables.read("states")
    names = dict(zip(states["iso3"], states["name"], strict=True))
    regions = {}
    for group in load_groups().values():
        inside = {iso3: box for iso3, box in boxes.items() if iso3 in group.members}
        part = part_of_map(inside)
        beyond = sorted(names[iso3] for iso3 in outside(part, inside))
        regions[group.group] = [group.name, sorted(group.members), part, beyond]
    written = json.dumps(regions, ensure_ascii=False, separators=(",", ":"))
    return f"window.adoptionRegions={written};\n"


@remembered
def areas_script() -> str:
    """Return a script with the areas of the map for its enlarged parts, in parts of a unit.

    Whole units, which are enough for the world, would be steps of its coasts there.
    """
    shapes = areas(world_file(), UNIT_PARTS) | {"disputed": path_of_disputed(UNIT_PARTS)}
    written = json.dumps({"parts": UNIT_PARTS, "areas": shapes}, separators=(",", ":"))
    return f"window.adoptionAreas={written};\n"


def part_of_map(boxes: Mapping[str, Box]) -> list[int]:
    """Return the part of the map that has the boxes of some states: left, top, width, height.

    Two things would make a region the world, and are cut. The one is a state wider than a quarter
    of the map, and larger than all others together: the Russian Federation in Europe. The others
    are states beyond the antimeridian, where most lie at the other edge: Samoa in Oceania.
    """
    is_east = median(box.left for box in boxes.values()) > WIDTH / 2
    near = {iso3: box for iso3, box in boxes.items() if not _is_beyond(box, is_east=is_east)}
    if near and _around(near.values()).width < MAX_WIDTH_SHARE * _around(boxes.values()).width:
        boxes = near
    largest = max(boxes, key=lambda iso3: boxes[iso3].area)
    smaller = [box for iso3, box in boxes.items() if iso3 != largest]
    is_wide = boxes[largest].width > WIDTH / 4
    if is_wide and smaller and boxes[largest].area > _around(smaller).area:
        return _framed(_around(smaller))
    return _framed(_around(boxes.values()))


def _is_beyond(box: Box, *, is_east: bool) -> bool:
    """Return whether a state lies at the other edge of the map than most of its group."""
    if is_east:
        return box.right <= EDGE_SHARE * WIDTH
    return box.left >= (1 - EDGE_SHARE) * WIDTH


def outside(part: Sequence[int], boxes: Mapping[str, Box]) -> list[str]:
    """Return the states that a part of the map does not have as a whole."""
    left, top, width, height = part
    beyond = []
    for iso3, box in boxes.items():
        is_across = box.left >= left and box.right <= left + width
        is_down = box.top >= top and box.bottom <= top + height
        if not (is_across and is_down):
            beyond.append(iso3)
    return beyond


def _around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


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
def _boxes() -> dict[str, Box]:
    """Return the box of the main parts of each state on the map."""
    boxes: dict[str, Box] = {}
    for iso3, parts in rings(world_file()).items():
        sides = [np.ptp(part, axis=0) for part in parts]
        least = MIN_PART * max((width * height for width, height in sides), default=0)
        main = [p for p, (w, h) in zip(parts, sides, strict=True) if w * h >= least]
        if main:
            points = np.concatenate(main)
            boxes[iso3] = Box(*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
    states = tables.read("states").dropna(subset="marker_lon")
    spots = project(states[["marker_lon", "marker_lat"]].to_numpy()).tolist()
    for iso3, (x, y) in zip(states["iso3"], spots, strict=True):
        boxes[iso3] = Box(x, y, x, y)
    return boxes
