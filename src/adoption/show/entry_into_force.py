"""When a convention enters into force: the sentences, charts and tables of a forecast."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf, isfinite, isinf
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption.core.days import on_or_before
from adoption.core.text import (
    MONTHS,
    capitalised,
    chance_in_words,
    counted,
    is_are,
    listed,
    long_day,
    messages,
    numeral,
    short_day,
)
from adoption.core.vocabulary import REPORTED
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.shapes import Style, line, points, write_words
from adoption.figures.theme import (
    CONTEXT,
    INK,
    MUTED,
    READABLE_COLOURS,
    SUBJECT,
    with_alpha,
)
from adoption.forecasting.convention import (
    ConventionForecast,
    fan,
    if_listed,
    reference_class,
)
from adoption.forecasting.forecast import SMALL_TARGET
from adoption.forecasting.skill import (
    ended_by,
    like,
    score,
    time_by,
    wait_curve,
    with_packages,
)
from adoption.forecasting.treaties import YEAR, TreatyRecord, outside_treaties
from adoption.law.rules import ordinal, window_in_words
from adoption.law.status import Row, Status
from adoption.press.figures import NARROW, WIDE, text_width
from adoption.show.answers import Answer
from adoption.show.classes import BOUND_REPORTED, STATUS_COLOURS
from adoption.show.curve import draw_reach, source_and_reach, undated_in_words
from adoption.show.status import curve_title
from adoption.show.table import Table, table_of_rows

MAX_RANGE_WITH_MONTHS = timedelta(days=731)  # of 80% of the chance: beyond it a month is noise


def month(day: date) -> str:
    """Return the month of a forecast day: its day says more than a forecast knows.

    Examples
    --------
    >>> from datetime import date
    >>> month(date(2032, 8, 24))
    'August 2032'
    """
    return f"{MONTHS[day.month - 1]} {day.year}"


def is_rough(forecast: ConventionForecast) -> bool:
    """Return whether a month would say more than a forecast knows: its 80% range is too long."""
    low, high = forecast.deposit.interval(80)
    return low is None or high is None or high - low > MAX_RANGE_WITH_MONTHS


def year_or_month(day: date, forecast: ConventionForecast) -> str:
    """Return the year of a forecast day; its month too where the forecast is not rough."""
    return f"{day.year}" if is_rough(forecast) else month(day)


def in_short(day: date | None, forecast: ConventionForecast) -> str:
    """Return a forecast day in a few letters, or that it lies beyond the horizon."""
    if day is None:
        return f"after {forecast.deposit.horizon.year}"
    return f"{day.year}" if is_rough(forecast) else f"{day:%b %Y}"


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
        text = f"{curve_title(status)}."
        if status.nth_is_unsure:
            later = "do not suffice" if status.remaining_if_confirmed_only else "give a later day"
            text += f" That day rests on {status.nth_grade} acts; confirmed acts alone {later}."
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
        return "no forecast", "of entry into force"
    force = forecast.in_force(forecast.quantile(0.5))
    if force is not None and force <= forecast.as_of:
        return chance_in_words(forecast.already), "chance that it is in force already"
    key = in_short(force, forecast)
    if force is not None:
        key = f"about {year_or_month(force, forecast)}"
    return key, "entry into force, median of the forecast"


def forecast_sentence(forecast: ConventionForecast) -> str:
    """Say when a convention is forecast to enter into force, in one sentence."""
    name = f"the {forecast.convention.short_title}"
    if forecast.why_none:
        return f"No forecast is made for {name}: {forecast.why_none}."
    deposit = forecast.deposit
    if deposit.reached is not None:
        nth = ordinal(deposit.threshold)
        return f"{capitalised(name)} had its {nth} consent by {long_day(deposit.reached)}."
    force = forecast.in_force(forecast.quantile(0.5))
    if force is not None and force <= forecast.as_of:
        already, ends = chance_in_words(forecast.already), long_day(forecast.list_to)
        return f"With a chance of {already} {name} is in force already; its list ends on {ends}."
    about = "later than" if force is None else "about"
    when = f"{about} {year_or_month(force or deposit.horizon, forecast)}"
    range_ = range_of(forecast, lambda day: year_or_month(day, forecast))
    return f"{capitalised(name)} is forecast to enter into force {when} (80% range {range_})."


def range_of(forecast: ConventionForecast, in_words: Callable[[date], str] = month) -> str:
    """Return the 80% range of entry into force; an end that has passed is no end."""
    low, high = (forecast.in_force(day) for day in forecast.deposit.interval(80))
    beyond = f"later than {in_words(forecast.deposit.horizon)}"
    first, last = (beyond if day is None else in_words(day) for day in (low, high))
    if low is not None and low <= forecast.as_of:
        return f"up to {last}"
    return first if first == last else f"{first} to {last}"


def start_sentence(forecast: ConventionForecast) -> str:
    """Say its months, where a forecast starts, and what is known after the list of acts ends."""
    if not forecast.is_open:
        return ""
    rule, ends = forecast.convention.rule_in_words(), long_day(forecast.list_to)
    force, months = forecast.in_force(forecast.quantile(0.5)), ""
    if is_rough(forecast) and force is not None and force > forecast.as_of:
        months = f"The median is {month(force)}, the 80% range {range_of(forecast)}. "
    text = f"{months}It {rule}. The list of acts is complete, or nearly so, to {ends}. "
    for report in forecast.known[1:]:
        what = "What is reported since"
        if report.total_on > report.list_to:
            what = f"A {report.grade} total of {long_day(forecast.day(report.total_on))}"
            what += f", {counted(report.total, 'consent')},"
        text += f"{what} is right with a chance of {report.chance:.0%}. "
    text += f"The forecast starts on {long_day(forecast.made_on)}"
    text += f" with {counted(forecast.start.total, 'consent')}"
    if forecast.reports_to > forecast.made_on:
        seen = f"a chance of {forecast.reports_seen:.0%} to be reported, so silence counts"
        text += f". To {long_day(forecast.reports_to)} each consent had {seen}"
    return f"{text}. Unmonitored days are ignored."


def expected_sentence(forecast: ConventionForecast) -> str:
    """Say how many consents the forecast takes as there on the day asked about."""
    if not forecast.is_open:
        return ""
    expected, low, high = forecast.consents_expected
    number, unseen = counted(forecast.consents_known, "consent"), unseen_consents(forecast)
    not_seen = f"; about {numeral(unseen)} of them no source shows" if unseen else ""
    return (
        f"The last number known is {number}. By {long_day(forecast.as_of)} the model expects about "
        f"{expected:.0f} (80% range {low} to {high}){not_seen}. The next complete list would move "
        "the forecast most."
    )


def listed_view(forecast: ConventionForecast) -> Table | None:
    """Show what the forecast becomes if a complete list has some number of consents."""
    if not forecast.is_open:
        return None
    beyond = f"after {forecast.deposit.horizon.year}"

    def in_force(deposit: pd.Timestamp) -> str:
        day = None if pd.isna(deposit) else forecast.in_force(deposit.date())
        return beyond if day is None else f"{day:%b %Y}"

    rows = if_listed(forecast)
    heads = {"p50": "In force, median", "p10": "80% from", "p90": "80% to"}
    columns = {"Consents": rows["consents"].astype("str")}
    columns |= {head: rows[name].map(in_force, na_action=None) for name, head in heads.items()}
    caption = f"The forecast if a list complete to {short_day(forecast.as_of)} had so many consents"
    return Table(pd.DataFrame(columns), caption)


def check_sentence(
    forecast: ConventionForecast,
    unaware: ConventionForecast,
    backtest: pd.DataFrame,
    outside: pd.DataFrame,
) -> str:
    """Say what treaties like it did, and what makes the forecast later.

    Parameters
    ----------
    forecast : ConventionForecast
        The forecast.
    unaware : ConventionForecast
        The same, if nothing followed from silence.
    backtest, outside : DataFrame
        The table of that name, and its like on treaties that it did not learn from.
    """
    if not forecast.is_open:
        return ""
    middle, before = (outlook.quantile(0.5) for outlook in (forecast, unaware))
    threshold, opens = forecast.convention.threshold, forecast.convention.opens
    alike, alike_today = (reference_class(forecast, day) for day in (None, forecast.as_of))
    took, took_today = (
        [treaty.consented.nth(threshold) / YEAR for treaty in treaties]
        for treaties in (alike, alike_today)
    )
    reached, reached_today = (sorted(filter(isfinite, years)) for years in (took, took_today))
    half = time_by(wait_curve(alike, threshold), 0.5) if reached else inf
    if isinf(half) or middle is None or before is None:
        return ""
    subject = f"{len(reached)} of" if len(reached) < len(took) else "Each of the"
    years = (middle - opens).days / YEAR
    months, silence = (round(12 * wait) for wait in (years - half, (middle - before).days / YEAR))
    text = (
        f"{subject} {len(took)} treaties like it had {threshold} consents within {reached[-1]:.1f} "
        f"years of opening, half of them within {half:.1f}."
    )
    if reached_today:
        text += (
            f" Of {len(took_today)} like it at today's age {len(reached_today)} had them, the last "
            f"after {reached_today[-1]:.1f} years."
        )
    text += f" By the forecast's median it takes {years:.1f} years."
    if not 0 < silence < months:
        return text
    late, late_outside = (
        score(cases[like(cases)], "forecast")["before_50"]
        for cases in (with_packages(backtest), with_packages(outside, outside_treaties()))
    )
    return (
        f"{text} That is {months} months longer than half of them took. Silence since "
        f"{long_day(forecast.made_on)} makes up {silence} of these. The rest is the model's: in "
        f"such past cases {late:.0%} of the events came before its median, and {late_outside:.0%} "
        "on treaties that it never learnt from."
    )


def later_sentence(forecast: ConventionForecast, unaware: ConventionForecast) -> str:
    """Say below the bars why they are lower than the share of treaties like it, where they are.

    Takes the same as `check_sentence`.
    """
    if not forecast.is_open:
        return ""
    threshold = forecast.convention.threshold
    middle, before = (outlook.quantile(0.5) for outlook in (forecast, unaware))
    half = time_by(wait_curve(reference_class(forecast), threshold), 0.5)
    if isinf(half) or middle is None or before is None:
        return ""
    years = (middle - forecast.convention.opens).days / YEAR
    months, silence = (round(12 * wait) for wait in (years - half, (middle - before).days / YEAR))
    if months <= 0:
        return ""
    faster = "The bars are lower than the diamonds since treaties like it were faster."
    if not 0 < silence < months:
        return f"{faster} The model is learnt from all treaties."
    since = long_day(forecast.made_on)
    return (
        f"{faster} Silence since {since} puts the median of the forecast back by "
        f"{counted(silence, 'month')}; the model, learnt from all treaties, by {months - silence} "
        "more."
    )


def skill_sentence(backtest: pd.DataFrame) -> str:
    """Say how good such forecasts were, known then: for cases like the Convention, then for all."""
    cases = with_packages(backtest)
    alike, every = (score(part, "forecast") for part in (cases[like(cases)], cases))
    young = _skill(alike, "past cases of treaties as young and as widely signed")
    return f"{young}. {_skill(every, 'cases of all ages')}."


def _skill(scores: Mapping[str, Any], what: str) -> str:
    lower, upper = (100 - 100 * scores[f"climatology_{end}"] for end in ("high", "low"))
    return (
        f"On {scores['cases']:,} {what} its error was {1 - scores['climatology']:.0%} ({lower:.0f} "
        f"to {upper:.0f}) smaller than that of the usual wait"
    )


HEIGHT = 480
BARS_OF_WORDS, ROOM_OF_WORDS = 2, 8  # how many bars words go over, and per cent that they need
TIMES_THE_THRESHOLD = 1.9  # how high the axis goes beside a fan
ROOM_ABOVE = 1.08  # above the threshold and the steps without one
PROBABILITY_BANDS = ((10, 90, 0.14), (25, 75, 0.28))  # of probability, and how dark each is
REPORTS_COLOUR = STATUS_COLOURS[BOUND_REPORTED]
WITH_REPORTS = "with those only reported"
KNOWN_OR_REPORTED = "known or reported"
FORECAST_SOURCE = "Source: the acts on the convention, and the depositary's lists of the base set."


def odds_title(forecast: ConventionForecast) -> str:
    """Say by the end of which year it is as likely in force as not; no text without a forecast.

    Examples
    --------
    >>> from adoption.forecasting.convention import forecast_convention
    >>> from adoption.law.conventions import find_convention
    >>> from datetime import date
    >>> odds_title(forecast_convention(find_convention("untoc"), date(2001, 6, 30)))
    'About six chances in ten that it is in force before 2004'
    """
    if not forecast.is_open:
        return ""
    year, chance = forecast.likely_by()
    tenths = round(10 * chance)
    odds = f"About {numeral(tenths)} chance{'s' * (tenths > 1)} in ten"
    odds = {0: "Less than one chance in ten", 5: "About even odds"}.get(tenths, odds)
    odds = "More than nine chances in ten" if tenths == 10 else odds
    return f"{odds} that it is in force before {year + 1}"


def chance_bars(forecast: ConventionForecast) -> go.Figure | None:
    """Draw the chance to be in force by the end of each year, and the share of treaties like it."""
    if not forecast.is_open:
        return None
    chances, opens = forecast.by_year(), forecast.convention.opens
    shares = 100 * chances["in_force"]
    words = zip(chances["year"], map(chance_in_words, chances["in_force"]), strict=True)
    years = [f"{year}<br><b>{chance}</b>" for year, chance in words]
    hover = "by the end of %{x}<extra></extra>"
    style = {"name": "the forecast", "marker": {"color": SUBJECT}, "width": 0.55}
    style |= {"showlegend": False}
    drawn = [pd.DataFrame({"of": "the forecast", "year": chances["year"], "%": shares.round(1)})]
    figure = Figure(go.Bar(x=years, y=shares.round(1), hovertemplate=hover, **style))
    ends = [forecast.last_deposit(date(year, 12, 31)) for year in chances["year"]]
    ages = [(end - opens).days / YEAR for end in ends]
    text = "; ".join(years).replace("<br><b>", " ").replace("</b>", "")
    if alike := reference_class(forecast):
        curve = wait_curve(alike, forecast.convention.threshold)
        did = [f"{100 * share:.0f}" for share in ended_by(curve, ages)]
        marker = {"symbol": "diamond", "size": 10, "color": MUTED}
        more: Style = {"marker": marker, "hover": "%{y:.0f}%", "showlegend": False}
        name = f"{len(alike)} treaties like it, at that age"
        figure.add_trace(points(years, [*map(float, did)], name=name, **more))
        text += f". Of {name}: {'%, '.join(did)}%"
        _write_alike(figure, years, shares.tolist(), [*map(float, did)], name)
        alike_did = {"of": name, "year": chances["year"], "%": [*map(float, did)]}
        drawn.append(pd.DataFrame(alike_did))
    figure.update_xaxes(type="category", showgrid=False, range=[-0.5, len(years) - 0.5])
    figure.update_yaxes(range=[0, 104], ticksuffix="%", tickvals=[0, 25, 50, 75, 100])
    name, made_on = forecast.convention.short_title, long_day(forecast.made_on)
    return finish(
        figure,
        rows=pd.concat(drawn, ignore_index=True),
        title=odds_title(forecast),
        subtitle=f"{name}: chance to be in force by the end of each year, from {made_on}",
        source=FORECAST_SOURCE,
        alternative=f"Bars, one a year: {text}.",
        height=360,
        foot=18,  # the chances stand in a second line below the years
    )


def _write_alike(
    figure: go.Figure,
    years: Sequence[str],
    bars: Sequence[float],
    alike: Sequence[float],
    name: str,
) -> None:
    """Write beside the first mark of treaties like it that has room on its right what it is."""

    def is_free(number: int) -> bool:
        beside = slice(number + 1, number + 1 + BARS_OF_WORDS)
        highest = max(bars[beside], default=0.0)
        return alike[number] - highest > ROOM_OF_WORDS and not any(
            abs(other - alike[number]) < ROOM_OF_WORDS for other in alike[beside]
        )

    number = next(filter(is_free, range(len(years))), 0)
    look: Style = {"xanchor": "left", "xshift": 10, "yanchor": "middle", "align": "left"}
    for size, words in ((WIDE, name), (NARROW, name.replace(", ", ",<br>"))):
        only = {"name": size, "visible": size == WIDE}
        write_words(figure, years[number], alike[number], words, FAN_WORDS, MUTED, **look, **only)


def fan_title(forecast: ConventionForecast) -> str:
    """Say how many have consented by the model, and by what is known, on the day asked about.

    Where the list of acts reaches that day, nothing is unseen: then when the last one needed comes.

    Examples
    --------
    >>> from adoption.forecasting.convention import forecast_convention
    >>> from adoption.law.conventions import find_convention
    >>> from datetime import date
    >>> fan_title(forecast_convention(find_convention("untoc"), date(2001, 6, 30)))
    'Two consents known by June 2001; the 40th is forecast in 2003'
    """
    total, known = forecast.consents_known, _how_known(forecast)
    if unseen_consents(forecast):
        expected = round(forecast.consents_expected[0])
        about = f"{numeral(expected)} {'have' if expected > 1 else 'has'} consented"
        # Without "by now" where it needs more, since a title has twelve words.
        now = "" if known == KNOWN_OR_REPORTED else " by now"
        number = numeral(total) if total else "none"
        return f"By the model about {about}{now}; {number} {is_are(total or 1)} {known}"
    middle, nth = forecast.quantile(0.5), ordinal(forecast.convention.threshold)
    when = f"after {forecast.deposit.horizon.year}" if middle is None else f"in {middle.year}"
    consents = f"{capitalised(numeral(total)) if total else 'No'} consent{'s' * (total > 1)}"
    by = month(forecast.as_of)
    if known == KNOWN_OR_REPORTED:
        return f"{consents}, some reported, by {by}; the {nth} forecast {when}"
    return f"{consents} {known} by {by}; the {nth} is forecast {when}"


def _how_known(forecast: ConventionForecast) -> str:
    """Return whether the consents are known, reported or some of each."""
    certain = len(forecast.treaty.consented.iso3)
    if forecast.start.grade != REPORTED or forecast.consents_known <= certain:
        return "known"
    return KNOWN_OR_REPORTED if certain else "reported"


def unseen_consents(forecast: ConventionForecast) -> int:
    """Return about how many consents the forecast expects by its day beyond those known."""
    return max(round(forecast.consents_expected[0]) - forecast.consents_known, 0)


def unseen_sentence(forecast: ConventionForecast) -> str:
    """Say how many consents the forecast counts that no source shows, and what it is without."""
    if not forecast.is_open or not (unseen := unseen_consents(forecast)):
        return ""
    known = {forecast.consents_known, len(forecast.treaty.consented.iso3)}
    rows = if_listed(forecast, sorted(known, reverse=True))
    deposits = [None if pd.isna(day) else day.date() for day in rows["p50"]]
    days = [in_short(forecast.in_force(deposit), forecast) for deposit in deposits]
    numbers = [numeral(number) if number else "none" for number in rows["consents"]]
    first, *others = zip(numbers, days, strict=True)
    without = "".join(f", with {number} {day}" for number, day in others)
    consents = f"about {numeral(unseen)} consent{'s' * (unseen > 1)} that no source shows"
    complete = f"a complete list with {first[0]} would give {first[1]}{without}"
    return f"The model counts {consents}: {complete}."


def fan_chart(forecast: ConventionForecast, status: Status, finding: str = "") -> go.Figure:
    """Draw the consents that are known, the fan of those to come, and treaties like it.

    Parameters
    ----------
    forecast : ConventionForecast
        The forecast on the day asked about, with the acts known by then.
    status : Status
        The convention on the day asked about.
    finding : str
        A title in place of when it enters into force.
    """
    frame = fan(forecast) if forecast.is_open else None
    end = pd.Timestamp(forecast.as_of) if frame is None else frame["day"].iloc[-1]
    threshold, figure = forecast.convention.threshold, Figure()
    undated = _undated_days(forecast, status)
    traces = [_steps(forecast, forecast.treaty, "consents", SUBJECT, undated)]
    with_reports = forecast.with_reports
    reported = _steps(forecast, with_reports, WITH_REPORTS, REPORTS_COLOUR, undated, "dash")
    if reported.y != traces[0].y:
        traces.insert(0, reported)
    drawn = [
        pd.DataFrame({"of": trace.name, "day": trace.x, "consents": trace.y}) for trace in traces
    ]
    top = ROOM_ABOVE * max(threshold, *(trace.y[-1] for trace in traces))
    title, text = curve_title(status.listed), "States that have consented to be bound, by day"
    people = status.participants
    organizations = people[(people["kind"] == "organization") & people["consented"].fillna(False)]
    if len(organizations):
        text += f"; without the {listed(organizations['name'].tolist())}"
    if forecast.why_none and len(traces) > 1:
        text += f"; dashed: {WITH_REPORTS}"
    figure.add_hline(y=threshold, line={"color": INK, "width": 1, "dash": "dot"})
    layout = {"name": "threshold", "xref": "paper", "xanchor": "left", "yanchor": "bottom"}
    write_words(figure, 0, threshold, f"{threshold} needed", 12, INK, **layout)
    known = int(traces[-1].y[-1]), int(reported.y[-1])
    at_the_end = ""
    if frame is None:
        _write_last(figure, end, known, len(undated))
        counts = [number + len(undated) for number in known]
        at_the_end = f"At the end: {counts[0]} known, {counts[1]} with reports. "
    else:
        drawn += _fan(figure, frame)
        top = TIMES_THE_THRESHOLD * threshold
        halves = None
        if alike := reference_class(forecast):
            halves = _alike(figure, forecast, alike)
            drawn.append(halves)
        force = forecast.in_force(forecast.quantile(0.5))
        title = fan_title(forecast)
        text += f"; forecast from {long_day(forecast.made_on)}"
        in_words = ""
        if force is not None and forecast.as_of < force <= end.date():
            in_words = in_short(force, forecast)
            _mark_force(figure, threshold, force)
        for size in (HALF_FAN, NARROW_FAN):
            _write_fan(figure, frame, _FanWords(forecast, known, halves, len(alike)), top, size)
            _write_force(figure, threshold, force, in_words, size)
    figure.add_traces(traces)
    opened, foot, source = pd.Timestamp(forecast.convention.opens), 0, FORECAST_SOURCE
    if frame is None:
        foot = draw_reach(figure, status.history, forecast.as_of, end - opened)
        source = source_and_reach(status.history, forecast.as_of)
    ends = [f"{opened - (end - opened) * 0.015:%Y-%m-%d}", f"{end:%Y-%m-%d}"]
    figure.update_xaxes(range=ends, type="date")
    figure.update_yaxes(range=[0, top], title="states that have consented")
    return finish(
        figure,
        rows=pd.concat(drawn, ignore_index=True),
        title=finding or title,
        subtitle=text,
        source=source,
        alternative="Step curve of the consents known, and the fan of those that are forecast. "
        f"{at_the_end}{forecast_sentence(forecast)}",
        height=HEIGHT,
        foot=foot,
    )


def _alike(
    figure: go.Figure, forecast: ConventionForecast, alike: Sequence[TreatyRecord]
) -> pd.DataFrame:
    """Draw by when half of the treaties like it had each number of consents, by Kaplan-Meier.

    Returns what was drawn.
    """
    numbers = range(1, round(TIMES_THE_THRESHOLD * forecast.convention.threshold) + 1)
    halves = {number: time_by(wait_curve(alike, number), 0.5) for number in numbers}
    after = {number: YEAR * half for number, half in halves.items() if isfinite(half)}
    days = pd.Timestamp(forecast.convention.opens) + pd.to_timedelta([*after.values()], "D")
    more: Style = {"name": f"half of {len(alike)} treaties like it, at that age"}
    more |= {"hover": "%{x|%b %Y}: %{y}"}
    rows = pd.DataFrame({"day": days.strftime("%Y-%m-%d"), "consents": [*after]})
    figure.add_trace(line(rows["day"], rows["consents"], MUTED, 1.5, **more))
    return rows.assign(of=more["name"])


def _fan(figure: go.Figure, frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Draw the fan, and return what was drawn: the bands, and the median."""
    days = frame["day"].dt.strftime("%Y-%m-%d").tolist()
    drawn = []
    for low, high, opacity in PROBABILITY_BANDS:
        band = {"day": days, "low": frame[f"p{low}"], "high": frame[f"p{high}"]}
        drawn.append(pd.DataFrame({"of": f"{high - low}% of the probability"} | band))
        edges = [*frame[f"p{low}"], *reversed(frame[f"p{high}"].tolist())]
        area: Style = {"fill": "toself", "fillcolor": with_alpha(SUBJECT, opacity)}
        area |= {"line": {"width": 0}, "meta": f"{high - low}% of the probability"}
        figure.add_trace(line([*days, *reversed(days)], edges, SUBJECT, 0, **area))
    more: Style = {"name": "median of the forecast", "hoverinfo": None}
    more["hovertemplate"] = "%{x|%b %Y}: %{y}<extra>median</extra>"
    figure.add_trace(line(days, frame["p50"], SUBJECT, 1.5, **more))
    drawn.append(pd.DataFrame({"of": more["name"], "day": days, "consents": frame["p50"]}))
    return drawn


def _undated_days(forecast: ConventionForecast, status: Status) -> list[pd.Timestamp]:
    """Return the last days of consents that no source dates: such a day is no event."""
    rows = status.history.listed_consents
    is_counted = rows["open_ended"].astype(bool) & on_or_before(
        rows["begins_latest"], forecast.as_of
    )
    return rows.loc[is_counted, "begins_latest"].tolist()


def _steps(
    forecast: ConventionForecast,
    treaty: TreatyRecord,
    name: str,
    colour: str,
    undated: Sequence[pd.Timestamp],
    dash: str = "solid",
) -> go.Scatter:
    opened = pd.Timestamp(treaty.opened)
    days = [opened + pd.Timedelta(days=day) for day in treaty.consented.day]
    for day in undated:
        if day in days:
            days.remove(day)
    # After the start no act known is not no act: the line ends with the last that is known.
    last = max([pd.Timestamp(forecast.made_on), *days])
    x = [f"{day:%Y-%m-%d}" for day in (opened, *days, last)]
    more: Style = {"name": name, "hover": "%{x|%-d %b %Y}: %{y}"}
    return line(x, [*range(len(days) + 1), len(days)], colour, 3, dash=dash, shape="hv", **more)


def _mark_force(figure: go.Figure, threshold: int, force: date) -> None:
    """Mark the median of entry into force, on the line of the consents that are needed."""
    marker = {"size": 10, "color": SUBJECT, "line": {"width": 2, "color": SUBJECT}}
    figure.add_trace(points([force.isoformat()], [threshold], marker=marker))


# The words in a fan


@dataclass(frozen=True)
class _FanSize:
    """The smallest plot for which words are placed, in pixels, and the name of its words."""

    name: str
    width: int
    height: int
    letters: int  # of a line beside the treaties like it


HALF_FAN = _FanSize(WIDE, 520, 225, 16)  # of the front page, where it stands beside another
NARROW_FAN = _FanSize(NARROW, 280, 220, 10)
FAN_WORDS = 12  # pixels of a letter
ALIKE_AT = 0.85  # of the axis: where the words of treaties like it stand
LINE_ROOM = 15  # pixels that a line of words needs


@dataclass(frozen=True)
class _FanWords:
    """What the words in a fan are about: firm consents and those with reports, treaties like it."""

    forecast: ConventionForecast
    known: tuple[int, int]
    halves: pd.DataFrame | None
    alike: int


def _write_fan(
    figure: go.Figure, frame: pd.DataFrame, about: _FanWords, top: float, size: _FanSize
) -> None:
    """Write what each part of a fan is, where it has room: no band needs a legend."""
    only: Style = {"name": size.name, "visible": size.name == WIDE}
    first, last = pd.Timestamp(about.forecast.convention.opens), frame["day"].iloc[-1]
    a_pixel, unit = (last - first) / size.width, top / size.height
    for low, high, share in (("p25", "p50", "50%"), ("p10", "p25", "80%")):
        for words in (f"{share} of outcomes", f"{share} of<br>outcomes", share):
            span = a_pixel * (text_width(words, FAN_WORDS) + 8)
            room = LINE_ROOM * (1 + words.count("<br>")) * unit
            inside = frame["day"] >= last - span
            lower, upper = frame.loc[inside, low].max(), min(frame.loc[inside, high].min(), top)
            if upper - lower < room:  # a narrow fan has less
                continue
            end, middle = f"{last:%Y-%m-%d}", (lower + upper) / 2
            look: Style = {"xanchor": "right", "xshift": -4, "yanchor": "middle"}
            write_words(figure, end, middle, words, FAN_WORDS, INK, **look, **only)
            break
    free = frame.loc[frame["p10"] >= LINE_ROOM * unit, "day"]
    if len(free):  # below the fan
        look = {"xanchor": "left", "yanchor": "bottom", "yshift": 1}
        words, start = _known_in_words(*about.known), f"{free.iloc[0]:%Y-%m-%d}"
        write_words(figure, start, 0, words, FAN_WORDS, INK, **look, **only)
    rows = pd.DataFrame() if about.halves is None else about.halves
    rows = rows[rows["consents"] <= ALIKE_AT * top] if len(rows) else rows
    if len(rows):
        row = rows.iloc[-1]
        words = f"half of {about.alike} treaties like it"
        lines = textwrap.wrap(words, size.letters)
        below = row["consents"] - (1 + len(lines) / 2) * LINE_ROOM * unit
        edge = frame.loc[frame["p90"] >= below, "day"].min()  # of the fan
        day = pd.Series([pd.Timestamp(row["day"]), edge]).min()
        look = {"xanchor": "right", "xshift": -6, "yanchor": "middle", "align": "right"}
        x, text = f"{day:%Y-%m-%d}", "<br>".join(lines)
        write_words(figure, x, row["consents"], text, FAN_WORDS, MUTED, **look, **only)


def _write_force(
    figure: go.Figure, threshold: int, force: date | None, when: str, size: _FanSize
) -> None:
    """Write beside its mark when it enters into force, by the median of the forecast."""
    if force is None or not when:
        return
    look: Style = {"xanchor": "left", "xshift": 4, "yanchor": "top", "yshift": -4}
    look |= {"name": size.name, "visible": size.name == WIDE}
    words = f"<b>in force {when}</b>, median" if size.name == WIDE else f"<b>{when}</b>, median"
    write_words(figure, force.isoformat(), threshold, words, FAN_WORDS, SUBJECT, **look)


def _known_in_words(firm: int, with_reports: int) -> str:
    """Return how many consents are known, in a word beside the line of these."""
    reported = with_reports - firm
    by_report = f"{reported} by report" if reported else ""
    number = str(firm) if firm or not reported else ""
    return f"← so far: {', '.join(filter(None, (number, by_report)))}"


def _write_last(figure: go.Figure, end: pd.Timestamp, known: tuple[int, int], undated: int) -> None:
    """Write at the ends of lines without a fan how many had consented by then."""
    firm, with_reports = known
    words = [(firm, f"{firm + undated} states{undated_in_words(undated)}", SUBJECT)]
    if with_reports > firm:
        words.append((with_reports, f"{with_reports + undated} {WITH_REPORTS}", REPORTS_COLOUR))
    for number, (height, text, colour) in enumerate(words):
        look: Style = {"xanchor": "right", "yanchor": "bottom", "yshift": 4 + 16 * number}
        colour = READABLE_COLOURS.get(colour, colour)
        write_words(figure, f"{end:%Y-%m-%d}", height, text, FAN_WORDS, colour, **look)


def reliability_chart(reliability: pd.DataFrame) -> go.Figure:
    """Draw how many events came before each tenth of their forecasts.

    Parameters
    ----------
    reliability : DataFrame
        From `adoption.forecasting.skill.reliability`.
    """
    ends, texts = [0, 100], list[str]()
    heads = ("point of the forecast, %", "events before it, %")
    drawn = [pd.DataFrame({"cases": "as it should be"} | dict.fromkeys(heads, ends))]
    figure = Figure(
        line(ends, ends, CONTEXT, 1, dash="dot", name="as it should be", showlegend=None)
    )
    for which, colour, dash in (("like", SUBJECT, "solid"), ("all", MUTED, "dash")):
        part = reliability[reliability["set"] == which]
        chance, share, low, high = (100 * part[x] for x in ("chance", "share", "low", "high"))
        name = SETS[which, ""].lower()
        values = dict(zip(heads, (chance, share), strict=True)) | {"low": low, "high": high}
        drawn.append(pd.DataFrame({"cases": name} | values))
        figure.add_trace(
            line(
                chance,
                share,
                colour,
                1.5,
                name=name,
                dash=dash,
                mode="markers+lines",
                marker={"size": 9, "color": colour},
                showlegend=None,
                hoverinfo=None,
                error_y={"array": high - share, "arrayminus": share - low},
                hovertemplate="%{x:.0f}% point: %{y:.0f}% of the events<extra></extra>",
            )
        )
        text = "; ".join(f"{x:.0f}%: {y:.0f}%" for x, y in zip(chance, share, strict=True))
        texts.append(f"{name}, {text}")
    halves = reliability[reliability["chance"] == 0.5].set_index("set").loc["like"]
    came = f"{halves['share']:.0%} came before their median"
    erred = "late" if halves["low"] > 0.5 else "early" if halves["high"] < 0.5 else ""
    finding = f"forecasts erred {erred}" if erred else "no error is certain"
    figure.update_xaxes(range=ends, ticksuffix="%", title="point of the forecast")
    figure.update_yaxes(range=ends, ticksuffix="%", title="events that came before it")
    return finish(
        figure,
        rows=pd.concat(drawn, ignore_index=True).round(6),
        title=f"For treaties as young, {finding}: {came}",
        subtitle="50% is right; Kaplan-Meier, 95% intervals over packages of treaties",
        source="Source: every forecast and its score in the table backtest.",
        alternative=f"Points, forecast and share of events: {'. '.join(texts)}.",
        height=HEIGHT,
    )


MASKED_SETS = {"like": "As young and as widely signed", "all": "All"}
SETS = {
    ("like", ""): "As young and as widely signed",
    ("all", ""): "All cases",
    ("size", "small"): f"Thresholds up to {SMALL_TARGET}",
    ("size", "large"): f"Thresholds above {SMALL_TARGET}",
}


PAST = "Scores of forecasts of the past, known then"
OUTSIDE = "Scores on treaties that the forecast did not learn from"
OUTSIDE_STATES = "Chances of states on treaties that the forecast did not learn from"


def skill_view(skill: pd.DataFrame, caption: str = PAST) -> Table:
    """Show what each way to forecast was worth, from `adoption.forecasting.skill.skill`."""

    def case(row: Row) -> str:
        return f"{SETS[row['kind'], row['value']]} ({row['cases']:,})"

    def by_package(row: Row) -> str:
        return "" if row["way"] == "climatology" else f"{row['by_package']:.2f}"

    def ends(row: Row) -> str:
        return f"{row['before_10']:.0%}, {row['before_90']:.0%}"

    ways = messages()["ways"]
    columns = {
        "Cases": case,
        "Forecast by": lambda row: ways[row["way"]],
        "Error": "error",
        "Of the usual wait's": lambda row: _ratio(row, "climatology"),
        "A vote a package": by_package,
    }
    columns |= {
        "80% ranges held": lambda row: _share(row, "within_80"),
        "Events before the median": lambda row: _share(row, "before_50"),
        "Before the 10, 90% points": ends,
    }
    sets = skill.set_index(["kind", "value"], drop=False).loc[[*SETS]]
    return table_of_rows(sets, columns, caption, 3)


def states_view(states: pd.DataFrame) -> Table:
    """Show what chances of states were worth, from `adoption.forecasting.skill.states_skill`."""

    def of_signature(row: Row) -> str:
        return f"{row['ratio']:.3f} ({row['low']:.3f} to {row['high']:.3f})"

    def came(row: Row) -> str:
        return f"{row['expected']:,.0f}, {row['came']:,}"

    ways = messages()["state_ways"]
    scores = {
        "AUC": lambda row: f"{row['auc']:.3f}",
        "Brier score": lambda row: f"{row['brier']:.4f}",
    }
    columns = {
        "Chances by": lambda row: ways[row["way"]],
        "States": lambda row: f"{row['states']:,}",
        **scores,
        "Of signature alone": of_signature,
        "Expected, came": came,
    }
    return table_of_rows(states, columns, OUTSIDE_STATES)


def masked_view(masked: pd.DataFrame) -> Table:
    """Show what each rule for a list that ends was worth, from `skill.masked_skill`."""

    def case(row: Row) -> str:
        return f"{MASKED_SETS[row['set']]} ({row['cases']:,})"

    def of_list(row: Row) -> str:
        return _with_interval(row["ratio"], row["low"], row["high"])

    rules = messages()["list_rules"]
    shares = {
        "Chance given to 'there already'": lambda row: f"{row['already']:.1%}",
        "It was": lambda row: f"{row['there']:.1%}",
    }
    columns = {
        "Cases": case,
        "Rule": lambda row: rules[row["rule"]],
        "Error": "error",
        "Of the list alone": of_list,
        **shares,
        "Brier score": "brier",
    }
    return table_of_rows(
        masked, columns, "Lists cut short: one total, some reports, then silence", 3
    )


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


def _share(row: Mapping[Hashable, Any], name: str) -> str:
    low, high = (f"{100 * row[f'{name}_{end}']:.0f}" for end in ("low", "high"))
    return f"{row[name]:.0%} ({low} to {high})"


def _with_interval(value: float, low: float, high: float) -> str:
    return f"{value:.2f} ({low:.2f} to {high:.2f})"
