"""What every figure of the suite keeps to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from adoption.reports.pages.render import PLOTLY_TYPE
from adoption.show import theme
from tests.test_notebooks import NOTEBOOKS

HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")


def figures(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the figures that a notebook holds, each with its cell's id."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        (cell["id"], output["data"][PLOTLY_TYPE])
        for cell in cells
        for output in cell.get("outputs", [])
        if PLOTLY_TYPE in output.get("data", {})
    ]


each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def values(node: Any) -> Iterator[str]:
    """Return every text inside some JSON."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, (dict, list)):
        for part in node.values() if isinstance(node, dict) else node:
            yield from values(part)


def palette() -> set[str]:
    """Return the colours that the theme gives a meaning."""
    named = [value for value in vars(theme).values() if isinstance(value, str)]
    sets = (theme.STATUS_COLOURS.values(), theme.TIERS, theme.READABLE.values(), named)
    return {colour.upper() for colour in chain(*sets) if HEX.fullmatch(colour)}


@each
def test_each_figure_has_a_picture_for_tools_that_draw_none(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [out["data"] for cell in cells for out in cell.get("outputs", []) if "data" in out]
    without = [data for data in shown if PLOTLY_TYPE in data and "image/png" not in data]
    assert without == [], "run `make notebooks`"


@each
def test_it_has_words_and_the_look_of_the_suite(path: Path) -> None:
    for cell, figure in figures(path):
        layout, template = figure["layout"], figure["layout"]["template"]["layout"]
        assert set(layout["meta"]) == {"title", "subtitle", "source", "alternative", "height"}, cell
        for words in map(str, layout["meta"].values()):
            assert words.strip()
            assert not re.search(r"\b(nan|None|NaT)\b", words), cell
        assert (template["plot_bgcolor"], template["font"]["family"]) == (theme.PAPER, theme.FONT)
        assert layout["height"] == layout["meta"]["height"]
        own = {name: part for name, part in layout.items() if name != "template"}
        used = {c.upper() for text in values([figure["data"], own]) for c in HEX.findall(text)}
        assert used <= palette(), cell


@each
def test_a_status_has_its_own_colour(path: Path) -> None:
    for cell, figure in figures(path):
        for trace in figure["data"]:
            colour = theme.STATUS_COLOURS.get(trace.get("name", ""))
            places = [trace.get(name, {}) for name in ("marker", "line")] + [trace]
            own = {text for text in values(places) if HEX.fullmatch(text)}
            scale = json.dumps(trace.get("colorscale"))
            assert colour is None or colour in own or colour in scale, (cell, trace["name"])


@each
def test_no_legend_lies_over_the_data_and_numbers_have_few_digits(path: Path) -> None:
    for cell, figure in figures(path):
        layout = figure["layout"]
        notes = [note.get(axis) for note in layout["annotations"] for axis in ("x", "y")]
        data = [trace.get(n) for trace in figure["data"] for n in ("x", "y", "z", "lat", "lon")]
        digits = [len(number.split(".")[1]) for number in numbers([data, notes])]
        assert max(digits, default=0) <= theme.DIGITS, cell
        named = [t for t in figure["data"] if t.get("name") and t.get("showlegend", True)]
        if len(named) >= 2 and layout.get("showlegend") is not False:
            legend = layout["template"]["layout"]["legend"] | layout.get("legend", {})
            assert legend["orientation"] == "h", cell
            assert (legend["yanchor"], legend["y"] > 0) in (("top", False), ("bottom", True)), cell


def numbers(node: Any) -> Iterator[str]:
    """Return every fraction inside some JSON, as it is written."""
    if isinstance(node, float) and "e" not in repr(node):
        yield repr(node)
    elif isinstance(node, list):
        for part in node:
            yield from numbers(part)
