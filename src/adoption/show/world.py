"""The world as SVG: one path a state, readable without a script, a network or a style sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from adoption.countries.groups import slug
from adoption.law.deciding import NO_ACT, SIGNED
from adoption.paths import reference_folder
from adoption.reading import note
from adoption.show.maps import DISCLAIMER, DRAWN_WITHIN, MARKS, OUTLINES, disputed_lines, placed
from adoption.show.theme import BORDER, CONTEXT, INK, LAND, STATUS_COLOURS, status_classes
from adoption.words import counted, short_day, when_short

if TYPE_CHECKING:
    from adoption.law.status import Row, Status


Points = npt.NDArray[np.float64]

WIDTH = 1200  # units of the drawing: about a pixel of a wide screen
SOUTH, NORTH = -57, 84  # Antarctica has no status
SCALE = WIDTH / (2 * np.pi * 0.8707)
RADIUS = 5.5  # of the circle of a small state, and of the mark of a class
BORDERED = {"color": BORDER, "width": 0.7}
OUTLINED = {"color": CONTEXT, "width": 0.7}
CROSS = "M-5-2l3-3 2 2 2-2 3 3-2 2 2 2-3 3-2-2-2 2-3-3 2-2z"  # around its middle


def world_map(status: Status, states: pd.DataFrame) -> str:
    """Draw who has signed and who is bound as a picture, with its legend in words.

    Parameters
    ----------
    status : Status
        The convention on a day.
    states : DataFrame
        The table `states`, for the points on the map.

    Returns
    -------
    str
        HTML: a figure. The path and the circle of a state are in an `<a>` with its ISO3 code in
        `data-state`: whoever publishes the map knows where a state has a page.
    """
    frame = placed(status.participants, states)
    frame = frame[frame["kind"] != "organization"]
    frame["class"] = status_classes(frame)
    shown = [name for name in STATUS_COLOURS if (frame["class"] == name).any()]
    areas = _areas()
    within = {state: place for place, state in DRAWN_WITHIN.items()}
    frame["path"] = [areas.pop(i, "") + areas.pop(within.get(i, ""), "") for i in frame["iso3"]]
    large = frame[frame["marker_lon"].isna()]
    layers = [_layer(name, large[large["class"] == name]) for name in shown]
    little = frame[frame["marker_lon"].notna()]
    circles = [_layer(name, little[little["class"] == name]) for name in shown]
    lines = "".join(_path(_project(np.array(line))) for line in disputed_lines())
    top, height = _extent()
    numbers = frame["class"].value_counts()
    said = "; ".join(f"{name}: {counted(int(numbers[name]), 'state')}" for name in shown)
    keys = "".join(map(_key, shown))
    return (
        f'<figure class="world">\n<svg viewBox="-8 {top} {WIDTH + 16} {height}" role="group" '
        f'aria-label="World map. {escape(said)}.">\n'
        f'<path class="land" fill="{LAND}" {_line(OUTLINED)} d="{"".join(areas.values())}"/>\n'
        f"{''.join(layers)}"
        f'<path class="disputed" fill="none" stroke="{INK}" stroke-width="1" '
        f'stroke-dasharray="1 2" d="{lines}"/>\n{"".join(circles)}</svg>\n'
        f'<figcaption>\n<ul class="legend">{keys}</ul>\n'
        f'<p class="source">{escape(DISCLAIMER)}</p>\n</figcaption>\n</figure>'
    )


def state_title(row: Row) -> str:
    """Return what is known of a state in one line: its acts, their days and grade."""
    if row["status"] == NO_ACT:
        told = [NO_ACT]
    else:
        when = when_short(row["earliest"], row["latest"], row["open_ended"])
        told = [f"{row['act']} {when}, {row['grade']}"]
        if row["status"] != SIGNED and isinstance(row["signed_on"], pd.Timestamp):
            told.insert(0, f"signed {short_day(row['signed_on'])}")
    if isinstance(row["possible"], str):
        told.append(f"possibly {row['possible']} by then")
    return f"{row['name']}: {'; '.join(told)}"


def _layer(name: str, rows: pd.DataFrame) -> str:
    """Return the states of a class, each an `<a>` with its title."""
    if rows.empty:
        return ""
    links = "".join(_state(row, name) for row in rows.to_dict("records"))
    line = _line(OUTLINES.get(name, BORDERED))
    return f'<g class="{slug(name)}" fill="{STATUS_COLOURS[name]}" {line}>\n{links}</g>\n'


def _state(row: Row, name: str) -> str:
    drawn = f'<path d="{row["path"]}"/>' if row["path"] else ""
    kind = "label" if np.isnan(row["marker_lon"]) else "marker"
    if kind == "marker" or name in MARKS:
        ((x, y),) = _project(np.array([[row[f"{kind}_lon"], row[f"{kind}_lat"]]]))
        drawn += _mark(x, y, name)
    return f'<a data-state="{row["iso3"]}"><title>{escape(state_title(row))}</title>{drawn}</a>\n'


def _mark(x: int, y: int, name: str) -> str:
    mark = MARKS.get(name, {})
    line = _line(mark.get("line", OUTLINED))
    if mark.get("symbol") == "x":
        return f'<path class="cross" transform="translate({x} {y})" {line} d="{CROSS}"/>'
    return f'<circle cx="{x}" cy="{y}" r="{RADIUS}" {line}/>'


def _line(line: Mapping[str, Any]) -> str:
    return f'stroke="{line["color"]}" stroke-width="{line["width"]}"'


def _key(name: str) -> str:
    return (
        f'<li><svg viewBox="0 0 14 14" width="16" height="16" fill="{STATUS_COLOURS[name]}" '
        f'aria-hidden="true">{_mark(7, 7, name)}</svg> {name}</li>\n'
    )


def _areas() -> dict[str, str]:
    """Return the path of every area that has a status or is neutral land, by its id."""
    path = reference_folder() / "geometry" / "world_50m.json"
    note(path)
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(numbers: Iterable[int]) -> Points:
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    return {
        area["id"]: "".join(_ring(ring(numbers)) for polygon in area["arcs"] for numbers in polygon)
        for area in topology["objects"]["countries"]["geometries"]
    }


def _ring(points: Points) -> str:
    """Return a closed line; where it crosses the antimeridian, once for each side of the map."""
    lon, lat = np.unwrap(points[:, 0], period=360), points[:, 1]
    if lat.max() < SOUTH:
        return ""
    turns = [0] + [-360] * bool(lon.max() > 180) + [360] * bool(lon.min() < -180)
    return "".join(_path(_project(_cut(lon + turn, lat)), "z") for turn in turns)


def _cut(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> Points:
    """Return a closed line; what runs beyond the edge of the map runs along it instead."""
    beyond = np.abs(lon) > 180
    between = beyond & np.roll(beyond, 1) & np.roll(beyond, -1)
    return np.column_stack([np.clip(lon, -180, 180), lat])[~between]


def _project(points: Points) -> npt.NDArray[np.int_]:
    """Return points of the drawing: Natural Earth, the projection of every map here."""
    lon, lat = np.radians(points).T
    b, d = lat**2, lat**4
    x = lon * (0.8707 - 0.131979 * b + d * (-0.013791 + d * (0.003971 * b - 0.001529 * d)))
    y = lat * (1.007226 + b * (0.015085 + d * (-0.044475 + 0.028874 * b - 0.005916 * d)))
    drawn: Points = np.column_stack([WIDTH / 2 + SCALE * x, -SCALE * y])
    return np.rint(drawn).astype(int)


def _extent() -> tuple[int, int]:
    """Return the upper edge of the drawing, and its height."""
    (_, top), (_, bottom) = _project(np.array([[0, NORTH], [0, SOUTH]])).tolist()
    return top, bottom - top


def _path(points: npt.NDArray[np.int_], end: str = "") -> str:
    """Return a line as steps on the grid of the drawing, points that fall together left out."""
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    if len(steps) < (2 if end else 1):
        return ""
    written = " ".join(f"{x} {y}" for x, y in steps.tolist()).replace(" -", "-")
    return f"M{points[0, 0]} {points[0, 1]}l{written}{end}"
