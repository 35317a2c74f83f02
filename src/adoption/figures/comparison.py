"""Conventions side by side: shares by age, and days to the nth instrument."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.ages import DAYS_A_YEAR
from adoption.figures.labels import EndLabel, label_ends
from adoption.figures.theme import BOUND_REPORTED, CONTEXT, MUTED, STATUS_COLOURS, SUBJECT, finish
from adoption.figures.timelines import band_and_line
from adoption.law.curves import Measure, could_join, events, share_curve
from adoption.sentences.comparison import DID
from adoption.words import percent

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

HEIGHT = 460
PLOT_HEIGHT = HEIGHT - 78 - 56  # less the template's margins
LETTER_WIDTH = 7.4  # pixels, of the labels at the ends
INSIDE = 0.5  # of the axis: a label that begins before it has room within the plot
LEAST_TOP = 10  # per cent, so that a line at zero has a scale
BELOW = 0.03  # of the axis below zero, so that a line at zero is whole
FINEST = 200  # of the axis: steps closer than that are one, four pixels at most


def share_curves(
    conventions: Sequence[Convention],
    acts: pd.DataFrame,
    states: pd.DataFrame,
    memberships: pd.DataFrame,
    as_of: date,
    measure: Measure,
    years: int,
    title: str,
) -> go.Figure:
    """Draw the share of the states that could join and did, by age, with bounds.

    Parameters
    ----------
    conventions : sequence of Convention
        The subject, drawn strong to its age on the day; then the others, grey, each to
        where its list is complete. Those whose signatories no source names are left out
        of the signatures.
    acts, states, memberships : DataFrame
        The tables of those names.
    as_of : date
        The day.
    measure : {"signatories", "parties"}
        What is counted.
    years : int
        Length of the axis.
    title : str
        The finding.
    """
    subject = conventions[0]
    shown = [
        c for c in (*conventions[1:], subject)
        if c.opens <= as_of and (measure == "parties" or c.signatories_listed)
    ]  # fmt: skip
    figure = go.Figure()
    labels: list[EndLabel] = []
    top, left = float(LEAST_TOP), False
    for convention in shown:
        own = convention is subject
        until, reach = _ends(convention, measure, as_of, years, own)
        who = could_join(convention, states, memberships)
        curve = _drawn(share_curve(convention, acts, who, measure, until), reach, years)
        left = left or _left(convention, acts, who, measure, until)
        for trace in _traces(convention, curve, own):
            figure.add_trace(trace)
        labels += _labels(convention, curve, until > reach, own)
        top = max(top, curve["upper"].max())
    if not shown:
        figure.add_annotation(
            x=years / 2, y=top / 2, text="No source names who signed", showarrow=False,
            font={"color": MUTED},
        )  # fmt: skip
    top = min(top * 1.08, 104)
    label_ends(figure, labels, top=top, plot_height=PLOT_HEIGHT / (1 + BELOW))
    figure.update_annotations(bgcolor="rgba(255,255,255,0.75)", selector={"name": "end-label"})
    figure.update_xaxes(range=[-0.01 * years, years], title="years since opening for signature")
    figure.update_yaxes(range=[-BELOW * top, top], title="share of states", ticksuffix="%")
    said = (
        "; ".join(f"{label.text} at {label.x:.1f} years" for label in labels) or "No line is drawn"
    )
    finished = finish(
        figure,
        title=title,
        subtitle=f"States that {DID[measure]}{' and did not withdraw' if left else ''}, of those "
        "that could; band: days not known"
        f"{' or by report only' if measure == 'parties' else ''}; dotted: acts may be missing",
        source="Source: each act's own, with its grade; listed at the end.",
        alternative=f"Step curves by age of the convention, in per cent of states. {said}.",
        height=HEIGHT,
    )
    outside = [len(label.text) for label in labels if float(label.x) > INSIDE * years]
    return finished.update_layout(margin={"r": 14 + round(LETTER_WIDTH * max(outside, default=0))})


def _left(
    convention: Convention, acts: pd.DataFrame, who: pd.DataFrame, measure: Measure, until: date
) -> bool:
    """Return whether a state that could join may have withdrawn by a day."""
    rows = events(convention, acts, measure)
    gone = rows["iso3"].isin(who["iso3"]) & (rows["left_earliest"] <= pd.Timestamp(until))
    return bool(gone.any())


def _ends(
    convention: Convention, measure: Measure, as_of: date, years: int, own: bool
) -> tuple[date, date]:
    """Return the last day to draw, and the last one for which the list is complete."""
    horizon = convention.opens + pd.Timedelta(days=round(years * DAYS_A_YEAR)).to_pytimedelta()
    until = min(as_of, horizon)
    complete = convention.complete_until(measure)
    if not own:
        until = min(until, complete or convention.partial_to or until)
    return max(until, convention.opens), complete or convention.opens


def _drawn(curve: pd.DataFrame, reach: date, years: int) -> pd.DataFrame:
    """Return a curve of `adoption.law.curves.share_curve` as it is drawn.

    Shares in per cent by age in years, and whether the list is complete to then; of steps
    that nobody could tell apart the last one stands for all.
    """
    age = curve["age"].clip(lower=0) / DAYS_A_YEAR
    frame = pd.DataFrame(
        {
            "age": age.round(3),
            "complete": curve["day"] <= pd.Timestamp(reach),
            "opened": curve["age"].clip(-1, 1),  # before, on and after the first day
            "place": (age * FINEST / years).astype(int),
        }
    )
    for count in ("lower", "with_reports", "upper"):
        frame[count] = (100 * curve[count] / curve["states"]).round(1)
    return frame.drop_duplicates(["place", "complete", "opened"], keep="last", ignore_index=True)


def _traces(convention: Convention, curve: pd.DataFrame, own: bool) -> list[go.Scatter]:
    colour, width = (SUBJECT, 3) if own else (CONTEXT, 1.5)
    complete = curve["complete"]
    traces = []
    beyond = curve[~complete | complete.shift(-1, fill_value=True).eq(False)]
    for part, dash in ((curve[complete], "solid"), (beyond, "dot")):
        if dash == "dot" and complete.all():
            continue
        drawn = band_and_line(convention.label, part["age"], part, colour, dash)
        for trace in drawn:
            if trace.line.width:
                trace.line.width = width
                trace.hovertemplate = "%{x:.1f} years: %{y:.0f}%<extra>%{fullData.name}</extra>"
        traces += drawn
    reports = curve[curve["with_reports"] > curve["lower"]]
    if own and len(reports):
        traces.append(
            go.Scatter(
                name=f"{convention.label}, with reports",
                x=reports["age"].tolist(), y=reports["with_reports"].tolist(),
                mode="lines", showlegend=False, hoverinfo="skip",
                line={"color": STATUS_COLOURS[BOUND_REPORTED], "width": 2.5, "shape": "hv",
                      "dash": "dash"},
            )
        )  # fmt: skip
    return traces


def _labels(
    convention: Convention, curve: pd.DataFrame, partial: bool, own: bool
) -> list[EndLabel]:
    last = curve.to_dict("records")[-1]
    lower, reported, upper = last["lower"], last["with_reports"], last["upper"]
    by_report = own and reported > lower
    colour = SUBJECT if own else CONTEXT
    if by_report and lower == 0:
        value = "none confirmed"
    elif partial:
        value = f"at least {_written(lower)}" if lower else "none certain"
    elif lower == upper or (by_report and upper == reported):
        value = _written(lower)
    else:
        value = f"{_written(lower)} to {_written(upper)}"
    found = [EndLabel(f"{convention.label} {value}", last["age"], lower, colour, bold=own)]
    if by_report:
        text = f"{_written(reported)} with reports"
        found.append(EndLabel(text, last["age"], reported, STATUS_COLOURS[BOUND_REPORTED]))
    return found


def _written(share: float) -> str:
    return percent(round(10 * share), 1000)
