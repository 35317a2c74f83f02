"""Forecasts as intervals on a line of time, one a row, its label above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from adoption.forecasting.answer import Forecast
from adoption.law.rules import add_months
from adoption.sentences.forecast_words import short_month
from adoption.show.theme import INK, MUTED
from adoption.words import short_day

ROW_HEIGHT = 44  # pixels
MARGINS = 78 + 78
ABOVE = -0.34  # of a row: where its label stands
MOST_YEARS = 16  # of an axis
ROOM = 1.05


@dataclass(frozen=True)
class Bar:
    """A forecast as it is drawn.

    Attributes
    ----------
    label : str
        What stands above it.
    forecast : Forecast
        The forecast.
    colour : str
        Of its line and mark.
    dash : str
        Of its line.
    hollow : bool
        Whether its mark is a ring.
    below : float
        By what part of a row it lies below the middle of the row.
    row : int
        Its row.
    """

    label: str
    forecast: Forecast
    colour: str
    row: int
    dash: str = "solid"
    hollow: bool = False
    below: float = 0.0


def axis_end(start: date, forecasts: Sequence[Forecast], others: Sequence[date] = ()) -> date:
    """Return where an axis ends: after the intervals, or 16 years on where one is longer."""
    limit = add_months(start, 12 * MOST_YEARS)
    ends = [forecast.quantile(0.9) for forecast in forecasts]
    last = max([limit if end is None else min(end, limit) for end in ends] + [*others])
    return start + (last - start) * ROOM


def draw(figure: go.Figure, bars: Sequence[Bar], end: date) -> None:
    """Draw intervals of 80% with their medians; what lies beyond the axis ends in an arrow."""
    for bar in bars:
        low, high = bar.forecast.interval(80)
        middle, y = bar.forecast.quantile(0.5), bar.row + bar.below
        if bar.label:
            _label(figure, bar)
        if middle is None or middle > end:
            said = "beyond 30 years" if middle is None else short_month(middle)
            empty = low is None or low > end
            _beyond(figure, f"median {said} ▸", y if empty else bar.row + ABOVE, end)
        if low is None or low > end:
            continue
        cut = high is None or high > end
        figure.add_trace(
            go.Scatter(
                x=[low.isoformat(), (end if cut or high is None else high).isoformat()],
                y=[y, y],
                mode="lines+markers" if cut else "lines",
                line={"color": bar.colour, "width": 3, "dash": bar.dash},
                marker={"symbol": ["line-ns", "triangle-right"], "size": [0, 11],
                        "color": bar.colour},
                hoverinfo="skip",
                showlegend=False,
                cliponaxis=False,
            )
        )  # fmt: skip
        if middle is not None and middle <= end:
            ring = {"width": 2, "color": bar.colour}
            figure.add_trace(
                go.Scatter(
                    x=[middle.isoformat()],
                    y=[y],
                    text=[bar_in_words(bar)],
                    mode="markers",
                    marker={"size": 11, "color": "#FFFFFF" if bar.hollow else bar.colour,
                            "line": ring},
                    hovertemplate="%{text}<extra></extra>",
                    showlegend=False,
                )
            )  # fmt: skip


def bar_in_words(bar: Bar) -> str:
    """Return median and interval of a bar."""
    low, high = bar.forecast.interval(80)
    return f"median {_day(bar.forecast.quantile(0.5))}, 80% {_day(low)} to {_day(high)}"


def height_of(rows: int) -> int:
    """Return the height of a figure of some rows, in pixels."""
    return MARGINS + ROW_HEIGHT * rows


def rows_axis(figure: go.Figure, rows: int) -> None:
    """Hide the axis of the rows, which have their labels inside, and set its range."""
    figure.update_yaxes(range=[rows - 0.2, -0.7], visible=False)


def _label(figure: go.Figure, bar: Bar) -> None:
    figure.add_annotation(
        name="row-label",
        text=bar.label,
        xref="paper",
        x=0,
        y=bar.row + ABOVE,
        showarrow=False,
        xanchor="left",
        yanchor="middle",
        font={"size": 12, "color": INK},
    )


def _beyond(figure: go.Figure, text: str, y: float, end: date) -> None:
    figure.add_annotation(
        name="beyond",
        text=text,
        x=end.isoformat(),
        y=y,
        showarrow=False,
        xanchor="right",
        yanchor="middle",
        font={"size": 11, "color": MUTED},
    )


def _day(day: date | None) -> str:
    return "beyond 30 years" if day is None else short_day(day)
