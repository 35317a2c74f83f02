"""When a convention enters into force: the sentences, charts and tables of a forecast."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from itertools import pairwise, starmap
from math import isnan
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.core.text import (
    MONTHS,
    capitalised,
    chance_in_words,
    counted,
    listed,
    long_day,
    short_day,
    span,
)
from adoption.forecasting.convention import ConventionForecast, Reading
from adoption.forecasting.forecast import SMALL_TARGET, Forecast
from adoption.forecasting.skill import like, score, with_packages
from adoption.law.rules import ordinal, window_in_words
from adoption.law.status import Status
from adoption.show.answers import Answer
from adoption.show.charts import Style, line, mark_day, points, shade, write
from adoption.show.status import curve_title, force_sentence, shade_reach
from adoption.show.table import NOT_KNOWN, Table, described
from adoption.show.theme import (
    BOUND_REPORTED,
    CONTEXT,
    INK,
    MUTED,
    STATUS_COLOURS,
    SUBJECT,
    finish,
    with_alpha,
)


def month(day: date) -> str:
    """Return the month of a forecast day: its day says more than a forecast knows.

    Examples
    --------
    >>> from datetime import date
    >>> month(date(2032, 8, 24))
    'August 2032'
    """
    return f"{MONTHS[day.month - 1]} {day.year}"


def month_or_after(day: date | None, forecast: Forecast) -> str:
    """Return the short month of a forecast day, or that it lies beyond the horizon."""
    return f"after {forecast.horizon.year}" if day is None else f"{day:%b %Y}"


def median_and_range(forecast: Forecast) -> tuple[str, str]:
    """Return the median and the 80% range for a table; the day alone where it is reached."""
    if forecast.reached is not None:
        return f"reached {short_day(forecast.reached)}", ""
    days = forecast.quantile(0.5), *forecast.interval(80)
    median, low, high = (month_or_after(day, forecast) for day in days)
    return median, low if low == high else f"{low} to {high}"


def entry_answer(forecast: ConventionForecast, status: Status) -> Answer:
    """Answer when a convention enters into force.

    Parameters
    ----------
    forecast : ConventionForecast
        The forecast.
    status : Status
        The convention on the same day.
    """
    force, label = status.entry_into_force, "entry into force"
    if force is None:
        text = forecast_sentence(forecast)
        key, label = key_of(forecast)
    else:
        text = force_sentence(status, f"The {status.convention.short_title}")
        if status.nth_is_unsure:
            later = "it is not reached" if status.remaining_if_confirmed_only else "it came later"
            text += f" That rests on {status.nth_grade} acts; by confirmed acts alone {later}."
        key = window_in_words(force)
        if force.day is not None:
            label = "in force since" if status.in_force else "in force from"
    what = "entry into force"
    return Answer.of(forecast.convention, what, status.as_of, text, key, label)


def key_of(forecast: ConventionForecast) -> tuple[str, str]:
    """Return the key figure of a convention that is not known to be in force, and its label."""
    in_force = forecast.convention.entered_into_force
    if in_force is not None and in_force <= forecast.as_of:
        return long_day(in_force), "in force since, as published"
    if forecast.why_none:
        return "not forecast", "entry into force"
    force = forecast.in_force(forecast.quantile(0.5))
    already = chance_in_words(forecast.already)
    if force is not None and force <= forecast.as_of:
        return already, "chance that it is in force already"
    sign = f"the chance that it is in force already is {already}"
    if forecast.already < UNLIKELY:
        sign = "nothing suggests that it is in force"
    key = f"after {forecast.firm.horizon.year}" if force is None else month(force)
    return key, f"entry into force, median of the forecast; {sign}"


def forecast_sentence(forecast: ConventionForecast) -> str:
    """Say when a convention is forecast to enter into force, in one sentence."""
    name = f"the {forecast.convention.short_title}"
    if forecast.why_none:
        return f"No forecast is made for {name}: {forecast.why_none}."
    mixed = forecast.mixed
    if mixed.reached is not None:
        nth = ordinal(mixed.threshold)
        return f"{capitalised(name)} had its {nth} consent by {long_day(mixed.reached)}."
    force = forecast.in_force(mixed.quantile(0.5))
    already = chance_in_words(forecast.already)
    if force is not None and force <= forecast.as_of:
        ends = f"its list of acts ends on {long_day(forecast.list_to)}"
        return f"With a chance of {already} {name} is in force already; {ends}."
    when = f"later than {month(mixed.horizon)}" if force is None else f"about {month(force)}"
    text = f"{capitalised(name)} is forecast to enter into force {when} (80% range "
    unseen = "" if forecast.already < UNLIKELY else f"; already in force: {already}"
    return f"{text}{range_of(forecast)}{unseen})."


def range_of(forecast: ConventionForecast) -> str:
    """Return the 80% range of entry into force; an end that has passed is no end."""
    low, high = (forecast.in_force(day) for day in forecast.mixed.interval(80))
    beyond = f"later than {month(forecast.mixed.horizon)}"
    if low is None:
        return f"all of it {beyond}"
    if low <= forecast.as_of and high is not None:
        return f"up to {month(high)}"
    ends = month(low), beyond if high is None else month(high)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def start_sentence(forecast: ConventionForecast) -> str:
    """Say where a forecast starts, and what is known after the list of acts ends."""
    if forecast.why_none or forecast.mixed.chance is None:
        return ""
    total = forecast.total
    text = f"The list of acts is complete, or nearly so, to {long_day(forecast.list_to)}. "
    if total is not None:
        text += f"A total published for {long_day(total.day)} counts {total.published}"
        home = total.published - total.consents
        text += f": {home} of them taken for approvals at home. " if home else ". "
    text += f"The forecast starts on {long_day(forecast.made_on)}"
    text += f" with {counted(forecast.watched('counted').total, 'consent')}"
    if forecast.reports_to > forecast.made_on:
        seen = f"a chance of {forecast.reports_seen:.0%} to be reported, so silence counts"
        text += f". To {long_day(forecast.reports_to)} each consent had {seen}"
    return f"{text}. Days that nobody watched say nothing."


def skill_sentence(backtest: pd.DataFrame) -> str:
    """Say how good such forecasts were, known then: for cases like the Convention, then for all."""
    cases = with_packages(backtest)
    alike, every = (score(part, "forecast") for part in (cases[like(cases)], cases))
    if not alike["cases"]:
        return f"{_skill(every, 'past cases')}."
    young = _skill(alike, "past cases of treaties as young and as widely signed")
    return f"{young}. {_skill(every, 'cases of all ages')}."


def _skill(scores: Mapping[str, Any], what: str) -> str:
    lower, upper = (100 - 100 * scores[f"climatology_{end}"] for end in ("high", "low"))
    return (
        f"On {scores['cases']:,} {what} its error was {1 - scores['climatology']:.0%} ({lower:.0f} "
        f"to {upper:.0f}) smaller than that of assuming the usual wait, and its 80% ranges held "
        f"{scores['within_80']:.0%}"
    )


UNLIKELY = 0.01  # a chance below which nothing suggests that a convention is in force
HEIGHT = 480
TIMES_THE_THRESHOLD = 1.9  # how high the axis goes beside a fan
ROOM = 1.08  # above the threshold and the steps without one
BANDS = ((10, 90, 0.14), (25, 75, 0.28))  # of probability, and how dark each is
REPORTED = STATUS_COLOURS[BOUND_REPORTED]
STEPS: dict[Reading, tuple[str, str, str]] = {
    "not counted": ("confirmed consents", SUBJECT, "solid"),
    "counted": ("with reported and undated ones", REPORTED, "dash"),
}
SOURCE = "Source: the acts on the convention, and the depositary's lists of the base set."


def chance_bars(forecast: ConventionForecast) -> go.Figure | None:
    """Draw the chance that a convention is in force by the end of each year.

    The bar is the combined forecast; where acts are uncertain, marks show both readings.
    """
    if forecast.why_none or forecast.mixed.chance is None:
        return None
    chances = forecast.by_year()
    shares, likely = 100 * chances["in_force"], chances[chances["in_force"] >= 0.5]
    first = (likely if len(likely) else chances.tail(1)).iloc[0]  # that is likelier than not
    words = zip(chances["year"], map(chance_in_words, chances["in_force"]), strict=True)
    years = [f"{year}<br><b>{chance}</b>" for year, chance in words]
    hover = "by the end of %{x}<extra></extra>"
    style = {"name": "combined forecast", "marker": {"color": SUBJECT}, "width": 0.55}
    figure = go.Figure(go.Bar(x=years, y=shares.round(1), hovertemplate=hover, **style))
    if forecast.readings_differ:
        for reading, name, symbol in (
            ("counted", "if unconfirmed reports are true", "triangle-up-open"),
            ("not counted", "if they are not", "triangle-down-open"),
        ):
            marker = {"symbol": symbol, "size": 10, "color": REPORTED, "line": {"width": 2}}
            y = (100 * chances[f"{reading} in_force"]).round(1)
            more: Style = {"marker": marker, "hover": "%{y:.0f}%", "showlegend": None}
            figure.add_trace(points(years, y, name=name, **more))
    figure.update_xaxes(type="category", showgrid=False, range=[-0.5, len(years) - 0.5])
    figure.update_yaxes(range=[0, 104], ticksuffix="%", tickvals=[0, 25, 50, 75, 100])
    text = "; ".join(years).replace("<br><b>", " ").replace("</b>", "")
    return finish(
        figure,
        title=f"In force by the end of {first['year']:.0f} with a chance of "
        f"{chance_in_words(first['in_force'])}",
        subtitle="Chance to be in force by the end of each year, from "
        f"{long_day(forecast.made_on)}",
        source=SOURCE,
        alternative=f"Bars, one a year: {text}.",
        height=360,
    )


def fan_chart(
    forecast: ConventionForecast, frame: pd.DataFrame | None, status: Status
) -> go.Figure:
    """Draw the consents that are known, and the fan of those to come.

    Parameters
    ----------
    forecast : ConventionForecast
        The forecast on the day asked about, with the acts known by then.
    frame : DataFrame or None
        From `adoption.forecasting.convention.fan`; None where nothing is forecast.
    status : Status
        The convention on the day asked about.
    """
    end = pd.Timestamp(forecast.as_of) if frame is None else frame["day"].iloc[-1]
    threshold, figure = forecast.convention.threshold, go.Figure()
    known = [_steps(forecast, reading) for reading in reversed(forecast.readings)]
    top = ROOM * max(threshold, *(trace.y[-1] for trace in known))
    title, text = curve_title(status), "States that have consented to be bound, by day"
    if forecast.why_none and forecast.readings_differ:
        text += f"; dashed: {STEPS['counted'][0]}"
    figure.add_hline(y=threshold, line={"color": INK, "width": 1, "dash": "dot"})
    at = {"name": "threshold", "xref": "paper", "xanchor": "right", "yanchor": "bottom"}
    write(figure, 1, threshold, f"{threshold} needed", 12, INK, **at)
    if frame is not None:
        _fan(figure, forecast, frame)
        top = TIMES_THE_THRESHOLD * threshold
        middle = forecast.quantile(0.5)
        when = f"after {month(forecast.mixed.horizon)}" if middle is None else month(middle)
        title = f"The {ordinal(threshold)} instrument is forecast for {when}"
        text += f"; forecast from {long_day(forecast.made_on)}, with 50% and 80% of its probability"
    else:
        shade_reach(figure, status.history, forecast.as_of)
    figure.add_traces(known)
    _mark_crossing(figure, forecast, end.date())
    opened = pd.Timestamp(forecast.convention.opens)
    ends = [f"{opened - (end - opened) * 0.015:%Y-%m-%d}", f"{end:%Y-%m-%d}"]
    figure.update_xaxes(range=ends, type="date")
    figure.update_yaxes(range=[0, top], title="states that have consented")
    return finish(
        figure,
        title=title,
        subtitle=text,
        source=SOURCE,
        alternative="Step curve of the consents known, and the fan of those that are forecast. "
        f"{forecast_sentence(forecast)}",
        height=HEIGHT,
    )


def _fan(figure: go.Figure, forecast: ConventionForecast, frame: pd.DataFrame) -> None:
    """Draw the fan, and shade the days from its start that the list lacks."""
    days = frame["day"].dt.strftime("%Y-%m-%d").tolist()
    for low, high, opacity in BANDS:
        edges = [*frame[f"p{low}"], *reversed(frame[f"p{high}"].tolist())]
        area: Style = {"fill": "toself", "fillcolor": with_alpha(SUBJECT, opacity)}
        area |= {"line": {"width": 0}, "meta": f"{high - low}% of the probability"}
        figure.add_trace(line([*days, *reversed(days)], edges, SUBJECT, 0, **area))
    more: Style = {"name": "median of the forecast", "showlegend": None, "hoverinfo": None}
    more["hovertemplate"] = "%{x|%b %Y}: %{y}<extra>median</extra>"
    figure.add_trace(line(days, frame["p50"], SUBJECT, 1.5, **more))
    start, end = forecast.made_on, forecast.as_of
    if start < end:
        shade(figure, start, end, 0.28)
    mark_day(figure, start, 1, f"starts {short_day(start)}", name="starts", align=None)


def _steps(forecast: ConventionForecast, reading: Reading) -> go.Scatter:
    treaty = forecast.treaties[reading]
    opened = pd.Timestamp(treaty.opened)
    days = [opened + pd.Timedelta(days=day) for day in treaty.consented.day]
    # After the start no act known is not no act: the line ends with the last that is known.
    last = max([pd.Timestamp(forecast.made_on), *days])
    x = [f"{day:%Y-%m-%d}" for day in (opened, *days, last)]
    name, colour, dash = STEPS[reading if forecast.readings_differ else "not counted"]
    more: Style = {"name": name, "hover": "%{x|%-d %b %Y}: %{y}", "showlegend": None}
    return line(x, [*range(len(days) + 1), len(days)], colour, 3, dash=dash, shape="hv", **more)


def _mark_crossing(figure: go.Figure, forecast: ConventionForecast, end: date) -> None:
    """Mark where the known consents crossed the threshold, or the median will."""
    if forecast.why_none:
        return
    came, colour = forecast.firm.reached, INK
    if came is not None:  # or by that day, where the day is not known
        text = f"came {'by ' if forecast.firm.note else ''}{came:%b %Y}"
    else:
        came, colour = forecast.quantile(0.5), SUBJECT
        if came is None or not forecast.as_of < came <= end:  # what has passed is no forecast
            return
        text = f"{came:%b %Y}"
    marker = {"size": 10, "color": colour, "line": {"width": 2, "color": colour}}
    number = forecast.convention.threshold
    figure.add_trace(points([came.isoformat()], [number], marker=marker))
    at = {"xanchor": "left", "xshift": 4, "yanchor": "top", "yshift": -4, "name": "crossing"}
    write(figure, came.isoformat(), number, f"<b>{text}</b>", 12, colour, **at)


def reliability_chart(reliability: pd.DataFrame) -> go.Figure:
    """Draw how many events came before each tenth of their forecasts.

    Parameters
    ----------
    reliability : DataFrame
        From `adoption.forecasting.skill.reliability`.
    """
    ends, sizes, middles = [0, 100], [], []
    figure = go.Figure(line(ends, ends, CONTEXT, 1, dash="dot", name="as it should be",
                            showlegend=None))  # fmt: skip
    for size, colour, dash in (("large", SUBJECT, "solid"), ("small", MUTED, "dash")):
        part = reliability[reliability["size"] == size]
        chance, share, low, high = (100 * part[x] for x in ("chance", "share", "low", "high"))
        name = SETS["size", size].lower()
        figure.add_trace(
            line(chance, share, colour, 1.5, name=name, dash=dash, mode="markers+lines",
                 marker={"size": 9, "color": colour}, showlegend=None, hoverinfo=None,
                 error_y={"array": high - share, "arrayminus": share - low},
                 hovertemplate="%{x:.0f}% point: %{y:.0f}% of the events<extra></extra>")
        )  # fmt: skip
        text = "; ".join(f"{x:.0f}%: {y:.0f}%" for x, y in zip(chance, share, strict=True))
        sizes.append(f"{name}, {text}")
        middles.append(f"{share[chance == 50].iloc[0]:.0f}%")
    figure.update_xaxes(range=ends, ticksuffix="%", title="point of the forecast")
    figure.update_yaxes(range=ends, ticksuffix="%", title="events that came before it")
    return finish(
        figure,
        title=f"{middles[0]} of events came before the median for thresholds above {SMALL_TARGET}, "
        f"{middles[1]} for lower ones",
        subtitle="Kaplan-Meier shares, with 95% intervals over treaties; forecasts known then",
        source="Source: every forecast and its score in the table backtest.",
        alternative=f"Points, forecast and share of events: {'. '.join(sizes)}.",
        height=HEIGHT,
    )


WAYS = {
    "forecast": "The forecast", "climatology": "The usual wait",
    "pace": "Constant pace",
}  # fmt: skip
RULES = {
    "minimum": "Reports as a minimum (rule before)", "list": "The list alone",
    "no total": "Reports weighed, without the total", "filter": "Total and reports weighed (used)",
    "complete": "Complete list (bound)",
}  # fmt: skip
MASKED_SETS = {"like": "As young and as widely signed", "all": "All"}
SETS = {
    ("like", ""): "As young and as widely signed",
    ("all", ""): "All cases",
    ("size", "small"): f"Thresholds up to {SMALL_TARGET}",
    ("size", "large"): f"Thresholds above {SMALL_TARGET}",
}


def readings_view(forecast: ConventionForecast) -> Table | None:
    """Show the combined forecast and both readings of uncertain acts; nothing once reached."""
    if forecast.why_none or forecast.mixed.chance is None:
        return None
    ways = {"Combined forecast": forecast.mixed}
    if forecast.readings_differ:
        true = f"If unconfirmed reports are true ({forecast.reports_true:.0%})"
        ways |= {true: forecast.counted, "If they are not": forecast.firm}
    year, rows = forecast.as_of.year + 3, []
    end = forecast.last_deposit(date(year, 12, 31))
    for reading, part in ways.items():
        day = forecast.in_force(part.quantile(0.5))
        force = "beyond the horizon" if day is None else f"{day:%b %Y}"
        rows.append((reading, *median_and_range(part), force, chance_in_words(part.cdf(end))))
    nth = f"{ordinal(forecast.convention.threshold)} instrument"
    heads = ["Reading", nth, "80% range", "In force", f"In force by the end of {year}"]
    caption = "The combined forecast weighs both readings of uncertain acts"
    return Table(pd.DataFrame(rows, columns=heads), caption)


def reference_view(reference: pd.DataFrame, treaties: pd.DataFrame, threshold: int) -> Table:
    """Show treaties with similar signatures and consents at the same age.

    Parameters
    ----------
    reference : DataFrame
        From `adoption.forecasting.convention.reference_class`.
    treaties : DataFrame
        The table `base_treaties`.
    threshold : int
        The number of consents that is asked about.
    """
    columns = {
        "Treaty": "title",
        "Opened": "opened",
        "Signatories then": "signatories",
        "Consents then": "consents",
        f"Years to {threshold} consents": lambda row: (
            f"not yet after {row['seen']:.1f}" if pd.isna(row["years"]) else f"{row['years']:.1f}"
        ),
    }
    named = reference.merge(treaties[["treaty", "title"]], on="treaty", how="left")
    reached, middle = named["years"].notna(), float("nan")
    if reached.any():  # by Kaplan-Meier: some were not watched for as long
        waits = named["years"].fillna(named["seen"])
        middle = SurvfuncRight(waits, reached.astype(int)).quantile(0.5)
    text = "" if isnan(middle) else f"; half took {middle:.1f} years or less"
    caption = f"Treaties with similar signatures and consents at this age{text}"
    return described(named, columns, caption)


def _news(before: ConventionForecast, now: ConventionForecast) -> str:
    """Return what is known on a day that was not on another; after the list ends, as a minimum."""
    signed = (now.signatories("counted") or 0) - (before.signatories("counted") or 0)
    firm = now.consents("not counted") - before.consents("not counted")
    unsure = now.consents("counted") - before.consents("counted") - firm
    numbers = {"signature": signed, "consent": firm, "uncertain consent": unsure}
    new = [counted(number, noun) for noun, number in numbers.items() if number > 0]
    text = listed(new) if new else "nothing new is known"
    if now.total is not None and now.total != before.total:
        number = counted(now.total.consents, "consent")
        return f"{text}; a published total of {number} on {short_day(now.total.day)}"
    watched = (now.reports_to - before.reports_to).days
    return f"{text} in {counted(watched, 'day')}" if watched else f"{text}; nobody watched"


def history_view(history: Sequence[ConventionForecast]) -> Table | None:
    """Show what would have been forecast on some days, known then, and what had changed."""
    if not history:
        return None
    named, nth = history[0].convention.signatories_listed, ordinal(history[0].firm.threshold)
    news = ["first forecast", *starmap(_news, pairwise(history))]
    rows = []
    for earlier in history:
        signed = earlier.signatories("counted") if named else NOT_KNOWN
        consents = span(earlier.consents("not counted"), earlier.consents("counted"))
        rows.append((short_day(earlier.as_of), signed, consents, *median_and_range(earlier.mixed)))
    heads = ["As of", "Signatories", "Consents", "Median", "80% range"]
    frame = pd.DataFrame(rows, columns=heads).assign(**{"New since the row before": news})
    return Table(frame, f"The forecast of the {nth} instrument on earlier days, known then")


def skill_view(skill: pd.DataFrame) -> Table:
    """Show what each way to forecast was worth, from `adoption.forecasting.skill.skill`."""
    columns = {
        "Cases": lambda row: f"{SETS[row['kind'], row['value']]} ({row['cases']:,})",
        "Forecast by": lambda row: WAYS[row["way"]],
        "Error": "error",
        "Of the usual wait's": lambda row: _ratio(row, "climatology"),
        "80% ranges held": lambda row: f"{row['within_80']:.0%}",
        "Events before the 10, 50, 90% points": lambda row: ", ".join(
            f"{row[f'before_{point}']:.0%}" for point in (10, 50, 90)
        ),
    }
    sets = skill.set_index(["kind", "value"], drop=False).loc[[*SETS]]
    return described(sets, columns, "Scores of forecasts of the past, known then", 3)


def masked_view(masked: pd.DataFrame) -> Table:
    """Show what each rule for a list that ends was worth, from `skill.masked_skill`."""
    columns = {
        "Cases": lambda row: f"{MASKED_SETS[row['set']]} ({row['cases']:,})",
        "Rule": lambda row: RULES[row["rule"]],
        "Error": "error",
        "Of the rule before": lambda row: _with_interval(row["ratio"], row["low"], row["high"]),
        "Chance given to 'there already'": lambda row: f"{row['already']:.1%}",
        "It was": lambda row: f"{row['there']:.1%}",
        "Brier score": "brier",
    }
    return described(masked, columns, "Lists cut short: one total, some reports, then silence", 3)


def reports_view(reports: pd.DataFrame) -> Table:
    """Show how many acts were named after the end of lists, of those that a total implies."""
    heads = {"label": "Convention", "of": "Of", "list_to": "List complete to"}
    heads |= {"total_on": "Later total of", "named": "Named", "implied": "Implied"}
    named, implied = (int(reports[name].sum()) for name in ("named", "implied"))
    caption = f"Of {implied} acts that totals imply, {named} were named"
    return Table(reports[[*heads]].rename(columns=heads), caption)


def _ratio(row: Mapping[Hashable, Any], other: str) -> str:
    """Return the error of a way to forecast as a part of another's; no text for its own."""
    if row["way"] == other:
        return ""
    return _with_interval(row[other], row[f"{other}_low"], row[f"{other}_high"])


def _with_interval(value: float, low: float, high: float) -> str:
    return f"{value:.2f} ({low:.2f} to {high:.2f})"
