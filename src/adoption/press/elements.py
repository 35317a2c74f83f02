"""Elements of SVG: lines, marks, rectangles and words, with the attributes of their looks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby, pairwise
from typing import Any

from adoption.press.axis import FigurePart
from adoption.press.figures import TEXT_TAGS
from adoption.press.style import Style

LINE_HEIGHT = 1.3  # height of a line of text in parts of its size
DASHES = {"dot": "1.5 3", "dash": "6 4"}
# One table, an entry a symbol: the corners of its outline, from its middle, in half sizes.
SYMBOLS: Mapping[str, Sequence[tuple[float, float]]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle-up": ((-1.15, 0.5), (0, -1), (1.15, 0.5)),
    "triangle-down": ((-1.15, -0.5), (0, 1), (1.15, -0.5)),
    "x": (
        (-1.13, -0.57),
        (-0.57, -1.13),
        (0, -0.57),
        (0.57, -1.13),
        (1.13, -0.57),
        (0.57, 0),
        (1.13, 0.57),
        (0.57, 1.13),
        (0, 0.57),
        (-0.57, 1.13),
        (-1.13, 0.57),
        (-0.57, 0),
    ),
}
RGBA = re.compile(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)")
BOLD = re.compile(r"<b>(.*?)</b>")


def unbroken(points: Sequence[Any]) -> list[list[Any]]:
    """Return the runs of points without a gap."""
    runs = groupby(points, lambda point: point is not None)
    return [list(run) for is_there, run in runs if is_there]


def step_corners(points: Sequence[Any], shape: str) -> list[Any]:
    """Return the points of a line, with the corners of its steps if its shape has any."""
    if shape != "hv":
        return list(points)
    corners = list(points[:1])
    for before, after in pairwise(points):
        corners += [(after[0], before[1]), after]
    return corners


def line_path(points: Sequence[Any], shape: str) -> str:
    """Return a line; a step along one axis names the other no more."""
    corners = [(px(x), px(y)) for x, y in step_corners(points, shape)]
    path = "M{} {}".format(*corners[0]) if corners else ""
    for (x, y), (x_end, y_end) in pairwise(corners):
        if y == y_end:
            path += f"H{x_end}" if x != x_end else ""
        else:
            path += f"V{y_end}" if x == x_end else f"L{x_end} {y_end}"
    return path


def mark_style(marker: FigurePart, index: int, style: Style) -> str:
    """Return the attributes of the mark of a point: its colour, line and opacity."""
    symbol = str(nth_value(marker.get("symbol", "circle"), index))
    colour = str(nth_value(marker.get("color", style.context), index))
    line, bubble = marker.get("line", {}), isinstance(marker.get("size"), list)
    width = nth_value(line.get("width", int(bubble)), index)
    edge = nth_value(line.get("color", style.paper if bubble else style.ink), index)
    looks = paint(style, "fill", colour) + (f" {stroke(style, edge, width)}" if width else "")
    if symbol.endswith("-open"):
        looks = f'fill="none" {stroke(style, colour, width or 1)}'
    elif symbol.startswith("line"):
        looks = f'fill="none" {stroke(style, edge, width)}'
    alpha = marker.get("opacity", 0.7 if bubble else 1)
    return looks + (f' opacity="{alpha}"' if alpha != 1 else "")


def mark_shape(marker: FigurePart, index: int, point: Any, title: str) -> str:
    """Return the mark of a point: its symbol and size."""
    symbol = str(nth_value(marker.get("symbol", "circle"), index)).removesuffix("-open")
    radius = float(nth_value(marker.get("size", 6), index)) / 2
    x, y = point
    if symbol == "circle":
        return f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(radius)}">{title}</circle>'
    if symbol == "line-ns":
        ends = f"M{px(x)} {px(y - 1.4 * radius)}V{px(y + 1.4 * radius)}"
        return f'<path d="{ends}">{title}</path>'
    return f'<path d="{outline_of(symbol, x, y, radius)}">{title}</path>'


def outline_of(symbol: str, x: float, y: float, radius: float = 4.6) -> str:
    """Return the outline of a symbol around a point, as a path."""
    corners = [(x + radius * across, y + radius * down) for across, down in SYMBOLS[symbol]]
    return f"{line_path(corners, 'linear')}z"


def rectangle(
    left: float, top: float, right: float, bottom: float, looks: str, title: str = ""
) -> str:
    """Return a rectangle from its sides."""
    size = f'width="{px(right - left)}" height="{px(bottom - top)}"'
    return f'<rect x="{px(left)}" y="{px(top)}" {size} {looks}>{title}</rect>'


def stroke(style: Style, color: Any, width: Any = 2, dash: str = "", **_: Any) -> str:
    """Return the attributes of a line of plotly's."""
    dashed = f' stroke-dasharray="{DASHES[dash]}"' if dash in DASHES else ""
    return f'{paint(style, "stroke", str(color))} stroke-width="{width}"{dashed}'


def paint(style: Style, attribute: str, colour: str) -> str:
    """Return the attributes of a fill or a stroke: how much shines through stands apart.

    So a style sheet can replace the colour of a band in the dark, as that of any line.

    Examples
    --------
    >>> paint(Style(roles={"#042A54": "party"}), "fill", "rgba(4,42,84,0.14)")
    'fill="var(--party,#042A54)" fill-opacity="0.14"'
    """
    match = RGBA.fullmatch(colour)
    if not match:
        return f'{attribute}="{style.css(colour)}"'
    *channels, opacity = match.groups()
    solid = "#" + "".join(f"{int(channel):02X}" for channel in channels)
    return f'{attribute}="{style.css(solid)}" {attribute}-opacity="{opacity}"'


def text_element(text: str, x: float, y: float, size: float, anchor: str, upright: str) -> str:
    """Return words, with their line breaks and what is bold."""
    lines = text.replace("  ", "\u00a0 ").split("<br>")
    above = {"top": 0.93, "middle": 0.35 - LINE_HEIGHT * (len(lines) - 1) / 2}
    first = y + size * above.get(upright, -0.24 - LINE_HEIGHT * (len(lines) - 1))
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    parts = []
    for number, line in enumerate(lines):
        attributes = f'x="{px(x)}" y="{px(first + number * size * LINE_HEIGHT)}"{placed}'
        parts_of_line = BOLD.split(line)  # every other is bold
        words = [escape(TEXT_TAGS.sub("", part)) for part in parts_of_line]
        words[1::2] = [f'<tspan font-weight="600">{part}</tspan>' for part in words[1::2]]
        parts.append(f'<text {attributes} font-size="{px(size)}">{"".join(words)}</text>')
    return "".join(parts)


def nth_value(value: Any, index: int) -> Any:
    """Return the value of a mark, where the attribute may be one for all; None beyond the last."""
    if not isinstance(value, (list, tuple)):
        return value
    return value[index] if index < len(value) else None


def px(number: float) -> str:
    """Return a length without needless digits."""
    return f"{round(number, 1) + 0.0:g}"
