"""The parts of a waiting curve: its points as they are drawn, step lines, regions and the bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.forecasting.treaties import YEAR
from adoption.show.theme import SUBJECT, faint

if TYPE_CHECKING:
    from adoption.forecasting.survival import Estimate

FINEST = 100  # of the axis: steps closer than that are one, six pixels at most


def drawn(estimate: Estimate, years: float, finest: int = FINEST) -> pd.DataFrame:
    """Return a curve as it is drawn, all states together."""
    first = estimate.first_share
    if first is None:
        return pd.DataFrame(columns=["x", "y", "low", "high"], dtype="float64")
    curve = estimate.curve
    if curve.empty:
        share = 100 * first.value
        return pd.DataFrame({"x": [0.0], "y": [share], "low": [share], "high": [share]})
    frame = pd.DataFrame({"x": curve["day"] / YEAR})
    for name, column in (("y", "share"), ("low", "low"), ("high", "high")):
        frame[name] = 100 * (first.value + (1 - first.value) * curve[column])
    inside = frame[frame["x"] <= years]
    if len(inside) < len(frame):
        inside = pd.concat([inside, inside.tail(1).assign(x=float(years))])
    place = (inside["x"] * finest / years).astype(int).where(inside["x"] > 0, -1)
    return inside[~place.duplicated(keep="last")].reset_index(drop=True)


def part_from(line: pd.DataFrame, x: float) -> pd.DataFrame:
    """Return the part of a step line from a place on, which has its value there."""
    before = line[line["x"] <= x].tail(1).assign(x=x)
    return pd.concat([before, line[line["x"] > x]], ignore_index=True)


def region(lower: pd.DataFrame, upper: pd.DataFrame, opacity: float) -> list[go.Scatter]:
    """Return the region between two step lines."""
    edge = {"shape": "hv", "width": 0}
    shared = {"mode": "lines", "line": edge, "hoverinfo": "skip", "showlegend": False}
    fill = faint(SUBJECT).replace("0.25", str(opacity))
    (x, low), (above, high) = lower.columns, upper.columns
    return [
        go.Scatter(x=rounded(upper[above], 3), y=rounded(upper[high], 1), **shared),
        go.Scatter(
            x=rounded(lower[x], 3), y=rounded(lower[low], 1), fill="tonexty", fillcolor=fill,
            **shared,
        ),
    ]  # fmt: skip


def step_line(
    name: str, line: pd.DataFrame, colour: str, width: float, dash: str = "solid"
) -> go.Scatter:
    """Return a step line of some points of `drawn`."""
    return go.Scatter(
        name=name, x=rounded(line["x"], 3), y=rounded(line["y"], 1), mode="lines",
        showlegend=False, line={"color": colour, "width": width, "shape": "hv", "dash": dash},
        hovertemplate="%{x:.1f} years: %{y:.0f}%<extra>%{fullData.name}</extra>",
    )  # fmt: skip


def first_day_bar(name: str, height: float) -> go.Scatter:
    """Return the first day of the subject: an upright bar with a mark at its top."""
    return go.Scatter(
        name=f"{name}, first day", x=[0, 0], y=[0, round(height, 1)], mode="lines+markers",
        line={"color": SUBJECT, "width": 7}, showlegend=False,
        marker={"size": [0, 11], "color": SUBJECT},
        hovertemplate="on the first day: %{y:.0f}%<extra>" + name + "</extra>",
    )  # fmt: skip


def rounded(values: pd.Series[float], digits: int) -> list[float]:
    """Return numbers as they are plotted."""
    return [float(value) for value in values.round(digits)]
