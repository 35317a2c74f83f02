"""The palette, the plotly template and the words around every figure."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from itertools import cycle, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import pandas as pd

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


def _legend_rows(figure: go.Figure) -> int:
    """Return how many rows a legend takes in JupyterLab; 0 where there is none."""
    names = [trace.name for trace in figure.data if trace.name and trace.showlegend is not False]
    if len(names) < 2 and not figure.layout.showlegend:
        return 0
    return 1 + sum(len(name) + 6 for name in names) // LEGEND_LETTERS


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


# What a histogram may have set and still be counted here; px.histogram sets most of it.
COUNTED = {
    "alignmentgroup",
    "bingroup",
    "hovertemplate",
    "legendgroup",
    "marker",
    "name",
    "nbinsx",
    "offsetgroup",
    "opacity",
    "orientation",
    "showlegend",
    "type",
    "x",
    "xaxis",
    "xbins",
    "yaxis",
}
HISTOGRAM_BINS = 20  # of a histogram that names no number


def _edges(traces: list[go.Histogram], low: float, high: float) -> list[float]:
    """Return the ends of the bins, of a size that is set or else round; all numbers are in one."""
    for bins in (trace.xbins for trace in traces if trace.xbins.size):
        start = low // bins.size * bins.size if bins.start is None else bins.start
        start += min(0, (low - start) // bins.size) * bins.size
        widest = max(high, bins.end or high) - start
        number = np.ceil(round(widest / bins.size, 9))
        return [round(start + bins.size * step, 9) for step in range(int(max(number, 1)) + 1)]
    from matplotlib.ticker import MaxNLocator

    most = max(trace.nbinsx or 0 for trace in traces) or HISTOGRAM_BINS
    return [float(tick) for tick in MaxNLocator(most).tick_values(low, high)]


def _count(figure: go.Figure) -> None:
    """Make bars side by side of histograms of numbers, since every tool draws those."""
    traces = [trace for trace in figure.data if trace.type == "histogram"]
    values = [np.asarray(trace.x) for trace in traces]
    numeric = all(numbers.dtype.kind in "iuf" for numbers in values)
    is_counted = all({*trace.to_plotly_json()} <= COUNTED for trace in traces)
    if not (traces and numeric and is_counted):
        return
    every = np.concatenate(values)
    edges = np.array(_edges(traces, np.nanmin(every), np.nanmax(every)))
    width = (edges[1] - edges[0]) / len(traces)
    counts = []
    hover = [f"{low:g} to {high:g}: %{{y}}" for low, high in pairwise(edges)]
    colours = cycle(template().layout.colorway)
    for index, (trace, numbers, colour) in enumerate(zip(traces, values, colours, strict=False)):
        counts.append(np.histogram(numbers, edges)[0])
        style = {"name": trace.name, "width": 0.9 * width, "hovertemplate": hover}
        marker = {"color": trace.marker.color or colour}
        x = edges[:-1] + width * (index + 0.5)
        figure.add_bar(x=x, y=counts[-1], marker=marker, **style)
    figure.data = [trace for trace in figure.data if trace.type != "histogram"]
    figure.layout.barmode, axes = "stack", (figure.layout.xaxis, figure.layout.yaxis)
    ranges = ((edges[0], edges[-1]), (0, 1.05 * np.max(counts)))
    for axis, ends in zip(axes, ranges, strict=True):
        axis.range = axis.range or ends


def finish(
    figure: go.Figure,
    *,
    title: str,
    subtitle: str,
    source: str = SOURCE_LISTED,
    alternative: str = "",
    height: int | None = None,
    foot: int = 0,
    rows: pd.DataFrame | None = None,
    unit: str = "",
) -> go.Figure:
    """Return a figure of plotly with its title, source, template and text alternative.

    Any figure will do, also one of plotly express. `rows` is what is drawn, for its file, and
    `unit` what its values are.
    `foot` is how many pixels are taken by what is drawn below the axis, in addition to `height`.

    The words stand twice: in the figure, for JupyterLab, and in `layout.meta`, from
    which a report page makes a real caption that wraps on a small screen. Histograms of numbers
    become bars.
    """
    from adoption.figures.figure import Figure  # plotly takes a while to import

    _count(figure)
    layout = figure.layout  # set by name: `update_layout` takes ten times as long
    drawn = layout.meta or {}  # what the maker of the figure says of it
    notice = drawn.get("notice", "")
    height = height or layout.height or HEIGHT
    source = f"{source} {notice}" if notice else source
    meta = {"title": title, "subtitle": subtitle, "source": source}
    meta["alternative"] = alternative or drawn.get("alternative", title)
    whole = height + foot
    layout.template, layout.meta, layout.height = template(), {**meta, "height": whole}, whole
    below_title = {"text": subtitle, "font": {"size": 13, "color": MUTED}}
    look = {"text": f"<b>{title}</b>", "subtitle": below_title, "font": {"size": 17, "color": INK}}
    left = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "top"}
    layout.title = {**look, **left, "yref": "container", "y": 0.97}
    lines = textwrap.wrap(source, LETTERS_A_LINE)
    to_source = TO_SOURCE + foot
    below = to_source + SOURCE_LINE_HEIGHT * len(lines)
    in_legend = _legend_rows(figure)
    if in_legend:  # under the source, whose height is known: a legend may wrap
        layout.legend.y = -(below + 4) / max(height - MARGINS, 1)
    layout.margin.t = layout.legend.title = None  # of plotly express, which knows no subtitle
    layout.margin.b = max(MARGIN_BELOW, below + 4 + LEGEND_ROW * in_legend)
    layout.height = whole + layout.margin.b - MARGIN_BELOW
    words = {"text": "<br>".join(lines), "align": "left", "font": {"size": 11, "color": MUTED}}
    position = {"showarrow": False, "yref": "paper", "y": 0, "yshift": -to_source}
    others = [note for note in layout.annotations if note.name != "source"]
    layout.annotations = [*others, {"name": "source", **words, **left, **position}]
    finished = figure if isinstance(figure, Figure) else Figure(figure)
    if rows is not None:
        finished.draws(rows, unit)
    return finished
