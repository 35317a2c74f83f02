"""The look: one palette with fixed meanings, one plotly template, one way to finish a figure."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.law.panel import (
    CANNOT_JOIN,
    CONSENTED,
    IN_FORCE,
    NO_ACT,
    NOT_OPEN,
    POSSIBLY_WITHDRAWN,
    SIGNED,
    WITHDRAWN,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

INK = "#1D2733"
MUTED = "#56616D"
GRID = "#E4E8EC"
PAPER = "#FFFFFF"
LAND = "#F1F3F5"  # land that has no status: areas outside the table of states
BORDER = "#FFFFFF"
CONTEXT = "#9AA4AF"  # what stands beside the subject, and is never confused with it
SUBJECT = "#042A54"  # the convention or state that a figure is about

SIGNATURE_REPORTED = "signature reported"
BOUND_REPORTED = "ratification reported"
BOUND = "consented to be bound"

# What each class is called, and its colour: the same in maps, curves, tables and badges.
# A reported act is a different kind of mark as well (a ring, dashes), not only a colour. Two
# classes without a mark differ by 3:1 in luminance: no act, signed and bound are three steps.
STATUS_COLOURS: Mapping[str, str] = {
    NO_ACT: "#D5D9DE",
    SIGNED: "#3079BC",
    SIGNATURE_REPORTED: "#3079BC",
    BOUND_REPORTED: "#E8A33D",
    BOUND: SUBJECT,
    POSSIBLY_WITHDRAWN: "#9B2D30",
    WITHDRAWN: "#9B2D30",
    CANNOT_JOIN: LAND,  # with an outline
}
# The classes of those that have done something.
ACTED = tuple(name for name in STATUS_COLOURS if name not in (NO_ACT, CANNOT_JOIN))
# Ordered classes, from low to high, and the neutral of what is not known, never one of them.
TIERS = ("#F0E6B8", "#A5D3BC", "#4F9E97", "#1D6D78", "#0A3B47")
MISSING = "#C9CDD3"

RINGED = frozenset({SIGNATURE_REPORTED, BOUND_REPORTED, POSSIBLY_WITHDRAWN})
# Darker forms of the light colours, so that words in them can be read on white.
READABLE = {"#E8A33D": "#8A5600", "#9AA4AF": "#56616D"}

LETTERS_A_LINE = 130  # of the source line in JupyterLab; a page wraps by itself
LINE = 15  # pixels of a line of it
BELOW = 66  # pixels below a plot: labels of its axis, and a line with its source
MARGINS = 78 + BELOW  # above and below a plot
LISTED = "Source: each act's own, with its grade; listed at the end."

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def paint(colour: str) -> str:
    """Return a colour for SVG under a name, so that a style sheet may replace it in the dark.

    Examples
    --------
    >>> paint("#1D2733"), paint("rgba(0,0,0,0.5)")
    ('var(--1d2733,#1D2733)', 'rgba(0,0,0,0.5)')
    """
    colour = PAPER if colour == "white" else colour
    return f"var(--{colour[1:].lower()},{colour})" if colour.startswith("#") else colour


def status_class(status: str, grade: object) -> str:
    """Return the class in which a participant is shown."""
    reported = grade == "reported"
    if status == SIGNED:
        return SIGNATURE_REPORTED if reported else SIGNED
    if status in (CONSENTED, IN_FORCE):
        return BOUND_REPORTED if reported else BOUND
    return NO_ACT if status == NOT_OPEN else status


def status_classes(frame: pd.DataFrame) -> list[str]:
    """Return the class of each row, from its columns status and grade."""
    rows = zip(frame["status"], frame["grade"], strict=True)
    return [status_class(status, grade) for status, grade in rows]


def faint(colour: str, opacity: float = 0.25) -> str:
    """Return a colour for a band.

    Examples
    --------
    >>> faint("#0B4A82")
    'rgba(11,74,130,0.25)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


@cache
def template() -> go.layout.Template:
    """Return the plotly template of every figure, made once: plotly copies it into each."""
    import plotly.graph_objects as go  # takes a while; colours alone need it not

    axis = {
        "gridcolor": GRID,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": MUTED},
        "title": {"font": {"size": 12, "color": MUTED}, "standoff": 8},
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "xaxis": axis,
            "yaxis": axis,
            "colorway": [SUBJECT, CONTEXT],
            "margin": {"l": 8, "r": 8, "t": 78, "b": BELOW},
            "hoverlabel": {"bgcolor": PAPER, "bordercolor": CONTEXT, "font": {"color": INK}},
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": -0.04,
                "yanchor": "top",
                "font": {"size": 12},
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "dragmode": False,
        }
    )


def finish(
    figure: go.Figure,
    *,
    title: str,
    subtitle: str,
    source: str = LISTED,
    alternative: str,
    height: int = 440,
) -> go.Figure:
    """Give a figure its title, foot, template and text alternative.

    The words stand twice: in the figure, for JupyterLab, and in `layout.meta`, from
    which a report page makes a real caption that wraps on a small screen.
    """
    meta: dict[str, Any] = {"title": title, "subtitle": subtitle, "source": source}
    meta |= {"alternative": alternative, "height": height}
    layout = figure.layout  # set by name: `update_layout` takes ten times as long
    layout.template, layout.meta, layout.height = template(), meta, height
    layout.title = {
        "text": f"<b>{title}</b>",
        "subtitle": {"text": subtitle, "font": {"size": 13, "color": MUTED}},
        "font": {"size": 17, "color": INK},
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "yref": "container",
        "y": 0.97,
        "yanchor": "top",
    }
    lines = textwrap.wrap(source, LETTERS_A_LINE)
    if len(lines) > 1:
        layout.margin.b = BELOW + LINE * (len(lines) - 1)
    figure.add_annotation(
        name="source",
        text="<br>".join(lines),
        showarrow=False,
        xref="paper",
        yref="paper",
        x=0,
        y=0,
        yshift=-48,
        xanchor="left",
        yanchor="top",
        align="left",
        font={"size": 11, "color": MUTED},
    )
    return figure
