"""Notes on the scores: what they are, on which cases, and what flatters them."""

from __future__ import annotations

import pandas as pd

from adoption.forecasting.backtest import AGES, LEAST_PARTIES, OPENED_SINCE, TARGETS, TOGETHER
from adoption.forecasting.scoring import within
from adoption.forecasting.skill import DRAWS, score_of
from adoption.sentences.skill import NAMES
from adoption.words import listed, percent

VARIANTS = 60  # of the model that were tried before one was chosen


def skill_note(measured: pd.DataFrame, backtest: pd.DataFrame) -> str:
    """Say what is scored, how, and what flatters, as a Markdown list.

    Parameters
    ----------
    measured : DataFrame
        From `adoption.forecasting.skill.skill_by_set`.
    backtest : DataFrame
        The table of that name.
    """
    open_end = int(backtest["wait"].isna().sum())
    cases = score_of(measured, "apart")["cases"]
    return "\n".join(
        f"- {line}"
        for line in (
            "**Error.** The continuous ranked probability score (CRPS) on the logarithm of days: "
            "the squared gap between the probability given by each day and what had happened by "
            "then, added up from the first day to the end of the list, each doubling of the wait "
            "counting alike. 0 is perfect. For a forecast of a single day it is the natural "
            "logarithm of the factor by which the day is out.",
            f"**Cases.** Treaties opened since {OPENED_SINCE.year} that have come to "
            f"{LEAST_PARTIES} parties, asked {listed([f'{age:,}' for age in AGES])} days after "
            f"opening when they would have {listed([str(n) for n in TARGETS], 'or')} consents by "
            "states, where that was still to come and the list goes on for a year or more. In "
            f"{open_end:,} of {cases:,} cases it had not come by the end of the list. A treaty "
            f"that stayed below {LEAST_PARTIES} parties is learnt from but not tried: how well "
            "the model tells a treaty that will fail is not shown here. Climatology goes by "
            f"treaties with {LEAST_PARTIES} parties alone, which is more than the model is told.",
            f"**{NAMES['then']}.** Learnt from the acts up to 1 January of the year of the case, "
            "those on the treaty itself among them. This is what a reader could have had. Its "
            f"error is {_share_of_hindsight(measured)} of that of climatology with hindsight.",
            f"**{NAMES['model']}.** Who joined a convention tells who joined its protocols, so "
            "this flatters. Where related treaties are left out, the model has learnt from none "
            "of the same number in the depositary's lists, nor from one opened within "
            f"{TOGETHER} days; but still from treaties that came later.",
            f"**Coverage.** {_of_those_that_came(backtest)} An 80% interval should hold 80%.",
            f"**Choice.** The model was chosen among some {VARIANTS} variants by its error on "
            "these same cases, with all other treaties known and with only what was known at the "
            "time, so that all its scores flatter slightly. Where each variant is chosen without "
            "the cases that it then forecasts, the error is nearly the same "
            "(`benchmarks/results/forecast_choice.txt`).",
            f"**Intervals of scores.** 95%, from {DRAWS:,} samples of whole treaties: cases of "
            "one treaty go up and down together.",
        )
    )


def _of_those_that_came(backtest: pd.DataFrame) -> str:
    """Say how often the 80% intervals held, of the cases that came before the list's end."""
    came = backtest[backtest["wait"].notna()]
    held = [
        percent(sum(within(value, True, 80) for value in came[f"pit_{way}"]), len(came))
        for way in ("then", "apart")
    ]
    return (
        "Where a number had not come by the end of the list, an interval that goes on beyond it "
        "counts as having held it. Of those that came, with only what was known at the time, the "
        f"80% intervals held {held[0]}; with hindsight, {held[1]}."
    )


def _share_of_hindsight(measured: pd.DataFrame) -> str:
    then, usual = (score_of(measured, way)["error"] for way in ("then", "climatology"))
    return percent(then, usual)
