"""The chance to act within a year by the years waited, and where conventions lie beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log10

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.survival import SINCE
from adoption.forecasting.hazard import SPREAD, Hazard
from adoption.show.charts import EndLabel, intervals, label_ends, reference, wrapped
from adoption.show.theme import (
    BOUND_REPORTED,
    CONTEXT,
    GRID,
    MUTED,
    STATUS_COLOURS,
    SUBJECT,
    faint,
    finish,
)
from adoption.words import counted, percent

HEIGHT = 420
PLOT_HEIGHT = HEIGHT - 78 - 56
ROW_HEIGHT = 44
ODDS_TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
EDGE = 1.15
SOURCE = (
    "Source: United Nations Treaty Collection, depositary's lists to January 2018; conventions "
    "of the registry, each act's own source, listed at the end."
)
READING: Mapping[str, tuple[str, ...]] = {
    "complete": (),
    "known": ("known acts",),
    "with_reports": ("with reports",),
}


def hazard_chart(hazard: Hazard, title: str) -> go.Figure | None:
    """Draw the chance to act within a year by the years waited, on a typical treaty.

    Parameters
    ----------
    hazard : Hazard
        From `adoption.forecasting.hazard.estimate_hazard`.
    title : str
        The finding.

    Returns
    -------
    Figure or None
        None where there is no model.
    """
    if hazard.fitted is None:
        return None
    levels = hazard.levels
    x = [*levels["begin"], float(levels["end"].iloc[-1])]

    def stepped(name: str) -> list[float]:
        values = (100 * levels[name]).round(2).tolist()
        return [*values, values[-1]]

    figure = go.Figure()
    for low, high, name, opacity in (
        ("narrow", "wide", "four of five treaties", "0.16"),
        ("low", "high", "95% interval of the typical treaty", "0.45"),
    ):
        fill = faint(SUBJECT).replace("0.25", opacity)
        edge = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
        figure.add_trace(go.Scatter(x=x, y=stepped(high), showlegend=False, **edge))
        figure.add_trace(
            go.Scatter(
                x=x, y=stepped(low), name=name, fill="tonexty", fillcolor=fill, showlegend=False,
                **edge,
            )
        )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            name="typical treaty", x=x, y=stepped("chance"), mode="lines", showlegend=False,
            line={"color": SUBJECT, "width": 3, "shape": "hv"},
            hovertemplate="from %{x:g} years: %{y:.0f}% a year<extra>typical treaty</extra>",
        )
    )  # fmt: skip
    top = max(stepped("wide")) * 1.08
    last = float(levels["chance"].iloc[-1])
    labels = [
        EndLabel(f"{percent(last, 1)} a year", x[-1], 100 * last, SUBJECT, bold=True),
        EndLabel("four of five", x[-1], max(stepped("wide")[-1], top * 0.12), MUTED),
    ]
    label_ends(figure, labels, top=top, plot_height=PLOT_HEIGHT)
    figure.update_xaxes(range=[-0.02 * x[-1], x[-1]], title=SINCE[hazard.step])
    figure.update_yaxes(range=[0, top], ticksuffix="%", title="chance within a year")
    said = "; ".join(
        f"from {row['begin']:g} to {row['end']:g} years {percent(row['chance'], 1)} "
        f"({percent(row['low'], 1)} to {percent(row['high'], 1)})"
        for row in levels.to_dict("records")
    )
    return finish(
        figure,
        title=title,
        subtitle="Chance to act within a year, of those that had not; dark band: 95% interval; "
        f"pale: four of five treaties. {counted(hazard.treaties, 'treaty', 'treaties')}, "
        f"{counted(hazard.acts, hazard.step)}",
        source=SOURCE,
        alternative=f"Step curve on a typical treaty, chance within a year: {said}.",
        height=HEIGHT,
    ).update_layout(margin={"r": 96})


def effect_chart(hazard: Hazard, effects: pd.DataFrame, title: str) -> go.Figure | None:
    """Draw where conventions lie beside a typical treaty.

    Parameters
    ----------
    hazard : Hazard
        From `adoption.forecasting.hazard.estimate_hazard`.
    effects : DataFrame
        From `adoption.forecasting.hazard.effects`, the subject first.
    title : str
        The finding.

    Returns
    -------
    Figure or None
        None where no convention can be placed.
    """
    known = effects.dropna(subset=["odds"]).reset_index(drop=True).reset_index(names="place")
    if known.empty or hazard.fitted is None:
        return None
    spread = SPREAD * hazard.fitted.deviation
    ends = (len(known) - 0.5, -0.5)
    figure = go.Figure(reference(1, ends))
    figure.add_vrect(
        x0=exp(-spread), x1=exp(spread), fillcolor=faint(SUBJECT).replace("0.25", "0.08"),
        line_width=0, layer="below",
    )  # fmt: skip
    subject = str(effects["convention"].iloc[0])
    reports = known["reading"] == "with_reports"
    own = (known["convention"] == subject) & ~reports
    for rows, name, colour in (
        (known[own], "the subject", SUBJECT),
        (known[reports], "with reports", STATUS_COLOURS[BOUND_REPORTED]),
        (known[~own & ~reports], "others", CONTEXT),
    ):
        if rows.empty:
            continue
        least = rows["reading"] == "known"
        figure.add_trace(intervals(rows, colour))
        figure.add_trace(
            go.Scatter(
                name=name, x=rows["odds"].round(3).tolist(), y=rows["place"].tolist(),
                text=_names(rows), mode="markers", showlegend=False,
                marker={"size": 11, "color": colour,
                        "symbol": ["circle-open" if hollow else "circle" for hollow in least],
                        "line": {"width": 2, "color": colour}},
                hovertemplate="%{text}: %{x:.2f}<extra></extra>",
            )
        )  # fmt: skip
    low = min(exp(-spread), known["low"].min()) / EDGE
    high = max(exp(spread), known["high"].max()) * EDGE
    ticks = [tick for tick in ODDS_TICKS if low <= tick <= high]
    figure.update_xaxes(
        type="log", range=[log10(low), log10(high)], tickvals=ticks,
        ticktext=[f"{tick:g}" for tick in ticks], title="odds beside a typical treaty",
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=known["place"].tolist(), ticktext=[wrapped(name) for name in _names(known)],
        range=ends, gridcolor=GRID,
    )  # fmt: skip
    said = "; ".join(
        f"{name} {row['odds']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        for name, row in zip(_names(known), known.to_dict("records"), strict=True)
    )
    return finish(
        figure,
        title=title,
        subtitle="Odds that one who has waited acts, beside a typical treaty (1); 95% intervals; "
        "pale: four of five treaties",
        source=SOURCE,
        alternative=f"Odds ratios. {said}.",
        height=150 + ROW_HEIGHT * len(known),
    )


def _names(rows: pd.DataFrame) -> Sequence[str]:
    return [", ".join([row["label"], *READING[row["reading"]]]) for row in rows.to_dict("records")]
