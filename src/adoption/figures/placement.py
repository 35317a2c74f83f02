"""A convention among the treaties of the base set: every treaty a dot, the subject strong."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.labels import EndLabel, label_ends
from adoption.figures.theme import BOUND_REPORTED, CONTEXT, INK, STATUS_COLOURS, SUBJECT, finish
from adoption.law.curves import Measure
from adoption.law.placement import Known, labelled, place
from adoption.sentences.placement import ACTS, floor
from adoption.words import age_in_words

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

HEIGHT = 480
PLOT_HEIGHT = HEIGHT - 78 - 56
TOP = 104  # per cent, so that the highest dot is whole
LONGEST_TITLE = 50  # letters of a treaty's title under the pointer
ROOM = 1.25  # for the label of the highest dot
LEAST_TOP = 10
TICKS = (0, 1, 5, 10, 20, 50, 100, 150, 200)


def place_chart(
    frame: pd.DataFrame,
    known: Mapping[Measure, Known | None],
    conventions: Sequence[Convention],
    measure: Measure,
    days: int,
    title: str,
) -> go.Figure:
    """Draw each treaty by its count and percentile rank, and the subject among them.

    Parameters
    ----------
    frame : DataFrame
        From `adoption.law.placement.treaties_at_age`: the treaties to compare with.
    known : mapping of measure to Known or None
        From `adoption.law.placement.known_counts`; None draws the others alone.
    conventions : sequence of Convention
        The subject, and others that are labelled where they are in the base set.
    measure : {"signatories", "parties"}
        Signatures or consents.
    days : int
        The age.
    title : str
        The finding.
    """
    subject, count = conventions[0], known[measure]
    ordered = frame.assign(label=labelled(frame, conventions))
    ordered = ordered.sort_values([measure, "title"], ignore_index=True)
    counts = ordered[measure].tolist()
    most = max([*counts, count.most if count else 0, LEAST_TOP])
    skewed = bool(counts) and ordered[measure].quantile(0.9) < most / 4
    scale: Callable[[float], float] = math.sqrt if skewed else float
    figure = go.Figure(_dots(ordered, measure, scale))
    ends: list[EndLabel] = []
    for row in ordered[ordered["label"] != ""].to_dict("records"):
        at = place(row[measure], counts).percentile or 0.0
        ends.append(EndLabel(f"{row['label']} {row[measure]}", scale(row[measure]), at, INK))
    figure.add_trace(_others(ends))
    if count is not None and counts:
        ends += _subject(figure, count, counts, subject, measure, scale)
    label_ends(figure, ends, top=TOP, plot_height=PLOT_HEIGHT)
    for note in figure.layout.annotations:  # below and beside the dot, where no other can be
        note.update(yshift=note.yshift - 8, xshift=8)
    ticks = [tick for tick in TICKS if tick <= most * ROOM] if skewed else None
    figure.update_xaxes(
        range=[-0.04 * scale(most), scale(most * ROOM)],
        tickvals=[scale(tick) for tick in ticks] if ticks else None,
        ticktext=ticks,
        title=f"states with a {ACTS[measure]} by then{', root scale' if skewed else ''}",
    )
    figure.update_yaxes(range=[0, TOP], title="percentile rank", tickvals=[0, 25, 50, 75, 100])
    said = "; ".join(f"{end.text} at percentile {end.y:.0f}" for end in ends) or "none is marked"
    return finish(
        figure,
        title=title,
        subtitle=f"{ACTS[measure].capitalize()}s of {len(counts)} UN treaties open to all, as far "
        f"as the data tell, {age_in_words(days)}; a dot is a treaty, the marked ones stand in the "
        "middle of their equals",
        source="Source: United Nations Treaty Collection, depositary's lists to January 2018; the "
        "subject's acts as listed at the end.",
        alternative=f"Dots by number of states and percentile rank. {said}.",
        height=HEIGHT,
    )


def _dots(ordered: pd.DataFrame, measure: Measure, scale: Callable[[float], float]) -> go.Scatter:
    """Return the treaties in order, evenly spaced: equal ones stack around their common rank."""
    text = [
        f"{textwrap.shorten(row['title'], LONGEST_TITLE, placeholder='…')}: {row[measure]}"
        for row in ordered.to_dict("records")
    ]
    step = 100 / max(len(ordered), 1)
    return go.Scatter(
        name="treaties", x=[round(scale(n), 2) for n in ordered[measure]], y0=step / 2, dy=step,
        text=text, mode="markers", marker={"size": 7, "color": CONTEXT, "opacity": 0.75},
        hovertemplate="%{text}<extra></extra>", showlegend=False,
    )  # fmt: skip


def _others(ends: Sequence[EndLabel]) -> go.Scatter:
    return go.Scatter(
        name="conventions compared", x=[end.x for end in ends], y=[end.y for end in ends],
        mode="markers", marker={"size": 10, "color": INK}, hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _subject(
    figure: go.Figure,
    known: Known,
    counts: list[int],
    subject: Convention,
    measure: Measure,
    scale: Callable[[float], float],
) -> list[EndLabel]:
    """Mark the subject's count, the count with reports, and what is possible as a line."""
    least = floor(known, measure)
    at = sorted({least, known.with_reports, known.most})
    rank = {number: place(number, counts).percentile or 0.0 for number in at}
    if len(at) > 1:
        figure.add_trace(
            go.Scatter(
                name="possible", x=[scale(number) for number in at], y=list(rank.values()),
                mode="lines", line={"color": SUBJECT, "width": 3}, opacity=0.4, hoverinfo="skip",
                showlegend=False,
            )
        )  # fmt: skip
    number = str(least) if known.complete or not least else f"at least {least}"
    if known.with_reports > least:
        number = f"{number} confirmed"
    if known.most > known.with_reports:
        number = f"{number}, possibly {known.most}"
    ends = [EndLabel(f"{subject.label} {number}", scale(least), rank[least], SUBJECT, True)]
    if known.with_reports > least:
        text = f"{known.with_reports} if reports are right"
        colour = STATUS_COLOURS[BOUND_REPORTED]
        ends.append(EndLabel(text, scale(known.with_reports), rank[known.with_reports], colour))
    for end in ends:
        symbol = "diamond" if end.bold else "diamond-open"
        figure.add_trace(
            go.Scatter(
                name=subject.label, x=[end.x], y=[end.y], mode="markers", hoverinfo="skip",
                marker={"size": 15, "color": end.colour, "symbol": symbol,
                        "line": {"width": 2, "color": end.colour}},
                showlegend=False,
            )
        )  # fmt: skip
    return ends
