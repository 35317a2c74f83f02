"""A figure as a picture, with its title, legend and source, and a drawing as PNG."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import resvg_py
from PIL import Image, ImageFont

from adoption.press.elements import LINE_HEIGHT
from adoption.press.figures import GLYPH, has_map
from adoption.press.style import Style
from adoption.press.svg import draw_chart
from adoption.press.worldmap import draw_map, map_keys

Below = tuple[list[str], float]  # parts of a drawing, and the height below them
WIDTH, EDGE = 860, 20
PALETTE_SIZE = 64  # of a palette in PNG
VARIABLE = re.compile(r"var\(--[\w-]+,([^)]+)\)")
HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")


def figure_png(figure: Mapping[str, Any], style: Style) -> bytes:
    """Return a figure with its title, legend and source as PNG."""
    meta = figure["layout"].get("meta") or {}
    inner = WIDTH - 2 * EDGE
    title = meta.get("title") or figure["layout"].get("title", {}).get("text", "")
    parts, down = _words(title, EDGE, 20, style.ink, "bold")
    subtitle, down = _words(meta.get("subtitle", ""), down, 14, style.muted)
    if has_map(figure):
        drawn = draw_map(figure, style)
    else:
        drawn = draw_chart(figure, inner, "figure", style)
    picture, height = drawn.part(EDGE, down + 8, inner)
    legend, down = _legend(figure, down + height + 16, style)
    source, down = _words(meta.get("source", ""), down, 11, style.muted)
    parts += [*subtitle, picture, *legend, *source]
    height = down + EDGE
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'
    colours = HEX.findall(VARIABLE.sub(r"\1", svg))
    return with_palette(svg_png(svg, style), [style.paper, *colours])


def svg_png(svg: str, style: Style) -> bytes:
    """Return a drawing as PNG, on paper."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=VARIABLE.sub(r"\1", svg),
            background=style.paper,
            font_files=[*style.fonts()],
            skip_system_fonts=True,
            font_family=style.family,
        )
    )


def font(style: Style, size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return a font for words on a picture, which an SVG draws in five times the time."""
    return _font(style.fonts()[bold], size)


@cache
def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)


def with_palette(picture: bytes, named: list[str]) -> bytes:
    """Return a picture in few colours: those named, then those of most pixels.

    It takes less than half the bytes, and what a legend names is drawn in exactly its colour.
    """
    rgb = Image.open(io.BytesIO(picture)).convert("RGB")
    pixels = np.asarray(rgb).astype(int)
    numbers = pixels @ [1 << 16, 1 << 8, 1]
    index, colours = pd.factorize(numbers.ravel())
    is_named = np.isin(colours, [int(colour[1:], 16) for colour in named])
    order = np.lexsort((-np.bincount(index), ~is_named))
    channels = colours[order, None] >> [16, 8, 0] & 255
    kept = channels[:PALETTE_SIZE]
    nearest = np.empty(len(colours), "uint8")
    nearest[order] = [((kept - colour) ** 2).sum(axis=1).argmin() for colour in channels]
    few = Image.fromarray(nearest[index].reshape(pixels.shape[:2]), "P")
    few.putpalette(kept.astype("uint8").tobytes())
    file = io.BytesIO()
    few.save(file, "PNG", compress_level=8)  # a notebook keeps it: a twentieth less
    return file.getvalue()


def _words(text: str, down: float, size: float, colour: str, weight: str = "normal") -> Below:
    """Return a text in lines below a height, and the height below them."""
    most = int((WIDTH - 2 * EDGE) / (size * GLYPH * 1.06))
    lines = textwrap.wrap(re.sub(r"<[^>]+>", " ", text), most)
    drawn = []
    font = f'font-size="{size}" font-weight="{weight}" fill="{colour}"'
    for number, line in enumerate(lines):
        y = down + size * (1 + LINE_HEIGHT * number)
        drawn.append(f'<text x="{EDGE}" y="{y}" {font}>{escape(line)}</text>')
    return drawn, down + size * LINE_HEIGHT * len(lines) + 4


def _legend(figure: Mapping[str, Any], down: float, style: Style) -> Below:
    """Return the classes of a map with their marks, if it is one, and the height below them."""
    drawn, across, size = [], float(EDGE), 13
    for name, mark in map_keys(figure, style):
        wide = 34 + len(name) * size * GLYPH
        if across + wide > WIDTH - EDGE:
            across, down = EDGE, down + size * 1.7
        ink = f'font-size="{size}" fill="{style.ink}"'
        label = f'<text x="{across + 22}" y="{down + 17}" {ink}>{escape(name)}</text>'
        drawn.append(f'<g transform="translate({across + 9} {down + 12})">{mark}</g>{label}')
        across += wide
    return drawn, down + (size * 2.2 if drawn else 0)
