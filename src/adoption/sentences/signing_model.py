"""Sentences on the logit of which states adopt a convention, and on what it does not tell."""

from __future__ import annotations

import pandas as pd

from adoption.countries.adopters import Adopters
from adoption.countries.signing_model import (
    COVARIATES,
    EVENTS_A_COVARIATE,
    YES_OR_NO,
    Cases,
    Model,
    NoModel,
)
from adoption.data.dictionary import SIGNATURES
from adoption.law.instruments import first_acts
from adoption.law.status import Row, Status
from adoption.sentences.association import label_in_sentence, lacking
from adoption.words import counted, listed, long_day, numeral

FEW_CLUSTERS = 40  # below it, errors clustered by group tend to come out too small
HALF = 0.5


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


def model_sentence(result: Model | NoModel, adopters: Adopters) -> str:
    """Say what the logit finds, or why there is none."""
    if isinstance(result, NoModel):
        return f"No model is shown: {_why_not(result, adopters.did)}."
    told, clear = result.cases, _excludes_one(result)
    rest = len(result.coefficients) - len(clear)
    lines = [
        f"The logit sees {len(told.outcome)} states, {int(told.outcome.sum())} of which have "
        f"{adopters.did}{_left_out(told, adopters)}."
    ]
    if clear:
        found = [
            f"{row['odds_ratio']:.2f} for {label_in_sentence(row['label'])} "
            f"({row['low']:.2f} to {row['high']:.2f})"
            for row in clear
        ]
        lines.append(
            "Holding the others, one standard deviation more multiplies the odds by "
            f"{listed(found)}; 95% intervals in brackets."
        )
    if rest:
        others = "Of the other" if clear else "Of the"
        covariates = "covariate" if rest == 1 else "covariates"
        lines.append(
            f"{others} {numeral(rest)} {covariates}, the interval includes 1: the data leave open "
            "whether the odds rise or fall with it."
            if rest == 1
            else f"{others} {numeral(rest)} {covariates}, every interval includes 1: the data "
            "leave open whether the odds rise or fall with them."
        )
    return " ".join(lines)


def _left_out(told: Cases, adopters: Adopters) -> str:
    number = len(adopters.frame) - len(told.outcome)
    if not number:
        return ""
    without = lacking(adopters, ("overall", "gdp_per_capita", "vote"))
    return f"; {numeral(number)} left out: {without}"


def _why_not(result: NoModel, word: str) -> str:
    told = result.cases
    if result.reason == "few":
        acted = int(told.outcome.sum())
        one = told.events == 1
        rarer = f"{'has' if one else 'have'} {word}"
        if acted != told.events:
            rarer = f"{'is' if one else 'are'} not known to have {word}"
        number = numeral(told.events) if told.events else "none"
        covariates = len(told.covariates.columns)
        return (
            f"of the {len(told.outcome)} states with all values known, {number} {rarer}, too few "
            f"for {numeral(covariates)} covariate{'s' * (covariates != 1)} at "
            f"{numeral(EVENTS_A_COVARIATE)} for each"
        )
    if result.reason == "dependent":
        return "some covariates follow from the others, so that their parts cannot be told"
    labels = listed([label_in_sentence(COVARIATES[name]) for name in result.covariates])
    whole = [_without_exception(told, name, word) for name in result.covariates]
    counts = "".join(f" ({text})" for text in whole if text)
    return (
        f"some states that have {word} are set apart from the others without exception by "
        f"{labels}{counts}, so that no finite odds ratio fits best (separation)"
    )


def _without_exception(told: Cases, name: str, word: str) -> str:
    """Return the counts where a yes or no tells the outcome by itself."""
    if name not in YES_OR_NO:
        return ""
    for value, which in ((1, "it applies to"), (0, "it does not apply to")):
        outcome = told.outcome[told.covariates[name] == value]
        if len(outcome) and outcome.min() == outcome.max():
            who = "have" if outcome.min() == 1 else "are not known to have"
            return f"the {len(outcome)} states {which} {who} all {word}"
    return ""


def validation_sentence(result: Model | NoModel, adopters: Adopters) -> str:
    """Say what the logit is worth on states that it has not seen."""
    if isinstance(result, NoModel):
        return "Without a model there is nothing to validate."
    v = result.validation
    gain = 1 - v.brier / v.base_brier
    better = f"{gain:.0%} smaller" if round(gain, 2) > 0 else "no smaller"
    return (
        f"On states it has not seen, the logit puts one known to have {adopters.did} before "
        f"another in {v.auc:.0%} of pairs (AUC {v.auc:.2f}, 0.5 being chance; {v.repeats} repeats "
        f"of {v.folds}-fold cross-validation lie between {v.auc_lowest:.2f} and "
        f"{v.auc_highest:.2f}). Its Brier score is {v.brier:.3f}, {better} than the "
        f"{v.base_brier:.3f} of giving every state the same share."
    )


def first_day_sentence(status: Status, acts: pd.DataFrame, states: pd.DataFrame) -> str:
    """Say how many of the signatures were made on the first day.

    Parameters
    ----------
    status : Status
        The convention on a day.
    acts, states : DataFrame
        The processed tables.
    """
    convention = status.convention
    if not convention.signatories_listed:
        return "Who signed is not named in any source seen, so nothing is said of the first day."
    own = first_acts(acts[acts["convention"] == convention.convention], SIGNATURES)
    signed = own[own["latest"] <= pd.Timestamp(status.as_of)]
    if signed.empty:
        return f"No signature had certainly been made by {long_day(status.as_of)}."
    dated = signed.dropna(subset=["date"])
    if dated.empty:
        return f"None of the {counted(len(signed), 'signature')} known has a day."
    first = dated[dated["date"] == pd.Timestamp(convention.opens)]
    organizations = states.loc[states["kind"] == "organization", ["iso3", "name"]]
    bodies = organizations.loc[organizations["iso3"].isin(first.index), "name"].tolist()
    count, share = len(first), len(first) / len(signed)
    number = f"{count} ({share:.0%})" if count else "none"
    known = counted(len(signed), "known signature")
    opening = f"Of the {known}, {number}" if count < len(signed) else f"The {known}"
    who = [counted(count - len(bodies), "state"), *(f"the {name}" for name in bodies)]
    inferred = int(first["grade"].eq("inferred").sum())
    mixed = f", {numeral(inferred)} of them by inference" if inferred else ""
    mixed += f": {listed(who)}" if bodies else ""
    verb = "was" if count == 1 else "were"
    sentence = (
        f"{opening} {verb} {'all ' * (count == len(signed) > 1)}made on the first day, "
        f"{long_day(convention.opens)}{mixed}."
    )
    if share < HALF or count < 2:
        return f"{sentence} States watch one another, so their decisions are not independent."
    return (
        f"{sentence} A day of signing is one occasion and not {numeral(count)} independent "
        "decisions, so every interval on this page may be too narrow."
    )


def model_note(result: Model | NoModel) -> str:
    """Say what the logit does not tell, as Markdown."""
    lines = [
        "Association is not cause. Alliances, regions, drafting history and advice from other "
        "states bear on capacity and on adoption alike and are not in the data; a state may also "
        "build capacity because it means to adopt."
    ]
    if isinstance(result, Model):
        clusters = result.cases.cluster.nunique()
        few = (
            f"With only {clusters} sub-regions of unequal size such errors may still be too "
            "small; the table sets those that are robust to unequal variance alone (HC1) beside "
            "them."
            if clusters < FEW_CLUSTERS
            else "The table sets those that are robust to unequal variance alone (HC1) beside them."
        )
        lines.append(
            "Errors are clustered by M49 sub-region, because neighbours do not decide apart, with "
            f"the t distribution of {clusters - 1} degrees of freedom. {few} Votes are set against "
            "abstention and absence. One standard deviation of a yes or no has no plain meaning: "
            "the table also gives the odds ratio of yes against no. Cross-validation divides "
            "states at random, so the neighbours of a state are among those learnt from."
        )
    return " ".join(lines)
