"""Maps: offline, every member of the United Nations visible, what is not known visible too."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from adoption.figures.theme import (
    BORDER,
    CONTEXT,
    INK,
    LAND,
    RINGED,
    STATUS_COLOURS,
    finish,
    status_class,
)
from adoption.paths import reference_folder
from adoption.status import NO_ACT, Row
from adoption.words import counted, long_day, when_short

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from adoption.status import Status

# Areas that the geometry draws by themselves and UN maps show within a member state.
DRAWN_WITHIN = {"XNC": "CYP", "XSL": "SOM"}
DISCLAIMER = (
    "Boundaries and names shown do not imply official endorsement or acceptance by the "
    "United Nations. Dotted lines are borders that are disputed or not agreed."
)


def status_map(status: Status, states: pd.DataFrame, title: str) -> go.Figure:
    """Draw who has signed and who is bound.

    Parameters
    ----------
    status : Status
        The convention on a day.
    states : DataFrame
        The table `states`, for the points on the map.
    title : str
        The finding.

    Returns
    -------
    Figure
        One choropleth layer and one layer of markers for each class that occurs; the
        markers are the small states, and rings on the states whose act is reported.
    """
    frame = status.participants.merge(
        states[["iso3", "small", "label_lon", "label_lat", "marker_lon", "marker_lat"]], on="iso3"
    )
    frame = frame[frame["kind"] != "organization"]
    frame["class"] = [
        status_class(s, g) for s, g in zip(frame["status"], frame["grade"], strict=True)
    ]
    frame["hover"] = [hover_text(row) for row in frame.to_dict("records")]
    figure = go.Figure()
    classes = [name for name in STATUS_COLOURS if (frame["class"] == name).any()]
    for name in classes:
        figure.add_trace(_area(name, frame[frame["class"] == name]))
    figure.add_trace(_disputed_borders())
    for name in classes:
        figure.add_traces(_markers(name, frame[frame["class"] == name]))
    figure.update_geos(
        resolution=50,
        fitbounds=False,
        projection_type="natural earth",
        projection_scale=0.98,  # a marker at the edge is not cut
        lataxis_range=[-57, 84],
        showframe=False,
        showcoastlines=False,
        showcountries=False,
        showlakes=False,
        showland=True,
        landcolor=LAND,
        bgcolor="rgba(0,0,0,0)",
    )
    counts = frame["class"].value_counts()
    told = [f"{name}: {counted(int(counts[name]), 'state')}" for name in classes]
    return finish(
        figure,
        title=title,
        subtitle=f"States by status on {long_day(status.as_of)}",
        source=f"Source: each act's own, listed with its grade in the tables. {DISCLAIMER}",
        alternative=f"World map. {'; '.join(told)}.",
        height=600,
    )


def hover_text(row: Row) -> str:
    """Return what a state shows under the pointer: name, status, day or window, grade."""
    lines = [f"<b>{row['name']}</b>", str(row["status"])]
    if row["status"] != NO_ACT:
        when = when_short(row["earliest"], row["latest"], row["open_ended"])
        lines[1] = f"{row['act']} {when}, {row['grade']}"
    if isinstance(row["possible"], str):
        lines.append(f"possibly {row['possible']} by then")
    return "<br>".join(lines)


def _area(name: str, frame: pd.DataFrame) -> go.Choropleth:
    places = dict(zip(frame["iso3"], frame["hover"], strict=True))
    places |= {area: places[state] for area, state in DRAWN_WITHIN.items() if state in places}
    colour = STATUS_COLOURS[name]
    return go.Choropleth(
        name=name,
        locations=list(places),
        z=[1] * len(places),
        locationmode="ISO-3",
        text=list(places.values()),
        hovertemplate="%{text}<extra></extra>",
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        marker={"line": {"color": BORDER, "width": 0.5}},
    )


def _markers(name: str, frame: pd.DataFrame) -> list[go.Scattergeo]:
    """Return the small states of a class, then the rings of one whose acts are reported."""
    small = frame[frame["marker_lon"].notna()]
    traces = [
        _points(name, small, {
            "size": 9, "color": STATUS_COLOURS[name], "line": {"color": INK, "width": 1},
        })
    ]  # fmt: skip
    if name in RINGED:
        at = frame.assign(
            marker_lon=frame["marker_lon"].fillna(frame["label_lon"]),
            marker_lat=frame["marker_lat"].fillna(frame["label_lat"]),
        )
        ring = {"size": 12, "color": STATUS_COLOURS[name], "line": {"color": INK, "width": 2}}
        traces.append(_points(f"{name} (ring)", at, ring))
    traces.append(_legend_entry(name))
    return traces


def _points(name: str, frame: pd.DataFrame, marker: dict[str, object]) -> go.Scattergeo:
    return go.Scattergeo(
        name=name,
        lon=frame["marker_lon"].tolist(),
        lat=frame["marker_lat"].tolist(),
        ids=frame["iso3"].tolist(),
        text=frame["hover"].tolist(),
        hovertemplate="%{text}<extra></extra>",
        mode="markers",
        marker=marker,
        showlegend=False,
    )


def _legend_entry(name: str) -> go.Scattergeo:
    """Return a trace without points that stands for a class in the legend."""
    ringed = name in RINGED
    return go.Scattergeo(
        name=name,
        lon=[None],
        lat=[None],
        mode="markers",
        marker={
            "size": 12,
            "symbol": "circle" if ringed else "square",
            "color": STATUS_COLOURS[name],
            "line": {"color": INK if ringed else CONTEXT, "width": 1.5 if ringed else 0.5},
        },
        hoverinfo="skip",
    )


def _disputed_borders() -> go.Scattergeo:
    lines: dict[Hashable, list[tuple[float, float]]] = {}
    path = reference_folder() / "geometry" / "disputed.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lines.setdefault(row["line"], []).append((float(row["lon"]), float(row["lat"])))
    lon: list[float | None] = []
    lat: list[float | None] = []
    for points in lines.values():
        lon += [point[0] for point in points] + [None]
        lat += [point[1] for point in points] + [None]
    return go.Scattergeo(
        name="disputed borders",
        lon=lon,
        lat=lat,
        mode="lines",
        line={"color": INK, "width": 1, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )
