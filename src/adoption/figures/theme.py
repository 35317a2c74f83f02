"""The palette, the plotly template and the words around every figure."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from adoption.core.paths import reference_folder
from adoption.core.reading import record_read
from adoption.press.style import Style

if TYPE_CHECKING:
    import plotly.graph_objects as go

# Every colour by what it means: on paper, and in the dark. The pages' style sheet is made from it.
PALETTE: Mapping[str, tuple[str, str]] = {
    "ink": ("#1D2733", "#E7EBEF"),
    "muted": ("#56616D", "#A7B1BC"),
    "grid": ("#E4E8EC", "#2A343F"),
    "paper": ("#FFFFFF", "#11171D"),
    "soft": ("#F5F7F9", "#1A222A"),
    "link": ("#0B4A82", "#8FC1F2"),
    "land": ("#F1F3F5", "#1A222A"),  # that has no status: areas outside the table of states
    "context": ("#9AA4AF", "#7D8996"),  # beside the subject, and never confused with it
    "no-act": ("#D5D9DE", "#2C353F"),
    "signed": ("#3079BC", "#3F86CC"),
    "reported": ("#E8A33D", "#E8A33D"),
    "reported-words": ("#8A5600", "#E8A33D"),  # darker: read on paper
    "party": ("#042A54", "#D9E9FB"),  # and the convention or state that a figure is about
    "withdrawn": ("#9B2D30", "#E5888A"),
    "missing": ("#C9CDD3", "#39424C"),  # not known: never a class of the tiers, from low to high
    "tier-1": ("#F0E6B8", "#6A602F"),
    "tier-2": ("#A5D3BC", "#2F6F75"),
    "tier-3": ("#4F9E97", "#57A69F"),
    "tier-4": ("#1D6D78", "#A5D3BC"),
    "tier-5": ("#0A3B47", "#E3F4EC"),
}
LIGHT, DARK = ({role: pair[scheme] for role, pair in PALETTE.items()} for scheme in (0, 1))
ROLE_OF_COLOUR = {colour: role for role, colour in LIGHT.items()}
INK, MUTED, GRID, PAPER = (LIGHT[role] for role in ("ink", "muted", "grid", "paper"))
LAND, CONTEXT, SUBJECT, MISSING = (LIGHT[role] for role in ("land", "context", "party", "missing"))
BORDER = PAPER
COLOURWAY = (SUBJECT, CONTEXT)  # of series that state no colour
TIER_COLOURS = tuple(LIGHT[f"tier-{number}"] for number in range(1, 6))
READABLE_COLOURS = {LIGHT["reported"]: LIGHT["reported-words"], CONTEXT: MUTED}  # of words on paper

# How a style sheet has stripes: all over a mark, or beside the words of a cell.
STRIPES = "background:repeating-linear-gradient(135deg,{colour} 0 2px,transparent 2px 4px)"
STRIPES_AT_SIDE = f"{STRIPES} 0 0/.8em 100% no-repeat"
LETTERS_A_LINE = 130  # of the source line in JupyterLab; a page wraps by itself
SOURCE_LINE_HEIGHT = 15  # pixels of a line of it
TO_SOURCE, LEGEND_ROW, LEGEND_LETTERS = 48, 22, 120  # pixels, pixels, and letters of a row
# Of a cell 568 pixels wide, which JupyterLab has in a window of 1,000 with its side bar open.
IN_NARROW_CELL = {"title": 54, "subtitle": 80, "source": 76}  # letters of a line
TO_TITLE, TITLE_LINE, SUBTITLE_LINE = 20, 22, 17  # pixels
MARGIN_BELOW = 66  # pixels below a plot: labels of its axis, and a line with its source
MARGINS = 78 + MARGIN_BELOW  # above and below a plot
HEIGHT = 440  # pixels of a figure that states none
SOURCE_LISTED = "Source: each act's own, with its grade; listed at the end."

SAFE = '[]{},:" '  # what stays as it is in a geometry's address, for its size
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def world_file() -> Path:
    """Return the file with the areas of every map, as TopoJSON."""
    return reference_folder() / "geometry" / "world_50m.json"


def offline() -> dict[str, str]:
    """Return the options of plotly.js for a map: its geometry itself, not where a server has it.

    It adds a file's name to the address; behind the `#` that is no part of the data.
    """
    path = world_file()
    record_read(path)
    return {"topojsonURL": f"data:application/json,{quote(path.read_text().strip(), SAFE)}#"}


STYLE = Style(
    ink=INK,
    muted=MUTED,
    grid=GRID,
    paper=PAPER,
    context=CONTEXT,
    land=LAND,
    colourway=COLOURWAY,
    roles=ROLE_OF_COLOUR,
    world=world_file,
)


def style_values() -> dict[str, str]:
    """Return what the pages' style sheet takes from here: a colour by role, and all as variables.

    Examples
    --------
    >>> style_values()["paper"], style_values()["dark"].split(" ")[:2]
    ('#FFFFFF', ['--ink:', '#E7EBEF;'])
    """
    schemes = {"light": LIGHT, "dark": DARK}
    declarations = {}
    for name, colours in schemes.items():
        roles = (f"--{role}: {colour};" for role, colour in colours.items())
        declarations[name] = " ".join(roles)
    return LIGHT | declarations


def with_alpha(colour: str, opacity: float = 0.25) -> str:
    """Return a colour that lets through what is behind it, for a band.

    Examples
    --------
    >>> with_alpha("#0B4A82")
    'rgba(11,74,130,0.25)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


@cache
def template() -> go.layout.Template:
    """Return the plotly template of every figure, made once: plotly copies it into each."""
    import plotly.graph_objects as go  # takes a while; colours alone need it not

    words = {"size": 12, "color": MUTED}
    axis = {"gridcolor": GRID, "zeroline": False, "showline": False, "ticks": "", "tickfont": words}
    axis |= {"title": {"font": words, "standoff": 8}, "automargin": True}
    position = {"orientation": "h", "x": 0, "xanchor": "left", "y": -0.04, "yanchor": "top"}
    still = {"itemclick": False, "itemdoubleclick": False}
    paper = {"paper_bgcolor": PAPER, "plot_bgcolor": PAPER}
    hover = {"bgcolor": PAPER, "bordercolor": CONTEXT, "font": {"color": INK}}
    layout = {
        "font": {"family": FONT, "size": 13, "color": INK},
        **paper,
        "xaxis": axis,
        "yaxis": axis,
        "colorway": COLOURWAY,
        "margin": {"l": 8, "r": 8, "t": 78, "b": MARGIN_BELOW},
        "hoverlabel": hover,
        "legend": {**position, "font": {"size": 12}, **still},
        "dragmode": False,
    }
    return go.layout.Template(layout=layout)


def wrap_words(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure of `finish`, as JSON, whose words fit a narrow cell of JupyterLab.

    There it is drawn as wide as its cell, and plotly wraps no words. Lines are added above and
    below, so that what is drawn keeps its height. Other figures stay as they are.
    """
    layout, meta = figure["layout"], figure["layout"].get("meta")
    if not (isinstance(meta, dict) and meta.keys() >= {"title", "subtitle", "source", "height"}):
        return dict(figure)
    title, subtitle, source = (
        textwrap.wrap(meta[name], letters) for name, letters in IN_NARROW_CELL.items()
    )
    notes = layout["annotations"]
    written = next(note["text"] for note in notes if note.get("name") == "source")
    above = TITLE_LINE * (len(title) - 1) + SUBTITLE_LINE * (len(subtitle) - 1)
    below = SOURCE_LINE_HEIGHT * (len(source) - 1 - written.count("<br>"))
    margin = layout.get("margin", {})
    margin = {
        **margin,
        "t": margin.get("t", MARGINS - MARGIN_BELOW) + above,
        "b": margin["b"] + below,
    }
    legend = layout.get("legend", {})
    if "y" in legend and legend["y"] < 0:
        legend = {**legend, "y": legend["y"] - below / max(meta["height"] - MARGINS, 1)}
    height = layout["height"] + above + below
    heading = {
        **layout["title"],
        "text": f"<b>{'<br>'.join(title)}</b>",
        "subtitle": {**layout["title"]["subtitle"], "text": "<br>".join(subtitle)},
        "xref": "container",  # beside the labels of an axis there is too little room
        "x": 0.015,
        "y": 1 - TO_TITLE / height,
    }
    annotations = [
        {**note, "text": "<br>".join(source)} if note.get("name") == "source" else note
        for note in notes
    ]
    places = {"margin": margin, "legend": legend, "height": height}
    words = {"title": heading, "annotations": annotations}
    return {**figure, "layout": {**layout, **words, **places}}
