"""Timelines: counts that go up in steps, with their bounds, and a label at the end of each line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from pandas.api.types import is_numeric_dtype

from adoption.core.errors import AdoptionError
from adoption.core.text import span
from adoption.figures.figure import Figure
from adoption.figures.shapes import OVER_LINES, EndLabel, Style, line, steps, write_labels
from adoption.figures.theme import CONTEXT, HEIGHT, MARGINS
from adoption.press.figures import text_width

COUNTS = ("lower", "with_reports", "upper")
HEADROOM = 1.08  # of the highest line
BELOW_ZERO = 0.02  # of the axis, so that a line at zero is whole
LABEL_SIZE = 13  # pixels of the letters, by which the room for a label is measured
AT_END = 0.9  # of the axis: a line that ends after it has its label beside the plot


def timeline(
    frame: pd.DataFrame,
    x: str,
    color: str,
    *,
    colors: Mapping[str, str] | None = None,
    reports: Mapping[str, str] | None = None,
) -> Figure:
    """Draw counts as steps, with a band to their upper bounds, one line for each group.

    A line is dotted where the list of acts is not complete, so that the count is a lower bound.

    Parameters
    ----------
    frame : DataFrame
        Rows of `adoption.curve`, in the order of time: lower, with_reports, upper (missing where
        there is no bound), complete (bool), and the columns `x` and `color`.
    x : str
        A column of days, or of numbers such as years since the opening for signature.
    color : str
        A column with the name of each line.
    colors : mapping, optional
        The colour of a line by its name. Those named are wide; the others are grey and narrow.
    reports : mapping, optional
        The colour of a dashed line for the count with acts that are only reported, by the name of
        its group. By default there is none.

    Returns
    -------
    Figure
        A plotly figure, for `label_ends` and `finish`.

    Raises
    ------
    AdoptionError
        If a column is missing.

    Examples
    --------
    >>> import adoption as ad
    >>> counts = ad.curve("uncac", as_of="2006-01-01").assign(convention="UNCAC")
    >>> figure = timeline(counts, x="day", color="convention", colors={"UNCAC": ad.figures.SUBJECT})
    >>> [trace.name for trace in figure.data]
    ['UNCAC']
    """
    for column in (*COUNTS, "complete", x, color):
        if column not in frame:
            raise AdoptionError(f"a timeline needs the column {column}: add it to the frame")
    figure = Figure()
    for name, rows in frame.groupby(color, sort=False, observed=True):
        group, colour = str(name), (colors or {}).get(str(name), CONTEXT)
        is_named = group in (colors or {})
        style: Style = {"width": 3 if is_named else 1.5, "hover": "%{x}: %{y}"}
        whole = rows["complete"]
        # The step on which the list ends begins the dotted line as well.
        beyond = rows[~whole | ~whole.shift(-1, fill_value=True)]
        parts = [(rows[whole], "solid"), (beyond, "dot")]
        for part, dash in parts:
            if len(part):
                bounded = part.assign(upper=part["upper"].fillna(part["with_reports"]))
                figure.add_traces(steps(group, part[x], bounded, colour, dash=dash, **style))
        more = rows[rows["with_reports"] > rows["lower"]]
        if group in (reports or {}) and len(more):
            dashed = {**style, "dash": "dash", "shape": "hv"}
            named = f"{group}, with reports"
            y = more["with_reports"]
            figure.add_trace(line(more[x], y, (reports or {})[group], name=named, **dashed))
    figure.update_xaxes(title=x)
    figure.update_yaxes(rangemode="tozero", title="count")
    figure.draws(frame[[color, x, *COUNTS, "complete"]].reset_index(drop=True))
    return figure


def last_counts(frame: pd.DataFrame, color: str) -> dict[str, str]:
    """Return what to write at the end of each line of `timeline`: its name and last count.

    Parameters
    ----------
    frame : DataFrame
        What `timeline` takes.
    color : str
        The column with the name of each line.

    Returns
    -------
    dict
        By the name of a line: its name and count, as "UNTOC 115", "UNTOC 115 to 117" or, where
        acts may be missing, "UNTOC 115+"; and what to write of the count with reports.

    Examples
    --------
    >>> columns = ["label", "lower", "with_reports", "upper", "complete"]
    >>> last_counts(pd.DataFrame([["A", 3, 4, None, False]], columns=columns), "label")
    {'A': 'A 3+', 'A, with reports': '4 with reports'}
    """
    texts = {}
    for row in frame.drop_duplicates(color, keep="last").to_dict("records"):
        name = row[color]
        if pd.isna(row["lower"]):
            texts[name] = f"{name} not known"
            continue
        lower, reported = int(row["lower"]), int(row["with_reports"])
        number = span(lower, int(row["upper"])) if row["complete"] else f"{lower:,}+"
        texts[name] = f"{name} {number if lower or row['complete'] else 'none confirmed'}"
        texts[f"{name}, with reports"] = f"{reported:,} with reports"
    return texts


def label_ends(
    figure: go.Figure,
    texts: Mapping[str, str] | None = None,
    *,
    bold: Collection[str] = (),
    height: int = HEIGHT,
) -> go.Figure:
    """Write the name of each line at its end, none over another, in place of the legend.

    Parameters
    ----------
    figure : Figure
        Any figure of lines: of `timeline`, `plotly.express.line` or `plotly.graph_objects`.
    texts : mapping, optional
        What to write for a line, by its name. By default its name and its last value.
    bold : collection of str
        The names of the lines whose labels are bold.
    height : int
        Of the figure, in pixels, by which labels are moved apart.

    Returns
    -------
    Figure
        The same figure. Its vertical axis begins at zero.

    Examples
    --------
    >>> import plotly.express as px
    >>> frame = pd.DataFrame({"year": [1, 2, 1, 2], "n": [3, 5, 3, 5], "name": list("aabb")})
    >>> figure = label_ends(px.line(frame, x="year", y="n", color="name"))
    >>> [(note.text, note.yshift) for note in figure.layout.annotations]
    [('a 5', -8.0), ('b 5', 8.0)]
    """
    drawn = [trace for trace in figure.data if _is_named_line(trace)]
    if not drawn:
        return figure
    places = {id(trace): _numbers(trace.x) for trace in drawn}
    last_by_name = {trace.name: trace for trace in sorted(drawn, key=lambda t: places[id(t)].max())}
    first = min(numbers.min() for numbers in places.values())
    length = max(numbers.max() for numbers in places.values()) - first
    top = float(HEADROOM * max(pd.Series(trace.y).max() for trace in drawn)) or 1.0
    beside, inside = list[EndLabel](), list[EndLabel]()
    for name, trace in last_by_name.items():
        y = float(trace.y[-1])
        text = (texts or {}).get(name, f"{name} {y:g}")
        label = EndLabel(text, trace.x[-1], y, trace.line.color or CONTEXT, name in bold)
        is_at_end = places[id(trace)].iloc[-1] >= first + AT_END * length
        (beside if is_at_end else inside).append(label)
    plot = (height - MARGINS) / (1 + BELOW_ZERO)
    write_labels(figure, beside, top, plot)
    write_labels(figure, inside, top, plot, bgcolor=OVER_LINES)
    longest = max(text_width(label.text, LABEL_SIZE) for label in beside)
    figure.update_yaxes(range=[-BELOW_ZERO * top, top])
    if not _is_of_days(drawn[0].x):
        figure.update_xaxes(range=[first - BELOW_ZERO * length, first + length])
    margin = {"r": 14 + round(longest)}
    return figure.update_layout(showlegend=False, height=height, margin=margin)


def _is_named_line(trace: go.Scatter) -> bool:
    """Return whether a trace is a line of the legend, and not the edge of a band."""
    is_line = trace.type in ("scatter", "scattergl") and "lines" in (trace.mode or "lines")
    return bool(is_line and trace.name and trace.line.width != 0 and len(trace.x))


def _is_of_days(values: Sequence[object]) -> bool:
    return not is_numeric_dtype(pd.Series(list(values)))


def _numbers(values: Sequence[object]) -> pd.Series[Any]:
    """Return the values of an axis as numbers."""
    numbers: pd.Series[Any] = pd.Series(list(values))
    return pd.to_datetime(numbers).astype("int64") if _is_of_days(values) else numbers
