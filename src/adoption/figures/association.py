"""Shares of states that adopt a convention, and the states by capacity and wealth."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from adoption.countries.association import CAPACITY, UNKNOWN, Adopters
from adoption.figures.theme import (
    CONTEXT,
    INK,
    PAPER,
    RINGED,
    STATUS_COLOURS,
    SUBJECT,
    finish,
    status_classes,
)
from adoption.law.status import NO_ACT
from adoption.words import long_day

ROW_HEIGHT = 28
BETWEEN = 0.4  # of a row, before the heading of a block
SECOND_LINE = 0.35  # of a row, for each further line of a label
LETTERS = 20  # of a label, before it goes on in a second line
GCI_SOURCE = "ITU, Global Cybersecurity Index (non-commercial use with attribution)"
SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1]
GDP_TICKS = [200, 1_000, 5_000, 20_000, 100_000]


def shares_chart(measured: pd.DataFrame, adopters: Adopters, title: str) -> go.Figure:
    """Draw the share of states that have acted, a row a category, a block a characteristic.

    Parameters
    ----------
    measured : DataFrame
        The rows of `adoption.countries.association.shares` to be drawn.
    adopters : Adopters
        What they are made from.
    title : str
        The finding.
    """
    labels: list[str] = []
    ticks: list[float] = []
    places: list[float] = []
    end = -BETWEEN
    for label, block in measured.groupby("label", sort=False):
        lines = [f"<b>{wrapped(str(label).removesuffix(' pillar'))}</b>"]
        lines += [wrapped(str(category).removesuffix(" Group")) for category in block["category"]]
        end += BETWEEN
        for line in lines:
            height = 1 + SECOND_LINE * line.count("<br>")
            ticks.append(round(end + height / 2, 3))
            end += height
        labels += lines
        places += ticks[1 - len(lines) :]
    drawn = measured.assign(place=places)
    states = len(adopters.frame)
    overall = adopters.acted / states
    ends = (end, 0.0)
    known = drawn[drawn["category"] != UNKNOWN]
    figure = go.Figure(reference(overall, ends))
    for rows, name, colour, symbol in (
        (known, f"share known to have {adopters.did}", SUBJECT, "circle"),
        (drawn[drawn["category"] == UNKNOWN], "characteristic not known", CONTEXT, "circle-open"),
    ):
        if len(rows):
            figure.add_trace(intervals(rows, colour))
            figure.add_trace(_dots(rows, name, colour, symbol))
    side, shift = ("left", 4) if overall < 1 / 2 else ("right", -4)
    figure.add_annotation(
        x=overall, y=ticks[0], text=f"all {states}: {overall:.0%}", showarrow=False, xanchor=side,
        xshift=shift, font={"size": 12},
    )  # fmt: skip
    figure.update_xaxes(range=[-0.02, 1.02], tickvals=SHARE_TICKS, tickformat=".0%")
    figure.update_yaxes(tickvals=ticks, ticktext=labels, range=ends, showgrid=False)
    said = "; ".join(
        f"{row['label']}, {row['category']}: {row['acted']} of {row['states']}"
        for row in measured.to_dict("records")
    )
    return finish(
        figure,
        title=title,
        subtitle=f"Share of {adopters.who} by {long_day(adopters.as_of)}, reports "
        "included, with 95% Wilson interval",
        source=f"Source: {_publishers(measured)}. Acts: each one's own, listed at the end.",
        alternative=f"Dot plot of shares by category. {said}.",
        height=round(134 + ROW_HEIGHT * end + 30),
    ).update_layout(legend={"y": -30 / (ROW_HEIGHT * end + 30)})


def _publishers(measured: pd.DataFrame) -> str:
    if measured["variable"].isin(list(CAPACITY)).all():
        return GCI_SOURCE
    return "World Bank, United Nations, V-Dem and others, listed at the end"


def wrapped(label: str) -> str:
    """Return a label in lines that leave room for the chart on a small screen.

    Examples
    --------
    >>> wrapped("Member of the European Union")
    'Member of the<br>European Union'
    """
    return "<br>".join(textwrap.wrap(label, LETTERS))


def reference(x: float, ends: tuple[float, float]) -> go.Scatter:
    """Return an upright line to compare with, as a trace, so that the grid does not cover it."""
    return go.Scatter(
        x=[x, x], y=list(ends), mode="lines", line={"color": INK, "width": 1, "dash": "dot"},
        hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def intervals(rows: pd.DataFrame, colour: str) -> go.Scatter:
    """Return all intervals as one broken line."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row in rows.to_dict("records"):
        x += [round(row["low"], 3), round(row["high"], 3), None]
        y += [row["place"], row["place"], None]
    return go.Scatter(
        x=x, y=y, mode="lines", line={"color": colour, "width": 2}, opacity=0.45,
        hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _dots(rows: pd.DataFrame, name: str, colour: str, symbol: str) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=rows["share"].round(3).tolist(),
        y=rows["place"].tolist(),
        text=[
            f"{row['category']}: {row['acted']} of {row['states']} ({row['low']:.0%} to "
            f"{row['high']:.0%})"
            for row in rows.to_dict("records")
        ],
        mode="markers",
        marker={"size": 10, "color": colour, "symbol": symbol, "line": {"width": 2}}
        if symbol == "circle-open"
        else {"size": 10, "color": colour, "symbol": symbol},
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


def status_scatter(adopters: Adopters, title: str) -> go.Figure:
    """Draw every state by GDP per capita and GCI score, its status as colour.

    Parameters
    ----------
    adopters : Adopters
        The states; those without either value are not drawn.
    title : str
        The finding.
    """
    frame = adopters.frame.dropna(subset=["overall", "gdp_per_capita"])
    classes = pd.Series(
        status_classes(frame),
        frame.index,
        dtype="str",
    )
    figure = go.Figure()
    said = []
    for name, colour in STATUS_COLOURS.items():
        rows = frame[classes == name]
        if rows.empty:
            continue
        ringed = name in RINGED
        outline = (
            {"width": 2}
            if ringed
            else {"width": 0.8, "color": CONTEXT if name == NO_ACT else PAPER}
        )
        figure.add_trace(
            go.Scatter(
                name=f"{name} ({len(rows)})",
                x=rows["gdp_per_capita"].round().tolist(),
                y=rows["overall"].round(1).tolist(),
                text=rows["name"].tolist(),
                mode="markers",
                marker={
                    "size": 10, "color": colour, "line": outline,
                    "symbol": "circle-open" if ringed else "circle",
                },
                hovertemplate="%{text}: GCI %{y}, $%{x:,}<extra></extra>",
            )
        )  # fmt: skip
        said.append(f"{name}: {len(rows)} states, median score {rows['overall'].median():.0f}")
    figure.update_xaxes(
        type="log", tickvals=GDP_TICKS, ticktext=[f"{tick:,}" for tick in GDP_TICKS],
        tickangle=0, title="GDP per capita, US dollars, logarithmic",
    )  # fmt: skip
    figure.update_yaxes(range=[-4, 104], title="GCI score")
    return finish(
        figure,
        title=title,
        subtitle=f"GCI {adopters.edition} (0 to 100) against GDP per capita; status on "
        f"{long_day(adopters.as_of)}",
        source=f"Source: {GCI_SOURCE}; World Bank. Acts: each one's own, listed at the end.",
        alternative="Scatter of states by GDP per capita and GCI score. "
        f"{'; '.join(said) or 'No state has both values'}.",
        height=520,
    ).update_layout(legend={"y": -0.2})
