"""Whether forecasts of the past were as sure as they should have been."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.skill import SOURCE
from adoption.forecasting.skill import INTERVALS, SINCE, Kind, score_of
from adoption.sentences.skill import NAMES
from adoption.show.theme import CONTEXT, INK, MUTED, SUBJECT, finish
from adoption.words import counted

HEIGHT = 430
ROOM = 1.1
SHIFT = 0.17  # of the distance between two intervals
REACH = 0.34  # of the mark of what was said, to each side
# What is drawn of the coverage: way, set, name, shift to the side, colour and symbol.
DRAWN: tuple[tuple[str, Kind, str, float, str, str], ...] = (
    ("then", "all", "as known then", -SHIFT, SUBJECT, "circle"),
    ("then", "opened since", f"the same, opened since {SINCE}", 0.0, MUTED, "square-open"),
    ("apart", "all", "with hindsight", SHIFT, INK, "diamond-open"),
)
# Of the histogram: way, colour.
BARS = {"then": SUBJECT, "apart": INK}


def coverage_figure(measured: pd.DataFrame, title: str) -> go.Figure:
    """Draw how often the 50, 80 and 95% intervals held what happened.

    Parameters
    ----------
    measured : DataFrame
        From `adoption.forecasting.skill.skill_by_set`.
    title : str
        The finding.
    """
    figure = go.Figure(_as_said())
    said, lowest = [], 100.0
    for method, kind, name, shift, colour, symbol in DRAWN:
        row = score_of(measured, method, kind)
        if not row["cases"]:
            continue
        held = [100 * row[f"within_{percent}"] for percent in INTERVALS]
        ends = [
            [100 * row[f"within_{percent}_{end}"] for percent in INTERVALS]
            for end in ("low", "high")
        ]
        places = [place + shift for place in range(len(INTERVALS))]
        figure.add_traces(_marks(name, places, held, ends, colour, symbol))
        lowest = min(lowest, *held, *(low for low in ends[0] if low == low))
        said.append(f"{name}: {_in_words(held)}")
    ticks = list(range(10 * int(min(lowest, INTERVALS[0]) // 10), 101, 10))
    figure.update_xaxes(
        range=[-0.5, len(INTERVALS) - 0.5], tickvals=list(range(len(INTERVALS))),
        ticktext=[f"{percent}%" for percent in INTERVALS], title="interval", showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        range=[ticks[0], 101], tickvals=ticks, ticktext=[f"{tick}%" for tick in ticks],
        title="share of cases that it held",
    )  # fmt: skip
    row = score_of(measured, "then")
    return finish(
        figure,
        title=title,
        subtitle=f"Share of {counted(row['cases'], 'case')} in which the model's 50, 80 and 95% "
        "intervals held what happened; upright lines: 95% interval by treaty",
        source=SOURCE,
        alternative=f"Coverage of the model's intervals. {'; '.join(said)}.",
        height=HEIGHT,
    ).update_layout(legend={"y": -0.2})


def histogram_figure(shares: pd.DataFrame, title: str) -> go.Figure:
    """Draw where in the forecast what happened came to lie: the PIT histogram.

    Parameters
    ----------
    shares : DataFrame
        From `adoption.forecasting.skill.histograms`, of the ways that `BARS` names.
    title : str
        The finding.
    """
    figure = go.Figure()
    said = []
    parts = sorted(shares["part"].unique().tolist())
    for method, colour in BARS.items():
        own = shares[shares["method"] == method]
        heights = (100 * own["share"]).round(1).tolist()
        name = NAMES[method].removeprefix("Model").strip(", ")
        filled = method == "then"
        figure.add_trace(
            go.Bar(
                name=name, x=own["part"].tolist(), y=heights,
                marker={"color": colour if filled else "rgba(0,0,0,0)",
                        "line": {"color": colour, "width": 0 if filled else 1.5}},
                hovertemplate="tenth %{x}: %{y}% of cases<extra>" + name + "</extra>",
            )
        )  # fmt: skip
        said.append(f"{name}: {', '.join(f'{height:.0f}%' for height in heights)}")
    even = 100 / max(len(parts), 1)
    figure.add_trace(
        go.Scatter(
            name="if right", x=[0.5, len(parts) + 0.5], y=[even, even], mode="lines",
            line={"color": CONTEXT, "width": 1.5, "dash": "dot"}, hoverinfo="skip",
        )
    )  # fmt: skip
    top = max([even, *(100 * shares["share"])])
    figure.update_xaxes(
        tickvals=parts, showgrid=False, title="tenth of the forecast, from sooner to later"
    )
    figure.update_yaxes(range=[0, ROOM * top], ticksuffix="%", title="share of cases")
    return finish(
        figure,
        title=title,
        subtitle="Share of cases by the tenth of the model's probability in which it happened; a "
        "case still open is spread over the later tenths",
        source=SOURCE,
        alternative="Histogram of the probability integral transform, from the soonest tenth to "
        f"the latest. {'; '.join(said)}.",
        height=HEIGHT,
    ).update_layout(legend={"y": -0.2}, barmode="group", bargap=0.25, bargroupgap=0.08)


def _as_said() -> go.Scatter:
    """Return a level mark at what each interval said."""
    x: list[float | None] = []
    y: list[float | None] = []
    for place, percent in enumerate(INTERVALS):
        x += [place - REACH, place + REACH, None]
        y += [percent, percent, None]
    return go.Scatter(
        name="as said", x=x, y=y, mode="lines", hoverinfo="skip",
        line={"color": CONTEXT, "width": 2, "dash": "dot"},
    )  # fmt: skip


def _marks(
    name: str,
    x: list[float],
    y: list[float],
    ends: list[list[float]],
    colour: str,
    symbol: str,
) -> list[go.Scatter]:
    """Return the intervals and the marks of one way."""
    line_x: list[float | None] = []
    line_y: list[float | None] = []
    for place, low, high in zip(x, *ends, strict=True):
        if low == low:  # not missing
            line_x += [place, place, None]
            line_y += [low, high, None]
    text = [
        f"{percent}% interval: held {height:.0f}%"
        for percent, height in zip(INTERVALS, y, strict=True)
    ]
    return [
        go.Scatter(
            x=line_x, y=line_y, mode="lines", line={"color": colour, "width": 2}, opacity=0.45,
            hoverinfo="skip", showlegend=False,
        ),
        go.Scatter(
            name=name, x=x, y=y, text=text, mode="markers",
            marker={"size": 10, "color": colour, "symbol": symbol,
                    "line": {"width": 2, "color": colour}},
            hovertemplate="%{text}<extra>" + name + "</extra>",
        ),
    ]  # fmt: skip


def _in_words(held: list[float]) -> str:
    parts = [f"{p}% held {value:.0f}%" for p, value in zip(INTERVALS, held, strict=True)]
    return ", ".join(parts)
