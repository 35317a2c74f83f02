"""The odds ratios of the logit with their intervals."""

from __future__ import annotations

from math import log10

import plotly.graph_objects as go

from adoption.countries.adopters import Adopters
from adoption.countries.signing_model import Model, NoModel
from adoption.figures.association import GCI_SOURCE, intervals, reference, wrapped
from adoption.figures.theme import CONTEXT, GRID, SUBJECT, finish

ROW_HEIGHT = 46
ODDS_TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
SHORTEST_AXIS = 2.0  # odds ratios from one half to two are always on the axis
EDGE = 1.1


def coefficient_chart(result: Model | NoModel, adopters: Adopters, title: str) -> go.Figure | None:
    """Draw the odds ratios of a logit with their intervals; nothing where there is no model.

    Parameters
    ----------
    result : Model or NoModel
        From `adoption.countries.signing_model.fit`.
    adopters : Adopters
        What it was told.
    title : str
        The finding.
    """
    if isinstance(result, NoModel):
        return None
    drawn = result.coefficients.reset_index(names="place")
    clear = (drawn["low"] > 1) | (drawn["high"] < 1)
    ends = (len(drawn) - 0.5, -0.5)
    figure = go.Figure(reference(1, ends))
    for rows, name, colour in (
        (drawn[clear], "interval excludes 1", SUBJECT),
        (drawn[~clear], "interval includes 1", CONTEXT),
    ):
        if len(rows):
            figure.add_trace(intervals(rows, colour))
            figure.add_trace(
                go.Scatter(
                    name=name,
                    x=rows["odds_ratio"].round(3).tolist(),
                    y=rows["place"].tolist(),
                    text=rows["label"].tolist(),
                    mode="markers",
                    marker={"size": 11, "color": colour},
                    hovertemplate="%{text}: %{x:.2f}<extra></extra>",
                )
            )
    low = min(1 / SHORTEST_AXIS, drawn["low"].min()) / EDGE
    high = max(SHORTEST_AXIS, drawn["high"].max()) * EDGE
    ticks = [tick for tick in ODDS_TICKS if low <= tick <= high]
    figure.update_xaxes(
        type="log",
        range=[log10(low), log10(high)],
        tickvals=ticks,
        ticktext=[f"{tick:g}" for tick in ticks],
        title="odds ratio per standard deviation",
    )
    figure.update_yaxes(
        tickvals=drawn["place"].tolist(),
        ticktext=[wrapped(label) for label in drawn["label"]],
        range=ends,
        gridcolor=GRID,
    )
    said = "; ".join(
        f"{row['label']} {row['odds_ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        for row in drawn.to_dict("records")
    )
    return finish(
        figure,
        title=title,
        subtitle=f"Odds of having {adopters.did}, {len(result.cases.outcome)} states; 95% "
        "intervals clustered by M49 sub-region",
        source=f"Source: {GCI_SOURCE}; World Bank; United Nations. Acts: each one's own, listed at "
        "the end.",
        alternative=f"Odds ratios of a logit. {said}.",
        height=134 + ROW_HEIGHT * len(drawn) + 60,
    ).update_layout(legend={"y": -0.25})
