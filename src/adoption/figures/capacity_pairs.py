"""An index beside its earlier edition, and beside the other index."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from adoption.countries.capacity import Pair, largest_moves, rank_correlation, rank_gaps
from adoption.figures.capacity import SOURCES
from adoption.figures.theme import CONTEXT, INK, MUTED, SUBJECT, finish
from adoption.sentences.capacity_pairs import signed
from adoption.words import counted

MOVES = 8  # largest rises that are drawn, and as many falls
ROW = 36  # pixels of a move
LABELLED = 2  # states named on either side of the other index
HIGH = 0.9  # of the scale: a name above it stands over the dots, not among them
UNSURE = " *"


def moves_chart(moves: Pair | None, zeros: Sequence[str], title: str) -> go.Figure | None:
    """Draw the largest differences between two editions, each as a line from old to new.

    Parameters
    ----------
    moves : Pair or None
        From `adoption.countries.capacity.since_earlier`.
    zeros : sequence of str
        States of which either value is a published 0 without known parts: they get a star.
    title : str
        The finding.

    Returns
    -------
    Figure or None
        None where there is no earlier edition or no state has another value.
    """
    if moves is None:
        return None
    shown = largest_moves(moves.frame, MOVES)
    if shown.empty:
        return None
    indicator, before = moves.indicator, moves.beside
    top, places = indicator.maximum, list(range(len(shown)))
    figure = go.Figure(_lines(shown))
    figure.add_trace(_ends(shown, "beside", before.name, "circle-open", MUTED))
    figure.add_trace(_ends(shown, "value", indicator.name, "circle", SUBJECT))
    words = [
        f"{row['name']}{UNSURE if row['name'] in zeros else ''} "
        f"<b>{signed(row['difference'], indicator)}</b>"
        for row in shown.to_dict("records")
    ]
    figure.add_trace(
        go.Scatter(
            name="words", x=[-0.03 * top] * len(words), y=[place - 0.42 for place in places],
            text=words, mode="text", textposition="middle right", cliponaxis=False,
            hoverinfo="skip", showlegend=False,
        )
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[len(shown) - 0.5, -0.9])
    figure.update_xaxes(range=[-0.03 * top, 1.03 * top], title=f"of {top}", nticks=6)
    marked = any(name in zeros for name in shown["name"])
    star = " * A value of it is a published 0 whose parts are not known." if marked else ""
    said = "; ".join(
        f"{row['name']} from {indicator.rounded(row['beside'])} to "
        f"{indicator.rounded(row['value'])}"
        for row in shown.to_dict("records")
    )
    return finish(
        figure,
        title=title,
        subtitle=f"The largest differences of {indicator.name} from {before.edition}, up and down; "
        "editions differ in method",
        source=f"Source: {SOURCES[indicator.index]}{star}",
        alternative=f"Dumbbell plot. {said}.",
        height=ROW * (len(shown) + 1) + 78 + 60,
    ).update_layout(legend={"y": -0.1})


def _lines(shown: pd.DataFrame) -> go.Scatter:
    """Return a line for each state from its earlier value to the later one."""
    x: list[float | None] = []
    y: list[int | None] = []
    for place, row in enumerate(shown.to_dict("records")):
        x += [row["beside"], row["value"], None]
        y += [place, place, None]
    return go.Scatter(
        x=x, y=y, mode="lines", line={"color": CONTEXT, "width": 2}, hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip


def _ends(shown: pd.DataFrame, column: str, name: str, symbol: str, colour: str) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=shown[column].round(4).tolist(),
        y=list(range(len(shown))),
        text=shown["name"].tolist(),
        mode="markers",
        marker={"size": 10, "symbol": symbol, "color": colour, "line": {"width": 2}},
        hovertemplate="%{text}: %{x}<extra></extra>",
    )


def other_chart(other: Pair, title: str) -> go.Figure | None:
    """Draw each state by its value of two indices, and name those placed most differently.

    Parameters
    ----------
    other : Pair
        From `adoption.countries.capacity.pair`.
    title : str
        The finding.

    Returns
    -------
    Figure or None
        None where no state has both.
    """
    if other.frame.empty:
        return None
    one, beside, frame = other.indicator, other.beside, other.frame
    named = rank_gaps(frame, LABELLED)
    figure = go.Figure(_states(frame[~frame["iso3"].isin(named["iso3"])], other, CONTEXT))
    figure.add_trace(_states(named, other, SUBJECT))
    for row in named.to_dict("records"):
        left, high = row["beside"] > beside.maximum / 2, row["value"] > HIGH * one.maximum
        figure.add_annotation(
            name="state", text=row["name"], showarrow=False, x=row["beside"], y=row["value"],
            xanchor="right" if left else "left", xshift=-8 if left else 8,
            yshift=14 if high else 0, font={"size": 12, "color": INK},
            bgcolor="rgba(255,255,255,0.75)",
        )  # fmt: skip
    for axis, indicator in ((figure.update_xaxes, beside), (figure.update_yaxes, one)):
        top = indicator.maximum
        axis(range=[-0.03 * top, 1.04 * top], title=f"{indicator.name}, of {top}", nticks=6)
    rho = rank_correlation(frame)
    said = "" if rho != rho else f" Spearman's rank correlation {rho:.2f}."
    places = "; ".join(
        f"{row['name']} {one.rounded(row['value'])} and {beside.rounded(row['beside'])}"
        for row in named.to_dict("records")
    )
    most = f" Placed most differently: {places}." if places else ""
    return finish(
        figure,
        title=title,
        subtitle=f"{one.name} against {beside.name}; a dot is a state, named where the two place "
        "it most differently",
        source=f"Sources: {SOURCES[one.index]} {SOURCES[beside.index]}",
        alternative=f"Scatter plot of {counted(len(frame), 'state')}.{said}{most}",
        height=500,
    )


def _states(frame: pd.DataFrame, other: Pair, colour: str) -> go.Scatter:
    return go.Scatter(
        x=frame["beside"].round(other.beside.decimals).tolist(),
        y=frame["value"].round(other.indicator.decimals).tolist(),
        text=frame["name"].tolist(),
        mode="markers",
        marker={"size": 8, "color": colour, "opacity": 0.7 if colour == CONTEXT else 1},
        hovertemplate="%{text}: %{y}, %{x}<extra></extra>",
        showlegend=False,
    )
