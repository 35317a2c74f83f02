"""Sentences on when a convention enters into force."""

from __future__ import annotations

from adoption.answers import Answer
from adoption.forecasting.answer import HORIZON_YEARS, Forecast
from adoption.forecasting.chances import unseen, unseen_force
from adoption.forecasting.convention import ConventionForecast, Reading, why_none
from adoption.forecasting.history import Past
from adoption.law.rules import ordinal
from adoption.law.status import Status
from adoption.sentences.forecast_told import told_sentence
from adoption.sentences.forecast_words import about, chance_in_words, change, interval, month
from adoption.sentences.status import curve_title, force_sentence
from adoption.sentences.withdrawals import left_counted
from adoption.words import capitalised, counted, long_day, numeral, window_in_words

WORTH_SAYING = 0.01  # a smaller chance stands in the table only
WILL = "is forecast to enter into force "


def entry_answer(
    found: ConventionForecast, status: Status, told: dict[Reading, list[Past]]
) -> Answer:
    """Answer when a convention enters into force.

    Parameters
    ----------
    found : ConventionForecast
        The forecast.
    status : Status
        The convention on the same day.
    told : dict of Reading to list of Past
        From `adoption.forecasting.history.history`.
    """
    convention = found.convention
    if status.nth_instrument is not None and status.entry_into_force is not None:
        text = f"{reached_sentence(status)} {told_sentence(status, told)}"
        key = window_in_words(status.entry_into_force)
        label = "entry into force"
        if status.entry_into_force.day is not None:
            label = "in force since" if status.in_force else "in force from"
    else:
        text = forecast_sentence(found, status)
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
    if why_none(found.convention):
        return "not forecast", "entry into force"
    uncertain = ", uncertain acts not counted" if found.readings_differ else ""
    force = found.in_force(found.firm.quantile(0.5))
    if force is not None and force <= found.as_of:
        chance = chance_in_words(unseen_force(found, found.firm))
        return chance, f"chance that it is in force already{uncertain}"
    key = f"after {found.firm.horizon.year}" if force is None else month(force)
    return key, f"entry into force, median of the forecast{uncertain}"


def forecast_sentence(found: ConventionForecast, status: Status) -> str:
    """Say when a convention is forecast to enter into force, under both readings."""
    firm, name = found.firm, f"the {found.convention.short_title}"
    if why := why_none(found.convention):
        return f"No forecast is made for {name}: {why}.{_least(firm)}{_maybe_there(status)}"
    main = f"{capitalised(name)} {_outlook(found, firm)}"
    if found.readings_differ and found.counted.reached is None:
        acts, are_right = doubtful(found, status)
        verb = "does" if acts.startswith("the one") else "do"
        second = _outlook(found, found.counted)
        if WILL in main:
            second = second.removeprefix(WILL)
        main += f" if {acts} {verb} not count, and {second} if {are_right}."
        main += _moved(found, are_right)
    else:
        main += "."
    return main + _maybe_there(status) + _made_on(found) + _beyond(found)


def _outlook(found: ConventionForecast, forecast: Forecast) -> str:
    """Return median and interval of the entry into force that follows from the deposit.

    No month that has passed is forecast: instead, the chance that it is in force.
    """
    force = found.in_force(forecast.quantile(0.5))
    if force is not None and force <= found.as_of:
        chance = chance_in_words(unseen_force(found, forecast))
        return f"may be in force already, with a chance of {chance}"
    low, high = (found.in_force(day) for day in forecast.interval(80))
    if may_have_begun(found, forecast) and high is not None:
        span = f"80% interval up to {month(high)}"
    else:
        span = f"80% interval {interval(low, high, forecast)}"
    return f"{WILL}{about(force, forecast)} (median; {span})"


def may_have_begun(found: ConventionForecast, forecast: Forecast) -> bool:
    """Return whether the 80% interval begins with a deposit before the day asked about."""
    low = forecast.interval(80)[0]
    return low is not None and low <= found.as_of


def _least(forecast: Forecast) -> str:
    """Say how many consents are known, where the list does not have all."""
    if not forecast.consents:
        return ""
    verb = "is" if forecast.consents == 1 else "are"
    return f" At least {counted(forecast.consents, 'consent')} {verb} known."


def doubtful(found: ConventionForecast, status: Status) -> tuple[str, str]:
    """Return which acts the two readings differ by, and the condition of the second."""
    firm, with_them = found.known["not counted"], found.known["counted"]
    number, noun = with_them.consents - firm.consents, "consent"
    reported = status.counted.by_grade["reported"]
    if not number:
        number, noun = len(with_them.signed.iso3) - len(firm.signed.iso3), "signature"
        reported = status.signatories.by_grade["reported"]
    only_reports = reported >= number
    kind = "reported" if only_reports else "reported or undated"
    acts = f"the {numeral(number)} {kind} {noun}{'' if number == 1 else 's'}"
    if only_reports:
        return acts, "the report is right" if number == 1 else "the reports are right"
    return acts, "it does" if number == 1 else "they do"


def condition(found: ConventionForecast, status: Status) -> str:
    """Return the condition of the second reading, for heads and legends.

    Parameters
    ----------
    found : ConventionForecast
        The forecast; of today or of the past.
    status : Status
        The convention on the day asked about.
    """
    _, are_right = doubtful(found, status)
    return f"if {are_right}" if "right" in are_right else "if all known acts count"


def _moved(found: ConventionForecast, are_right: str) -> str:
    middle, with_them = found.firm.quantile(0.5), found.counted.quantile(0.5)
    if middle is None or with_them is None or middle == with_them:
        return ""
    which = (
        are_right
        if "right" in are_right
        else are_right.replace("does", "counts").replace("do", "count")
    )
    return f" Whether {which} moves the median by {change(with_them, middle)}."


def _maybe_there(status: Status) -> str:
    """Say that acts without a day may have reached the threshold already."""
    most, needed = status.counted.possible, status.convention.threshold
    if most < needed:
        return ""
    there = "stand" if left_counted(status) else "have been given"
    return (
        f" Up to {counted(most, 'consent')} may {there} by then, on days that are not "
        f"known: the {ordinal(needed)} instrument may be there already."
    )


def _made_on(found: ConventionForecast) -> str:
    """Say on which day the forecast starts."""
    if found.made_on >= found.as_of:
        return ""
    complete = found.convention.complete_to
    nearly = "" if complete is not None and found.made_on <= complete else "nearly "
    return (
        f" The forecast starts on {long_day(found.made_on)}, the last day for which the list of "
        f"acts is {nearly}complete."
    )


def _beyond(found: ConventionForecast) -> str:
    chance = 1 - found.firm.cdf(found.firm.horizon)
    if chance < WORTH_SAYING:
        return ""
    return (
        f" The chance that it takes more than {HORIZON_YEARS} years, or never happens, is "
        f"{chance_in_words(chance)}."
    )


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


def fan_title(drawn: ConventionForecast | None, status: Status) -> str:
    """Return the finding of the fan chart.

    Parameters
    ----------
    drawn : ConventionForecast or None
        From `adoption.forecasting.history.drawn`.
    status : Status
        The convention on the day asked about.
    """
    if drawn is None:
        return curve_title(status)
    nth, came = f"the {ordinal(drawn.firm.threshold)} instrument", status.nth_instrument
    if came is not None:
        middle = _in_month(drawn.firm)
        age = counted((drawn.made_on - drawn.convention.opens).days, "day")
        when = f"on {long_day(came.day)}" if came.day else f"on a day {window_in_words(came)}"
        return f"Forecast {age} after opening for {middle}, {nth} came {when}"
    text = f"{capitalised(nth)} {_foretold(drawn, drawn.firm)}"
    if drawn.readings_differ and drawn.counted.reached is None:
        second = _foretold(drawn, drawn.counted).removeprefix("is forecast ")
        return f"{text}; {condition(drawn, status)}, {second}"
    return text


def _foretold(drawn: ConventionForecast, forecast: Forecast) -> str:
    middle = forecast.quantile(0.5)
    if middle is not None and middle <= drawn.as_of:
        chance = chance_in_words(unseen(drawn, forecast))
        return f"may be deposited already, with a chance of {chance}"
    return f"is forecast for {_in_month(forecast)}"


def _in_month(forecast: Forecast) -> str:
    middle = forecast.quantile(0.5)
    return f"after {month(forecast.horizon)}" if middle is None else month(middle)
