"""A group of states on several conventions: who signed, who is bound, of whom nothing is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.theme import (
    BOUND,
    BOUND_REPORTED,
    INK,
    SIGNATURE_REPORTED,
    STATUS_COLOURS,
    finish,
)
from adoption.law.status import NO_ACT, SIGNED, WITHDRAWN
from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.countries.groups import Group

ROW_HEIGHT = 34
DARK = STATUS_COLOURS.keys() - {NO_ACT, BOUND_REPORTED}  # on these a number is white
# Left to right as a state goes: bound, reported, signed, nothing known.
CLASSES = (
    (BOUND, "bound"),
    (BOUND_REPORTED, "bound_reported"),
    (SIGNED, "signed"),
    (SIGNATURE_REPORTED, "signed_reported"),
    (WITHDRAWN, "withdrawn"),
    (NO_ACT, "no_act"),
)
# A reported act is hatched: a different kind of mark, as a ring is on a map.
HATCHED = frozenset({BOUND_REPORTED, SIGNATURE_REPORTED})


def acts_bars(counts: pd.DataFrame, group: Group, as_of: date, title: str) -> go.Figure:
    """Draw how many members have signed and are bound, a bar a convention.

    Parameters
    ----------
    counts : DataFrame
        From `adoption.countries.profiles.acts_by_convention`; a bar is as long as there are
        members that can join.
    group : Group
        The group.
    as_of : date
        The day.
    title : str
        The finding.
    """
    every = bool(counts["partial"].all())
    labels = [
        f"{label}*" if partial and not every else label
        for label, partial in zip(counts["label"], counts["partial"], strict=True)
    ]
    some = "*: the list does not reach that day" if counts["partial"].any() else ""
    reach = "no list reaches that day, so acts may be missing" if every else some
    figure = go.Figure()
    for name, column in CLASSES:
        numbers = [int(n) for n in counts[column]]
        if not any(numbers):
            continue
        pattern = {"shape": "/", "fillmode": "overlay", "fgcolor": INK, "size": 6, "solidity": 0.15}
        figure.add_trace(
            go.Bar(
                name=name, x=numbers, y=labels, orientation="h",
                text=[str(n) if n else "" for n in numbers], textposition="inside",
                insidetextanchor="middle", textangle=0, constraintext="none",
                textfont={"size": 12, "color": "white" if name in DARK else INK},
                marker={
                    "color": STATUS_COLOURS[name],
                    "line": {"width": 1, "color": "white"},
                    "pattern": pattern if name in HATCHED else {"shape": ""},
                },
                hovertemplate="%{y}: %{x} " + name + "<extra></extra>",
            )
        )  # fmt: skip
    figure.update_xaxes(visible=False, showgrid=False)
    figure.update_yaxes(autorange="reversed", title=None, showgrid=False)
    figure.update_layout(barmode="stack", bargap=0.28, legend={"y": -0.03, "traceorder": "normal"})
    said = "; ".join(
        f"{row['short_title']}: "
        + ", ".join(f"{row[column]} {name}" for name, column in CLASSES if row[column])
        for row in counts.to_dict("records")
    )
    return finish(
        figure,
        title=title,
        subtitle=f"Members of {group.in_sentence} by status on each convention, "
        f"{long_day(as_of)}{'; ' + reach if reach else ''}",
        source="Source: each act's own, with its grade; listed at the end.",
        alternative=f"Stacked bars. {said}.",
        height=134 + ROW_HEIGHT * len(counts) + 46,
    )
