"""The consents so far and those to come: a fan chart with the threshold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from adoption.figures.crossings import Crossing, mark_crossings
from adoption.forecasting.convention import ConventionForecast, Reading
from adoption.forecasting.fan import highest
from adoption.forecasting.known import Known
from adoption.sentences.forecast_words import short_month
from adoption.show.theme import BOUND_REPORTED, CONTEXT, INK, MUTED, STATUS_COLOURS, SUBJECT, finish
from adoption.words import counted, long_day, short_day

HEIGHT = 500
TIMES_THE_THRESHOLD = 1.9  # how high the axis goes beside a fan
ROOM = 1.08  # above the threshold and the steps without one
BANDS = ((10, 90, "rgba(11,74,130,0.14)"), (25, 75, "rgba(11,74,130,0.28)"))
MIDDLE = 50  # per cent
COUNTED, ALL_KNOWN = "consents that count", "with reported and undated ones"
MIDDLE_NAME, UNCERTAIN = "median of the forecast", ", uncertain acts not counted"
DASHES = {COUNTED: "solid", ALL_KNOWN: "dash"}
REPORTED = STATUS_COLOURS[BOUND_REPORTED]
COLOURS: Mapping[Reading, str] = {"not counted": SUBJECT, "counted": REPORTED}


def fan_chart(
    found: ConventionForecast,
    drawn: ConventionForecast | None,
    fans: Mapping[Reading, pd.DataFrame],
    condition: str,
    title: str,
) -> go.Figure:
    """Draw the consents that are known, and the fan of those to come.

    Parameters
    ----------
    found : ConventionForecast
        The forecast on the day asked about, with the acts known by then.
    drawn : ConventionForecast or None
        The forecast that is drawn: the same, or one of the past.
    fans : mapping of Reading to DataFrame
        From `adoption.forecasting.fan.fans`.
    condition : str
        Of the second reading, from `adoption.sentences.entry_into_force.condition`.
    title : str
        The finding.
    """
    threshold, end = found.firm.threshold, pd.Timestamp(found.made_on if drawn else found.as_of)
    if fans:
        end = max(frame["day"].iloc[-1] for frame in fans.values())
    until = min(end, pd.Timestamp(found.made_on)).date()
    figure = go.Figure()
    if "not counted" in fans:
        _filled(figure, fans["not counted"], MIDDLE_NAME + (UNCERTAIN if len(fans) > 1 else ""))
    if "counted" in fans:
        _outlined(figure, fans["counted"], condition)
    firm, with_them = found.known["not counted"], found.known["counted"]
    if with_them.consents > firm.consents or "not counted" not in found.readings:
        figure.add_trace(_steps(with_them, until, REPORTED, ALL_KNOWN, "counted" not in fans))
    if "not counted" in found.readings:
        figure.add_trace(_steps(firm, until, SUBJECT, COUNTED, True))
    most = with_them.consented.by(_age(firm, until))
    top = TIMES_THE_THRESHOLD * threshold if fans else ROOM * max(most, threshold)
    _threshold(figure, threshold)
    _made_on(figure, found, drawn)
    mark_crossings(figure, _crossings(found, drawn, fans, end.date()), threshold)
    span = end - pd.Timestamp(found.convention.opens)
    begins = pd.Timestamp(found.convention.opens) - span * 0.015
    figure.update_xaxes(range=[_text(begins), _text(end)], type="date")
    figure.update_yaxes(range=[0, top], title="states that have consented")
    return finish(
        figure,
        title=title,
        subtitle=_subtitle(drawn),
        source="Source: the acts on the convention"
        + (
            ", and the depositary's lists of the base set; what is to come is a model's forecast."
            if fans
            else "."
        ),
        alternative=_in_words(found, fans),
        height=HEIGHT,
    ).update_layout(legend={"y": -0.1}, margin={"b": 76})


def _filled(figure: go.Figure, frame: pd.DataFrame, name: str) -> None:
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
            name=name, x=days, y=frame["p50"].tolist(), mode="lines",
            line={"color": SUBJECT, "width": 1.5},
            hovertemplate="%{x|%b %Y}: %{y}<extra>median</extra>",
        )
    )  # fmt: skip


def _outlined(figure: go.Figure, frame: pd.DataFrame, condition: str) -> None:
    days = [_text(day) for day in frame["day"]]
    for percent in (10, 90, 50):
        middle = percent == MIDDLE
        figure.add_trace(
            go.Scatter(
                name=f"{condition}, with 80%", x=days, y=frame[f"p{percent}"].tolist(),
                mode="lines",
                line={"color": REPORTED, "width": 2 if middle else 1.2,
                      "dash": "dash" if middle else "dot"},
                hovertemplate="%{x|%b %Y}: %{y}<extra>" + f"{percent}% {condition}</extra>",
                showlegend=middle,
            )
        )  # fmt: skip


def _steps(known: Known, until: date, colour: str, name: str, legend: bool) -> go.Scatter:
    if known.later and until == known.as_of:
        until = known.opened + timedelta(days=int(known.consented.day[known.consents - 1]))
    number = known.consented.by(_age(known, until))
    opened = pd.Timestamp(known.opened)
    days = [opened + pd.Timedelta(days=day) for day in known.consented.day[:number]]
    x = [_text(day) for day in (opened, *days, pd.Timestamp(until))]
    return go.Scatter(
        name=name, x=x, y=[0, *range(1, number + 1), number], mode="lines",
        line={"color": colour, "width": 3, "shape": "hv", "dash": DASHES[name]}, showlegend=legend,
        hovertemplate="%{x|%-d %b %Y}: %{y}<extra>" + name + "</extra>",
    )  # fmt: skip


def _threshold(figure: go.Figure, threshold: int) -> None:
    figure.add_hline(y=threshold, line={"color": INK, "width": 1, "dash": "dot"})
    figure.add_annotation(
        name="threshold", text=f"{threshold} needed", x=1, xref="paper", xanchor="right",
        y=threshold, yanchor="bottom", showarrow=False, font={"size": 12, "color": INK},
    )  # fmt: skip


def _made_on(
    figure: go.Figure, found: ConventionForecast, drawn: ConventionForecast | None
) -> None:
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
        name="made on", text=f"starts {short_day(drawn.made_on)}", x=day, xanchor="left", xshift=3,
        y=1, yref="paper", yanchor="top", showarrow=False, font={"size": 11, "color": MUTED},
    )  # fmt: skip


def _crossings(
    found: ConventionForecast,
    drawn: ConventionForecast | None,
    fans: Mapping[Reading, pd.DataFrame],
    end: date,
) -> list[Crossing]:
    """Return where the medians and the known consents cross the threshold, by day."""
    made = []
    for reading in fans:
        middle = drawn.forecasts[reading].quantile(0.5) if drawn is not None else None
        passed = drawn is found and middle is not None and middle <= found.as_of
        if middle is not None and middle <= end and not passed:  # what has passed is no forecast
            colour = COLOURS[reading]
            made.append(Crossing(middle, short_month(middle), colour, reading == "counted"))
    came = found.firm.reached
    if came is not None and came <= end:
        by = "by " if found.firm.note else ""  # on a day that is not known
        made.append(Crossing(came, f"came {by}{short_month(came)}", INK, hollow=False))
    return sorted(made, key=lambda crossing: crossing.day)


def _subtitle(drawn: ConventionForecast | None) -> str:
    text = "States that have consented to be bound, by day"
    if drawn is None:
        return text
    return f"{text}; forecast from {long_day(drawn.made_on)}, with 50% and 80% of its probability"


def _in_words(found: ConventionForecast, fans: Mapping[Reading, pd.DataFrame]) -> str:
    known = counted(found.known[found.readings[0]].consents, "consent")
    least = "at least " if found.made_on < found.as_of else ""
    parts = [f"Step curve of the consents known by {long_day(found.as_of)}: {least}{known}"]
    for reading, frame in fans.items():
        last = frame.iloc[-1]
        parts.append(
            f"Fan, reported and undated acts {reading}: by {last['day']:%B %Y} a median of "
            f"{_number(found, last['p50'])}, 80% interval {_number(found, last['p10'])} to "
            f"{_number(found, last['p90'])}"
        )
    return f"{'. '.join(parts)}. The threshold is {found.firm.threshold}."


def _number(found: ConventionForecast, value: int) -> str:
    return f"{value} or more" if value == highest(found.firm.threshold) else f"{value}"


def _age(known: Known, day: date) -> float:
    return float((day - known.opened).days)


def _text(day: pd.Timestamp) -> str:
    return day.strftime("%Y-%m-%d")
