"""Sentences on how far the tables reach, under which licences, and what changed in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from adoption.changes import Changes
from adoption.law.coverage import NONE_STATED
from adoption.words import counted, is_are, long_day, percent


def reach_title(reach: pd.DataFrame, as_of: date) -> str:
    """Return the finding: how many lists are complete to the day.

    Parameters
    ----------
    reach : DataFrame
        From `adoption.law.coverage.reach`.
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


def licence_sentence(licences: pd.DataFrame) -> str:
    """Say how many sources state no licence, and how much rests on them.

    Parameters
    ----------
    licences : DataFrame
        From `adoption.law.coverage.by_licence`.
    """
    without = licences[licences["licence"] == NONE_STATED]
    sources, rows, acts = (int(without[c].sum()) for c in ("sources", "rows", "acts"))
    if sources == 0:
        return "Each source states a licence."
    of_acts = int(licences["acts"].sum())
    part = f"{acts} of the {of_acts}"
    if acts in (0, of_acts):
        part = f"all {of_acts}" if acts else "none of the"
    on_page = f" They give {part} acts on this page." if of_acts else ""
    return (
        f"{sources} of {counted(int(licences['sources'].sum()), 'source')} that rows name "
        f"{'states' if sources == 1 else 'state'} no licence; the tables name them "
        f"{counted(rows, 'time')}, {percent(rows, int(licences['rows'].sum()))} of all."
        f"{on_page} Facts such as a name and a day are taken from them, not their text."
    )


def changes_sentence(changes: Changes | None, before: Path | None) -> str:
    """Say what changed since an earlier build, or how to name one."""
    if changes is None or before is None:
        return (
            "No earlier build was named. To compare, keep a copy of the folder `data/processed` "
            "before `adoption build` and give its path as the parameter `before`."
        )
    return f"Since the build in the folder {before.name}: {changes.summary()}."
