"""Waiting times by regional group: a small panel each, all states in grey behind it."""

from __future__ import annotations

from math import isfinite

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from adoption.figures.survival import BELOW, DID, SINCE, SOURCE, TOP, YEARS, marks, subject_traces
from adoption.figures.waiting_lines import drawn, step_line
from adoption.forecasting.survival import Waiting
from adoption.sentences.durations import duration
from adoption.show.theme import CONTEXT, INK, finish
from adoption.words import long_day, percent

PANEL = 124  # pixels
ROOF = 148  # per cent: the top of a panel, with room for its name above the data
FINEST = 50  # of the axis, as in the large chart


def group_chart(subject: Waiting, title: str) -> go.Figure | None:
    """Draw how soon the states of each United Nations regional group acted.

    Parameters
    ----------
    subject : Waiting
        The convention.
    title : str
        The finding.

    Returns
    -------
    Figure or None
        None where no state of a group is known to have acted, or by report only.
    """
    groups = {name: own for name, own in subject.groups().items() if own.least_known.states}
    if not any(own.least_known.acted for own in groups.values()):
        return None
    years = YEARS[subject.step]
    figure = make_subplots(len(groups), 1, shared_xaxes=True, vertical_spacing=0.02)
    everyone = drawn(subject.main, years, FINEST)
    for row, (name, own) in enumerate(groups.items(), start=1):
        behind = step_line("all states", everyone, CONTEXT, 1.5)
        traces, _ = subject_traces(own, years, FINEST)
        figure.add_traces([behind, *traces], rows=row, cols=1)
        figure.add_annotation(
            name="panel", text=f"<b>{short(name)}</b> {ends(own)}", x=0, xref="paper", y=ROOF,
            yref=f"y{row if row > 1 else ''}", xanchor="left", yanchor="top", showarrow=False,
            font={"size": 12, "color": INK},
        )  # fmt: skip
    figure.update_xaxes(range=[-0.02 * years, years], dtick=1)
    figure.update_xaxes(title=SINCE[subject.step], row=len(groups), col=1)
    figure.update_yaxes(range=[-3 * BELOW * TOP, ROOF], ticksuffix="%", tickvals=[0, 50, 100])
    said = "; ".join(f"{short(name)} {ends(own)}" for name, own in groups.items())
    return finish(
        figure,
        title=title,
        subtitle=f"{DID[subject.step]}, by UN regional group, to {long_day(subject.as_of)}; "
        f"grey: all states; {marks(subject)}",
        source=SOURCE,
        alternative=f"A panel of step curves a group, per cent, by {SINCE[subject.step]}. {said}.",
        height=150 + PANEL * len(groups),
    )


def short(group: str) -> str:
    """Return a group's name for a narrow place.

    Examples
    --------
    >>> short("Western European and Other States Group"), short("African Group")
    ('Western European and Other', 'African')
    """
    return group.removesuffix(" Group").removesuffix(" States")


def ends(own: Waiting) -> str:
    """Return when half of a group had acted, or where it stood, and how many it has."""
    estimate = own.main
    states = own.least_known.states
    if not estimate.states:
        return f"{states}, list not complete"
    median = estimate.median().value
    if own.step == "consent" and isfinite(median):
        return f"half of {states} within {duration(median)}"
    share = estimate.overall(estimate.observed) or 0.0
    return f"{percent(round(share, 9), 1)} of {states}"
