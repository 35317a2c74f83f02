"""Shares of the states that could join a convention: who signed and who is bound, by age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.countries.groups import NOT_CURRENT
from adoption.law.curves import Measure, cumulative, events

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

COUNTS = ("lower", "with_reports", "upper")
MEASURES: tuple[Measure, ...] = ("signatories", "parties")


def could_join(
    convention: Convention, states: pd.DataFrame, memberships: pd.DataFrame
) -> pd.DataFrame:
    """Return the states that could join a convention, and since when.

    They are the members of the United Nations; for a convention made for an organisation,
    its members. Only the year of admission to the United Nations is known: a state counts
    from its first day. The members of another organisation are those of today, since their
    days of joining are seldom known. Conditions such as an invitation are not weighed.
    """
    who = states[states["kind"] != "organization"]
    if convention.made_for is None:
        who = who[who["un_member"]]
        years = who["un_member_since"].fillna(convention.opens.year - 1).astype("int64")
        since = pd.to_datetime({"year": years, "month": 1, "day": 1})
    else:
        current = ~memberships["note"].str.contains(NOT_CURRENT, regex=False).eq(True)
        inside = memberships[current & (memberships["organisation"] == convention.made_for)]
        who = who[who["iso3"].isin(inside["iso3"])]
        before = pd.Timestamp(convention.opens) - pd.Timedelta(days=1)  # curves begin there
        since = pd.Series(before, index=who.index)
    frame = pd.DataFrame({"iso3": who["iso3"], "since": since.astype("datetime64[us]")})
    return frame.reset_index(drop=True)


def complete_until(convention: Convention, measure: Measure) -> date | None:
    """Return the last day on which a convention's list is complete in a measure.

    Signatures of a convention that closed for signature within that time are complete for
    good, which is `date.max`; None where the list never is complete.
    """
    complete_to, closes = convention.complete_to, convention.closes
    if measure == "signatories" and complete_to and closes and closes <= complete_to:
        return date.max
    return complete_to


def share_curve(
    convention: Convention,
    acts: pd.DataFrame,
    who: pd.DataFrame,
    measure: Measure,
    until: date,
) -> pd.DataFrame:
    """Count day by day how many of the states that could join did."""
    rows = events(convention, acts, measure).merge(who, on="iso3")
    for end in ("earliest", "latest", "left_earliest", "left_latest"):
        rows[end] = rows[[end, "since"]].max(axis=1, skipna=False)
    firm = rows[rows["grade"] != "reported"] if measure == "parties" else rows
    every = cumulative(rows, convention.opens, until).set_index("day")
    sure = cumulative(firm, convention.opens, until).set_index("day")
    first, last = every.index[0], every.index[-1]
    admitted = who.loc[who["since"].between(first, last), "since"]
    days = every.index.union(sure.index).union(pd.DatetimeIndex(admitted.unique()))
    every, sure = (curve.reindex(days, method="ffill") for curve in (every, sure))
    return pd.DataFrame(
        {
            "day": days,
            "age": [(day.date() - convention.opens).days for day in days],
            "lower": sure["lower"].to_numpy(),
            "with_reports": every["lower"].to_numpy(),
            "upper": every["upper"].to_numpy(),
            "states": who["since"].sort_values().searchsorted(days, side="right"),
        }
    )


def shares_at_age(
    conventions: Sequence[Convention],
    acts: pd.DataFrame,
    states: pd.DataFrame,
    memberships: pd.DataFrame,
    days: int,
    as_of: date,
) -> pd.DataFrame:
    """Compare conventions at the same age by the share of states that could join.

    Parameters
    ----------
    conventions : sequence of Convention
        In the order of the rows.
    acts, states, memberships : DataFrame
        The tables of those names.
    days : int
        Age in days; 0 is the day of opening.
    as_of : date
        The day of the comparison: a convention that was younger then has no counts.

    Returns
    -------
    DataFrame
        convention, short_title, label, opens, made_for (no text for a convention open to
        all), states (Int64); for signatories and
        parties `_lower`, `_with_reports`, `_upper` (Int64, missing for a convention that
        was younger, or whose signatories no source names) and `_complete` (bool), whether
        the list is complete to that age.
    """
    records = []
    for convention in conventions:
        day = pd.Timestamp(convention.opens) + pd.Timedelta(days=days)
        record: dict[str, object] = {
            "convention": convention.convention,
            "short_title": convention.short_title,
            "label": convention.label,
            "opens": pd.Timestamp(convention.opens),
            "made_for": convention.made_for or "",
            "states": None,
        }
        who = could_join(convention, states, memberships)
        for measure in MEASURES:
            complete = complete_until(convention, measure)
            record[f"{measure}_complete"] = complete is not None and day.date() <= complete
            counted = measure == "parties" or convention.signatories_listed
            last = pd.Series(dtype="Int64")
            if counted and day <= pd.Timestamp(as_of):
                last = share_curve(convention, acts, who, measure, day.date()).iloc[-1]
                record["states"] = last["states"]
            record |= {f"{measure}_{count}": last.get(count) for count in COUNTS}
        records.append(record)
    counts = [f"{measure}_{count}" for measure in MEASURES for count in COUNTS]
    return pd.DataFrame(records).astype(dict.fromkeys(["states", *counts], "Int64"))


def acts_compared(
    acts: pd.DataFrame, conventions: Sequence[Convention], days: int, as_of: date
) -> pd.DataFrame:
    """Return the acts that a comparison by age rests on.

    Parameters
    ----------
    acts : DataFrame
        The table `acts`.
    conventions : sequence of Convention
        The subject, whose acts by the day are all returned, and the others.
    days : int
        The age to which the others are followed.
    as_of : date
        The day: acts that cannot have happened by then are left out.
    """
    subject, *others = conventions
    ends = {c.convention: pd.Timestamp(c.opens) + pd.Timedelta(days=days) for c in others}
    last = acts["convention"].map(ends | {subject.convention: pd.Timestamp(as_of)})
    return acts[(acts["earliest"] <= last) & (acts["earliest"] <= pd.Timestamp(as_of))]
