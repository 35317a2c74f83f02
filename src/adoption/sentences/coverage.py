"""The title of the figure on how far the lists of acts reach."""

from __future__ import annotations

from datetime import date

import pandas as pd

from adoption.words import is_are, long_day


def reach_title(reach: pd.DataFrame, as_of: date) -> str:
    """Return the finding: how many lists are complete to the day.

    Parameters
    ----------
    reach : DataFrame
        From `adoption.law.evidence.reach`.
    as_of : date
        The day.
    """
    complete = int((reach["beyond"] == 0).sum())
    if complete == 0:
        last = reach.sort_values("complete_to").dropna(subset=["complete_to"])
        until = ""
        if len(last):
            until = f"; the latest ends on {long_day(last['complete_to'].iloc[-1])}"
        return f"No list of acts is complete to {long_day(as_of)}{until}"
    lists = f"{complete} of {len(reach)} lists of acts {is_are(complete)}"
    if complete == len(reach):
        lists = f"All {complete} lists of acts are" if complete > 1 else "The one list of acts is"
    return f"{lists} complete to {long_day(as_of)}"
