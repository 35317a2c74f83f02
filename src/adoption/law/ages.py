"""How old lists of acts are: on which day one was last seen as it is used.

The day of the data is that of the newest raw file of any source. A list that could not be
reached for months is not younger because another source answered: it has a day of its own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

BASE = "untc-base"  # the raw files that hold the lists of all base treaties


def list_day(convention: Convention, snapshots: pd.DataFrame) -> date | None:
    """Return the day on which the list of acts of a convention was taken or found unchanged.

    Its list is what people compiled, and the depositary's own once that is the source.
    """
    folders = tuple(f"data/raw/{name}/" for name in (convention.acts or BASE, convention.source))
    seen = snapshots.loc[snapshots["file"].str.startswith(folders), "unchanged_until"].max()
    if pd.isna(seen):
        return None
    day: date = seen.date()
    return day


def known_day(convention: Convention, snapshots: pd.DataFrame) -> date | None:
    """Return the day up to which the list of acts of a convention is known.

    A fetched list says so itself: one that was saved by hand may be older than the day on which
    it was given. Of what people compiled it is the day on which they did.
    """
    fetched = snapshots["file"].str.startswith(f"data/raw/{convention.source}/").any()
    if fetched and convention.complete_to:
        return convention.complete_to
    return list_day(convention, snapshots)
