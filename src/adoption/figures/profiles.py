"""One state's figures: its pillars beside its region, its acts over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from adoption.countries.capacity import PILLAR_MAXIMUM
from adoption.data.dictionary import SIGNATURES
from adoption.figures.theme import (
    BOUND,
    BOUND_REPORTED,
    CONTEXT,
    GRID,
    INK,
    STATUS_COLOURS,
    SUBJECT,
    finish,
)
from adoption.law.status import SIGNED, WITHDRAWN
from adoption.words import region_in_sentence, when_short

if TYPE_CHECKING:
    from adoption.law.status import Row

ROW_HEIGHT = 46
DOT_SHARE = 0.015  # of the axis that a dot covers
KINDS = (
    ("signature", STATUS_COLOURS[SIGNED], "circle"),
    ("signature, reported", STATUS_COLOURS[SIGNED], "circle-open"),
    ("consent to be bound", STATUS_COLOURS[BOUND], "circle"),
    ("consent, reported", STATUS_COLOURS[BOUND_REPORTED], "circle-open"),
    ("withdrawal", STATUS_COLOURS[WITHDRAWN], "x"),
    ("withdrawal, reported", STATUS_COLOURS[WITHDRAWN], "x-open"),
)


def pillar_chart(
    profile: pd.DataFrame, name: str, region: str, edition: int, title: str
) -> go.Figure:
    """Draw a state's GCI pillars on the range of its region.

    Parameters
    ----------
    profile : DataFrame
        From `adoption.countries.profiles.pillar_profile`.
    name, region : str
        The state and its M49 region.
    edition : int
        Edition of the GCI.
    title : str
        The finding.
    """
    labels = profile["label"].tolist()
    figure = go.Figure()
    for row in profile.dropna(subset=["low"]).to_dict("records"):
        figure.add_trace(
            go.Scatter(
                x=[row["low"], row["high"]],
                y=[row["label"]] * 2,
                mode="lines",
                line={"color": GRID, "width": 12},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    for series, column, marker in (
        (
            f"median of {region_in_sentence(region)}",
            "median",
            {"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": CONTEXT}},
        ),
        (name, "value", {"size": 13, "color": SUBJECT, "line": {"width": 1, "color": "white"}}),
    ):
        shown = profile.dropna(subset=[column])
        figure.add_trace(
            go.Scatter(
                name=series,
                x=shown[column].tolist(),
                y=shown["label"].tolist(),
                mode="markers",
                marker=marker,
                hovertemplate="%{y}: %{x:.2f}<extra>" + series + "</extra>",
            )
        )
    for label in profile.loc[profile["value"].isna(), "label"]:
        figure.add_annotation(
            x=0, y=label, text="not known", showarrow=False, xanchor="left", font={"color": INK}
        )
    figure.update_xaxes(range=[-0.4, PILLAR_MAXIMUM + 0.6], title="points of 20", dtick=5)
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1], title=None)
    said = "; ".join(
        f"{row['label']} {row['value']:.2f} (median {row['median']:.2f})"
        if pd.notna(row["value"])
        else f"{row['label']} not known"
        for row in profile.to_dict("records")
    )
    states = int(profile["states"].max())
    return finish(
        figure,
        title=title,
        subtitle=f"GCI {edition} by pillar, points of {PILLAR_MAXIMUM}; grey bar: range of "
        f"{states} other states of {region_in_sentence(region)}",
        source="Source: ITU, Global Cybersecurity Index; non-commercial use with attribution.",
        alternative=f"Dot plot of the five pillars. {said}.",
        height=134 + ROW_HEIGHT * len(profile) + 40,
    ).update_layout(legend={"y": -0.22})


def acts_chart(acts: pd.DataFrame, as_of: date, title: str) -> go.Figure:
    """Draw a state's acts on a line a convention.

    A day is a dot. A window is a bar between two caps and never a dot, unless it is
    shorter than the dot is wide. A reported act is a ring.

    Parameters
    ----------
    acts : DataFrame
        From `adoption.countries.profiles.acts_of`.
    as_of : date
        The day of the brief.
    title : str
        The finding.
    """
    acted = acts.dropna(subset=["act"])
    order = acts["label"].drop_duplicates().tolist()
    axis = pd.Timestamp(as_of) - acted["earliest"].min()
    dots: dict[str, list[Row]] = defaultdict(list)
    bars: dict[str, list[Row]] = defaultdict(list)
    said: list[str] = []
    for row in acted.to_dict("records"):
        as_bar = row["latest"] - row["earliest"] > axis * DOT_SHARE
        (bars if as_bar else dots)[_kind(row)].append(row)
        said.append(f"{row['short_title']}: {_hover(row)}")
    figure = go.Figure(_invisible_rows(order, as_of))
    for kind, colour, symbol in KINDS:
        if dots[kind]:
            marker = {"size": 12, "color": colour, "symbol": symbol}
            marker["line"] = {"width": 2.5} if "open" in symbol else {"width": 1, "color": "white"}
            figure.add_trace(_act_trace(kind, dots[kind], marker))
        figure.add_traces([_bar(row, colour) for row in bars[kind]])
    ring = "ring or open cross" if dots["withdrawal, reported"] else "ring"
    figure.update_yaxes(
        categoryorder="array", categoryarray=order[::-1], tickvals=order, title=None
    )
    figure.update_xaxes(title="day", tickangle=0, nticks=7)
    return finish(
        figure,
        title=title,
        subtitle="Day of each act; bar: the day lies in it, or later if without end; "
        f"{ring}: report",
        source="Source: each act's own, with its grade; listed in the table below.",
        alternative=f"Acts by convention and day. {'; '.join(said) or 'No act is known'}.",
        height=134 + 30 * len(order) + 60,
    ).update_layout(legend={"y": -0.16})


def _act_trace(kind: str, acts: Sequence[Row], marker: dict[str, Any]) -> go.Scatter:
    middles = [row["earliest"] + (row["latest"] - row["earliest"]) / 2 for row in acts]
    return go.Scatter(
        name=kind,
        x=[f"{middle:%Y-%m-%d}" for middle in middles],
        y=[row["label"] for row in acts],
        text=[_hover(row) for row in acts],
        mode="markers",
        marker=marker,
        hovertemplate="%{text}<extra></extra>",
    )


def _bar(row: Row, colour: str) -> go.Scatter:
    """Return the bar of a window, without a cap where no last day is known.

    A signature's bar is the wider one, so that it shows behind that of the consent.
    """
    width = 8 if row["act"] in SIGNATURES else 3
    sizes = [14, 0 if row["open_ended"] else 14]
    return go.Scatter(
        x=[f"{row['earliest']:%Y-%m-%d}", f"{row['latest']:%Y-%m-%d}"],
        y=[row["label"]] * 2,
        text=[_hover(row)] * 2,
        mode="lines+markers",
        line={"color": colour, "width": width},
        marker={"symbol": "line-ns", "size": sizes, "line": {"color": colour, "width": 2.5}},
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _invisible_rows(order: list[str], as_of: date) -> go.Scatter:
    """Return points that nobody sees, so that a convention without an act has its line."""
    return go.Scatter(
        x=[as_of.isoformat()] * len(order),
        y=order,
        mode="markers",
        marker={"opacity": 0},
        hoverinfo="skip",
        showlegend=False,
    )


def _kind(row: Row) -> str:
    reported = ", reported" if row["grade"] == "reported" else ""
    if row["act"] in SIGNATURES:
        return f"signature{reported}"
    if row["act"] == "withdrawal":
        return f"withdrawal{reported}"
    return f"consent{reported}" if reported else "consent to be bound"


def _hover(row: Row) -> str:
    when = when_short(row["earliest"], row["latest"], row["open_ended"])
    return f"{row['act']} {when} ({row['grade']})"
