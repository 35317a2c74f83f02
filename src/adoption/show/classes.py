"""The classes of a participant, with the colour and mark of each."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from adoption.figures.figure import Figure
from adoption.figures.shapes import bar, striped
from adoption.figures.theme import CONTEXT, INK, LAND, LIGHT, SUBJECT
from adoption.law.panel import (
    CANNOT_JOIN,
    CONSENTED,
    HAD_CONSENTED,
    IN_FORCE,
    NO_ACT,
    NOT_KNOWN,
    NOT_OPEN,
    NOT_YET,
    POSSIBLY_WITHDRAWN,
    SIGNED,
    UNABLE,
    WITHDRAWN,
)

SIGNATURE_REPORTED = "signature reported"
BOUND_REPORTED = "ratification reported"
BOUND = "consented to be bound"

NARROW_BAR = 0.04  # of the longest bar: a part that has no room for its number

# What each class is called, and its colour: the same in maps, curves, tables and badges.
# A reported act is a different kind of mark as well: striped, as a line dashed; see `STRIPED`. Two
# classes without a mark differ by 3:1 in luminance: no act, signed and bound are three steps.
STATUS_COLOURS: Mapping[str, str] = {
    NO_ACT: LIGHT["no-act"],
    SIGNED: LIGHT["signed"],
    SIGNATURE_REPORTED: LIGHT["signed"],
    BOUND_REPORTED: LIGHT["reported"],
    BOUND: SUBJECT,
    POSSIBLY_WITHDRAWN: LIGHT["withdrawn"],
    WITHDRAWN: LIGHT["withdrawn"],
    CANNOT_JOIN: LAND,  # with an outline
    NOT_YET: LAND,
    NOT_KNOWN: LAND,
}
# The classes of those that have done something.
ACTED = tuple(name for name in STATUS_COLOURS if name not in (NO_ACT, *UNABLE))
# What is only reported has one mark in all drawings and tables: stripes of its colour. A curve by
# report is a line of dashes. Nothing else is striped or dashed that stands for an act.
STRIPED = frozenset({SIGNATURE_REPORTED, BOUND_REPORTED})
RINGED = STRIPED | {POSSIBLY_WITHDRAWN}  # in a map of plotly, which has no striped marks


def status_class(status: str, grade: object) -> str:
    """Return the class in which a participant is shown."""
    reported = grade == "reported"
    if status == SIGNED:
        return SIGNATURE_REPORTED if reported else SIGNED
    if status in (CONSENTED, IN_FORCE, HAD_CONSENTED):
        return BOUND_REPORTED if reported else BOUND
    return NO_ACT if status == NOT_OPEN else status


def status_classes(frame: pd.DataFrame) -> list[str]:
    """Return the class of each row, from its columns status and grade."""
    return [*map(status_class, frame["status"], frame["grade"])]


def status_bars(counts: pd.DataFrame) -> Figure:
    """Return a bar a row, in parts by status: its index has the labels, its columns the classes.

    A reported act is striped.
    """
    figure = Figure()
    widest = counts.sum(axis=1).max()
    for name in counts.columns[counts.any()]:
        light = name in (NO_ACT, *STRIPED, *UNABLE)
        line = {"width": 1, "color": CONTEXT if name in UNABLE else "white"}
        words = [str(n) if n > NARROW_BAR * widest else "" for n in counts[name]]
        colour = STATUS_COLOURS[name]
        looks = striped(colour) if name in STRIPED else {"color": colour}
        marker = {"line": line, "pattern": {"shape": ""}} | looks
        hover = "%{y}: %{x} " + name + "<extra></extra>"
        ink = INK if light else "white"
        x = [number or None for number in counts[name].tolist()]  # no bar, not one without length
        y = counts.index.tolist()
        figure.add_trace(bar(x, y, words, ink, name=name, marker=marker, hovertemplate=hover))
    figure.update_xaxes(visible=False, showgrid=False, range=[0, 1.02 * float(widest)])
    ends = [len(counts) - 0.5, -0.5]
    figure.update_yaxes(range=ends, title=None, showgrid=False, ticklabelstandoff=6)
    legend = {"y": -0.03, "traceorder": "normal"}
    figure.update_layout(barmode="stack", bargap=0.28, legend=legend)
    return figure


def rows_of_bars(counts: pd.DataFrame, label: str, number: str) -> pd.DataFrame:
    """Return a row for each bar and status; statuses that no bar has are left out."""
    statuses = counts.columns[counts.any()].tolist()
    columns = {
        label: counts.index.tolist() * len(statuses),
        "status": [status for status in statuses for _ in counts.index],
        number: counts[statuses].to_numpy().T.ravel(),
    }
    return pd.DataFrame(columns)
