"""Sentences on when a convention enters into force."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from adoption.answers import Answer
from adoption.forecasting.convention import ConventionForecast
from adoption.forecasting.forecast import Forecast
from adoption.forecasting.skill import paired, within
from adoption.law.rules import ordinal
from adoption.law.status import Status
from adoption.sentences.forecast_words import chance_in_words, interval, month
from adoption.show.status import curve_title, force_sentence
from adoption.words import capitalised, counted, listed, long_day, short_day, window_in_words

UNCHANGED = "nothing new is known"


def entry_answer(found: ConventionForecast, status: Status) -> Answer:
    """Answer when a convention enters into force.

    Parameters
    ----------
    found : ConventionForecast
        The forecast.
    status : Status
        The convention on the same day.
    """
    convention, force = found.convention, status.entry_into_force
    if force is not None:
        text, key = reached_sentence(status), window_in_words(force)
        label = "entry into force"
        if force.day is not None:
            label = "in force since" if status.in_force else "in force from"
    else:
        text = forecast_sentence(found)
        key, label = key_of(found)
    return Answer(
        title=f"{convention.short_title}: entry into force",
        text=text,
        key_figure=key,
        key_label=label,
        as_of=long_day(status.as_of),
        reach=convention.reach,
    )


def key_of(found: ConventionForecast) -> tuple[str, str]:
    """Return the key figure of a convention that is not known to be in force, and its label."""
    in_force = found.convention.entered_into_force
    if in_force is not None and in_force <= found.as_of:
        return long_day(in_force), "in force since, as published"
    if found.why_none:
        return "not forecast", "entry into force"
    force = found.in_force(found.quantile(0.5))
    if force is not None and force <= found.as_of:
        chance = chance_in_words(found.cdf(found.last_deposit(found.as_of)))
        return chance, "chance that it is in force already"
    key = f"after {found.firm.horizon.year}" if force is None else month(force)
    return key, "entry into force, median of the forecast"


def forecast_sentence(found: ConventionForecast) -> str:
    """Say when a convention is forecast to enter into force, in one sentence."""
    name = f"the {found.convention.short_title}"
    if found.why_none:
        return f"No forecast is made for {name}: {found.why_none}."
    one = found.mixed
    if one.reached is not None:
        nth = ordinal(one.threshold)
        return f"{capitalised(name)} had its {nth} consent by {long_day(one.reached)}."
    force = found.in_force(one.quantile(0.5))
    if force is not None and force <= found.as_of:
        chance = chance_in_words(found.cdf(found.last_deposit(found.as_of)))
        return (
            f"With a chance of {chance} {name} is in force already; its list of acts ends on "
            f"{long_day(found.made_on)}."
        )
    low, high = (found.in_force(day) for day in one.interval(80))
    when = f"later than {month(one.horizon)}" if force is None else f"about {month(force)}"
    span = interval(low, high, one)
    if low is not None and low <= found.as_of and high is not None:
        span = f"up to {month(high)}"
    return f"{capitalised(name)} is forecast to enter into force {when} (80% range {span})."


def reached_sentence(status: Status) -> str:
    """Say since when a convention is in force, by its rule and as published."""
    convention, force = status.convention, status.entry_into_force
    text = force_sentence(status).replace("It ", f"The {convention.short_title} ", 1)
    published = convention.entered_into_force
    if published is None:
        text += " That follows from its rule; no published day is in the data."
    elif published <= status.as_of:
        same = force is not None and force.day == published
        text += (
            " That day follows from its rule, and is the one that is published."
            if same
            else f" That follows from its rule; published is {long_day(published)}."
        )
    if status.nth_is_unsure:
        later = "it is not reached" if status.remaining_if_confirmed_only else "it came later"
        text += f" That rests on {status.nth_grade} acts; by confirmed acts alone {later}."
    return text


def chances_title(found: ConventionForecast) -> str:
    """Return the finding of the chances by year: the first year that is likelier than not."""
    chances = found.by_year()
    likely = chances[chances["in_force"] >= 0.5]
    last = chances.iloc[-1]
    row = likely.iloc[0] if len(likely) else last
    chance = chance_in_words(row["in_force"])
    return f"In force by the end of {row['year']:.0f} with a chance of {chance}"


def fan_title(drawn: ConventionForecast | None, status: Status) -> str:
    """Return the finding of the fan chart.

    Parameters
    ----------
    drawn : ConventionForecast or None
        From `adoption.forecasting.convention.drawn`.
    status : Status
        The convention on the day asked about.
    """
    if drawn is None:
        return curve_title(status)
    nth, came = f"the {ordinal(drawn.threshold)} instrument", status.nth_instrument
    middle = _in_month(drawn.mixed)
    if came is None:
        return f"{capitalised(nth)} is forecast for {middle}"
    age = counted((drawn.made_on - drawn.convention.opens).days, "day")
    when = f"on {long_day(came.day)}" if came.day else f"on a day {window_in_words(came)}"
    return f"Forecast {age} after opening for {middle}, {nth} came {when}"


def _in_month(forecast: Forecast) -> str:
    middle = forecast.quantile(0.5)
    return f"after {month(forecast.horizon)}" if middle is None else month(middle)


def reasons(told: Sequence[ConventionForecast]) -> list[str]:
    """Say what was new since the forecast before, for each of some forecasts."""
    return ["first forecast", *(_new(before, now) for before, now in pairwise(told))][: len(told)]


def _new(before: ConventionForecast, now: ConventionForecast) -> str:
    """Return what is known on a day that was not on another; after the list ends, as a minimum."""
    signed = (now.signatories("counted") or 0) - (before.signatories("counted") or 0)
    firm = now.consents("not counted") - before.consents("not counted")
    unsure = now.consents("counted") - before.consents("counted") - firm
    new = [
        counted(number, noun)
        for number, noun in (
            (signed, "signature"), (firm, "consent"), (unsure, "uncertain consent")
        )
        if number > 0
    ]  # fmt: skip
    text = listed(new) if new else UNCHANGED
    if now.made_on == before.made_on:
        return f"{text}; the list is complete only to {short_day(now.made_on)}"
    days = (now.made_on - before.made_on).days
    return f"{text} in {counted(days, 'day')}"


def skill_sentence(backtest: pd.DataFrame) -> str:
    """Say how good such forecasts were, known then, in one sentence."""
    error, usual = (
        backtest[f"crps_{way}"].to_numpy("float64") for way in ("forecast", "climatology")
    )
    ratio, low, high = paired(backtest["treaty"], error, usual)
    held = within(
        backtest["pit_forecast"].to_numpy("float64"), backtest["wait"].notna().to_numpy(), 80
    ).mean()
    return (
        f"On {len(backtest):,} past cases, with only what was known then, its error was "
        f"{ratio:.0%} ({100 * low:.0f} to {100 * high:.0f}) of that of assuming the usual wait, "
        f"and its 80% ranges held {held:.0%}."
    )


def in_short(backtest: pd.DataFrame) -> str:
    """Return the scores for a terminal: against both yardsticks, by size of the threshold."""
    lines = [skill_sentence(backtest)]
    for name, part in (
        ("up to 10 consents", backtest[backtest["target"] <= 10]),
        ("more than 10", backtest[backtest["target"] > 10]),
    ):
        error = part["crps_forecast"].to_numpy("float64")
        against = []
        for way in ("climatology", "pace"):
            usual = part[f"crps_{way}"].to_numpy("float64")
            against.append(f"{paired(part['treaty'], error, usual)[0]:.2f} of {way}")
        lines.append(f"{name}: {listed(against)}, {len(part):,} cases")
    return "\n".join(lines)
