"""Sentences on what the chances of the next movers were worth, and on their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.forecasting.propensity.cases import Question
from adoption.forecasting.propensity.panel import LEAST_PARTIES
from adoption.sentences.movers import DONE, TO_DO, outlook_of
from adoption.words import counted, long_day, numeral

if TYPE_CHECKING:
    from adoption.forecasting.propensity.chances import Movers


def score_sentence(movers: Movers, question: Question) -> str:
    """Say what such chances were worth on treaties held back; nothing where none are given."""
    outlook = outlook_of(movers, question)
    if outlook is None:
        return ""
    by = {row["method"]: row for row in outlook.scores.to_dict("records")}
    model, alone, rate = by["model"], by["alone"], by["rate"]
    when = "at the same age" if question == "consent" else "as long before they closed"
    return (
        f"Tried on {counted(model['treaties'], 'treaty', 'treaties')} {when}, each foretold "
        f"without being learnt from, the chances have a Brier score of {model['brier']:.3f}; "
        f"giving all states of a treaty one chance has {alone['brier']:.3f}, giving all the share "
        f"seen on other treaties {rate['brier']:.3f} (0 is perfect). In "
        f"{model['within']:.0%} of pairs of states on one treaty, the one that {DONE[question]} "
        f"had the higher chance (half by luck). The number of states lay in the 80% interval "
        f"for {outlook.covered:.0%} of treaties."
    )


def calibration_title(movers: Movers) -> str:
    """Return the finding: how often it happened where the chance was highest."""
    last = movers.consent.tenths.iloc[-1]
    return (
        f"Of the likeliest tenth of cases, {last['share']:.0%} consented within a year; the model "
        f"had said {last['chance']:.0%}"
    )


def registry_sentence(scores: pd.DataFrame, question: Question) -> str:
    """Say how the model did on conventions of the registry, and what covariates would add.

    Parameters
    ----------
    scores : DataFrame
        From `adoption.forecasting.propensity.backtest.validate`.
    question : {"consent", "sign"}
        Which act.
    """
    whole = scores[(scores["question"] == question) & scores["moment"].isna()]
    by = {row["method"]: row for row in whole.to_dict("records")}
    without, told = by["registry"], by["covariates"]
    verdict = "better" if told["log_loss"] < without["log_loss"] else "no better"
    return (
        f"On the {numeral(without['treaties'])} conventions of the registry that are among these "
        f"treaties, over all moments tried, the model expected {without['expected']:,.0f} acts and "
        f"{without['acted']:,} came. Capacity, GDP per capita, the vote on the resolution and the "
        "Budapest Convention, known for today alone, are not among what it is told: there they "
        f"make the chances to {TO_DO[question]} {verdict} (log loss {told['log_loss']:.3f} with "
        f"them, {without['log_loss']:.3f} without)."
    )


def limits_note(movers: Movers) -> str:
    """Say what the chances rest on and what they leave out, as Markdown."""
    convention = movers.status.convention
    lines = [
        "This is a model: a ridge logit of a treaty's level and pace so far, and of a state's own "
        "signature, its record on earlier treaties, which weighs half as much every ten years, and "
        "what the others of its regional group did. It is learnt from treaties deposited with the "
        f"Secretary-General, opened since 1960, with {LEAST_PARTIES} parties or more, on which "
        f"states of every regional group acted; their lists end in {movers.pool_to:%B %Y}, so "
        "nothing that a state did later is in its record. The shares of treaties in the tables are "
        "so weighted, and drawn to the average where a record is short.",
        "It knows of no parliament, no election and no government's intention. A convention may "
        "as a whole move faster or slower than any sum over states; the intervals allow for as "
        "much of that as was seen between treaties.",
    ]
    if convention.made_for:
        lines.append(
            f"Only members of the {convention.made_for} could join; their record is that on "
            "treaties open to all."
        )
    else:
        lines.append("Conditions such as an invitation are not weighed.")
    if not convention.signatories_listed:
        lines.append("Signatures are left out, of all treaties, since its own are not named.")
    if movers.signing is not None:
        lines.append(
            "Days of closing for signature are known for conventions of the registry alone. For "
            "another treaty, its last signature stands for that day, if it came within three years "
            "and nobody signed in the year after; the true day is that one or later, and as "
            "somebody signed on it, the chances may be somewhat too high."
        )
    if movers.status.beyond_reach:
        nearly = convention.nearly_complete_to
        after = "beyond its reach"
        if nearly and nearly < movers.status.as_of:
            after = f"after {long_day(nearly)}, to which it is nearly complete,"
        lines.append(
            "The list of acts does not reach to the day asked about: a state may have acted "
            f"without being known to have. The model counts the days {after} as days without "
            f"further acts. {convention.reach}"
        )
    return " ".join(lines)
