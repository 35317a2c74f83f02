"""How far apart the states of a group lie, pillar by pillar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.countries.capacity import PILLAR_MAXIMUM, PILLARS
from adoption.figures.theme import CONTEXT, GRID, INK, SUBJECT, finish

if TYPE_CHECKING:
    from adoption.countries.groups import Group

ROW_HEIGHT = 74
LANES = {"others": -0.24, "group": 0.0, "inner": 0.24}  # inside the row of a pillar
TICKS = [0, 5, 10, 15, 20]


def strip_chart(
    values: pd.DataFrame,
    names: Mapping[str, str],
    group: Group,
    inner: Group | None,
    edition: int,
    title: str,
) -> go.Figure:
    """Draw every state's pillars as marks on a line: the group, a part of it, the others.

    Parameters
    ----------
    values : DataFrame
        From `adoption.countries.inequality.pillar_values`.
    names : mapping of str to str
        The states' names by ISO3.
    group, inner : Group
        The group, and the part of it that is set apart.
    edition : int
        Edition of the GCI.
    title : str
        The finding.
    """
    apart = inner.members & group.members if inner else frozenset()
    if not apart or apart == group.members:
        inner, apart = None, frozenset()
    lanes = {
        "others": values[~values.index.isin(list(group.members))],
        "group": values[values.index.isin(list(group.members - apart))],
        "inner": values[values.index.isin(list(apart))],
    }
    rest = f"{group.name}, other members" if inner else group.name
    said = {"others": "other states", "group": rest, "inner": inner.name if inner else ""}
    marks = {
        "others": {"symbol": "line-ns", "size": 9, "line": {"width": 1, "color": CONTEXT}},
        "group": {"size": 9, "symbol": "circle-open", "color": SUBJECT, "line": {"width": 2}},
        "inner": {"size": 11, "symbol": "diamond", "color": SUBJECT},
    }
    figure = go.Figure()
    for lane, frame in lanes.items():
        if len(frame):
            figure.add_trace(_lane(said[lane], frame, names, LANES[lane], marks[lane]))
            figure.add_trace(_medians(frame, LANES[lane]))
    labels = list(PILLARS.values())
    figure.update_yaxes(
        tickvals=list(range(len(labels))), ticktext=labels, range=[len(labels) - 0.5, -0.5],
        gridcolor=GRID, title=None,
    )  # fmt: skip
    figure.update_xaxes(range=[-0.5, PILLAR_MAXIMUM + 0.5], tickvals=TICKS, title="points of 20")
    return finish(
        figure,
        title=title,
        subtitle=f"GCI {edition} by pillar, points of {PILLAR_MAXIMUM}; a mark is a state, "
        "a tall line the median",
        source="Source: ITU, Global Cybersecurity Index; non-commercial use with attribution.",
        alternative=_in_words(lanes, said),
        height=134 + ROW_HEIGHT * len(labels) + 40,
    ).update_layout(legend={"y": -0.13})


def _lane(
    name: str,
    frame: pd.DataFrame,
    names: Mapping[str, str],
    shift: float,
    marker: dict[str, object],
) -> go.Scatter:
    x, y, text = [], [], []
    for row, component in enumerate(PILLARS):
        known = frame[component].dropna()
        x += known.round(2).tolist()
        y += [row + shift] * len(known)
        text += [names[iso3] for iso3 in known.index]
    return go.Scatter(
        name=name, x=x, y=y, text=text, mode="markers", marker=marker,
        hovertemplate="%{text}: %{x:.2f}<extra>" + name + "</extra>",
    )  # fmt: skip


def _medians(frame: pd.DataFrame, shift: float) -> go.Scatter:
    return go.Scatter(
        x=[frame[component].median() for component in PILLARS],
        y=[row + shift for row in range(len(PILLARS))],
        mode="markers",
        marker={"symbol": "line-ns", "size": 22, "line": {"width": 2.5, "color": INK}},
        hovertemplate="median %{x:.2f}<extra></extra>",
        showlegend=False,
    )


def _in_words(lanes: Mapping[str, pd.DataFrame], said: Mapping[str, str]) -> str:
    parts = []
    for component, label in PILLARS.items():
        medians = ", ".join(
            f"{said[lane]} {frame[component].median():.1f}"
            for lane, frame in lanes.items()
            if len(frame)
        )
        parts.append(f"{label}: {medians}")
    return f"Strip plot of the five pillars. Medians: {'; '.join(parts)}."
