"""One convention by day: signatures and consents, the threshold, the reach of the data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.labels import EndLabel, label_ends
from adoption.figures.theme import (
    BOUND,
    BOUND_REPORTED,
    CONTEXT,
    INK,
    MUTED,
    STATUS_COLOURS,
    finish,
)
from adoption.law.curves import cumulative, events
from adoption.law.status import SIGNED
from adoption.words import counted, long_day, short_day

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

HEIGHT = 480
SHORTEST_AXIS = pd.Timedelta(days=14)
PLOT_HEIGHT = HEIGHT - 78 - 56  # less the template's margins


def adoption_curve(
    convention: Convention, acts: pd.DataFrame, as_of: date, title: str
) -> go.Figure:
    """Draw signatures and consents by day, with bounds, threshold and reach.

    Parameters
    ----------
    convention : Convention
        Which convention.
    acts : DataFrame
        The table `acts`.
    as_of : date
        The last day of the curves.
    title : str
        The finding.
    """
    periods = events(convention, acts, "parties")
    firm = periods[periods["grade"] != "reported"]
    bound = cumulative(firm, convention.opens, as_of)
    series = [("bound", bound, STATUS_COLOURS[BOUND], "solid")]
    with_reports = cumulative(periods, convention.opens, as_of)
    if int(with_reports["upper"].iloc[-1]) > int(bound["upper"].iloc[-1]):
        with_reports = with_reports[_from_first_report(with_reports["day"], periods)]
        series.append(("bound with reports", with_reports, STATUS_COLOURS[BOUND_REPORTED], "dash"))
    if convention.signatories_listed:
        signed = cumulative(events(convention, acts, "signatories"), convention.opens, as_of)
        series.append(("signatories", signed, STATUS_COLOURS[SIGNED], "solid"))
    figure = go.Figure()
    for name, curve, colour, dash in series:
        figure.add_traces(band_and_line(name, curve["day"], curve, colour, dash))
    highest = [int(curve["upper"].max()) for _, curve, _, _ in series]
    top = max(convention.threshold, *highest) * 1.12
    labels = [
        EndLabel(f"{_value(curve)} {name}", as_of.isoformat(), curve["lower"].iloc[-1], colour)
        for name, curve, colour, _ in series
    ]
    needed = counted(convention.threshold, "instrument") + " needed"
    labels.append(EndLabel(needed, as_of.isoformat(), convention.threshold, INK))
    figure.add_hline(y=convention.threshold, line={"color": INK, "width": 1, "dash": "dot"})
    _shade_reach(figure, convention, as_of)
    end = _mark_closing(figure, convention, as_of)
    span = max(pd.Timestamp(end) - pd.Timestamp(convention.opens), SHORTEST_AXIS)
    figure.update_xaxes(
        range=[
            pd.Timestamp(convention.opens) - span * 0.02,
            pd.Timestamp(convention.opens) + span * 1.04,
        ],
        title="day",
    )
    left = bool((periods["left_earliest"] <= pd.Timestamp(as_of)).any())
    title_of_count = "participants" if left else "participants, cumulative"
    figure.update_yaxes(range=[0, top], title=title_of_count)
    roomy = pd.Timestamp(as_of) - pd.Timestamp(convention.opens) > span / 2
    anchor = "right" if roomy else "left"
    label_ends(figure, labels, top=top, plot_height=PLOT_HEIGHT, anchor=anchor)
    said = "; ".join(f"{name} {_value(curve)}" for name, curve, _, _ in series)
    return finish(
        figure,
        title=title,
        subtitle=f"Participants by day, to {long_day(as_of)}; a band means that days are not known"
        f"{'; one that withdraws is counted no more' if left else ''}",
        source="Source: each act's own, with its grade; listed at the end.",
        alternative=(
            f"Step curves from {long_day(convention.opens)} to {long_day(as_of)}. At the end: "
            f"{said}. Threshold: {convention.threshold} instruments."
        ),
        height=HEIGHT,
    )


def band_and_line(
    name: str, x: Iterable[Any], curve: pd.DataFrame, colour: str, dash: str = "solid"
) -> list[go.Scatter]:
    """Return a step line of the lower count, and a band up to the upper one where it differs."""
    where = [value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else value for value in x]
    lower, upper = curve["lower"].tolist(), curve["upper"].tolist()
    shared = {"x": where, "mode": "lines", "showlegend": False}
    traces = []
    if lower != upper:
        edge = {"shape": "hv", "width": 0}
        traces = [
            go.Scatter(name=f"{name}, most", y=upper, line=edge, hoverinfo="skip", **shared),
            go.Scatter(
                name=f"{name}, least", y=lower, line=edge, hoverinfo="skip", fill="tonexty",
                fillcolor=faint(colour), **shared,
            ),
        ]  # fmt: skip
    line = {"color": colour, "width": 2.5, "shape": "hv", "dash": dash}
    hover = "%{x}: %{y}<extra>" + name + "</extra>"
    return [*traces, go.Scatter(name=name, y=lower, line=line, hovertemplate=hover, **shared)]


def _from_first_report(days: pd.Series[pd.Timestamp], periods: pd.DataFrame) -> pd.Series[bool]:
    """Return which days a curve with reports needs: before the first one it is the other."""
    first = periods.loc[periods["grade"] == "reported", "earliest"].min()
    last_without: pd.Timestamp = days[days < first].max()
    return days >= last_without


def faint(colour: str, opacity: float = 0.25) -> str:
    """Return a colour for a band.

    Examples
    --------
    >>> faint("#0B4A82")
    'rgba(11,74,130,0.25)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def _value(curve: pd.DataFrame) -> str:
    lower, upper = curve["lower"].iloc[-1], curve["upper"].iloc[-1]
    return f"{lower}" if lower == upper else f"{lower} to {upper}"


def _shade_reach(figure: go.Figure, convention: Convention, as_of: date) -> None:
    """Shade the days for which the list is not complete, the darker the less is known."""
    complete = convention.complete_to or convention.opens
    nearly = convention.nearly_complete_to or complete
    known = convention.partial_to or nearly
    for start, end, colour, text in (
        (complete, min(nearly, as_of), "rgba(154,164,175,0.05)", "nearly<br>complete"),
        (nearly, min(known, as_of), "rgba(154,164,175,0.14)", "list partial"),
        (known, as_of, "rgba(154,164,175,0.28)", "nothing known"),
    ):
        if start >= end:
            continue
        figure.add_vrect(
            x0=start.isoformat(), x1=end.isoformat(), fillcolor=colour, line_width=0, layer="below"
        )
        figure.add_annotation(
            x=start.isoformat(),
            y=1,
            yref="paper",
            text=text,
            showarrow=False,
            xanchor="left",
            yanchor="top",
            align="left",
            font={"size": 11, "color": MUTED},
        )


def _mark_closing(figure: go.Figure, convention: Convention, as_of: date) -> date:
    """Mark the last day for signature, unless it is far ahead; return the end of the axis."""
    closes = convention.closes
    if closes is None or closes - as_of > as_of - convention.opens:
        return as_of
    verb = "closed" if convention.is_closed(as_of) else "closes"
    figure.add_vline(x=closes.isoformat(), line={"color": CONTEXT, "width": 1, "dash": "dash"})
    figure.add_annotation(
        x=closes.isoformat(),
        y=0.5,
        yref="paper",
        text=f"{verb} for signature {short_day(closes)}",
        textangle=-90,
        showarrow=False,
        xanchor="left",
        xshift=3,
        font={"size": 11, "color": MUTED},
    )
    return max(closes, as_of)
