"""Days from opening to the nth instrument and to entry into force, as dots and ranges."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.theme import CONTEXT, INK, MUTED, SUBJECT, finish
from adoption.law.thresholds import REACHED
from adoption.sentences.comparison import days_text, milestone_name
from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.law.status import Row

ROW = 18  # pixels
MARGINS = 78 + 66
ROOM = 1.05
WIDE_ROOM = 1.3  # where words stand after the longest window
TURN = 0.6  # of the axis: beyond it the words stand before the mark
SPACE = 0.25  # of the axis: what the words need before a mark
GAP = 0.4  # of a row, between two panels


def milestone_chart(reached: pd.DataFrame, as_of: date, title: str) -> go.Figure:
    """Draw how many days each convention took, a panel of rows for each milestone.

    Parameters
    ----------
    reached : DataFrame
        From `adoption.law.thresholds.milestones`; the first convention is the subject.
    as_of : date
        The day.
    title : str
        The finding.
    """
    subject = reached["convention"].iloc[0]
    rows: list[Row] = []
    ticks: dict[float, str] = {}
    line, said = 0.0, []
    figure = go.Figure()
    for number, panel in reached.groupby("instrument", sort=False):
        name = milestone_name(int(str(number)))
        figure.add_annotation(
            name="panel", x=0, y=line, text=f"<b>{name}</b>", showarrow=False, xanchor="left",
            font={"size": 13, "color": INK},
        )  # fmt: skip
        ordered = panel.assign(unknown=panel["state"] != REACHED).sort_values(
            ["unknown", "latest"], kind="stable"
        )
        for row in ordered.to_dict("records"):
            line += 1
            own = row["convention"] == subject
            ticks[line] = f"<b>{row['label']}</b>" if own else str(row["label"])
            rows.append(dict(row) | {"line": line, "own": own, "text": _short(row)})
        said.append(f"{name}: " + ", ".join(f"{r['label']} {days_text(r)}"
                                            for r in ordered.to_dict("records")))  # fmt: skip
        line += 1 + GAP
    frame = pd.DataFrame(rows)
    known = frame[frame["state"] == REACHED]
    figure.add_traces(_marks(known))
    longest = max(float(known["latest"].max()), 1.0) if len(known) else 365.0
    figure.add_trace(_words(frame, longest))
    wide = known[(known["latest"] > TURN * longest) & (known["earliest"] < SPACE * longest)]
    room = WIDE_ROOM if len(wide) else ROOM
    figure.update_xaxes(range=[0, longest * room], title="days since opening for signature",
                        tickformat=",d", nticks=6)  # fmt: skip
    figure.update_yaxes(
        tickvals=list(ticks), ticktext=list(ticks.values()), range=[line - 0.3, -0.7],
        showgrid=False,
    )  # fmt: skip
    return finish(
        figure,
        title=title,
        subtitle=f"Days to {long_day(as_of)}; instruments of states; a bar is a window, a ring "
        "rests on reports",
        source="Source: each act's own, with its grade; listed at the end.",
        alternative=f"Dots and ranges. {'; '.join(said)}.",
        height=MARGINS + round(ROW * (line + 1)),
    )


def _marks(known: pd.DataFrame) -> list[go.Scatter]:
    traces = []
    for own, colour in ((False, CONTEXT), (True, SUBJECT)):
        side = known[known["own"] == own]
        for by_report, symbol in ((False, "circle"), (True, "circle-open")):
            exact = side[(side["earliest"] == side["latest"]) & (side["by_report"] == by_report)]
            if len(exact):
                traces.append(
                    go.Scatter(
                        x=exact["latest"].tolist(), y=exact["line"].tolist(), mode="markers",
                        marker={"size": 10, "symbol": symbol, "color": colour,
                                "line": {"width": 2, "color": colour}},
                        hoverinfo="skip", showlegend=False, name="day",
                    )
                )  # fmt: skip
        ranges = side[side["earliest"] < side["latest"]].to_dict("records")
        if ranges:
            x = [end for row in ranges for end in (int(row["earliest"]), int(row["latest"]), None)]
            y = [line for row in ranges for line in (row["line"], row["line"], None)]
            traces.append(
                go.Scatter(
                    x=x, y=y, mode="lines", line={"width": 8, "color": colour}, opacity=0.55,
                    hoverinfo="skip", showlegend=False, name="window",
                )
            )  # fmt: skip
    return traces


def _short(row: Row) -> str:
    """Return the words beside a mark; that a day rests on reports is said by its ring."""
    whole = days_text(row)
    return whole if row["earliest"] != row["latest"] and row["by_report"] else whole.split(" (")[0]


def _words(frame: pd.DataFrame, longest: float) -> go.Scatter:
    """Return the days beside the marks, and what is said where there is no mark."""
    at, text, sides = [], [], []
    for row in frame.to_dict("records"):
        words = f"<b>{row['text']}</b>" if row["own"] else row["text"]
        earliest, latest = 0, 0
        if row["state"] == REACHED:
            earliest, latest = int(row["earliest"]), int(row["latest"])
        before = latest > TURN * longest and earliest >= SPACE * longest
        at.append(earliest if before else latest)
        text.append(f"{words}   " if before else f"   {words}")
        sides.append("middle left" if before else "middle right")
    return go.Scatter(
        x=at, y=frame["line"].tolist(), text=text, mode="text", textposition=sides,
        textfont={"size": 12, "color": [SUBJECT if own else MUTED for own in frame["own"]]},
        hoverinfo="skip", showlegend=False, name="words", cliponaxis=False,
    )  # fmt: skip
