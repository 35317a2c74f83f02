"""Sentences on how good forecasts of the past were."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, isfinite

import pandas as pd

from adoption import tables
from adoption.forecasting.backtest import LEAST_PARTIES
from adoption.forecasting.cases import FIRST_DAYS
from adoption.forecasting.convention import ConventionForecast, why_none
from adoption.forecasting.skill import SIGNED_EARLY, SINCE, Kind, Row, score_of, skill_by_set
from adoption.words import counted, listed, numeral, percent

# What each way to forecast is called, and what it goes by.
NAMES: Mapping[str, str] = {
    "then": "Model, as known then",
    "climatology_then": "Climatology, as known then",
    "apart": "Model with hindsight, related treaties left out",
    "model": "Model with hindsight, all other treaties",
    "climatology": "Climatology with hindsight",
    "pace": "Pace of the last year",
    "bass": "Bass curve",
}
GOES_BY: Mapping[str, str] = {
    "then": "what was known on 1 January of the year of the case",
    "climatology_then": "how long all treaties took, as known on 1 January",
    "apart": "later treaties too; no protocols, amendments and what opened about the same day",
    "model": "every treaty but the one asked about, later ones too",
    "climatology": f"how long other treaties that came to {LEAST_PARTIES} parties took from "
    "the same age",
    "pace": "consents keep the rate of the last 12 months",
    "bass": "a curve of imitation, fitted to the treaty's consents and to what is typical",
}
CALLED = {
    "climatology": "climatology",
    "pace": "the pace of the last year",
    "bass": "the Bass curve",
}
FIRST = f"first {numeral(int(FIRST_DAYS))} days"
YEAR = 12  # months


def skill_title(measured: pd.DataFrame) -> str:
    """Return the finding: the error of the model as known then beside that of climatology.

    Parameters
    ----------
    measured : DataFrame
        From `adoption.forecasting.skill.skill_by_set`.
    """
    apart, then = score_of(measured, "apart"), score_of(measured, "then")
    return (
        f"With only what was known then, the model's error is {then['ratio']:.0%} of "
        f"climatology's; with hindsight, {apart['ratio']:.0%}"
    )


def in_short() -> str:
    """Return the saved scores for a terminal, one a line."""
    measured = skill_by_set(tables.read("backtest"), tables.read("base_treaties"))
    return f"{skill_title(measured)}\n{coverage_title(measured)}"


def skill_sentence(measured: pd.DataFrame) -> str:
    """Say how large the error was, and how often an interval held what happened."""
    apart, then = score_of(measured, "apart"), score_of(measured, "then")
    return (
        f"The model was tried on {counted(then['cases'], 'case')} of "
        f"{counted(then['treaties'], 'treaty', 'treaties')} of the past, with only what was known "
        f"at the time. Its error is {_ratio(then)} of that of climatology, which goes by how long "
        "other treaties took. Its 80% intervals held what happened in "
        f"{then['within_80']:.0%} of cases{_by_opening(measured)}. With hindsight, which nobody "
        f"who forecasts has, the error is {_ratio(apart, '')} of climatology's, and the intervals "
        f"held {apart['within_80']:.0%}."
    )


def plain_sentence(measured: pd.DataFrame) -> str:
    """Say what the error means: by what factor a single day would be out."""
    apart, then = score_of(measured, "apart"), score_of(measured, "then")
    usual = score_of(measured, "climatology_then")
    factor = round(exp(then["error"]), 1)
    text = (
        f"An error of {then['error']:.2f} is that of naming one day and being out by a factor of "
        f"{factor:.1f}, as in saying {YEAR * factor:.0f} months where it took {YEAR}; the error of "
        f"climatology, {usual['error']:.2f}, is that of a factor of {exp(usual['error']):.1f}."
    )
    if isfinite(apart["factor"]) and isfinite(then["factor"]):
        text += (
            " Where the number of parties was reached, half of the model's medians were out by a "
            f"factor of {then['factor']:.1f} or less, with hindsight by {apart['factor']:.1f} or "
            "less."
        )
    return text


def early_sentence(measured: pd.DataFrame, made: ConventionForecast) -> str:
    """Say how good it was for treaties that many states signed in their first days.

    Parameters
    ----------
    measured : DataFrame
        From `adoption.forecasting.skill.skill_by_set`.
    made : ConventionForecast
        For the convention whose own signatures are set beside.
    """
    apart, then = (score_of(measured, way, "signed early") for way in ("apart", "then"))
    one = then["treaties"] == 1
    their = "its" if one else "their"
    which = f"signed by {SIGNED_EARLY} states or more in {their} {FIRST}"
    if not then["cases"]:
        return f"None of the treaties tried was {which}."
    return (
        f"{counted(then['treaties'], 'treaty', 'treaties')} of those tried "
        f"{'was' if one else 'were'} {which}{_beside(made)}. On {their} "
        f"{counted(then['cases'], 'case')}, with only what was known at the time, the error is "
        f"{_ratio(then)} of climatology's, and the 80% intervals held {then['within_80']:.0%}; "
        f"with hindsight {_ratio(apart, '')} and {apart['within_80']:.0%}. Climatology does "
        f"not look at who has signed; {_best_plain(measured)}, against {then['error']:.2f} of "
        f"the model as known then and {apart['error']:.2f} with hindsight."
    )


def age_sentence(measured: pd.DataFrame) -> str:
    """Say how the error, with only what was known at the time, depends on the treaty's age."""
    rows = measured[(measured["kind"] == "age") & (measured["method"] == "then")]
    said = [
        f"{row['ratio']:.0%} at {counted(row['value'], 'day')}"
        for row in rows.to_dict("records")
        if row["cases"]
    ]
    return (
        "By the treaty's age, the error with only what was known at the time is, of that of "
        f"climatology then, {listed(said)}."
    )


def coverage_title(measured: pd.DataFrame) -> str:
    """Return the finding: how much of what happened the 80% intervals held."""
    apart, then = score_of(measured, "apart"), score_of(measured, "then")
    return (
        f"With only what was known then, the 80% intervals held {then['within_80']:.0%} of what "
        f"happened; with hindsight, {apart['within_80']:.0%}"
    )


def histogram_title(measured: pd.DataFrame) -> str:
    """Return the finding: how often it happened sooner or later than the 80% interval."""
    apart, then = score_of(measured, "apart"), score_of(measured, "then")
    return (
        f"With only what was known then, sooner than the 80% interval in "
        f"{percent(then['earlier'], 1)} of cases, later in {percent(then['later'], 1)}; with "
        f"hindsight, in {percent(apart['earlier'], 1)} and {percent(apart['later'], 1)}"
    )


def _ratio(row: Row, words: str = "95% interval ") -> str:
    """Return a share of the yardstick's error with its interval."""
    text = f"{row['ratio']:.0%}"
    if not isfinite(row["ratio_low"]):
        return text
    return f"{text} ({words}{row['ratio_low']:.0%} to {row['ratio_high']:.0%})"


def _best_plain(measured: pd.DataFrame) -> str:
    """Say which forecast without a model has the smallest error on what was signed early."""
    rows = [score_of(measured, way, "signed early") for way in CALLED]
    best = min(rows, key=lambda row: float(row["error"]))
    name = CALLED[best["method"]]
    return f"of the plain forecasts there the best is {name}, with an error of {best['error']:.2f}"


def _by_opening(measured: pd.DataFrame) -> str:
    kinds: tuple[Kind, ...] = ("opened before", "opened since")
    before, since = (score_of(measured, "then", kind) for kind in kinds)
    if not before["cases"] or not since["cases"]:
        return ""
    return (
        f": {before['within_80']:.0%} for treaties opened before {SINCE}, when fewer had gone "
        f"before, and {since['within_80']:.0%} for later ones"
    )


def _beside(made: ConventionForecast) -> str:
    """Return how many states signed the convention in as many days, under each reading."""
    if why_none(made.convention):
        return ""
    numbers = sorted({known.now.signatories_first_days for known in made.known.values()})
    said = " or ".join(str(number) for number in numbers)
    why = ", without or with acts that are reported or have no day" if len(numbers) > 1 else ""
    return f"; the {made.convention.short_title} had {said} signatories by then{why}"
