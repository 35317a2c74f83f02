"""Sentences on the pooled chance to act, and on where a convention lies beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from adoption.words import counted, percent

if TYPE_CHECKING:
    from adoption.forecasting.hazard import Hazard
    from adoption.forecasting.survival import Step
    from adoption.law.status import Row

VERB: dict[Step, str] = {"signature": "sign", "consent": "consent"}
CLOCK: dict[Step, str] = {"signature": "opening", "consent": "signing"}
NO_MODEL = "Too few treaties had run by then to pool them"


def hazard_title(hazard: Hazard) -> str:
    """Return when the chance to act is highest, and what it comes to.

    The chance is called highest in the steps around the top one whose intervals overlap
    that of the top.
    """
    if hazard.fitted is None:
        return NO_MODEL
    rows = hazard.levels.to_dict("records")
    high = _highest(rows)
    chances = [row["chance"] for row in high]
    text = f"The chance to {VERB[hazard.step]} is highest {_between(high)} after "
    text += f"{CLOCK[hazard.step]}, {_range(min(chances), max(chances))} a year"
    last = rows[-1]
    if last in high:
        return text
    return f"{text}; after {_years(last['begin'])} it is {percent(last['chance'], 1)}"


def hazard_sentence(hazard: Hazard) -> str:
    """Say the chance to act within a year on a typical treaty, and what that rests on."""
    if hazard.fitted is None:
        return f"{NO_MODEL}."
    first, *_, last = [*hazard.levels.to_dict("records")] * 2
    top = max(hazard.levels.to_dict("records"), key=lambda row: row["chance"])
    verb, clock = VERB[hazard.step], CLOCK[hazard.step]
    most = "" if top == first else f", {_with(top)} at most,"
    return (
        f"Over {counted(hazard.treaties, 'treaty', 'treaties')} and "
        f"{counted(hazard.acts, hazard.step)}, a state that has not done so will {verb} "
        f"within a year with a chance of {_with(first)} at first{most} and "
        f"{_with(last)} {_years(last['begin'])} after {clock}."
    )


def first_day_sentence(hazard: Hazard) -> str:
    """Say what the first day, which is no part of the model, has come to."""
    shares = hazard.first_shares
    if not len(shares):
        return ""
    none = int((shares == 0).sum())
    low, middle, high = (percent(q, 1) for q in np.quantile(shares, [0.25, 0.5, 0.75]))
    treaties = counted(len(shares), "treaty", "treaties")
    if hazard.step == "consent":
        return (
            f"The day of signing is a step apart: on {none} of {treaties} no state consented that "
            f"day; on the quarter of them with most, at least {high} of the signatories did."
        )
    return (
        f"The first day is a step apart: on half of {treaties} at least {middle} of the states "
        f"that could sign did so that day (quartiles {low} and {high}). In the base set it is the "
        "day of the first signature, whenever that was."
    )


def effect_title(effects: pd.DataFrame, hazard: Hazard) -> str:
    """Return where the subject, the first row, lies beside a typical treaty."""
    if effects.empty:
        return NO_MODEL
    row = effects.to_dict("records")[0]
    who = f"{row['label']}, odds to {VERB[hazard.step]}"
    if pd.isna(row["odds"]):
        return f"{row['label']} cannot be placed yet: its list covers no whole step of time"
    ends = f"{row['low']:.2f} to {row['high']:.2f}"
    if row["low"] <= 1 <= row["high"]:
        return f"{who}: not to be told apart from a typical treaty's ({row['odds']:.2f}, {ends})"
    return f"{who}: {row['odds']:.2f} times a typical treaty's ({ends})"


def method_note(hazard: Hazard) -> str:
    """Say how the chance is pooled, and how far its intervals can be trusted."""
    if hazard.fitted is None:
        return f"{NO_MODEL}."
    return (
        "The chance is a logit of half-years, later of years, since the clock started, with one "
        "level a step and one effect a treaty; the effects are partially pooled by penalised "
        "likelihood (a normal distribution with mean 0, whose standard deviation, "
        f"{hazard.fitted.deviation:.2f} on the logit scale, is estimated by restricted maximum "
        "likelihood in Laplace's approximation). Intervals are the model's and not clustered any "
        "further: states that move together, such as the members of the European Union, make them "
        "somewhat too narrow. The chance falls with the years in part because the willing have "
        "gone: it is no law of any one state."
    )


def _highest(rows: Sequence[Row]) -> Sequence[Row]:
    top = max(range(len(rows)), key=lambda place: rows[place]["chance"])
    first = last = top
    while first and rows[first - 1]["high"] >= rows[top]["low"]:
        first -= 1
    while last + 1 < len(rows) and rows[last + 1]["high"] >= rows[top]["low"]:
        last += 1
    return rows[first : last + 1]


def _between(rows: Sequence[Row]) -> str:
    return f"{rows[0]['begin']:g} to {_years(rows[-1]['end'])}"


def _years(years: float) -> str:
    return f"{years:g} {'year' if years == 1 else 'years'}"


def _range(low: float, high: float) -> str:
    one, other = percent(low, 1), percent(high, 1)
    return one if one == other else f"{one} to {other}"


def _with(row: Row) -> str:
    ends = f"{percent(row['low'], 1)} to {percent(row['high'], 1)}"
    return f"{percent(row['chance'], 1)} ({ends})"
