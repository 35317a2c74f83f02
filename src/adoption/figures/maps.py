"""Maps: offline, every member of the United Nations visible, what is not known visible too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.basemap import (
    DISCLAIMER,
    HEIGHT,
    SQUARE,
    class_map,
    legend_entry,
    placed,
    points,
    small_states,
)
from adoption.figures.theme import (
    BOUND_REPORTED,
    INK,
    PAPER,
    RINGED,
    STATUS_COLOURS,
    finish,
    status_classes,
)
from adoption.law.status import NO_ACT, WITHDRAWN
from adoption.words import long_day, when_short

if TYPE_CHECKING:
    from adoption.law.status import Row, Status

RING = {"size": 12, "line": {"color": INK, "width": 2}}
CROSS = {"size": 11, "symbol": "x", "line": {"color": PAPER, "width": 1.5}}
MARKS: Mapping[str, dict[str, Any]] = {**dict.fromkeys(RINGED, RING), WITHDRAWN: CROSS}
# Orange beside blue is no contrast to every eye, so its areas have a dark outline.
OUTLINES: Mapping[str, dict[str, Any]] = {BOUND_REPORTED: {"color": INK, "width": 1}}


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
        markers are the small states, rings on the states whose act is reported, and crosses
        on those that have withdrawn.
    """
    frame = placed(status.participants, states)
    frame = frame[frame["kind"] != "organization"]
    frame["class"] = status_classes(frame)
    frame["hover"] = [hover_text(row) for row in frame.to_dict("records")]
    figure, said = class_map(frame, STATUS_COLOURS, _marks, OUTLINES)
    return finish(
        figure,
        title=title,
        subtitle=f"States by status on {long_day(status.as_of)}",
        source=f"Source: each act's own, listed with its grade in the tables. {DISCLAIMER}",
        alternative=f"World map. {said}.",
        height=HEIGHT,
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


def _marks(name: str, frame: pd.DataFrame) -> list[go.Scattergeo]:
    """Return the small states of a class, the marks of one that has its own, its key."""
    colour = STATUS_COLOURS[name]
    small = small_states(name, frame, colour)
    if name not in MARKS:
        return [small, legend_entry(name, {"size": 12, "color": colour, **SQUARE})]
    at = frame.assign(
        marker_lon=frame["marker_lon"].fillna(frame["label_lon"]),
        marker_lat=frame["marker_lat"].fillna(frame["label_lat"]),
    )
    mark = {"color": colour, **MARKS[name]}
    return [small, points(f"{name} (mark)", at, mark), legend_entry(name, mark)]
