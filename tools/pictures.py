"""Add a picture to each figure of the notebooks, for tools that draw no plotly figures.

GitHub, `jupyter nbconvert` and mail show the picture; JupyterLab draws the figure itself. The
same figure gives the same bytes. `make notebooks` calls this, and so can you, with the names of
some notebooks: python -m tools.pictures [NOTEBOOK ...]
"""

from __future__ import annotations

import base64
import io
import json
import re
import sys
import textwrap
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import matplotlib as mpl
import resvg_py
from PIL import Image

import adoption as ad
from adoption.files import write_whole
from adoption.reports.pages.svg import GLYPH, LINE, chart_svg, mark_shape, mark_style
from adoption.reports.pages.worldmap import map_svg
from adoption.show.maps import ON_MAPS
from adoption.show.theme import INK, MUTED, PAPER

ROOT = Path(__file__).parents[1]
PLOTLY, PNG = "application/vnd.plotly.v1+json", "image/png"
WIDTH, EDGE, ZOOM, COLOURS = 860, 20, 1.0, 32
FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
VARIABLE = re.compile(r"var\(--\w+,([^)]+)\)")
DRAWING = re.compile(r'<svg xmlns="[^"]+"(?P<rest>.*?viewBox="(?P<box>[^"]+)".*)</svg>', re.DOTALL)


def figure_png(figure: Mapping[str, Any]) -> bytes:
    """Return a figure with its title, legend and source as PNG."""
    meta, inner = figure["layout"]["meta"], WIDTH - 2 * EDGE
    parts, down = _words(meta["title"], EDGE, 20, INK, "bold")
    more, down = _words(meta["subtitle"], down, 14, MUTED)
    on_map = {trace["type"] for trace in figure["data"]} & ON_MAPS
    drawn = map_svg(figure, "") if on_map else chart_svg(figure, inner, "", "figure")
    body = DRAWING.search(drawn.partition('<ul class="legend">')[0])
    assert body, "a drawing is an svg element"
    _, _, wide, high = map(float, body["box"].split())
    height = inner * high / wide
    parts += more
    parts.append(
        f'<svg x="{EDGE}" y="{down + 8}" width="{inner}" height="{height}"{body["rest"]}</svg>'
    )
    down += height + 16
    if on_map:
        more, down = _legend(figure, down)
        parts += more
    more, down = _words(meta["source"], down, 11, MUTED)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {down + EDGE}" '
        f'width="{WIDTH}" height="{down + EDGE}">{"".join([*parts, *more])}</svg>'
    )
    files = [str(FONTS / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
    picture = resvg_py.svg_to_bytes(
        svg_string=VARIABLE.sub(r"\1", svg), background=PAPER, zoom=ZOOM, font_files=files,
        skip_system_fonts=True, font_family="DejaVu Sans",
    )  # fmt: skip
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _words(
    text: str, down: float, size: float, colour: str, weight: str = "normal"
) -> tuple[list[str], float]:
    """Return a text in lines below a height, and the height below them."""
    most = int((WIDTH - 2 * EDGE) / (size * GLYPH * 1.06))
    lines = textwrap.wrap(re.sub(r"<[^>]+>", " ", text), most)
    drawn = [
        f'<text x="{EDGE}" y="{down + size * (1 + LINE * number)}" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]
    return drawn, down + size * LINE * len(lines) + 4


def _legend(figure: Mapping[str, Any], down: float) -> tuple[list[str], float]:
    """Return the classes of a map with their marks, and the height below them."""
    drawn, across, size = [], float(EDGE), 13
    for trace in figure["data"]:
        if trace.get("lon") != [None]:
            continue
        wide = 34 + len(trace["name"]) * size * GLYPH
        if across + wide > WIDTH - EDGE:
            across, down = EDGE, down + size * 1.7
        marker = trace["marker"]
        drawn.append(
            f'<g transform="translate({across + 9} {down + 12})" {mark_style(marker, 0)}>'
            f"{mark_shape(marker, 0, (0, 0), '')}</g>"
            f'<text x="{across + 22}" y="{down + 17}" font-size="{size}" fill="{INK}">'
            f"{escape(trace['name'])}</text>"
        )
        across += wide
    return drawn, down + size * 2.2


def add_pictures(path: Path) -> int:
    """Write a picture beside each figure of a notebook, and return how many there are."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    outputs = [out for cell in notebook["cells"] for out in cell.get("outputs", [])]
    figures = [out["data"] for out in outputs if PLOTLY in out.get("data", {})]
    for data in figures:
        data[PNG] = base64.b64encode(figure_png(data[PLOTLY])).decode() + "\n"
    if figures:
        text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=False) + "\n"
        write_whole(path, text.encode())
    return len(figures)


def main() -> None:
    """Add pictures to notebooks, by default to all; write the README's."""
    named = [Path(name) for name in sys.argv[1:]]
    for path in named or sorted((ROOT / "notebooks").glob("*.ipynb")):
        print(f"{path.name}: {add_pictures(path)} pictures")
    if not named:
        shown = {
            "status-map": ad.status("hanoi").chart("map"),
            "entry-into-force": ad.forecast("hanoi").chart("fan"),
        }
        for name, figure in shown.items():
            write_whole(ROOT / "docs" / f"{name}.png", figure_png(figure.to_plotly_json()))


if __name__ == "__main__":
    main()
