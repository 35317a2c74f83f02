"""Finishing a figure: its title, source, template and text alternative; histograms as bars."""

from __future__ import annotations

import textwrap
from itertools import cycle, pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from adoption.figures.figure import Figure
from adoption.figures.theme import (
    HEIGHT,
    INK,
    LEGEND_LETTERS,
    LEGEND_ROW,
    LETTERS_A_LINE,
    MARGIN_BELOW,
    MARGINS,
    MUTED,
    SOURCE_LINE_HEIGHT,
    SOURCE_LISTED,
    TO_SOURCE,
    template,
)

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


def _legend_rows(figure: go.Figure) -> int:
    """Return how many rows a legend takes in JupyterLab; 0 where there is none."""
    names = [trace.name for trace in figure.data if trace.name and trace.showlegend is not False]
    if len(names) < 2 and not figure.layout.showlegend:
        return 0
    return 1 + sum(len(name) + 6 for name in names) // LEGEND_LETTERS


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
