"""Waiting times as curves: the first day as its own step, bands, and what is a least value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.waiting_lines import (
    FINEST,
    drawn,
    first_day_bar,
    part_from,
    region,
    step_line,
)
from adoption.forecasting.survival import READINGS, Step, Waiting, bounded
from adoption.forecasting.treaties import YEAR
from adoption.show.charts import EndLabel, label_ends
from adoption.show.theme import BOUND_REPORTED, CONTEXT, STATUS_COLOURS, SUBJECT, finish
from adoption.words import long_day, percent

HEIGHT = 460
PLOT_HEIGHT = HEIGHT - 78 - 56  # less the template's margins
YEARS: Mapping[Step, int] = {"signature": 3, "consent": 10}  # length of the axis
CURVE_DAYS = round(max(YEARS.values()) * YEAR)
TOP = 104  # per cent, so that a line at the top is whole
BELOW = 0.03  # of the axis below zero, for the same reason
SINCE: Mapping[Step, str] = {
    "signature": "years since opening for signature",
    "consent": "years since the state's own signature",
}
DID: Mapping[Step, str] = {
    "signature": "States that have signed, of those that could",
    "consent": "Signatories that have consented to be bound",
}
FIRST: Mapping[Step, str] = {"signature": "first day", "consent": "day of signing"}
SOURCE = "Source: each act's own, with its grade; listed at the end."


def waiting_chart(waits: Sequence[Waiting], title: str) -> go.Figure | None:
    """Draw how soon states acted on a convention, beside others.

    The line is Kaplan-Meier's; the upright bar at its left end is the first day, its own
    step. A dotted line goes on where the list is not complete and says the least.

    Parameters
    ----------
    waits : sequence of Waiting
        The subject, drawn strong and with its band, then the others, grey.
    title : str
        The finding.

    Returns
    -------
    Figure or None
        None where no state of any of them was observed.
    """
    subject, step = waits[0], waits[0].step
    years = YEARS[step]
    figure = go.Figure()
    labels: list[EndLabel] = []
    for other in waits[1:]:
        if other.main.states:
            line = drawn(other.main, years)
            figure.add_trace(step_line(other.convention.label, line, CONTEXT, 1.5))
            labels.append(_label(other, line, CONTEXT))
    own, ends = subject_traces(subject, years)
    figure.add_traces(own)
    labels += ends
    if not labels:
        return None
    height = PLOT_HEIGHT / (1 + BELOW)
    late = [label for label in labels if float(label.x) > years / 2]  # no room after them
    early = [label for label in labels if label not in late]
    label_ends(figure, early, top=TOP, plot_height=height)
    label_ends(figure, late, top=TOP, plot_height=height, anchor="right")
    figure.update_annotations(bgcolor="rgba(255,255,255,0.75)", selector={"name": "end-label"})
    figure.update_xaxes(range=[-0.02 * years, years], title=SINCE[step], dtick=1)
    figure.update_yaxes(range=[-BELOW * TOP, TOP], ticksuffix="%", tickvals=[0, 25, 50, 75, 100])
    said = "; ".join(f"{label.text} at {label.x:.1f} years" for label in labels)
    first = f"On the first day: {_first_days(waits)}."
    return finish(
        figure,
        title=title,
        subtitle=f"{DID[step]}, to {long_day(subject.as_of)}; {marks(subject)}",
        source=SOURCE,
        alternative=f"Rising step curves, per cent, by {SINCE[step]}. {first} At the end: {said}.",
        height=HEIGHT,
    )


def subject_traces(
    subject: Waiting, years: float, finest: int = FINEST
) -> tuple[list[go.Scatter], list[EndLabel]]:
    """Return the lines, bands and bar of the subject, and its labels."""
    least, _, most = (drawn(subject.complete[reading], years, finest) for reading in READINGS)
    name, line = subject.convention.label, drawn(subject.main, years, finest)
    traces, labels = [], []
    if len(line) > 1:
        traces += region(least[["x", "low"]], most[["x", "high"]], 0.14)
    if not least.equals(most):
        traces += region(least[["x", "y"]], most[["x", "y"]], 0.3)
    floor, reports = (
        drawn(estimate, years, finest)
        for estimate in (subject.least_known, subject.known["with_reports"])
    )
    later = part_from(floor, subject.years_observed) if _dotted(subject, years) else floor.head(0)
    if len(later) and subject.complete_to is None:
        traces += _unsure(subject, years)
    reported = len(reports) > 0 and reports["y"].iloc[-1] > floor["y"].iloc[-1]
    if reported:
        colour, last = STATUS_COLOURS[BOUND_REPORTED], reports.iloc[-1]
        traces.append(step_line(f"{name}, with reports", reports, colour, 2.5, "dash"))
        text = f"{_written(last['y'])} with reports"
        labels.append(EndLabel(text, float(last["x"]), float(last["y"]), colour))
    if len(line):
        if line["y"].iloc[0] > 0:
            traces.append(first_day_bar(name, float(line["y"].iloc[0])))
        traces.append(step_line(name, line, SUBJECT, 3))
    if len(later):
        traces.append(step_line(f"{name}, at least", later, SUBJECT, 3, "dot"))
    end = later if len(later) else line
    if len(end):
        none = "none confirmed" if reported else "none certain"
        labels.append(_label(subject, end, SUBJECT, none))
    return traces, labels


def _dotted(subject: Waiting, years: float) -> bool:
    """Return whether a least value is drawn: the list ends before the day and the axis do."""
    return subject.beyond and subject.years_observed < years


def _unsure(subject: Waiting, years: float) -> list[go.Scatter]:
    """Return the region of acts without a day, where no list is complete."""
    least, _, most = (drawn(subject.known[reading], years) for reading in READINGS)
    if least.equals(most) or most.empty:
        return []
    end = max(least["x"].max(), most["x"].max())
    both = [pd.concat([part, part.tail(1).assign(x=end)])[["x", "y"]] for part in (least, most)]
    return region(both[0], both[1], 0.3)


def _label(waiting: Waiting, line: pd.DataFrame, colour: str, none: str = "0%") -> EndLabel:
    last, own = line.iloc[-1], colour == SUBJECT
    least = own and waiting.beyond and float(last["x"]) > waiting.years_observed
    value = _written(last["y"])
    if least:
        value = f"at least {value}" if last["y"] else none
    text = f"{waiting.convention.label} {value}"
    return EndLabel(text, float(last["x"]), float(last["y"]), colour, bold=own)


def _first_days(waits: Sequence[Waiting]) -> str:
    shares = [
        f"{w.convention.label} {percent(w.main.first_day, w.main.states)}"
        for w in waits
        if w.main.states
    ]
    return ", ".join(shares) or "not known"


def marks(subject: Waiting) -> str:
    """Say what the marks of the subject mean, those that are drawn."""
    said = [f"bar: the {FIRST[subject.step]}"] if subject.main.first_day else []
    if len(subject.main.curve):
        said.append("band: 95% interval under every reading")
    readings = subject.known if subject.complete_to is None else subject.complete
    if bounded(readings):
        said.append("darker: days not known, or by report")
    if _dotted(subject, YEARS[subject.step]):
        said.append("dotted: at least")
    return "; ".join(said)


def _written(share: float) -> str:
    return percent(round(share, 9), 100)
