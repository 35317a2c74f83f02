"""The shapes that charts are made of: dots with intervals, steps with a band, labels at ends."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.theme import CONTEXT, MUTED, PAPER, READABLE_COLOURS, with_alpha

Style = dict[str, Any]  # options of plotly for a mark or words
OVER_LINES = with_alpha(PAPER, 0.75)  # behind words that lines may cross
LINE_HEIGHT = 16  # pixels between two labels
TEXT_ALONE = "%{text}<extra></extra>"  # under the pointer, without the name of the series
LABEL_LETTERS = 20  # of a label beside an axis, before it goes on in a second line


def dots(
    rows: pd.DataFrame, x: str, name: str, colour: str, hollow: bool = False
) -> list[go.Scatter]:
    """Return a dot a row at its `y_pixel` with its `text`, and the interval `lower` to `upper`."""
    bars = whiskers(rows, x, with_alpha(colour, 0.45), 2)
    more: Style = {"marker": mark(colour, hollow), "cliponaxis": False, "error_x": bars}
    x_values = rows[x].round(3)
    trace = points(x_values, rows["place"], name=name, text=rows["text"], **more)
    return [trace] if len(rows) else []


def whiskers(rows: pd.DataFrame, middle: str, colour: str, thickness: int) -> Style:
    """Return the bars from `lower` to `upper` around dots, without caps."""
    above = (rows["upper"] - rows[middle]).abs().round(3).tolist()
    below = (rows["lower"] - rows[middle]).abs().round(3).tolist()
    ends = (above, below)
    bars: Style = dict(zip(("array", "arrayminus"), ends, strict=True))
    return bars | {"symmetric": False, "color": colour, "thickness": thickness, "width": 0}


def points(
    x: Iterable[Any],
    y: Iterable[Any],
    *,
    marker: dict[str, Any],
    name: str = "",
    text: Iterable[str] = (),
    hover: str = "%{text}",
    **more: Any,
) -> go.Scatter:
    """Return marks; those with a name stand in the legend, those without a text say nothing."""
    x, text = list(x), list(text)
    hovering = _hovering(hover if text or name else "", name)
    style = {"showlegend": bool(name), "text": text or None} | hovering | more
    return go.Scatter(x=x, y=list(y), name=name or None, mode="markers", marker=marker, **style)


def _hovering(hover: str, name: str) -> Style:
    return {"hovertemplate": f"{hover}<extra>{name}</extra>"} if hover else {"hoverinfo": "skip"}


def mark(colour: str, hollow: bool = False, size: int = 10) -> dict[str, Any]:
    """Return the marker of a dot; what rests on reports is hollow."""
    ring = {"symbol": "circle-open", "line": {"width": 2}} if hollow else {}
    return {"size": size, "color": colour} | ring


def striped(colour: str) -> dict[str, Any]:
    """Return the marker of a bar of what is only reported: stripes of its colour on paper."""
    stripes = {"shape": "/", "fillmode": "overlay", "fgcolor": colour, "size": 6, "solidity": 0.5}
    return {"color": PAPER, "pattern": stripes}


def segments(
    rows: pd.DataFrame, ends: Sequence[str], colour: str, width: float, **more: Any
) -> go.Scatter:
    """Return a bar from one column to another in each row, at its `y_pixel`."""
    pairs = rows[[*ends]].itertuples(index=False)
    x = [cell for pair in pairs for cell in (*map(_day, pair), None)]
    y = [cell for y_value in rows["place"] for cell in (y_value, y_value, None)]
    return line(x, y, colour, width, **more)


def _day(value: Any) -> Any:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value


def bar(x: list[Any], y: list[Any], words: list[str], ink: str, **more: Any) -> go.Bar:
    """Return bars from left to right with words inside them."""
    style: Style = {"orientation": "h", "textposition": "inside", "insidetextanchor": "middle"}
    style |= {"textangle": 0, "constraintext": "none", "textfont": {"size": 12, "color": ink}}
    return go.Bar(x=x, y=y, text=words, **style, **more)


def line(
    x: Iterable[Any],
    y: Iterable[Any],
    colour: str,
    width: float,
    *,
    name: str = "",
    hover: str = "",
    dash: str = "",
    shape: str = "",
    **more: Any,
) -> go.Scatter:
    """Return a line; one without a text under the pointer says nothing."""
    look = {"color": colour, "width": width, "dash": dash, "shape": shape}
    style: Style = {"mode": "lines", "line": {key: value for key, value in look.items() if value}}
    style |= {"showlegend": False} | _hovering(hover, name) | more
    return go.Scatter(x=[*x], y=[*y], name=name or None, **style)


def rows_axis(
    figure: go.Figure, places: Iterable[float], labels: Iterable[str], **more: Any
) -> None:
    """Write a label at the place of each row, the first on top."""
    places = [*places]
    style: Style = {"range": (len(places) - 0.5, -0.5)} | more
    style |= {"tickvals": places, "ticktext": [*labels]}
    for name, value in style.items():  # `update_yaxes` takes ten times as long
        figure.layout.yaxis[name] = value


def shade(figure: go.Figure, start: date, end: date, opacity: float) -> None:
    """Shade the days for which little is known, below what is drawn."""
    ends = {"x0": start.isoformat(), "x1": end.isoformat()}
    figure.add_vrect(**ends, fillcolor=with_alpha(CONTEXT, opacity), line_width=0, layer="below")


def mark_day(figure: go.Figure, day: date, height: float, text: str, **more: Any) -> None:
    """Draw an upright line at a day, with small words beside it at a height of the paper."""
    figure.add_vline(x=day.isoformat(), line={"color": CONTEXT, "width": 1, "dash": "dash"})
    note(figure, x=day.isoformat(), y=height, text=text, xshift=3, **more)


def wrapped(label: str, letters: int = LABEL_LETTERS) -> str:
    """Return a label in lines that leave room for the chart on a small screen.

    Examples
    --------
    >>> wrapped("Member of the European Union")
    'Member of the<br>European Union'
    """
    return "<br>".join(textwrap.wrap(label, letters))


def steps(
    name: str, x: Iterable[Any], curve: pd.DataFrame, colour: str, **look: Any
) -> list[go.Scatter]:
    """Return a step line of the lower count, and a band up to the upper one where it differs.

    `look` is what `line` takes: width, dash and hover.
    """
    where = [*map(_day, x)]
    lower = curve["lower"].tolist()
    upper = curve["upper"].tolist()
    style: Style = {"width": 2.5, "dash": "solid", "hover": "%{x}: %{y}"} | look
    traces = [line(where, lower, colour, name=name, shape="hv", **style)]
    if lower != upper:
        edge: Style = {"mode": "lines", "line": {"shape": "hv", "width": 0}}
        edge |= {"x": where, "hoverinfo": "skip", "showlegend": False}
        fill: Style = {"fill": "tonexty", "fillcolor": with_alpha(colour)}
        traces.insert(0, go.Scatter(y=upper, name=f"{name}, upper", **edge))
        traces.insert(1, go.Scatter(y=lower, name=f"{name}, lower", **edge, **fill))
    return traces


def note(figure: go.Figure, *, x: object, y: float, text: str, **more: Any) -> None:
    """Write small words into a chart, at a height of its paper; right of x by default."""
    style: Style = {"yanchor": "top", "align": "left", "yref": "paper"}
    write_words(figure, x, y, text, **({"xanchor": "left"} | style | more))


def write_words(
    figure: go.Figure,
    x: object,
    y: object,
    text: str,
    size: int | None = 11,
    colour: str | None = MUTED,
    **more: Any,
) -> None:
    """Write words into a chart at a point of its data; without a colour as its other words."""
    write_all(figure, [words_at(x, y, text, size, colour, **more)])


def words_at(
    x: object,
    y: object,
    text: str,
    size: int | None = 11,
    colour: str | None = MUTED,
    **more: Any,
) -> Style:
    """Return what `write_words` writes."""
    font = {"size": size, "color": colour}
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": font, **more}


def write_all(figure: go.Figure, words: Sequence[Style]) -> None:
    """Write all words of a kind at once: each time plotly makes anew those that are there."""
    figure.layout.annotations = [*figure.layout.annotations, *words]


@dataclass(frozen=True)
class EndLabel:
    """The words at the end of a line, which ends at x and y; the subject's are bold."""

    text: str
    x: float | str
    y: float
    colour: str
    bold: bool = False


def spread(positions: Sequence[float], gap: float) -> list[float]:
    """Move positions apart until each is at least a gap from the next.

    Positions that are too close are spread evenly around their common middle, so that
    no label moves further than it must and their order stays.

    Examples
    --------
    >>> spread([10.0, 10.0, 50.0], 4)
    [8.0, 12.0, 50.0]
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    blocks: list[list[float]] = []  # labels that touch: their first is where the mean of all has it
    for rank, index in enumerate(order):
        blocks.append([positions[index] - gap * rank])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    starts = [max(fmean(block), 0.0) for block in blocks for _ in block]
    moved = {index: starts[rank] + gap * rank for rank, index in enumerate(order)}
    return [moved[index] for index in range(len(positions))]


def write_labels(
    figure: go.Figure, labels: Sequence[EndLabel], top: float, plot_height: float, **more: Any
) -> None:
    """Write labels at the ends of lines, apart from one another; above a line that ends inside."""
    anchor = more.setdefault("xanchor", "left")
    wanted = [label.y * plot_height / top for label in labels]
    words = list[Style]()
    for label, pixel, y_pixel in zip(labels, wanted, spread(wanted, LINE_HEIGHT), strict=True):
        shift = round(y_pixel - pixel, 1)
        offset = {"yanchor": "middle", "xshift": 6}
        if anchor == "right":
            shift = shift + 1
            offset = {"yanchor": "bottom", "xshift": -2}
        text = f"<b>{label.text}</b>" if label.bold else label.text
        colour = READABLE_COLOURS.get(label.colour, label.colour)
        style = {"name": "end-label", "yshift": shift} | offset | more
        words.append(words_at(label.x, label.y, text, 12, colour, **style))
    write_all(figure, words)
