"""A plotly map as SVG: the areas of the style's own world, marks and lines."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from adoption.press.elements import mark_shape, mark_style, stroke, unbroken
from adoption.press.geometry import NORTH, SOUTH, WIDTH, areas, extent, path_of, project, within
from adoption.press.style import Style
from adoption.press.svg import EXTRA, Drawn

MARGIN = 8  # units beside the world, for marks at its edge
EDGE = np.linspace(0, 1, 9)  # parts of an edge of a map at which it is measured
LEGEND_SIGN = '<svg viewBox="-9 -9 18 18" width="16" height="16" aria-hidden="true">{}</svg>'


def map_svg(figure: Mapping[str, Any], label: str, style: Style) -> str:
    """Draw a map with its legend: each area with what it tells, each class with its mark."""
    drawn = draw_map(figure, style)
    keys = [
        f"<li>{LEGEND_SIGN.format(mark)} {escape(name)}</li>"
        for name, mark in map_keys(figure, style)
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="{drawn.view_box}" aria-label="{escape(label)}">{drawn.body}</svg>'
    )
    legend = f'<ul class="legend">{"".join(keys)}</ul>'
    return f'<div class="world">{svg}\n{legend}</div>'


def draw_map(figure: Mapping[str, Any], style: Style) -> Drawn:
    """Draw the areas, marks and lines of a map."""
    if style.world is None:
        raise ValueError("a map needs the areas of the world, and the style has none")
    box, enlarged = _view(figure["layout"].get("geo", {}))
    shapes = areas(style.world(), enlarged)
    if enlarged > 1:
        shapes = {area: shapes[area] for area in within(style.world(), box, enlarged)}
    parts = list[str]()
    drawn: set[str] = set()
    for trace in figure["data"]:
        if trace["type"] == "choropleth":
            drawn |= set(trace["locations"])
            colour = style.css(trace["colorscale"][0][1])
            outline = stroke(style, **trace["marker"]["line"])
            parts.append(f'<g fill="{colour}" {outline}>')
            for area, text_of_area in zip(trace["locations"], trace["text"], strict=True):
                if area in shapes:
                    parts.append(f'<path d="{shapes[area]}">{_title(text_of_area)}</path>')
            parts.append("</g>")
        elif trace["mode"] == "lines":
            pen = stroke(style, **trace["line"])
            parts.append(f'<path fill="none" {pen} d="{_lines(trace, enlarged)}"/>')
        elif trace["lon"] != [None]:
            marker = trace["marker"]
            lon_lat = np.array([trace["lon"], trace["lat"]], dtype=float).T
            points = project(lon_lat, enlarged).tolist()
            for number, point in enumerate(points):
                shape = mark_shape(marker, number, point, _title(trace["text"][number]))
                parts.append(f"<g {mark_style(marker, number, style)}>{shape}</g>")
    land = "".join(path for area, path in shapes.items() if area not in drawn)
    body = f'\n<path fill="{style.css(style.land)}" d="{land}"/>\n{"".join(parts)}'
    return Drawn(box, "", body)


def _view(geo: Mapping[str, Any]) -> tuple[tuple[float, float, float, float], int]:
    """Return the box of what is drawn, and how many times larger than the whole world it is.

    A part of the world is drawn on a finer grid, so that marks and lines keep their size.
    """
    west, east = geo.get("lonaxis", {}).get("range", (-180, 180))
    south, north = geo.get("lataxis", {}).get("range", (SOUTH, NORTH))
    if (west, east) == (-180, 180):
        top, height = extent()
        return (-MARGIN, top, WIDTH + 2 * MARGIN, height), 1
    lon, lat = west + EDGE * (east - west), south + EDGE * (north - south)
    corners = [
        *((x, y) for x in (west, east) for y in lat),
        *((x, y) for x in lon for y in (south, north)),
    ]
    across = np.ptp(project(np.array(corners, dtype=float))[:, 0])
    enlarged = max(round(WIDTH / across), 1)
    drawn = project(np.array(corners, dtype=float), enlarged)
    (left, top), (right, bottom) = drawn.min(axis=0).tolist(), drawn.max(axis=0).tolist()
    return (left, top, right - left, bottom - top), enlarged


def map_keys(figure: Mapping[str, Any], style: Style) -> list[tuple[str, str]]:
    """Return the name of each class of a map with its mark, around a place of its own."""
    keys = [(t["name"], t["marker"]) for t in figure["data"] if t.get("lon") == [None]]
    return [
        (name, f"<g {mark_style(marker, 0, style)}>{mark_shape(marker, 0, (0, 0), '')}</g>")
        for name, marker in keys
    ]


def _title(said: str) -> str:
    return f"<title>{escape(EXTRA.sub('', said).replace('<br>', '; '))}</title>"


def _lines(trace: Mapping[str, Any], enlarged: int) -> str:
    """Return lines between which there are gaps."""
    both = zip(trace["lon"], trace["lat"], strict=True)
    runs = unbroken([None if lon is None else (lon, lat) for lon, lat in both])
    return "".join(path_of(project(np.array(run), enlarged)) for run in runs)
