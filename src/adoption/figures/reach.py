"""How far the list of acts of each convention reaches."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.theme import CONTEXT, INK, SUBJECT, finish
from adoption.figures.timelines import faint
from adoption.law.conventions import REACH_DAYS, Convention
from adoption.words import long_day, short_day

ROW_HEIGHT = 30
BAR = 11  # pixels
TIERS = (
    ("complete_to", "nearly_complete_to", "nearly complete", 0.6),
    ("nearly_complete_to", "partial_to", "partial", 0.25),
)
ROOM = pd.Timedelta(days=250)  # at the ends of the axis, so that no bar touches a label


def reach_chart(reach: pd.DataFrame, subject: Convention, as_of: date, title: str) -> go.Figure:
    """Draw each convention from its opening to the day to which its list is complete, or known.

    Parameters
    ----------
    reach : DataFrame
        From `adoption.law.evidence.reach`.
    subject : Convention
        Drawn strong.
    as_of : date
        The day up to which a list should reach; marked.
    title : str
        The finding.
    """
    own = reach["convention"] == subject.convention
    places = reach.assign(place=range(len(reach)))
    figure = go.Figure()
    for rows, colour in ((places[~own], CONTEXT), (places[own], SUBJECT)):
        figure.add_trace(_bars(rows, "opens", "complete_to", colour))
        since = rows.assign(
            complete_to=rows["complete_to"].fillna(rows["opens"]),
            nearly_complete_to=rows["nearly_complete_to"].fillna(rows["opens"]),
        )
        for start, end, _, opacity in TIERS:
            further = since[since[end] > since[start]]
            figure.add_trace(_bars(further, start, end, faint(colour, opacity)))
        figure.add_trace(_ends(rows.dropna(subset=["complete_to"]), colour))
    labels = [
        f"<b>{label}</b>" if bold else label
        for label, bold in zip(reach["label"], own, strict=True)
    ]
    figure.add_vline(x=as_of.isoformat(), line={"color": INK, "width": 1, "dash": "dot"})
    figure.add_annotation(
        name="as-of", x=as_of.isoformat(), y=1, yref="paper", text=short_day(as_of),
        showarrow=False, xanchor="right", yanchor="top", xshift=-3, font={"size": 11, "color": INK},
    )  # fmt: skip
    last = reach[list(REACH_DAYS)].max().max()
    axis = [reach["opens"].min() - ROOM, max(last, pd.Timestamp(as_of)) + ROOM]
    figure.update_xaxes(type="date", nticks=6, range=[f"{day:%Y-%m-%d}" for day in axis])
    figure.update_yaxes(
        tickvals=list(range(len(labels))), ticktext=labels, range=[len(labels) - 0.4, -1.1],
        showgrid=False,
    )  # fmt: skip
    return finish(
        figure,
        title=title,
        subtitle="From opening to the day to which the list of acts is complete (mark); paler: "
        "nearly complete; palest: partial; none: nothing known",
        source="Source: the registry of conventions, data/reference/conventions.toml.",
        alternative=_in_words(reach),
        height=78 + 70 + ROW_HEIGHT * (len(labels) + 1),
    ).update_layout(showlegend=False)


def _bars(rows: pd.DataFrame, start: str, end: str, colour: str) -> go.Scatter:
    """Return one trace of a bar a row, where both its days are known."""
    x: list[str | None] = []
    y: list[int | None] = []
    for row in rows.dropna(subset=[start, end]).to_dict("records"):
        x += [f"{row[start]:%Y-%m-%d}", f"{row[end]:%Y-%m-%d}", None]
        y += [row["place"], row["place"], None]
    line = {"color": colour, "width": BAR}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def _ends(rows: pd.DataFrame, colour: str) -> go.Scatter:
    """Return the marks of the days to which lists are complete: one of one day has no length."""
    return go.Scatter(
        x=[f"{day:%Y-%m-%d}" for day in rows["complete_to"]],
        y=rows["place"].tolist(),
        text=rows["label"].tolist(),
        mode="markers",
        marker={"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": colour}},
        hovertemplate="%{text}: complete to %{x}<extra></extra>",
    )


def _in_words(reach: pd.DataFrame) -> str:
    said = [
        f"{row['label']} {_to(row['complete_to'], 'complete to', 'never complete')}"
        + "".join(
            _to(row[end], f", {tier} to", "")
            for start, end, tier, _ in TIERS
            if row[start] != row[end]
        )
        for row in reach.to_dict("records")
    ]
    return f"Bars by convention, from its opening. {'; '.join(said)}."


def _to(day: object, said: str, otherwise: str) -> str:
    return f"{said} {long_day(day)}" if isinstance(day, pd.Timestamp) else otherwise
