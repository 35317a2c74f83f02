"""How adoption grew: cumulative counts by day, with bounds where days are not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from adoption.data.dictionary import SIGNATURES
from adoption.law.instruments import first_acts, terms

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

Measure = Literal["signatories", "parties"]


def events(convention: Convention, acts: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return when each unit of a measure begins and, for parties, ends."""
    acts = acts[acts["convention"] == convention.convention]
    if measure == "parties":
        rows = terms(acts)
    else:
        rows = first_acts(acts, SIGNATURES).reset_index()
        never = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
        rows = rows.assign(left_earliest=never, left_latest=never)
    return rows[["iso3", "grade", "earliest", "latest", "left_earliest", "left_latest"]]


def cumulative(rows: pd.DataFrame, opens: date, until: date) -> pd.DataFrame:
    """Count day by day; a day on which nothing can change has no row of its own."""
    # One that may have left before it had certainly come is never certainly there.
    rows = rows.assign(left_earliest=rows[["left_earliest", "latest"]].max(axis=1, skipna=False))
    ends = ["earliest", "latest", "left_earliest", "left_latest"]
    first, last = pd.Timestamp(opens) - pd.Timedelta(days=1), pd.Timestamp(until)
    changes = pd.concat([rows[end] for end in ends]).dropna()
    changes = changes[(changes > first) & (changes < last)]
    days = pd.DatetimeIndex([first, *changes.unique(), last]).unique().sort_values().as_unit("us")
    begun = {end: _counted_by(rows[end], days) for end in ends}
    return pd.DataFrame(
        {
            "day": days,
            "lower": begun["latest"] - begun["left_earliest"],
            "upper": begun["earliest"] - begun["left_latest"],
        }
    )


def _counted_by(happened: pd.Series[pd.Timestamp], days: pd.DatetimeIndex) -> np.ndarray:
    ordered = np.sort(happened.dropna().to_numpy(dtype="datetime64[us]"))
    return np.searchsorted(ordered, days.to_numpy(dtype="datetime64[us]"), side="right")


def at_age(rows: pd.DataFrame, opens: date, days: int) -> tuple[int, int]:
    """Return the lower and upper count some days after opening."""
    day = pd.Timestamp(opens) + pd.Timedelta(days=days)
    curve = cumulative(rows, opens, max(day, pd.Timestamp(opens)).date())
    return int(curve["lower"].iloc[-1]), int(curve["upper"].iloc[-1])


def compare_at_age(
    conventions: Sequence[Convention], acts: pd.DataFrame, days: int, as_of: date
) -> pd.DataFrame:
    """Compare conventions at the same age.

    Parameters
    ----------
    conventions : sequence of Convention
        Which ones, in the order of the rows.
    acts : DataFrame
        The table `acts`.
    days : int
        Age in days.
    as_of : date
        The day of the comparison: a convention that was younger then has no counts.

    Returns
    -------
    DataFrame
        convention, short_title, opens, threshold; the lower and upper counts
        signatories_lower, signatories_upper, parties_lower and parties_upper, and
        parties_reported, how many of parties_lower are reported and not confirmed
        (Int64, missing for a convention that had not reached the age); complete, whether
        the list was complete to that age; days_to_force, days from opening to entry into
        force (Int64, missing while it is not in force).
    """
    records = []
    for convention in conventions:
        day = pd.Timestamp(convention.opens) + pd.Timedelta(days=days)
        complete_to = convention.complete_to
        force = convention.entered_into_force
        record: dict[str, object] = {
            "convention": convention.convention,
            "short_title": convention.short_title,
            "opens": pd.Timestamp(convention.opens),
            "threshold": convention.threshold,
            "complete": complete_to is not None and day <= pd.Timestamp(complete_to),
            "days_to_force": (force - convention.opens).days if force else None,
        }
        if day <= pd.Timestamp(as_of):
            record |= _counts_at_age(convention, acts, days)
        records.append(record)
    counts = [f"{m}_{end}" for m in ("signatories", "parties") for end in ("lower", "upper")]
    counts += ["parties_reported", "days_to_force"]
    frame = pd.DataFrame(records)
    return frame.reindex(columns=[*frame.columns.union(counts, sort=False)]).astype(
        dict.fromkeys(counts, "Int64")
    )


def _counts_at_age(convention: Convention, acts: pd.DataFrame, days: int) -> dict[str, object]:
    counts: dict[str, object] = {}
    for measure in ("signatories", "parties"):
        rows = events(convention, acts, measure)
        lower, upper = at_age(rows, convention.opens, days)
        if measure == "parties" or convention.signatories_listed:
            counts |= {f"{measure}_lower": lower, f"{measure}_upper": upper}
        if measure == "parties":
            firm = rows[rows["grade"] != "reported"]
            counts["parties_reported"] = lower - at_age(firm, convention.opens, days)[0]
    return counts
