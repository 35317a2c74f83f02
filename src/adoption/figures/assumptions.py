"""The forecast under other assumptions, and by plain methods, as intervals."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from adoption.figures.intervals import Bar, axis_end, bar_in_words, draw, height_of, rows_axis
from adoption.forecasting.assumptions import COUNTED, MAIN, PLAIN, Alternative
from adoption.forecasting.convention import ConventionForecast
from adoption.law.rules import ordinal
from adoption.sentences.forecast_assumptions import LABELS
from adoption.show.theme import BOUND_REPORTED, CONTEXT, MUTED, STATUS_COLOURS, SUBJECT, finish
from adoption.words import long_day


def assumptions_chart(
    found: ConventionForecast | None, made: Sequence[Alternative], title: str
) -> go.Figure | None:
    """Draw median and 80% interval under each assumption; nothing where there is none.

    Parameters
    ----------
    found : ConventionForecast or None
        What was taken apart.
    made : sequence of Alternative
        From `adoption.forecasting.assumptions.alternatives`.
    title : str
        The finding.
    """
    if found is None or not made:
        return None
    bars = [_bar(one, row) for row, one in enumerate(made)]
    start, end = found.made_on, axis_end(found.made_on, [one.forecast for one in made])
    figure = go.Figure()
    middle = made[0].forecast.quantile(0.5)
    if middle is not None:
        figure.add_vline(
            x=middle.isoformat(), line={"color": SUBJECT, "width": 1, "dash": "dot"}, layer="below"
        )
    draw(figure, bars, end)
    rows_axis(figure, len(bars))
    figure.update_xaxes(range=[start.isoformat(), end.isoformat()], type="date")
    said = "; ".join(f"{bar.label}: {bar_in_words(bar)}" for bar in bars)
    return finish(
        figure,
        title=title,
        subtitle=f"Day of the {ordinal(found.firm.threshold)} instrument: median and 80% interval, "
        f"forecast on {long_day(found.made_on)}",
        source="Source: the acts on the convention, and the depositary's lists of the base set; "
        "a model's forecasts.",
        alternative=f"Intervals by assumption. {said}.",
        height=height_of(len(bars)),
    )


def _bar(one: Alternative, row: int) -> Bar:
    label = LABELS[one.key]
    if one.key == MAIN:
        return Bar(f"<b>{label}</b>", one.forecast, SUBJECT, row)
    if one.key == COUNTED:
        colour = STATUS_COLOURS[BOUND_REPORTED]
        return Bar(label, one.forecast, colour, row, dash="dash", hollow=True)
    if one.key in PLAIN:
        return Bar(label, one.forecast, CONTEXT, row, dash="dot", hollow=True)
    return Bar(label, one.forecast, MUTED, row)
