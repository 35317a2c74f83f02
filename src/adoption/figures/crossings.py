"""The days on which lines cross a threshold, marked and named beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from adoption.show.theme import PAPER, READABLE

LINE_HEIGHT = 16  # pixels
APART = 4  # pixels between a mark and its words


@dataclass(frozen=True)
class Crossing:
    """Where a line crosses the threshold.

    Attributes
    ----------
    day : date
        When.
    text : str
        What is written beside it.
    colour : str
        Of its mark.
    hollow : bool
        Whether the mark is a ring.
    """

    day: date
    text: str
    colour: str
    hollow: bool


def mark_crossings(figure: go.Figure, crossings: Sequence[Crossing], threshold: float) -> None:
    """Mark crossings of rising lines: the first is named before it and above, others after it.

    So the words stand where the lines do not run.
    """
    ordered = sorted(crossings, key=lambda crossing: crossing.day)
    for place, crossing in enumerate(ordered):
        before = place == 0 and len(ordered) > 1
        day = crossing.day.isoformat()
        paper = PAPER if crossing.hollow else crossing.colour
        figure.add_trace(
            go.Scatter(
                x=[day], y=[threshold], mode="markers", showlegend=False, hoverinfo="skip",
                marker={"size": 10, "color": paper, "line": {"width": 2, "color": crossing.colour}},
            )
        )  # fmt: skip
        figure.add_annotation(
            name="crossing", text=f"<b>{crossing.text}</b>", x=day, y=threshold, showarrow=False,
            xanchor="right" if before else "left", xshift=-APART if before else APART,
            yanchor="bottom" if before else "top",
            yshift=APART if before else -APART - LINE_HEIGHT * max(place - 1, 0),
            font={"size": 12, "color": READABLE.get(crossing.colour, crossing.colour)},
        )  # fmt: skip
