"""Tables on when a convention enters into force."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from adoption.forecasting.assumptions import COUNTED, Alternative
from adoption.forecasting.cases import YEAR
from adoption.forecasting.convention import ConventionForecast
from adoption.forecasting.pool import Treaty
from adoption.law.rules import ordinal
from adoption.sentences.forecast_assumptions import LABELS, MEANS
from adoption.sentences.forecast_words import (
    chance_in_words,
    forecast_day,
    short_month,
    short_span,
    years_in_words,
)
from adoption.show.table import Table
from adoption.words import capitalised, counted, long_day, short_day


def chances_view(found: ConventionForecast, chances: pd.DataFrame, condition: str) -> Table | None:
    """Show the chances by the end of each year; nothing where the threshold is reached.

    Parameters
    ----------
    found : ConventionForecast
        The forecast.
    chances : DataFrame
        From `adoption.forecasting.chances.by_year`.
    condition : str
        Of the second reading, from `adoption.sentences.entry_into_force.condition`.
    """
    if found.firm.wait is None or found.counted.reached is not None:
        return None
    nth = f"{ordinal(found.firm.threshold)} instrument"
    columns = {f"{capitalised(nth)} deposited": "deposited", "In force": "in_force"}
    if found.readings_differ:
        columns |= {
            f"Deposited, {condition}": "counted_deposited",
            f"In force, {condition}": "counted_in_force",
        }
    shown = {"When": [f"by the end of {day.year}" for day in chances["ends"]]}
    for head, name in columns.items():
        shown[head] = [chance_in_words(chance) for chance in chances[name]]
        if name.endswith("in_force"):
            shown[head] = [
                "0%" if last.date() <= found.made_on else said
                for last, said in zip(chances["last_deposit"], shown[head], strict=True)
            ]
    shown["When"].append(f"after {short_month(found.firm.horizon)}, or never")
    for head, name in columns.items():
        forecast = found.counted if name.startswith("counted") else found.firm
        shown[head].append(chance_in_words(1 - forecast.cdf(forecast.horizon)))
    caption = f"Chance of entry into force, forecast from {long_day(found.made_on)}"
    if found.readings_differ:
        caption += f"; uncertain acts count only under “{condition}”"
    return Table(pd.DataFrame(shown), caption)


def assumptions_view(made: Sequence[Alternative]) -> Table | None:
    """Show the forecast under each assumption; nothing where there is none.

    Parameters
    ----------
    made : sequence of Alternative
        From `adoption.forecasting.assumptions.alternatives`.
    """
    if not made:
        return None
    main = made[0]
    frame = pd.DataFrame(
        {
            "Assumption": [LABELS[one.key] for one in made],
            "Median": [forecast_day(one.forecast) for one in made],
            "80% interval": [short_span(one.forecast) for one in made],
            "Median moves": [_shift(one, main) for one in made],
            "Treaties learnt from": [str(one.treaties or "none") for one in made],
            "What it is": [MEANS[one.key] for one in made],
        }
    )
    nth = ordinal(main.forecast.threshold)
    caption = f"Day of the {nth} instrument under other assumptions"
    if any(one.key == COUNTED for one in made):
        caption += f"; uncertain acts count only under “{LABELS[COUNTED]}”"
    return Table(frame, caption)


def alike_view(drawn: ConventionForecast | None, treaties: pd.DataFrame) -> Table | None:
    """Show the treaties that weigh most in a forecast, and how long they took.

    Parameters
    ----------
    drawn : ConventionForecast or None
        The forecast.
    treaties : DataFrame
        The table `base_treaties`.
    """
    if drawn is None or not drawn.firm.alike:
        return None
    titles = titles_of(treaties)
    pool = {treaty.treaty: treaty for treaty in drawn.pool}
    chosen = [pool[number] for number in drawn.firm.alike]
    threshold = drawn.firm.threshold
    frame = pd.DataFrame(
        {
            "Treaty": [titles[treaty.treaty] for treaty in chosen],
            "Weight": [chance_in_words(weight) for weight in drawn.firm.alike.values()],
            "Opened": [short_day(treaty.opened) for treaty in chosen],
            f"From opening to {threshold} parties": [_took(t, threshold) for t in chosen],
        }
    )
    return Table(
        frame,
        f"The treaties that weigh most of {counted(len(pool), 'treaty', 'treaties')} learnt from; "
        f"together {chance_in_words(sum(drawn.firm.alike.values()))} of the weight",
    )


def titles_of(treaties: pd.DataFrame) -> dict[str, str]:
    """Return the titles of the treaties of the base set by number."""
    return dict(zip(treaties["treaty"], treaties["title"], strict=True))


def _shift(one: Alternative, main: Alternative) -> str:
    if one is main:
        return ""
    shift = one.shift(main)
    if shift is None:
        return "to or from beyond the horizon"
    if not shift:
        return "not at all"
    return f"{years_in_words(shift)} {'later' if shift > 0 else 'earlier'}"


def _took(treaty: Treaty, threshold: int) -> str:
    days = treaty.consented.nth(threshold)
    if days <= treaty.seen:
        return f"{days / YEAR:.1f} years"
    return f"{len(treaty.consented.day)} in {counted(round(treaty.seen / YEAR), 'year')}"
