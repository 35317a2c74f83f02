"""Every stroke and fill of a figure is seen on its paper: in light, in the dark and in print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from adoption import tables
from adoption.figures.theme import DARK, INK, LIGHT, PAPER, STYLE
from adoption.law.status import load_status
from adoption.press.svg import chart_svg
from adoption.show.drawings import world_svg
from adoption.show.world import world_map
from tests.browser import oracle
from tests.show.colour import blended, contrast

PRINT = LIGHT | {"no-act": LIGHT["context"]}  # as the style sheet has it on paper
SCHEMES = {"light": LIGHT, "dark": DARK, "print": PRINT}
PAINT = re.compile(
    r'(?P<what>fill|stroke)="(?P<colour>[^"]+)"(?: (?P=what)-opacity="(?P<opacity>[^"]+)")?'
)
ROLE = re.compile(r"var\(--([\w-]+),#[0-9A-F]{6}\)")
# Of what is meant to be faint, or to be no mark at all: lines of a grid, areas without a status,
# the paper between marks; how well a list is known is told in words too.
FAINT = {
    "grid": 1.15,
    "land": 1.05,
    "paper": 1.0,
    "no-act": 1.4,
    "missing": 1.4,
    "tier-1": 1.2,
    "tier-2": 1.5,
}
LEAST = 1.8
SET_BY_SHEET = {INK: "ink", PAPER: "paper"}  # signs of a verdict, drawn for paper
SVG = re.compile("<svg.*?</svg>", re.DOTALL)
SHADES = {"context"}  # with some opacity: how far a list reaches


def paints(svg: str) -> Iterator[tuple[str, float]]:
    """Give the role and the opacity of each fill and stroke that is one."""
    for found in PAINT.finditer(svg):
        if found["colour"] == "none" or found["colour"].startswith("url("):
            continue
        role = ROLE.fullmatch(found["colour"])
        name = role[1] if role else SET_BY_SHEET.get(found["colour"])
        assert name, f"{found[0]} stays as it is in the dark"
        yield name, float(found["opacity"] or 1)


def drawings() -> Iterator[tuple[str, str]]:
    """Give every figure and drawing of the committed notebooks that is drawn here, and a map."""
    for path in sorted(oracle.NOTEBOOKS.glob("*.ipynb")):
        notebook = oracle.read(path)
        outputs = [o for cell in notebook["cells"] for o in cell.get("outputs", [])]
        shown = ["".join(o.get("data", {}).get("text/html", "")) for o in outputs]
        parts = [svg for html in shown for svg in SVG.findall(html)]
        if parts:
            yield f"{path.stem}, of templates", "".join(parts)
        for number, figure in enumerate(oracle.figures_of(notebook), start=1):
            if not any(trace["type"] in ("heatmap", "choropleth") for trace in figure["data"]):
                yield f"{path.stem} {number}", chart_svg(figure, 960, "", "figure", STYLE)
    status = load_status("hanoi", tables.data_day())
    yield "map", world_svg(world_map(status, tables.read("states")))


@cache
def drawn() -> dict[str, str]:
    """Return what `drawings` gives, drawn once for all schemes."""
    return dict(drawings())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_stroke_and_fill_is_seen_on_its_paper(scheme: str) -> None:
    palette = SCHEMES[scheme]
    lost = {
        (name, role, opacity)
        for name, svg in drawn().items()
        for role, opacity in set(paints(svg))
        if role not in SHADES or opacity == 1
        if contrast(blended(palette[role], palette["paper"], opacity), palette["paper"])
        < FAINT.get(role, LEAST if opacity > 0.3 else 1.2)
    }
    assert lost == set()
