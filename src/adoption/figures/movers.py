"""How well the chances of the next movers were calibrated on treaties held back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.show.theme import CONTEXT, INK, MUTED, SUBJECT, finish
from adoption.words import counted

if TYPE_CHECKING:
    from adoption.forecasting.propensity.chances import Movers

HEIGHT = 470
TICKS = (0, 1, 5, 10, 20, 30, 40, 50, 60, 80, 100)
LEAST_TOP = 0.12
ROOM = 1.08


def calibration_figure(movers: Movers, title: str) -> go.Figure:
    """Draw, for each tenth of the cases, the chance that was given and the share that acted.

    Parameters
    ----------
    movers : Movers
        From `adoption.forecasting.propensity.chances`.
    title : str
        The finding.
    """
    drawn = {"to consent within a year": (movers.consent.tenths, SUBJECT, "circle")}
    if movers.signing is not None:
        drawn["to sign before the close"] = (movers.signing.tenths, INK, "diamond-open")
    top = max([LEAST_TOP, *(t[["chance", "high"]].max().max() for t, _, _ in drawn.values())])
    end = min(top * ROOM, 1.0)
    figure = go.Figure(_diagonal(end))
    for name, (tenths, colour, symbol) in drawn.items():
        figure.add_traces(_marks(tenths, name, colour, symbol))
    ticks = [tick for tick in TICKS if tick <= 100 * end]
    axis = {
        "range": [-0.02, math.sqrt(end)],
        "tickvals": [_place(tick / 100) for tick in ticks],
        "ticktext": [f"{tick}%" for tick in ticks],
    }
    figure.update_xaxes(title="mean chance given, root scale", **axis)
    figure.update_yaxes(title="share that acted", **axis)
    cases, treaties = (int(movers.consent.scores[c].iloc[0]) for c in ("cases", "treaties"))
    return finish(
        figure,
        title=title,
        subtitle=f"Tenths of {cases:,} cases on {counted(treaties, 'treaty', 'treaties')} held "
        "back at the same age; 95% intervals by treaty",
        source="Source: United Nations Treaty Collection, depositary's lists to "
        f"{movers.pool_to:%B %Y}; the chances are a model's.",
        alternative=_in_words({name: tenths for name, (tenths, _, _) in drawn.items()}),
        height=HEIGHT,
    ).update_layout(legend={"y": -0.19})


def _place(share: float) -> float:
    return round(math.sqrt(share), 4)


def _diagonal(end: float) -> go.Scatter:
    return go.Scatter(
        name="as given", x=[0, _place(end)], y=[0, _place(end)], mode="lines",
        line={"color": CONTEXT, "width": 1.5, "dash": "dot"}, hoverinfo="skip",
    )  # fmt: skip


def _marks(tenths: pd.DataFrame, name: str, colour: str, symbol: str) -> list[go.Scatter]:
    """Return the intervals and the marks of one question."""
    rows = tenths.to_dict("records")
    x: list[float | None] = []
    y: list[float | None] = []
    for row in rows:
        x += [_place(row["chance"]), _place(row["chance"]), None]
        y += [_place(row["low"]), _place(row["high"]), None]
    text = [
        f"given {row['chance']:.1%}, acted {row['share']:.1%} of {row['cases']:,}" for row in rows
    ]
    return [
        go.Scatter(
            x=x, y=y, mode="lines", line={"color": colour if symbol == "circle" else MUTED,
            "width": 1.5}, opacity=0.6, hoverinfo="skip", showlegend=False,
        ),
        go.Scatter(
            name=name, x=[_place(row["chance"]) for row in rows],
            y=[_place(row["share"]) for row in rows], text=text, mode="markers",
            marker={"size": 10, "color": colour, "symbol": symbol, "line": {"width": 2,
            "color": colour}}, hovertemplate="%{text}<extra></extra>",
        ),
    ]  # fmt: skip


def _in_words(drawn: dict[str, pd.DataFrame]) -> str:
    parts = []
    for name, tenths in drawn.items():
        said = ", ".join(
            f"{row['chance']:.1%} given and {row['share']:.1%} acted"
            for row in tenths.to_dict("records")
        )
        parts.append(f"Chance {name}: {said}")
    return f"Calibration by tenth of the cases, from the least likely on. {'. '.join(parts)}."
