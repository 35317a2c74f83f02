"""Tables of the next movers of a convention, by a model."""

from __future__ import annotations

import pandas as pd

from adoption.forecasting.propensity.backtest import METHODS
from adoption.forecasting.propensity.cases import Question
from adoption.forecasting.propensity.chances import Movers
from adoption.law.status import Row
from adoption.sentences.forecast_words import chance_in_words
from adoption.sentences.movers import TO_DO, likeliest, others, outlook_of, reasons_in_words
from adoption.show.table import NOT_KNOWN, Table, badges
from adoption.words import counted, short_day

ASKED = {"consent": "consent within a year", "sign": "sign before the close"}


def movers_view(movers: Movers, question: Question, count: int = 15) -> Table | None:
    """Show the states with the highest chance; nothing where no chance is given.

    A state bound by report alone is among them with its chance if the report is not counted,
    and marked.

    Parameters
    ----------
    movers : Movers
        From `adoption.forecasting.propensity.chances`.
    question : {"consent", "sign"}
        Which act.
    count : int
        How many states at most.
    """
    outlook = outlook_of(movers, question)
    if outlook is None or not outlook.states:
        return None
    chosen = likeliest(movers, question, count)
    rows = chosen.to_dict("records")
    shown: dict[str, object] = {
        "State": chosen["name"].tolist(),
        "Region": chosen["region"].fillna(NOT_KNOWN).tolist(),
        "Status": badges(chosen),
        f"Chance by {short_day(outlook.until)}": [chance_in_words(row[question]) for row in rows],
    }
    if question == "consent" and movers.frame["by_report"].any():
        shown["If reports are right"] = [_if_reports(row) for row in rows]
    shown["What weighs most"] = [_why(row, question) for row in rows]
    score = {row["method"]: row["brier"] for row in outlook.scores.to_dict("records")}
    left = f"{counted(outlook.states, 'state')} {others(movers, question)}"
    which = f"all {left}"
    if len(rows) < outlook.states:
        which = f"the {counted(len(rows), 'state')} with the highest, of {left}"
    return Table(
        pd.DataFrame(shown),
        f"A model's chances to {TO_DO[question]} by {short_day(outlook.until)}: {which}. Brier "
        f"score on treaties held back {score['model']:.3f}, against {score['rate']:.3f} with one "
        "share for all",
    )


def scores_view(scores: pd.DataFrame) -> Table:
    """Show what the chances were worth, over all moments tried, beside simpler rules.

    Parameters
    ----------
    scores : DataFrame
        From `adoption.forecasting.propensity.backtest.load_validation`.
    """
    rows = scores[scores["moment"].isna()].to_dict("records")
    shown = {
        "Asked": [ASKED[row["question"]] for row in rows],
        "By": [METHODS[row["method"]] for row in rows],
        "Treaties": [row["treaties"] for row in rows],
        "Cases": [f"{row['cases']:,}" for row in rows],
        "Brier score": [f"{row['brier']:.4f}" for row in rows],
        "Area under the curve": [f"{row['auc']:.2f}" for row in rows],
        "Expected": [f"{row['expected']:,.0f}" for row in rows],
        "Acted": [f"{row['acted']:,}" for row in rows],
    }
    return Table(
        pd.DataFrame(shown),
        "The chances on treaties held back, over all moments tried: Brier score (0 is perfect), "
        "area under the curve (1 is a perfect order, 0.5 chance), and how many acts were "
        "expected and came",
    )


def _if_reports(row: Row) -> str:
    return "bound" if row["by_report"] else chance_in_words(row["consent_if_reports"])


def _why(row: Row, question: Question) -> str:
    """Return the reasons; first what may have happened already."""
    parts = [reasons_in_words(row, question, leave_out=("signed",))]  # the status says that
    if question == "consent" and row["by_report"]:
        parts.insert(0, "bound by report: the chance if that is not counted")
    if isinstance(row["possible"], str):
        parts.insert(0, f"possibly {row['possible']} already")
    return "; ".join(parts)
