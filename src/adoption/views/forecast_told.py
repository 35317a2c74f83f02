"""Tables of what would have been forecast in the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pandas as pd

from adoption.forecasting.convention import ConventionForecast, Reading
from adoption.forecasting.history import SHOWN, SHOWN_AGES, Past
from adoption.law.rules import ordinal
from adoption.sentences.forecast_told import late_or_early
from adoption.sentences.forecast_words import forecast_day, short_span, years_in_words
from adoption.show.table import NOT_KNOWN, Table
from adoption.views.entry_into_force import titles_of
from adoption.words import capitalised, counted, short_day


def history_view(
    found: ConventionForecast, told: Mapping[Reading, Sequence[Past]], condition: str
) -> Table | None:
    """Show what would have been forecast at each age; nothing where nothing can be told.

    Parameters
    ----------
    found : ConventionForecast
        The forecast.
    told : mapping of Reading to sequence of Past
        From `adoption.forecasting.history.history`.
    condition : str
        Of the second reading.
    """
    made, with_them = told["not counted"], told["counted"]
    if not made:
        return None
    shown = _told(made, signatories_listed=found.convention.signatories_listed)
    nth = ordinal(found.firm.threshold)
    caption = (
        f"What would have been forecast for the {nth} instrument, with only what was known then"
    )
    if any(_differ(one, two) for one, two in zip(made, with_them, strict=True)):
        shown |= {capitalised(condition): [_in_short(two) for two in with_them]}
        caption += "; uncertain acts count in the last column only"
    return Table(pd.DataFrame(shown | _outcome(made)), caption)


def shown_view(told: Sequence[Past], treaties: pd.DataFrame) -> Table | None:
    """Show what would have been forecast for known treaties.

    Parameters
    ----------
    told : sequence of Past
        From `adoption.forecasting.history.shown_treaties`.
    treaties : DataFrame
        The table `base_treaties`.
    """
    if not told:
        return None
    titles, rows = titles_of(treaties), []
    for number in dict.fromkeys(one.treaty for one in told):
        made = {one.age: one for one in told if one.treaty == number}
        first = next(iter(made.values()))
        row = {"Treaty": titles[number], "Parties asked for": str(SHOWN[number])}
        for age in SHOWN_AGES:
            row[f"{age} days after opening"] = _at_age(made.get(age), first, age)
        rows.append(row | {"What happened": _happened(first)})
    return Table(
        pd.DataFrame(rows),
        "Median and 80% interval that would have been forecast for known treaties, and what "
        "happened",
    )


def _told(made: Sequence[Past], *, signatories_listed: bool) -> dict[str, list[str]]:
    return {
        "Made": [f"{counted(one.age, 'day')} after opening" for one in made],
        "Consents": [f"{one.forecast.consents:,}" for one in made],
        "Signatories": [
            f"{one.forecast.signatories:,}" if signatories_listed else NOT_KNOWN for one in made
        ],
        "Median": [forecast_day(one.forecast) for one in made],
        "80% interval": [short_span(one.forecast) for one in made],
    }


def _outcome(made: Sequence[Past]) -> dict[str, list[str]]:
    """Return what happened and whether the forecast held it; nothing while none of it is known."""
    if all(one.happened is None and one.held is None for one in made):
        return {}
    return {
        "What happened": [_happened(one) for one in made],
        "Median was": [_late(one) for one in made],
        "In the interval": [
            "not known yet" if one.held is None else "yes" if one.held else "no" for one in made
        ],
    }


def _at_age(past: Past | None, other: Past, age: int) -> str:
    """Return a forecast in short; why there is none, where another of the treaty is told."""
    if past is None:
        opened = other.forecast.as_of - timedelta(days=other.age)
        reached = other.happened is not None and other.happened <= opened + timedelta(days=age)
        return "reached before" if reached else "later than the day asked about"
    return f"{_in_short(past)}{', missed' if past.held is False else ''}"


def _happened(past: Past) -> str:
    return short_day(past.happened) if past.happened else f"not by {short_day(past.seen)}"


def _late(past: Past) -> str:
    if past.late is None:
        middle = past.forecast.quantile(0.5)
        if past.happened is None:
            return "too early" if middle is not None and middle < past.seen else "not known yet"
        return "too late"
    return f"{years_in_words(past.late)} {late_or_early(past.late)}" if past.late else "right"


def _in_short(past: Past) -> str:
    span = short_span(past.forecast)
    return f"{forecast_day(past.forecast)} ({span})" if span else forecast_day(past.forecast)


def _differ(one: Past, two: Past) -> bool:
    return _in_short(one) != _in_short(two)
