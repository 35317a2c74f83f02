"""Sentences on which states adopt a convention, and how ready they are."""

from __future__ import annotations

import pandas as pd

from adoption.answers import Answer
from adoption.countries.association import LEAST_STATES, NEEDED, Adopters, Readiness, widest
from adoption.countries.signing_model import Model, NoModel
from adoption.law.status import Row
from adoption.words import counted, listed, long_day, numeral

PROPER = (
    "GCI",
    "GDP",
    "UN ",
    "Budapest",
)  # how a label begins that keeps its capital in a sentence


def did_it(adopters: Adopters) -> str:
    """Return what the states counted have done with the convention."""
    verb = "signed" if adopters.by_signature else "acted on"
    return f"{verb} the {adopters.convention.short_title}"


def label_in_sentence(label: str) -> str:
    """Return a label as it stands in a sentence.

    Examples
    --------
    >>> label_in_sentence("Income group"), label_in_sentence("GCI tier")
    ('income group', 'GCI tier')
    """
    return label if label.startswith(PROPER) else f"{label[:1].lower()}{label[1:]}"


def count_sentence(adopters: Adopters) -> str:
    """Say how many states are known to have acted."""
    acted, states = adopters.acted, len(adopters.frame)
    by = f"known to have {did_it(adopters)} by {long_day(adopters.as_of)}"
    if acted == 0:
        return f"None of the {states} {adopters.who} is {by}."
    verb = "is" if acted == 1 else "are"
    return f"{acted} of the {states} {adopters.who} ({acted / states:.0%}) {verb} {by}."


def gap_sentence(measured: pd.DataFrame) -> str:
    """Say by what the share differs most."""
    found = widest(measured)
    if found is None:
        return (
            "By none of the characteristics compared does the share differ between categories "
            f"of at least {numeral(LEAST_STATES)} states."
        )
    most, least = found
    return (
        "Of the characteristics compared, the share differs most by "
        f"{label_in_sentence(most['label'])}: {most['share']:.0%} ({most['category']}, "
        f"{most['acted']} of {most['states']} states) against {least['share']:.0%} "
        f"({least['category']}, {least['acted']} of {least['states']})."
    )


def shares_title(measured: pd.DataFrame, adopters: Adopters) -> str:
    """Return the finding of a chart of shares: where they lie furthest apart.

    Parameters
    ----------
    measured : DataFrame
        The rows of `adoption.countries.association.shares` that are drawn.
    adopters : Adopters
        What they are made from.
    """
    found = widest(measured)
    if adopters.acted == 0:
        return f"No state is known to have {adopters.did}"
    if found is None:
        return f"No gap between categories of at least {numeral(LEAST_STATES)} states"
    most, least = found
    return (
        f"Known to have {adopters.did}, by {label_in_sentence(most['label'])}: "
        f"{most['category']} {most['share']:.0%}, {least['category']} {least['share']:.0%}"
    )


def scatter_title(adopters: Adopters) -> str:
    """Return the finding of the scatter: the median score of those that have acted."""
    frame, word = adopters.frame, adopters.did
    own = frame.loc[frame["acted"], "overall"].dropna()
    others = frame.loc[~frame["acted"], "overall"].dropna()
    if own.empty:
        return f"No state with a GCI score is known to have {word}"
    beside = f"; of the others, {others.median():.0f}" if len(others) else ""
    return f"Median GCI score of the states known to have {word}: {own.median():.0f}{beside}"


def association_answer(adopters: Adopters) -> Answer:
    """Answer which states act, and how ready they are."""
    convention = adopters.convention
    sentences = [count_sentence(adopters)]
    if adopters.acted:
        sentences.append(gap_sentence(adopters.shares))
        if adopters.frame.columns.isin(NEEDED).sum() == len(NEEDED):
            sentences.append(readiness_sentence(adopters.readiness, adopters))
    share = adopters.acted / len(adopters.frame)
    gci = f"GCI {adopters.edition}, as published. " if adopters.edition else ""
    return Answer(
        title=f"{convention.short_title}: which states adopt it, and how ready they are",
        text=" ".join(sentences),
        key_figure=f"{share:.0%}",
        key_label=f"of the {adopters.who} known to have {adopters.did}",
        as_of=long_day(adopters.as_of),
        reach=f"{gci}Acts: {convention.reach}",
    )


def readiness_sentence(ready: Readiness, adopters: Adopters) -> str:
    """Say how many of the states that have acted lie below the mark, beside the others."""
    gci, word = f"GCI {adopters.edition}" if adopters.edition else "GCI", adopters.did
    if ready.assessed == 0:
        return f"No state with pillar values in the {gci} is known to have {word}."
    short = len(ready.short)
    share = f" ({short / ready.assessed:.0%})" if short else ""
    return (
        f"Of the {counted(ready.assessed, 'state')} known to have {word} and with pillar values in "
        f"the {gci}, {short or 'none'}{share} {'has' if short == 1 else 'have'} less than half of "
        f"the points in the {listed(NEEDED, 'or')} pillar{_others(ready)}."
    )


def _others(ready: Readiness) -> str:
    """Set the states that are not known to have acted beside the others, after a semicolon."""
    states, short = ready.others_assessed, ready.others_short
    if states == 0:
        return ""
    if states == 1:
        return f"; the one other state with values {'does' if short else 'does not'}"
    share = f" ({short / states:.0%})" if short else ""
    return f"; of the {states} others with values, {short or 'none'}{share} do"


def _excludes_one(model: Model) -> list[Row]:
    """Return the covariates whose interval lies on one side of 1, the strongest first."""
    clear = model.coefficients[(model.coefficients["low"] > 1) | (model.coefficients["high"] < 1)]
    by_strength = clear["odds_ratio"].where(clear["odds_ratio"] > 1, 1 / clear["odds_ratio"])
    order = by_strength.sort_values(ascending=False, kind="stable").index
    return list(clear.loc[order].to_dict("records"))


def model_title(result: Model | NoModel, adopters: Adopters) -> str:
    """Return the finding of the logit: what the odds go with."""
    if isinstance(result, NoModel):
        return "No model is shown"
    clear = _excludes_one(result)
    if not clear:
        return f"No covariate goes clearly with having {adopters.did}"
    told = [
        f"{label_in_sentence(row['label'])} (odds ratio {row['odds_ratio']:.2f})" for row in clear
    ]
    return f"What goes with having {adopters.did}: {listed(told)}"
