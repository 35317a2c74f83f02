"""Several conventions side by side, each counted from its own day of opening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.labels import EndLabel, label_ends
from adoption.figures.theme import CONTEXT, SUBJECT, finish
from adoption.figures.timelines import band_and_line
from adoption.law.curves import Measure, cumulative, events

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

DAYS_A_YEAR = 365.25
HEIGHT = 460
SHORTEST_AXIS = 5  # years
LETTER_WIDTH = 8  # pixels, of the labels at the ends
PLOT_HEIGHT = HEIGHT - 78 - 56


def curves_by_age(
    subject: Convention,
    others: Sequence[Convention],
    acts: pd.DataFrame,
    as_of: date,
    measure: Measure,
    title: str,
    years: float | None = None,
) -> go.Figure:
    """Draw a convention beside others by age.

    Parameters
    ----------
    subject : Convention
        Drawn strong, to its age on `as_of`.
    others : sequence of Convention
        Drawn grey, each to the end of the axis or of what is known of it.
    acts : DataFrame
        The table `acts`.
    as_of : date
        The day.
    measure : {"signatories", "parties"}
        What is counted.
    title : str
        The finding.
    years : float, optional
        Length of the axis; to the subject's age, and five years at least, without it.
    """
    years = years or max(SHORTEST_AXIS, (as_of - subject.opens).days / DAYS_A_YEAR)
    if measure == "signatories":
        others = [convention for convention in others if convention.signatories_listed]
    figure = go.Figure()
    labels, said, top, left = [], [], 1.0, False
    for convention in [*others, subject]:
        own = convention is subject
        rows = events(convention, acts, measure)
        curve = _curve(convention, rows, as_of, years, own)
        left = left or bool((rows["left_earliest"] <= curve["day"].iloc[-1]).any())
        begun = rows[rows["earliest"] <= pd.Timestamp(as_of)]
        standing = begun[~(begun["left_latest"] <= pd.Timestamp(as_of))]
        by_report = own and _by_report(standing)
        age = ((curve["day"] - pd.Timestamp(convention.opens)).dt.days / DAYS_A_YEAR).round(3)
        colour = SUBJECT if own else CONTEXT
        dash = "dash" if by_report and _by_report(begun) else "solid"
        for trace in band_and_line(convention.label, age, curve, colour, dash):
            if trace.line.width:
                trace.line.width = 3 if own else 1.5
            figure.add_trace(trace)
        last = int(curve["lower"].iloc[-1])
        top = max(top, float(curve["upper"].max()))
        most = int(curve["upper"].iloc[-1])
        value = f"{last}" if last == most else f"{last} to {most}"
        text = f"{convention.label} {value}{', by report' if by_report else ''}"
        labels.append(EndLabel(text, float(age.iloc[-1]), last, colour, bold=own))
        said.append(f"{text} at {age.iloc[-1]:.1f} years")
    top *= 1.08
    label_ends(figure, labels, top=top, plot_height=PLOT_HEIGHT)
    figure.update_xaxes(range=[-0.05, years], title="years since opening for signature")
    figure.update_yaxes(range=[0, top], title=measure if left else f"{measure}, cumulative")
    finished = finish(
        figure,
        title=title,
        subtitle=f"{measure.capitalize()} by age; a band means that days are not known"
        f"{'; one that withdraws is counted no more' if left else ''}",
        source="Source: each act's own, with its grade; listed at the end.",
        alternative=f"Step curves by age of the convention, in years. {'; '.join(said)}.",
        height=HEIGHT,
    )
    longest = max(len(label.text) for label in labels)
    return finished.update_layout(margin={"r": 14 + LETTER_WIDTH * longest})


def _by_report(rows: pd.DataFrame) -> bool:
    """Return whether there are rows, and all are reported."""
    return len(rows) > 0 and bool((rows["grade"] == "reported").all())


def _curve(
    convention: Convention,
    rows: pd.DataFrame,
    as_of: date,
    years: float,
    own: bool,
) -> pd.DataFrame:
    opens = pd.Timestamp(convention.opens)
    until = min(pd.Timestamp(as_of), opens + pd.Timedelta(days=round(years * DAYS_A_YEAR)))
    if not own and convention.complete_to:
        until = min(until, pd.Timestamp(convention.complete_to))
    curve = cumulative(rows, convention.opens, max(until, opens).date())
    return curve.assign(day=curve["day"].where(curve["day"] >= opens, opens))
