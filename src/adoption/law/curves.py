"""How adoption grew: counts by day and by age, with bounds, and shares of who could join."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from adoption.data.dictionary import SIGNATURES
from adoption.law.instruments import first_acts, terms
from adoption.tables import of_convention, only_states, without_reports

if TYPE_CHECKING:
    from adoption.law.conventions import Convention


Measure = Literal["signatories", "parties"]


def events(convention: Convention, acts: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return when each unit of a measure begins and, for parties, ends."""
    acts = of_convention(acts, convention.convention)
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
        force = convention.entered_into_force
        record: dict[str, object] = {
            "convention": convention.convention,
            "short_title": convention.short_title,
            "opens": pd.Timestamp(convention.opens),
            "threshold": convention.threshold,
            "complete": convention.is_complete("parties", day.date()),
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
            firm = without_reports(rows)
            counts["parties_reported"] = lower - at_age(firm, convention.opens, days)[0]
    return counts


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
    who = only_states(states)
    if convention.made_for is None:
        who = who[who["un_member"]]
        years = who["un_member_since"].fillna(convention.opens.year - 1).astype("int64")
        since = pd.to_datetime({"year": years, "month": 1, "day": 1})
    else:
        inside = memberships[memberships["organisation"] == convention.made_for]
        inside = inside[inside["until"].isna()]
        who = who[who["iso3"].isin(inside["iso3"])]
        before = pd.Timestamp(convention.opens) - pd.Timedelta(days=1)  # curves begin there
        since = pd.Series(before, index=who.index)
    frame = pd.DataFrame({"iso3": who["iso3"], "since": since.astype("datetime64[us]")})
    return frame.reset_index(drop=True)


def counts_by_day(
    convention: Convention,
    acts: pd.DataFrame,
    who: pd.DataFrame | None,
    measure: Measure,
    until: date,
) -> pd.DataFrame:
    """Count day by day who acted; where `who` could is given, how many of them, and `states`."""
    rows = events(convention, acts, measure)
    if who is not None:
        rows = rows.merge(who, on="iso3")
        for end in ("earliest", "latest", "left_earliest", "left_latest"):
            rows[end] = rows[[end, "since"]].max(axis=1, skipna=False)
    firm = without_reports(rows) if measure == "parties" else rows
    every = cumulative(rows, convention.opens, until).set_index("day")
    sure = cumulative(firm, convention.opens, until).set_index("day")
    days = every.index.union(sure.index)
    if who is not None:
        admitted = who.loc[who["since"].between(days[0], days[-1]), "since"]
        days = days.union(pd.DatetimeIndex(admitted.unique()))
    every, sure = (curve.reindex(days, method="ffill") for curve in (every, sure))
    frame = pd.DataFrame(
        {
            "day": days,
            "age": [(day.date() - convention.opens).days for day in days],
            "lower": sure["lower"].to_numpy(),
            "with_reports": every["lower"].to_numpy(),
            "upper": every["upper"].to_numpy(),
        }
    )
    if who is not None:
        frame["states"] = who["since"].sort_values().searchsorted(days, side="right")
    return frame


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
            **convention.names,
            "opens": pd.Timestamp(convention.opens),
            "made_for": convention.made_for or "",
            "states": None,
        }
        who = could_join(convention, states, memberships)
        for measure in MEASURES:
            record[f"{measure}_complete"] = convention.is_complete(measure, day.date())
            counted = measure == "parties" or convention.signatories_listed
            last = pd.Series(dtype="Int64")
            if counted and day <= pd.Timestamp(as_of):
                last = counts_by_day(convention, acts, who, measure, day.date()).iloc[-1]
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


def without_open_bounds(
    compared: pd.DataFrame, conventions: Sequence[Convention], days: int
) -> pd.DataFrame:
    """Return a comparison in which a count has an upper bound only where its list is complete."""
    frame = compared.copy()
    ends = [convention.opens + timedelta(days=days) for convention in conventions]
    for measure in MEASURES:
        complete = [c.is_complete(measure, day) for c, day in zip(conventions, ends, strict=True)]
        frame.loc[[not known for known in complete], f"{measure}_upper"] = pd.NA
    return frame
