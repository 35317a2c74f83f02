"""Figures on when a convention enters into force: chances by year, the fan, reliability."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.crossings import Crossing, mark_crossings
from adoption.forecasting.convention import ConventionForecast, Reading, highest
from adoption.forecasting.treaties import Treaty
from adoption.sentences.forecast_words import chance_in_words, short_month
from adoption.show.theme import BOUND_REPORTED, CONTEXT, INK, MUTED, STATUS_COLOURS, SUBJECT, finish
from adoption.words import counted, long_day, short_day

HEIGHT = 480
TIMES_THE_THRESHOLD = 1.9  # how high the axis goes beside a fan
ROOM = 1.08  # above the threshold and the steps without one
BANDS = ((10, 90, "rgba(11,74,130,0.14)"), (25, 75, "rgba(11,74,130,0.28)"))
NAMES: dict[Reading, str] = {
    "not counted": "confirmed consents", "counted": "with reported and undated ones",
}  # fmt: skip
REPORTED = STATUS_COLOURS[BOUND_REPORTED]
SOURCE = "Source: the acts on the convention, and the depositary's lists of the base set."
SCORES = "Source: every forecast and its score in the table backtest."


def chance_bars(found: ConventionForecast, title: str) -> go.Figure | None:
    """Draw the chance that a convention is in force by the end of each year.

    The bar is the one answer; where acts are uncertain, marks show both readings.
    """
    if found.why_none or found.mixed.chance is None:
        return None
    chances = found.by_year()
    shares = 100 * chances["in_force"]
    years = [
        f"{year}<br><b>{chance_in_words(share / 100)}</b>"
        for year, share in zip(chances["year"], shares, strict=True)
    ]
    figure = go.Figure(
        go.Bar(
            name="the answer", x=years, y=shares, marker={"color": SUBJECT}, width=0.55,
            hovertemplate="by the end of %{x}<extra></extra>",
        )
    )  # fmt: skip
    if found.readings_differ:
        for reading, name, symbol in (
            ("counted", "if uncertain acts are true", "triangle-up-open"),
            ("not counted", "if they are not", "triangle-down-open"),
        ):
            figure.add_trace(
                go.Scatter(
                    name=name, x=years, y=100 * chances[f"{reading} in_force"], mode="markers",
                    marker={"symbol": symbol, "size": 10, "color": REPORTED, "line": {"width": 2}},
                    hovertemplate="%{y:.0f}%<extra>" + name + "</extra>",
                )
            )  # fmt: skip
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(range=[0, 104], ticksuffix="%", tickvals=[0, 25, 50, 75, 100])
    said = "; ".join(years).replace("<br><b>", " ").replace("</b>", "")
    return finish(
        figure,
        title=title,
        subtitle=f"Chance to be in force by the end of each year, from {long_day(found.made_on)}",
        source=SOURCE,
        alternative=f"Bars, one a year: {said}.",
        height=360,
    ).update_layout(legend={"y": -0.18}, margin={"b": 86})


def fan_chart(
    found: ConventionForecast,
    drawn: ConventionForecast | None,
    frame: pd.DataFrame | None,
    title: str,
) -> go.Figure:
    """Draw the consents that are known, and the fan of those to come.

    Parameters
    ----------
    found : ConventionForecast
        The forecast on the day asked about, with the acts known by then.
    drawn : ConventionForecast or None
        The forecast that is drawn: the same, or one of the past.
    frame : DataFrame or None
        From `adoption.forecasting.convention.fan`, of the forecast that is drawn.
    title : str
        The finding.
    """  # fmt: skip
    end = pd.Timestamp(found.as_of) if frame is None else frame["day"].iloc[-1]
    figure = go.Figure()
    if frame is not None:
        _filled(figure, frame)
    until = min(end, pd.Timestamp(found.as_of)).date()
    most = 0
    for reading in reversed(found.readings):
        treaty = found.treaties[reading]
        figure.add_trace(_steps(found, treaty, until, reading))
        most = max(most, int(treaty.consented.by(_age(treaty, until))))
    threshold = found.threshold
    top = TIMES_THE_THRESHOLD * threshold if frame is not None else ROOM * max(most, threshold)
    _threshold(figure, threshold)
    _starts(figure, found, drawn)
    mark_crossings(figure, _crossings(found, drawn, end.date()), threshold)
    opened = pd.Timestamp(found.convention.opens)
    begins = opened - (end - opened) * 0.015
    figure.update_xaxes(range=[_text(begins), _text(end)], type="date")
    figure.update_yaxes(range=[0, top], title="states that have consented")
    text = "States that have consented to be bound, by day"
    if drawn is not None:
        text += f"; forecast from {long_day(drawn.made_on)}, with 50% and 80% of its probability"
    return finish(
        figure,
        title=title,
        subtitle=text,
        source=SOURCE,
        alternative=_in_words(found, frame),
        height=HEIGHT,
    ).update_layout(legend={"y": -0.1}, margin={"b": 76})


def _filled(figure: go.Figure, frame: pd.DataFrame) -> None:
    days = [_text(day) for day in frame["day"]]
    for low, high, colour in BANDS:
        edges = [*frame[f"p{low}"], *reversed(frame[f"p{high}"].tolist())]
        figure.add_trace(
            go.Scatter(
                x=[*days, *reversed(days)], y=edges, fill="toself", fillcolor=colour,
                line={"width": 0}, mode="lines", hoverinfo="skip", showlegend=False,
            )
        )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            name="median of the forecast", x=days, y=frame["p50"].tolist(), mode="lines",
            line={"color": SUBJECT, "width": 1.5},
            hovertemplate="%{x|%b %Y}: %{y}<extra>median</extra>",
        )
    )  # fmt: skip


def _steps(found: ConventionForecast, treaty: Treaty, until: date, reading: Reading) -> go.Scatter:
    number = int(treaty.consented.by(_age(treaty, until)))
    opened = pd.Timestamp(treaty.opened)
    days = [opened + pd.Timedelta(days=day) for day in treaty.consented.day[:number]]
    # After the start no act known is not no act: the line ends with the last that is known.
    last = max([pd.Timestamp(min(found.made_on, until)), *days])
    x = [_text(day) for day in (opened, *days, last)]
    firm = reading == "not counted"
    return go.Scatter(
        name=NAMES[reading], x=x, y=[0, *range(1, number + 1), number], mode="lines",
        line={"color": SUBJECT if firm else REPORTED, "width": 3, "shape": "hv",
              "dash": "solid" if firm else "dash"},
        hovertemplate="%{x|%-d %b %Y}: %{y}<extra>" + NAMES[reading] + "</extra>",
    )  # fmt: skip


def _threshold(figure: go.Figure, threshold: int) -> None:
    figure.add_hline(y=threshold, line={"color": INK, "width": 1, "dash": "dot"})
    figure.add_annotation(
        name="threshold", text=f"{threshold} needed", x=1, xref="paper", xanchor="right",
        y=threshold, yanchor="bottom", showarrow=False, font={"size": 12, "color": INK},
    )  # fmt: skip


def _starts(figure: go.Figure, found: ConventionForecast, drawn: ConventionForecast | None) -> None:
    """Mark the day on which the forecast starts, and shade the days that the list lacks."""
    if found.made_on < found.as_of and drawn is found:
        figure.add_vrect(
            x0=found.made_on.isoformat(), x1=found.as_of.isoformat(), line_width=0,
            fillcolor="rgba(154,164,175,0.28)", layer="below",
        )  # fmt: skip
    if drawn is None:
        return
    day = drawn.made_on.isoformat()
    figure.add_vline(x=day, line={"color": CONTEXT, "width": 1, "dash": "dash"})
    figure.add_annotation(
        name="starts", text=f"starts {short_day(drawn.made_on)}", x=day, xanchor="left", xshift=3,
        y=1, yref="paper", yanchor="top", showarrow=False, font={"size": 11, "color": MUTED},
    )  # fmt: skip


def _crossings(
    found: ConventionForecast, drawn: ConventionForecast | None, end: date
) -> list[Crossing]:
    """Return where the median and the known consents cross the threshold, by day."""
    made = []
    middle = None if drawn is None else drawn.quantile(0.5)
    passed = drawn is found and middle is not None and middle <= found.as_of
    if middle is not None and middle <= end and not passed:  # what has passed is no forecast
        made.append(Crossing(middle, short_month(middle), SUBJECT, hollow=False))
    came = None if found.why_none else found.firm.reached
    if came is not None and came <= end:
        by = "by " if found.firm.note else ""  # on a day that is not known
        made.append(Crossing(came, f"came {by}{short_month(came)}", INK, hollow=False))
    return sorted(made, key=lambda crossing: crossing.day)


def _in_words(found: ConventionForecast, frame: pd.DataFrame | None) -> str:
    known = counted(found.consents(found.readings[0]), "consent")
    least = "at least " if found.made_on < found.as_of else ""
    text = f"Step curve of the consents known by {long_day(found.as_of)}: {least}{known}"
    if frame is not None:
        last = frame.iloc[-1]
        middle, low, high = (_number(found, last[name]) for name in ("p50", "p10", "p90"))
        text += f". Fan: by {last['day']:%B %Y} a median of {middle}, 80% range {low} to {high}"
    return f"{text}. The threshold is {found.threshold}."


def _number(found: ConventionForecast, value: int) -> str:
    return f"{value} or more" if value == highest(found.threshold) else f"{value}"


def _age(treaty: Treaty, day: date) -> float:
    return float((day - treaty.opened) / timedelta(days=1))


def _text(day: pd.Timestamp) -> str:
    return day.strftime("%Y-%m-%d")


def reliability_chart(reliability: pd.DataFrame) -> go.Figure:
    """Draw how many events came before each tenth of their forecasts.

    Parameters
    ----------
    reliability : DataFrame
        From `adoption.forecasting.skill.reliability`.
    """
    said = 100 * reliability["chance"]
    share = 100 * reliability["share"]
    figure = go.Figure(
        [
            go.Scatter(
                name="as it should be", x=[0, 100], y=[0, 100], mode="lines", hoverinfo="skip",
                line={"color": CONTEXT, "width": 1, "dash": "dot"},
            ),
            go.Scatter(
                name="forecasts of the past", x=said, y=share, mode="markers+lines",
                line={"color": SUBJECT, "width": 1.5}, marker={"size": 9, "color": SUBJECT},
                error_y={"array": 100 * reliability["high"] - share,
                         "arrayminus": share - 100 * reliability["low"]},
                hovertemplate="%{x:.0f}% point: %{y:.0f}% of the events<extra></extra>",
            ),
        ]
    )  # fmt: skip
    figure.update_xaxes(range=[0, 100], ticksuffix="%", title="point of the forecast")
    figure.update_yaxes(range=[0, 100], ticksuffix="%", title="events that came before it")
    worst = (share - said).abs().max()
    points = "; ".join(f"{x:.0f}%: {y:.0f}%" for x, y in zip(said, share, strict=True))
    return finish(
        figure,
        title=f"As many events as forecast came before each point, to within {worst:.0f} points",
        subtitle="Kaplan-Meier shares, with 95% intervals over treaties; forecasts known then",
        source=SCORES,
        alternative=f"Points, forecast and share of events: {points}.",
        height=HEIGHT,
    ).update_layout(legend={"y": -0.16}, margin={"b": 86})
