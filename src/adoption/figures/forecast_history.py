"""What would have been forecast at each age, as intervals, beside what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from adoption.figures.intervals import Bar, axis_end, bar_in_words, draw, height_of, rows_axis
from adoption.forecasting.convention import ConventionForecast, Reading
from adoption.law.rules import ordinal
from adoption.show.theme import BOUND_REPORTED, CONTEXT, INK, MUTED, STATUS_COLOURS, SUBJECT, finish
from adoption.words import capitalised, counted, numeral, short_day

if TYPE_CHECKING:
    from adoption.forecasting.history import Past

BELOW = 0.24  # of a row: the second reading under the first


def history_chart(
    found: ConventionForecast, told: Mapping[Reading, Sequence[Past]], title: str
) -> go.Figure | None:
    """Draw the forecasts made at each age, and what happened; nothing where none is told.

    Parameters
    ----------
    found : ConventionForecast
        The forecast of the convention.
    told : mapping of Reading to sequence of Past
        From `adoption.forecasting.history.history`.
    title : str
        The finding.
    """
    made, with_them = told["not counted"], told["counted"]
    if not made:
        return None
    bars = [Bar(_label(one), one.forecast, SUBJECT, row) for row, one in enumerate(made)]
    second = [
        Bar("", two.forecast, STATUS_COLOURS[BOUND_REPORTED], row, "dash", True, BELOW)
        for row, (one, two) in enumerate(zip(made, with_them, strict=True))
        if _differ(one, two)
    ]
    happened = made[0].happened
    start = made[0].forecast.as_of
    others = [one.forecast.as_of for one in made] + ([happened] if happened else [])
    end = axis_end(start, [bar.forecast for bar in (*bars, *second)], others)
    figure = go.Figure()
    _made_on(figure, made)
    if happened is not None:
        _mark(figure, happened, len(bars))
    draw(figure, [*bars, *second], end)
    rows_axis(figure, len(bars))
    figure.update_xaxes(range=[start.isoformat(), end.isoformat()], type="date")
    said = "; ".join(
        f"{_label(one)}: {bar_in_words(bar)}" for one, bar in zip(made, bars, strict=True)
    )
    both = ", uncertain acts not counted; dashed: counted" if second else ""
    return finish(
        figure,
        title=title,
        subtitle=f"Day of the {ordinal(found.firm.threshold)} instrument as forecast at each age: "
        f"median and 80% interval{both}; a grey mark is the day it is made",
        source="Source: the acts on the convention, and the depositary's lists of the base set as "
        "known when the year began; a model's forecasts.",
        alternative=f"Intervals by age. {said}."
        + (f" It was deposited on {short_day(happened)}." if happened else ""),
        height=height_of(len(bars)),
    )


def _label(past: Past) -> str:
    number = past.forecast.consents
    what = f"{numeral(number)} consent{'' if number in (0, 1) else 's'}"
    return f"{capitalised(counted(past.age, 'day'))} after opening, {what} known"


def _differ(one: Past, two: Past) -> bool:
    return two.forecast.reached is None and (
        one.forecast.interval(80) != two.forecast.interval(80)
        or one.forecast.quantile(0.5) != two.forecast.quantile(0.5)
    )


def _made_on(figure: go.Figure, made: Sequence[Past]) -> None:
    figure.add_trace(
        go.Scatter(
            x=[one.forecast.as_of.isoformat() for one in made],
            y=list(range(len(made))),
            mode="markers",
            marker={"symbol": "line-ns", "size": 12, "line": {"width": 2, "color": CONTEXT}},
            hovertemplate="made on %{x}<extra></extra>",
            showlegend=False,
        )
    )


def _mark(figure: go.Figure, day: date, rows: int) -> None:
    figure.add_vline(x=day.isoformat(), line={"color": INK, "width": 1.5}, layer="below")
    figure.add_annotation(
        name="happened", text=f"deposited {short_day(day)}", x=day.isoformat(), xanchor="left",
        xshift=4, y=rows - 0.4, yanchor="middle", showarrow=False,
        font={"size": 12, "color": MUTED},
    )  # fmt: skip
