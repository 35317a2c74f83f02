"""How well the acts of a convention are supported by day, and how far each list reaches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from adoption.data.dictionary import GRADES
from adoption.figures.labels import READABLE
from adoption.figures.theme import (
    BOUND_REPORTED,
    INK,
    MUTED,
    PAPER,
    STATUS_COLOURS,
    SUBJECT,
    finish,
)
from adoption.words import counted, long_day, short_day

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

# A reported act is another kind of mark, not only another colour; an inferred one is hatched,
# for its fact is sourced and only its day is derived or open.
MARKS: Mapping[str, tuple[str, str]] = {
    "confirmed": (SUBJECT, ""),
    "reported": (STATUS_COLOURS[BOUND_REPORTED], "."),
    "inferred": (SUBJECT, "/"),
}
DASHES = {"confirmed": "solid", "reported": "dot", "inferred": "solid"}
MONTHS_TO_YEARS = 3 * 366  # days: a longer axis counts by year
BARS_HEIGHT = 250
LINE_HEIGHT = 7
NAMED_HEIGHT = 17  # of a line that has room for its name
FEW_LINES = 8
NOTE_HEIGHT = 26  # above the lines, for what they are
FEW_BARS = 8  # as many can carry their numbers
SHADE = "rgba(154,164,175,0.18)"


def acts_by_day(known: pd.DataFrame, convention: Convention, as_of: date, title: str) -> go.Figure:
    """Draw the acts by month or year and grade, and the windows of those without a day.

    Parameters
    ----------
    known : DataFrame
        From `adoption.law.evidence.known_acts`.
    convention : Convention
        For the days of opening and to which the list is complete, beyond which it is shaded.
    as_of : date
        The last day.
    title : str
        The finding.
    """
    by_year = (as_of - convention.opens).days > MONTHS_TO_YEARS
    unit = "Y" if by_year else "M"
    first = pd.Timestamp(convention.opens).to_period(unit).start_time
    last = pd.Timestamp(as_of).to_period(unit).end_time
    dated, undated = known[known["date"].notna()], known[known["date"].isna()]
    figure = go.Figure()
    bars = _bars(figure, dated, unit)
    lines = len(undated)
    bottom = _windows(figure, undated, as_of)
    if lines <= FEW_LINES:
        _name_windows(figure, first, last)
    line_height = NAMED_HEIGHT if lines <= FEW_LINES else LINE_HEIGHT
    lines_height = lines * line_height + (NOTE_HEIGHT + 8 if lines else 0)
    bars_height = BARS_HEIGHT if len(dated) else 40
    share = lines_height / (lines_height + bars_height)
    top = max(bars.max() if len(bars) else 0, 1)
    figure.update_layout(
        barmode="stack",
        yaxis={"domain": [share, 1], "range": [0, top * 1.16], "title": "acts",
               "showticklabels": bool(len(dated)), "showgrid": bool(len(dated)), "nticks": 5},
        yaxis2={"domain": [0, max(share - 0.02, 0.01)],
                "range": [bottom - 0.5, NOTE_HEIGHT / line_height], "visible": False,
                "anchor": "x"},
        xaxis={"range": [first.isoformat()[:10], last.isoformat()[:10]], "anchor": "free",
               "position": 0},
        legend={"y": -0.11, "traceorder": "normal"},
    )  # fmt: skip
    _shade(figure, convention, as_of, last)
    if lines:
        said = f"{counted(lines, 'act')} without a known day: first to last possible one"
        _note(figure, x=0, y=share - 0.02, text=said, xref="x domain", name="windows")
    if not len(known):
        _note(figure, x=0, y=0.6, text="no act is known by this day", xref="x domain", name="none")
    height = bars_height + lines_height + 78 + 90
    return finish(
        figure,
        title=title,
        subtitle=f"Acts by {'year' if by_year else 'month'} and grade, to {long_day(as_of)}",
        source="Source: each act's own, with its grade; listed at the end. "
        f"Reach of the list: {convention.reach}",
        alternative=_in_words(dated, undated, bars, unit),
        height=height,
    )


def _bars(figure: go.Figure, dated: pd.DataFrame, unit: str) -> pd.Series[int]:
    """Draw a bar a period and grade; return the number of acts of each period."""
    periods = dated["date"].dt.to_period(unit)
    totals: pd.Series[int] = periods.value_counts().sort_index()
    for grade in GRADES:
        counts = periods[dated["grade"] == grade].value_counts().sort_index()
        if counts.empty:
            continue
        colour, shape = MARKS[grade]
        starts = [period.start_time for period in counts.index]
        days = [(period.end_time - period.start_time).days + 1 for period in counts.index]
        middles = [start + pd.Timedelta(days=n / 2) for start, n in zip(starts, days, strict=True)]
        figure.add_trace(
            go.Bar(
                name=grade,
                x=[middle.strftime("%Y-%m-%dT%H:%M") for middle in middles],
                y=counts.tolist(),
                width=[0.82 * n * 86_400_000 for n in days],
                marker=_fill(colour, shape),
                customdata=[str(period) for period in counts.index],
                hovertemplate="%{customdata}: %{y}<extra>" + grade + "</extra>",
            )
        )
    if 0 < len(totals) <= FEW_BARS:
        for period, total in zip(pd.PeriodIndex(totals.index), totals, strict=True):
            middle = period.start_time + (period.end_time - period.start_time) / 2
            figure.add_annotation(
                name="total", x=middle.strftime("%Y-%m-%d"), y=total, text=f"<b>{total}</b>",
                showarrow=False, yanchor="bottom", font={"size": 12, "color": INK},
            )  # fmt: skip
    return totals


def _fill(colour: str, shape: str) -> dict[str, Any]:
    if not shape:
        return {"color": colour, "line": {"width": 0}}
    pattern = {"shape": shape, "bgcolor": PAPER, "fgcolor": colour, "size": 5, "solidity": 0.5}
    return {"color": colour, "pattern": pattern, "line": {"width": 1.5, "color": colour}}


def _windows(figure: go.Figure, undated: pd.DataFrame, as_of: date) -> int:
    """Draw a line a window, one below the other; return the place of the last."""
    ordered = undated.sort_values(["earliest", "latest", "name"], ignore_index=True)
    shown = {trace.name for trace in figure.data}
    for grade in GRADES:
        rows = ordered[ordered["grade"] == grade]
        if rows.empty:
            continue
        colour = MARKS[grade][0]
        tick = {"size": 5, "symbol": "line-ns", "line": {"width": 1.5, "color": colour}}
        x: list[str | None] = []
        y: list[int | None] = []
        text: list[str] = []
        for place, row in zip(rows.index, rows.to_dict("records"), strict=True):
            end = min(row["latest"], pd.Timestamp(as_of))
            x += [f"{row['earliest']:%Y-%m-%d}", f"{end:%Y-%m-%d}", None]
            y += [-int(place), -int(place), None]
            text += [f"{row['name']}, {row['act']}"] * 2 + [""]
        figure.add_trace(
            go.Scatter(
                name=grade, x=x, y=y, text=text, mode="lines+markers", yaxis="y2",
                line={"color": colour, "width": 2, "dash": DASHES[grade]}, marker=tick,
                showlegend=grade not in shown,
                hovertemplate="%{text}: %{x}<extra>" + grade + "</extra>",
            )
        )  # fmt: skip
    return -max(len(ordered) - 1, 0)


def _name_windows(figure: go.Figure, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Write whose act each window is beside it, on the side that has room."""
    for trace in figure.data:
        if trace.yaxis != "y2":
            continue
        for place in range(0, len(trace.x), 3):
            start, end = (pd.Timestamp(day) for day in trace.x[place : place + 2])
            after = last - end > start - first
            figure.add_annotation(
                name="window", x=trace.x[place + after], y=trace.y[place], yref="y2",
                text=trace.text[place], showarrow=False, xanchor="left" if after else "right",
                yanchor="middle", xshift=6 if after else -6,
                font={"size": 11, "color": READABLE.get(trace.line.color, trace.line.color)},
            )  # fmt: skip


def _shade(figure: go.Figure, convention: Convention, as_of: date, last: pd.Timestamp) -> None:
    """Shade the days for which the list is not complete, and mark where that begins."""
    complete = convention.complete_to
    if complete is not None and complete >= as_of:
        return
    start = complete or convention.opens
    figure.add_shape(
        type="rect", xref="x", yref="paper", x0=start.isoformat(), x1=f"{last:%Y-%m-%d}", y0=0,
        y1=1, fillcolor=SHADE, line={"width": 0}, layer="below",
    )  # fmt: skip
    text = "list incomplete"
    if complete is not None:
        figure.add_shape(
            type="line", xref="x", yref="paper", x0=start.isoformat(), x1=start.isoformat(),
            y0=0, y1=1, line={"width": 1, "color": MUTED, "dash": "dot"},
        )  # fmt: skip
        text = f"list incomplete<br>after {short_day(complete)}"
    late = (pd.Timestamp(start) - pd.Timestamp(convention.opens)) > (last - pd.Timestamp(start))
    _note(figure, x=start.isoformat(), y=1, text=text, name="reach",
          anchor="right" if late else "left")  # fmt: skip


def _note(
    figure: go.Figure, *, x: object, y: float, text: str, name: str, xref: str = "x",
    anchor: str = "left",
) -> None:  # fmt: skip
    figure.add_annotation(
        name=name, x=x, y=y, xref=xref, yref="paper", text=text, showarrow=False,
        xanchor=anchor, yanchor="top", align=anchor, xshift=4 if anchor == "left" else -4,
        font={"size": 11, "color": MUTED},
    )  # fmt: skip


def _in_words(dated: pd.DataFrame, undated: pd.DataFrame, bars: pd.Series[int], unit: str) -> str:
    if dated.empty and undated.empty:
        return "An empty chart: no act is known by the day."
    grades = ", ".join(
        f"{n} {grade}" for grade in GRADES if (n := int((dated["grade"] == grade).sum()))
    )
    told = f"{counted(len(dated), 'act')} with a day{f' ({grades})' if grades else ''}"
    most = f"; most in {bars.idxmax()}, {bars.max()}" if len(bars) else ""
    kind = "year" if unit == "Y" else "month"
    return f"Bars by {kind}: {told}{most}. {counted(len(undated), 'act')} without a known day."
