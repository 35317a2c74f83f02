"""What a cell shows of a figure: its data, a picture and words, the same on every machine.

JupyterLab draws the data. GitHub, `jupyter nbconvert` and mail show the picture.
"""

from __future__ import annotations

import base64
import io
import math
import os
import re
import textwrap
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import resvg_py
from IPython.core.getipython import get_ipython
from IPython.display import display
from PIL import Image, ImageFont
from plotly.io._base_renderers import ExternalRenderer, PlotlyRenderer

from adoption.core.text import significant
from adoption.show.maps import ON_MAPS, WorldMap, offline
from adoption.show.svg import GLYPH, LINE, chart_svg
from adoption.show.theme import INK, MUTED, PAPER
from adoption.show.worldmap import map_keys, map_svg

PLOTLY, PNG = "application/vnd.plotly.v1+json", "image/png"
NO_UPLOAD = {"showSendToCloud": False}  # else plotly.js offers to share a figure in a cloud
MAP = "application/vnd.adoption.map+json"  # which nbval compares, and nothing shows
Below = tuple[list[str], float]  # parts of a drawing, and the height below them
WIDTH, EDGE = 860, 20
COLOURS = 64  # of a palette in PNG
VARIABLE = re.compile(r"var\(--[\w-]+,([^)]+)\)")
HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
DRAWING = re.compile(r'<svg xmlns="[^"]+"(?P<rest>.*?viewBox="(?P<box>[^"]+)".*)</svg>', re.DOTALL)


class FigureRenderer(ExternalRenderer):  # type: ignore[misc]
    """Shows plotly's figures in a notebook: their data, a picture and words.

    A map needs its geometry as well, so that it asks no network: 300 kB, which a notebook that no
    person runs does not keep. There it is a picture, with the value of each state.
    """

    def render(self, fig: dict[str, Any]) -> None:
        """Show a figure."""
        figure = as_output(fig)
        data: dict[str, Any] = {"text/plain": in_words(figure)}
        metadata: dict[str, dict[str, str]] = {}
        if not WorldMap.on_page:
            data, metadata = still(figure)
        if PNG not in data or in_cell() or not has_map(figure):
            data[PLOTLY] = figure
        else:
            data[MAP] = on_map(figure)
        display(data, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]


def show_picture(artist: Any, words: str) -> None:
    """Show a drawing of matplotlib, such as its axes, as a picture in few colours and in words."""
    from matplotlib import pyplot as plt

    file, figure = io.BytesIO(), artist.get_figure()
    figure.savefig(file, bbox_inches="tight")
    plt.close(figure)  # else the kernel shows it once more, without words
    picture = base64.b64encode(_with_palette(file.getvalue(), [])).decode()
    data, metadata = {PNG: picture, "text/plain": words}, {PNG: {"alt": words}}
    display(data, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]


def in_cell() -> bool:
    """Return whether a person sees the cell in JupyterLab, Jupyter Notebook or Voila.

    Jupyter's server names the session, and its pages name the cell that they run; Voila names
    itself. papermill, nbconvert and nbval do neither.
    """
    shell = get_ipython()
    request: dict[str, Any] = shell.get_parent() if shell and hasattr(shell, "get_parent") else {}
    in_lab = "JPY_SESSION_NAME" in os.environ and "cellId" in request.get("metadata", {})
    return in_lab or os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def has_map(figure: Mapping[str, Any]) -> bool:
    return bool({trace["type"] for trace in figure["data"]} & ON_MAPS)


def on_map(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a map shows of each state: its value, or else its class."""
    areas = [trace for trace in figure["data"] if trace["type"] == "choropleth"]
    return {
        state: trace.get("name") if len({*trace["z"]}) == 1 else value
        for trace in areas
        for state, value in zip(trace["locations"], trace["z"], strict=True)
    }


def in_words(figure: Mapping[str, Any]) -> str:
    """Return what a figure says."""
    layout = figure["layout"]
    meta = layout.get("meta")
    meta = meta if isinstance(meta, dict) else {"title": layout.get("title", {}).get("text")}
    words = [meta.get(name) for name in ("title", "subtitle", "alternative")]
    return "\n".join(filter(None, words)) or "Figure"


def still(figure: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Return a figure as a picture and words, and the metadata of the picture."""
    words = in_words(figure)
    alternative = (figure["layout"].get("meta") or {}).get("alternative") or words
    with suppress(Exception):  # a figure of a user's own may be of a kind that is not drawn
        picture = base64.b64encode(figure_png(figure)).decode()
        return {PNG: picture, "text/plain": words}, {PNG: {"alt": alternative}}
    return {"text/plain": words}, {}


def as_output(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure as JSON: arrays as lists, numbers rounded, a map with its geometry."""
    bundle = PlotlyRenderer().to_mimebundle(figure)
    output: dict[str, Any] = rounded(bundle[PLOTLY])
    geometry = offline() if has_map(output) else {}
    return output | {"config": output.get("config", {}) | NO_UPLOAD | geometry}


def rounded(node: Any) -> Any:
    """Return a part of a figure as JSON: arrays as lists, numbers with their first six digits."""
    if isinstance(node, float):
        return None if math.isnan(node) else significant(node)
    if isinstance(node, list):
        return [*map(rounded, node)]
    if not isinstance(node, dict):
        return node
    if "bdata" in node:  # how plotly packs an array
        values = np.frombuffer(base64.b64decode(node["bdata"]), node["dtype"])
        shape = [int(size) for size in str(node.get("shape", values.size)).split(",")]
        return rounded(values.reshape(shape).tolist())
    return {name: rounded(part) for name, part in node.items()}


def figure_png(figure: Mapping[str, Any]) -> bytes:
    """Return a figure with its title, legend and source as PNG."""
    meta, inner = figure["layout"].get("meta") or {}, WIDTH - 2 * EDGE
    title = meta.get("title") or figure["layout"].get("title", {}).get("text", "")
    parts, down = _words(title, EDGE, 20, INK, "bold")
    subtitle, down = _words(meta.get("subtitle", ""), down, 14, MUTED)
    drawn = map_svg(figure, "") if has_map(figure) else chart_svg(figure, inner, "", "figure")
    body = DRAWING.search(drawn.partition('<ul class="legend">')[0])
    assert body, "a drawing is an svg element"
    _, _, wide, high = map(float, body["box"].split())
    height = inner * high / wide
    place = f'x="{EDGE}" y="{down + 8}" width="{inner}" height="{height}"'
    legend, down = _legend(figure, down + height + 16)
    source, down = _words(meta.get("source", ""), down, 11, MUTED)
    parts += [*subtitle, f"<svg {place}{body['rest']}</svg>", *legend, *source]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {down + EDGE}" '
        f'width="{WIDTH}" height="{down + EDGE}">{"".join(parts)}</svg>'
    )
    return _with_palette(svg_png(svg), [PAPER, *HEX.findall(VARIABLE.sub(r"\1", svg))])


def svg_png(svg: str) -> bytes:
    """Return a drawing as PNG, on paper."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=VARIABLE.sub(r"\1", svg),
            background=PAPER,
            font_files=_fonts(),
            skip_system_fonts=True,
            font_family="DejaVu Sans",
        )
    )


def _fonts() -> list[str]:
    """Return the files of a font that matplotlib brings, without a wait for its import."""
    package = find_spec("matplotlib")
    assert package, "matplotlib is a dependency"
    folder = Path(str(package.origin)).parent / "mpl-data" / "fonts" / "ttf"
    return [str(folder / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]


@cache
def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return that font for words on a picture, which an SVG draws in five times the time."""
    return ImageFont.truetype(_fonts()[bold], size)


def _with_palette(picture: bytes, named: list[str]) -> bytes:
    """Return a picture in few colours: those named, then those of most pixels.

    It takes less than half the bytes, and what a legend names is drawn in exactly its colour.
    """
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(int)
    place, colours = pd.factorize((pixels @ [1 << 16, 1 << 8, 1]).ravel())
    is_named = np.isin(colours, [int(colour[1:], 16) for colour in named])
    order = np.lexsort((-np.bincount(place), ~is_named))
    channels = colours[order, None] >> [16, 8, 0] & 255
    kept = channels[:COLOURS]
    nearest = np.empty(len(colours), "uint8")
    nearest[order] = [((kept - colour) ** 2).sum(axis=1).argmin() for colour in channels]
    few = Image.fromarray(nearest[place].reshape(pixels.shape[:2]), "P")
    few.putpalette(kept.astype("uint8").tobytes())
    file = io.BytesIO()
    few.save(file, "PNG", compress_level=8)  # a notebook keeps it: a twentieth less
    return file.getvalue()


def _words(text: str, down: float, size: float, colour: str, weight: str = "normal") -> Below:
    """Return a text in lines below a height, and the height below them."""
    most = int((WIDTH - 2 * EDGE) / (size * GLYPH * 1.06))
    lines = textwrap.wrap(re.sub(r"<[^>]+>", " ", text), most)
    drawn = [
        f'<text x="{EDGE}" y="{down + size * (1 + LINE * number)}" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]
    return drawn, down + size * LINE * len(lines) + 4


def _legend(figure: Mapping[str, Any], down: float) -> Below:
    """Return the classes of a map with their marks, if it is one, and the height below them."""
    drawn, across, size = [], float(EDGE), 13
    for name, mark in map_keys(figure):
        wide = 34 + len(name) * size * GLYPH
        if across + wide > WIDTH - EDGE:
            across, down = EDGE, down + size * 1.7
        drawn.append(
            f'<g transform="translate({across + 9} {down + 12})">{mark}</g><text x="{across + 22}" '
            f'y="{down + 17}" font-size="{size}" fill="{INK}">{escape(name)}</text>'
        )
        across += wide
    return drawn, down + (size * 2.2 if drawn else 0)
