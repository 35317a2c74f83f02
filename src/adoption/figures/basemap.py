"""What every world map shares: areas, marks of small states, disputed borders, the frame."""

from __future__ import annotations

import csv
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.theme import BORDER, CONTEXT, INK, LAND
from adoption.paths import reference_folder
from adoption.reading import note
from adoption.words import counted

# Areas that the geometry draws by themselves and UN maps show within a member state.
DRAWN_WITHIN = {"XNC": "CYP", "XSL": "SOM"}
DISCLAIMER = (
    "Boundaries and names shown do not imply official endorsement or acceptance by the "
    "United Nations. Dotted lines are borders that are disputed or not agreed."
)
PLACES = ["iso3", "small", "label_lon", "label_lat", "marker_lon", "marker_lat"]
THIN = {"color": CONTEXT, "width": 0.5}  # an edge; a ring says that an act is reported
SQUARE = {"symbol": "square", "line": THIN}
HEIGHT = 600


def placed(frame: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Return rows by iso3 with the points that the table `states` has for a map."""
    return frame.merge(states[PLACES], on="iso3")


def area(
    name: str,
    texts: Mapping[str, str],
    colour: str,
    line: Mapping[str, object] | None = None,
) -> go.Choropleth:
    """Return a layer of states in one colour."""
    within = {place: texts[state] for place, state in DRAWN_WITHIN.items() if state in texts}
    places = {**texts, **within}
    return go.Choropleth(
        name=name,
        locations=list(places),
        z=[1] * len(places),
        locationmode="ISO-3",
        text=list(places.values()),
        hovertemplate="%{text}<extra></extra>",
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        marker={"line": dict(line or {"color": BORDER, "width": 0.5})},
    )


def points(name: str, frame: pd.DataFrame, marker: Mapping[str, object]) -> go.Scattergeo:
    """Return marks of states."""
    return go.Scattergeo(
        name=name,
        lon=frame["marker_lon"].tolist(),
        lat=frame["marker_lat"].tolist(),
        ids=frame["iso3"].tolist(),
        text=frame["hover"].tolist(),
        hovertemplate="%{text}<extra></extra>",
        mode="markers",
        marker=dict(marker),
        showlegend=False,
    )


def small_states(name: str, frame: pd.DataFrame, colour: str) -> go.Scattergeo:
    """Return the marks of the small states among some rows of `placed`, with their hover."""
    small = frame[frame["marker_lon"].notna()]
    return points(name, small, {"size": 9, "color": colour, "line": THIN})


def legend_entry(name: str, marker: Mapping[str, object]) -> go.Scattergeo:
    """Return a trace without points that stands for a class in the legend."""
    return go.Scattergeo(
        name=name,
        lon=[None],
        lat=[None],
        mode="markers",
        marker=dict(marker),
        hoverinfo="skip",
    )


def disputed_lines() -> list[list[tuple[float, float]]]:
    """Return the borders that are disputed or not agreed: the points of each line."""
    lines: dict[Hashable, list[tuple[float, float]]] = {}
    path = reference_folder() / "geometry" / "disputed.csv"
    note(path)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lines.setdefault(row["line"], []).append((float(row["lon"]), float(row["lat"])))
    return list(lines.values())


def disputed_borders() -> go.Scattergeo:
    """Return the borders that are disputed or not agreed, as dotted lines."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for line in disputed_lines():
        lon += [point[0] for point in line] + [None]
        lat += [point[1] for point in line] + [None]
    return go.Scattergeo(
        name="disputed borders",
        lon=lon,
        lat=lat,
        mode="lines",
        line={"color": INK, "width": 1, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )


def frame_world(figure: go.Figure) -> go.Figure:
    """Give a map its projection, extent and neutral land, without sea and coast lines."""
    settings: dict[str, Any] = {
        "resolution": 50,
        "fitbounds": False,
        "projection_type": "natural earth",
        "projection_scale": 0.98,  # a marker at the edge is not cut
        "lataxis_range": [-57, 84],
        "showframe": False,
        "showcoastlines": False,
        "showcountries": False,
        "showlakes": False,
        "showland": True,
        "landcolor": LAND,
        "bgcolor": "rgba(0,0,0,0)",
    }
    return figure.update_geos(**settings)


def class_map(
    frame: pd.DataFrame,
    colours: Mapping[str, str],
    marks: Callable[[str, pd.DataFrame], list[go.Scattergeo]],
    outlines: Mapping[str, dict[str, Any]] | None = None,
) -> tuple[go.Figure, str]:
    """Draw states by class: the areas, the borders that are disputed, then the marks."""
    figure = go.Figure()
    by_class = {name: frame[frame["class"] == name] for name in colours}
    shown = {name: own for name, own in by_class.items() if len(own)}
    for name, own in shown.items():
        texts = dict(zip(own["iso3"], own["hover"], strict=True))
        figure.add_trace(area(name, texts, colours[name], (outlines or {}).get(name)))
    figure.add_trace(disputed_borders())
    for name, own in shown.items():
        figure.add_traces(marks(name, own))
    frame_world(figure)
    return figure, "; ".join(f"{name}: {counted(len(own), 'state')}" for name, own in shown.items())
