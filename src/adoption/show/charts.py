"""The shapes that charts are made of: dots with intervals, steps with a band, labels at ends."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption.law.status import NO_ACT
from adoption.show.theme import (
    BOUND_REPORTED,
    INK,
    MUTED,
    READABLE,
    RINGED,
    STATUS_COLOURS,
    faint,
)

LINE_HEIGHT = 16  # pixels between two labels
NARROW = 0.04  # of the longest bar: a part that has no room for its number
LETTERS = 20  # of a label beside an axis, before it goes on in a second line


def dots(
    rows: pd.DataFrame,
    x: str,
    *,
    name: str,
    colour: str,
    text: Iterable[str],
    hollow: bool = False,
    digits: int = 3,
) -> go.Scatter:
    """Return a dot a row at its `place`, with its interval where the rows have low and high."""
    value = rows[x]
    bars: dict[str, Any] = {}
    if "low" in rows:
        bars["error_x"] = {
            "array": (rows["high"] - value).round(digits).tolist(),
            "arrayminus": (value - rows["low"]).round(digits).tolist(),
            "symmetric": False,
            "color": faint(colour, 0.45),
            "thickness": 2,
            "width": 0,
        }
    place, marker = rows["place"], mark(colour, hollow)
    return points(
        value.round(digits), place, name=name, text=text, marker=marker, cliponaxis=False, **bars
    )


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
    said = {"hovertemplate": f"{hover}<extra>{name}</extra>"} if text or name else {}
    silent = {} if said else {"hoverinfo": "skip"}
    style = {"showlegend": bool(name), "text": text or None} | said | silent | more
    return go.Scatter(x=x, y=list(y), name=name or None, mode="markers", marker=marker, **style)


def mark(colour: str, hollow: bool = False, size: int = 10) -> dict[str, Any]:
    """Return the marker of a dot; what rests on reports is hollow."""
    if hollow:
        return {"size": size, "color": colour, "symbol": "circle-open", "line": {"width": 2}}
    return {"size": size, "color": colour}


def segments(
    rows: pd.DataFrame, ends: Sequence[str], colour: str, width: float, **more: Any
) -> go.Scatter:
    """Return a bar from one column to another in each row, at its `place`."""
    shown = rows.dropna(subset=[*ends])
    x = [
        cell for pair in shown[[*ends]].itertuples(index=False) for cell in (*map(_day, pair), None)
    ]
    y = [cell for place in shown["place"] for cell in (place, place, None)]
    line = {"color": colour, "width": width}
    style = {"mode": "lines", "line": line, "hoverinfo": "skip", "showlegend": False} | more
    return go.Scatter(x=x, y=y, **style)


def _day(value: Any) -> Any:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value


def status_bars(counts: pd.DataFrame) -> go.Figure:
    """Return a bar a row, in parts by status: its index has the labels, its columns the classes.

    A reported act is hatched: a different kind of mark, as a ring is on a map.
    """
    figure, widest = go.Figure(), counts.sum(axis=1).max()
    hatched = {"shape": "/", "fillmode": "overlay", "fgcolor": INK, "size": 6, "solidity": 0.15}
    for name in counts.columns[counts.any()]:
        light = name in (NO_ACT, BOUND_REPORTED)
        figure.add_trace(
            go.Bar(
                name=name, x=counts[name].tolist(), y=counts.index.tolist(), orientation="h",
                text=[str(n) if n > NARROW * widest else "" for n in counts[name]],
                textposition="inside",
                insidetextanchor="middle", textangle=0, constraintext="none",
                textfont={"size": 12, "color": INK if light else "white"},
                marker={
                    "color": STATUS_COLOURS[name],
                    "line": {"width": 1, "color": "white"},
                    "pattern": hatched if name in RINGED else {"shape": ""},
                },
                hovertemplate="%{y}: %{x} " + name + "<extra></extra>",
            )
        )  # fmt: skip
    figure.update_xaxes(visible=False, showgrid=False)
    figure.update_yaxes(autorange="reversed", title=None, showgrid=False, ticklabelstandoff=6)
    legend = {"y": -0.03, "traceorder": "normal"}
    return figure.update_layout(barmode="stack", bargap=0.28, legend=legend)


def intervals(rows: pd.DataFrame, colour: str) -> go.Scatter:
    """Return the intervals from low to high of rows at their `place`."""
    return segments(rows.round({"low": 3, "high": 3}), ("low", "high"), colour, 2, opacity=0.45)


def reference(x: float, ends: tuple[float, float]) -> go.Scatter:
    """Return an upright line to compare with, as a trace, so that the grid does not cover it."""
    return go.Scatter(
        x=[x, x], y=list(ends), mode="lines", line={"color": INK, "width": 1, "dash": "dot"},
        hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def wrapped(label: str) -> str:
    """Return a label in lines that leave room for the chart on a small screen.

    Examples
    --------
    >>> wrapped("Member of the European Union")
    'Member of the<br>European Union'
    """
    return "<br>".join(textwrap.wrap(label, LETTERS))


def steps(
    name: str,
    x: Iterable[Any],
    curve: pd.DataFrame,
    colour: str,
    *,
    dash: str = "solid",
    width: float = 2.5,
    hover: str = "%{x}: %{y}",
) -> list[go.Scatter]:
    """Return a step line of the lower count, and a band up to the upper one where it differs."""
    where = [_day(value) for value in x]
    lower, upper = curve["lower"].tolist(), curve["upper"].tolist()
    shared: dict[str, Any] = {"x": where, "mode": "lines", "showlegend": False}
    traces = []
    if lower != upper:
        edge: dict[str, Any] = {"shape": "hv", "width": 0}
        traces = [
            go.Scatter(name=f"{name}, most", y=upper, line=edge, hoverinfo="skip", **shared),
            go.Scatter(
                name=f"{name}, least", y=lower, line=edge, hoverinfo="skip", fill="tonexty",
                fillcolor=faint(colour), **shared,
            ),
        ]  # fmt: skip
    line = {"color": colour, "width": width, "shape": "hv", "dash": dash}
    template = f"{hover}<extra>{name}</extra>"
    return [*traces, go.Scatter(name=name, y=lower, line=line, hovertemplate=template, **shared)]


def note(figure: go.Figure, *, x: object, y: float, text: str, **more: Any) -> None:
    """Write small words into a chart, at a height of its paper; left of x by default."""
    style: dict[str, Any] = {"xanchor": "left", "yanchor": "top", "align": "left", "yref": "paper"}
    style |= {"font": {"size": 11, "color": MUTED}, "showarrow": False}
    figure.add_annotation(x=x, y=y, text=text, **(style | more))


@dataclass(frozen=True)
class EndLabel:
    """The words at the end of a line, which ends at x and y; the subject's are bold."""

    text: str
    x: float | str
    y: float
    colour: str
    bold: bool = False


def spread(positions: Sequence[float], gap: float, floor: float = 0) -> list[float]:
    """Move positions apart until each is at least a gap from the next.

    Positions that are too close are spread evenly around their common middle, so that
    no label moves further than it must and their order stays.

    Examples
    --------
    >>> spread([10.0, 10.0, 50.0], 4)
    [8.0, 12.0, 50.0]
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    groups: list[list[float]] = []  # each holds a middle and a count
    for index in order:
        groups.append([positions[index], 1])
        while len(groups) > 1:
            (low, n), (high, m) = groups[-2], groups[-1]
            if high - low >= gap * (n + m) / 2:
                break
            groups[-2:] = [[(low * n + high * m) / (n + m), n + m]]
    moved = [
        middle + gap * (i - (count - 1) / 2) for middle, count in groups for i in range(int(count))
    ]
    result = [0.0] * len(positions)
    for place, index in enumerate(order):
        result[index] = max(moved[place], floor + gap * place)
    return result


def label_ends(
    figure: go.Figure,
    labels: Sequence[EndLabel],
    *,
    top: float,
    plot_height: float,
    anchor: str = "left",
) -> None:
    """Write labels at the ends of lines, apart from one another."""
    wanted = [label.y * plot_height / top for label in labels]
    for label, pixel, place in zip(labels, wanted, spread(wanted, LINE_HEIGHT), strict=True):
        figure.add_annotation(
            name="end-label",
            x=label.x,
            y=label.y,
            yshift=round(place - pixel, 1) + (0 if anchor == "left" else 1),
            xshift=6 if anchor == "left" else -2,
            text=f"<b>{label.text}</b>" if label.bold else label.text,
            showarrow=False,
            xanchor=anchor,
            yanchor="middle" if anchor == "left" else "bottom",
            font={"size": 12, "color": READABLE.get(label.colour, label.colour)},
        )
