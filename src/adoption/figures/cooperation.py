"""The cooperation network: states in discs by what joins them, and regions as a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.packing import pack, radius, sunflower
from adoption.figures.theme import (
    CONTEXT,
    GRID,
    INK,
    RINGED,
    STATUS_COLOURS,
    TIERS,
    finish,
    status_classes,
)
from adoption.words import long_day, percent

if TYPE_CHECKING:
    from adoption.law.status import Row, Status

NONE = "none known"
HEIGHT = 560
DOT = 8
WIDEST_LINE = 7
DARK_FROM = 0.5  # from here the words in a cell are white


def network_picture(groups: pd.DataFrame, status: Status, title: str) -> go.Figure:
    """Draw every state as a dot in the disc of those that the same instruments bind.

    Two discs are joined by a line where an instrument binds both.

    Parameters
    ----------
    groups : DataFrame
        From `adoption.law.network.instruments_of`.
    status : Status
        The convention whose status colours the dots.
    title : str
        The finding.
    """
    names = groups["instruments"].replace("", NONE)
    sizes = names.value_counts(sort=False).sort_index()
    labels = [str(label) for label in sizes.index]
    binding = [set() if label == NONE else set(label.split(" + ")) for label in labels]
    links = [
        (i, j)
        for i in range(len(labels))
        for j in range(i + 1, len(labels))
        if binding[i] & binding[j]
    ]
    counts = [int(n) for n in sizes]
    middles = pack(counts, links)
    figure = go.Figure()
    for i, j in links:
        figure.add_trace(_line(middles[i], middles[j], counts[i] * counts[j]))
    figure.add_traces(_dots(groups.assign(disc=names), labels, middles, status))
    for label, number, (x, y) in zip(labels, counts, middles, strict=True):
        figure.add_annotation(
            x=x, y=y + radius(number) + 0.3, text=_label(label, number),
            showarrow=False, yanchor="bottom", font={"size": 12},
        )  # fmt: skip
    figure.update_xaxes(visible=False, showgrid=False)
    figure.update_yaxes(visible=False, showgrid=False, scaleanchor="x")
    figure.update_layout(legend={"y": -0.02})
    said = "; ".join(f"{label} {n}" for label, n in zip(labels, counts, strict=True))
    return finish(
        figure,
        title=title,
        subtitle="A dot is a UN member, a disc those with the same instruments in force; a line "
        f"joins discs that share one. Colour: status on the {status.convention.short_title}",
        source="Source: each act's own, with its grade; listed at the end. Reports are left out "
        f"of the discs. {long_day(status.as_of)}.",
        alternative=f"Network of states by the instruments in force for them: {said}.",
        height=HEIGHT,
    )


def _label(label: str, number: int) -> str:
    """Return the words above a disc, narrow enough for a small screen."""
    return f"<b>{label.replace(' + ', '<br>+ ')}</b> {number}"


def _line(one: tuple[float, float], other: tuple[float, float], pairs: int) -> go.Scatter:
    width = min(1 + pairs / 60, WIDEST_LINE)
    return go.Scatter(
        x=[round(one[0], 2), round(other[0], 2)],
        y=[round(one[1], 2), round(other[1], 2)],
        mode="lines",
        line={"color": GRID, "width": round(width, 1)},
        hoverinfo="skip",
        showlegend=False,
    )


def _dots(
    groups: pd.DataFrame,
    labels: Sequence[str],
    middles: Sequence[tuple[float, float]],
    status: Status,
) -> list[go.Scatter]:
    told = status.participants.set_index("iso3")[["name", "status", "grade"]]
    frame = groups.join(told, on="iso3")
    frame["class"] = status_classes(frame)
    order = {name: place for place, name in enumerate(STATUS_COLOURS)}
    frame["place"] = frame["class"].map(order)
    x: dict[str, list[float]] = {name: [] for name in order}
    y: dict[str, list[float]] = {name: [] for name in order}
    text: dict[str, list[str]] = {name: [] for name in order}
    for label, (left, top) in zip(labels, middles, strict=True):
        disc = frame[frame["disc"] == label].sort_values(["place", "name"], ascending=[False, True])
        for row, (dx, dy) in zip(disc.to_dict("records"), sunflower(len(disc)), strict=True):
            x[row["class"]].append(round(left + dx, 2))
            y[row["class"]].append(round(top + dy, 2))
            text[row["class"]].append(row["name"])
    return [
        go.Scatter(
            name=name, x=x[name], y=y[name], text=text[name], mode="markers",
            marker={
                "size": DOT, "color": colour,
                "line": {"width": 1.5, "color": INK if name in RINGED else CONTEXT}
                if name in RINGED else {"width": 0},
            },
            hovertemplate="%{text}<extra>" + name + "</extra>",
        )
        for name, colour in STATUS_COLOURS.items() if x[name]
    ]  # fmt: skip


def region_matrix(before: pd.DataFrame, after: pd.DataFrame, title: str) -> go.Figure:
    """Draw the share of pairs joined within and between regions, before and after.

    Parameters
    ----------
    before, after : DataFrame
        From `adoption.law.network.by_region`; the colour is the share before.
    title : str
        The finding.
    """
    names = list(dict.fromkeys(before["one"]))
    row = {name: place for place, name in enumerate(names)}
    z: list[list[float | None]] = [[None] * len(names) for _ in names]
    figure = go.Figure()
    said = []
    for was, becomes in zip(before.to_dict("records"), after.to_dict("records"), strict=True):
        if not was["of"]:
            continue
        x, y = row[was["one"]], row[was["other"]]
        z[y][x] = round(was["share"], 4)
        dark = was["share"] >= DARK_FROM
        figure.add_annotation(
            x=x, y=y, text=f"{_share(was)}<br>to {_share(becomes)}", showarrow=False,
            font={"size": 12, "color": "white" if dark else INK},
        )  # fmt: skip
        within = "within" if x == y else f"{was['one']} and"
        said.append(f"{within} {was['other']} {_share(was)}, then {_share(becomes)}")
    scale = [[i / (len(TIERS) - 1), colour] for i, colour in enumerate(TIERS)]
    figure.add_trace(
        go.Heatmap(
            z=z, zmin=0, zmax=1, colorscale=scale, showscale=False, xgap=3, ygap=3,
            hoverinfo="skip",
        )
    )  # fmt: skip
    ticks = {"tickvals": list(range(len(names))), "ticktext": names, "showgrid": False}
    figure.update_xaxes(**ticks, tickangle=0, side="bottom")
    figure.update_yaxes(**ticks, autorange="reversed")
    return finish(
        figure,
        title=title,
        subtitle="Share of pairs of UN members that are joined, and if all who signed were bound",
        source="Source: each act's own, with its grade; listed at the end. Today: certain pairs. "
        "Who signed: reports included.",
        alternative=f"Matrix of M49 regions: {'; '.join(said)}.",
        height=134 + 62 * len(names) + 30,
    )


def _share(row: Row) -> str:
    return percent(row["joined"], row["of"])
