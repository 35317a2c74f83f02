"""What a forecast does not know, said beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.forecasting.backtest import TARGETS
from adoption.forecasting.chances import unseen
from adoption.forecasting.convention import ConventionForecast, why_none
from adoption.law.rules import ordinal
from adoption.sentences.forecast_words import chance_in_words
from adoption.show.status import left
from adoption.words import capitalised, counted, long_day, numeral

if TYPE_CHECKING:
    from adoption.law.status import Status

NOT_MODELLED = (
    "The model has no feature for the kind of treaty beyond who has signed, and none for states "
    "that move together, such as the members of the European Union: such bursts are in it as far "
    "as they happened to treaties alike."
)


def limits_note(found: ConventionForecast, status: Status, memberships: pd.DataFrame) -> str:
    """Return the rule and what the model does not know of this convention, as Markdown.

    Parameters
    ----------
    found : ConventionForecast
        The forecast.
    status : Status
        The convention on the day.
    memberships : DataFrame
        The table `memberships`.
    """
    if why := why_none(found.convention):
        return f"{_rule(found, status)}\n\n**No forecast is made: {why}.**"
    lines = [
        _rule(found, status),
        _readings(found),
        NOT_MODELLED,
        *_withdrawn(status),
        *_special(found, memberships),
        *_small(found),
        *_lists(found, status),
    ]
    return "\n\n".join(lines)


def alike_note(drawn: ConventionForecast | None) -> str:
    """Say what makes treaties alike, or that nothing is forecast."""
    if drawn is None or not drawn.firm.alike:
        return "Nothing is forecast, so that no treaty weighs in it."
    return (
        "The forecast weighs how treaties in a like situation at some age differed from the "
        "typical: as many consents still needed, as many signatures, as recent, by states of the "
        "same regional groups, of about the same time. The typical wait itself, which depends on "
        "the pace of consents as well, is learnt from all of them."
    )


def _rule(found: ConventionForecast, status: Status) -> str:
    convention = found.convention
    text = f"The {convention.title} ({convention.reference}) {convention.rule_in_words()}."
    if not why_none(convention):
        text += " The forecast is of that deposit; entry into force follows by the rule."
    if convention.excludes_reio:
        text += " Instruments of organisations such as the European Union do not add."
    if signature := convention.signature_in_words(status.as_of):
        text += f" It {signature}."
    return text


def _readings(found: ConventionForecast) -> str:
    text = (
        "An act that is only reported, or whose day is not known, is not counted in the answer. "
        "Where such acts are known, a second forecast counts them: each from the last day on which "
        "it can have been done."
    )
    if not found.readings_differ:
        text += " Here there is none that is certain by the day and would make a difference."
    return text


def _withdrawn(status: Status) -> list[str]:
    """Say that the model does not know of withdrawals, where the threshold is not reached."""
    frame = status.participants
    number = left(frame[frame["kind"] != "organization"]).withdrawn
    if not number or status.nth_instrument is not None:
        return []
    one = number == 1
    states = f"{numeral(number)} {'state has' if one else 'states have'}"
    return [
        f"{capitalised(states)} withdrawn. The model counts {'its' if one else 'their'} "
        f"consent{'' if one else 's'} all the same, which makes its answer too early."
    ]


def _special(found: ConventionForecast, memberships: pd.DataFrame) -> list[str]:
    """Say which conditions of the convention the model does not know."""
    convention, lines = found.convention, []
    if convention.special is not None:
        special = convention.special
        lines.append(
            f"The rule asks for at least {special.instruments} instruments by members of the "
            f"{special.organisation}. The model does not know of that condition, so that it may "
            "be too early."
        )
    if convention.made_for is not None:
        size = int((memberships["organisation"] == convention.made_for).sum())
        of = f", which has {counted(size, 'member')} in these data" if size else ""
        lines.append(
            f"The convention is made for the members of the {convention.made_for}{of}. The model "
            "has learnt from treaties that are open to many more states, and does not know it."
        )
    return lines


def _small(found: ConventionForecast) -> list[str]:
    """Say that a threshold is smaller than any that the back-test has tried."""
    if found.firm.threshold >= min(TARGETS):
        return []
    return [
        f"Forecasts were tried on thresholds of {min(TARGETS)} and more. How good they are for "
        f"{found.firm.threshold} is not known."
    ]


def _lists(found: ConventionForecast, status: Status) -> list[str]:
    """Say where the list of acts is not complete."""
    convention = found.convention
    if not status.beyond_reach or status.nth_instrument is not None:
        return []
    reach = zip(
        ("complete", "nearly complete"),
        (convention.complete_to, convention.nearly_complete_to),
        strict=True,
    )
    since = " and ".join(f"{what} to {long_day(day)}" for what, day in reach if day)
    chances = " and ".join(
        f"{chance_in_words(unseen(found, found.forecasts[reading]))} with reported and undated "
        f"acts {reading}"
        for reading in found.readings
    )
    nth = f"the {ordinal(found.firm.threshold)} instrument"
    return [
        f"**The list of acts is {since} only. Consents known since then count as a minimum.** "
        f"The model's chance that {nth} was deposited by {long_day(found.as_of)} is {chances}. No "
        "source seen shows it, and that so many deposits would hardly go unnoticed is not in the "
        "model."
    ]
