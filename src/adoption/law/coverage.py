"""What the processed tables cover: states, values, days and licences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from adoption.data.dictionary import TABLES, table
from adoption.law.ages import list_day
from adoption.law.conventions import REACH_DAYS, Convention
from adoption.tables import read

NONE_STATED = "none stated"
# Tables that cover nobody: of what is not followed, and of what some have said.
BESIDE = ("conflicts", "statements")
# What tells the parts of a table apart, where one state has a row in each.
PARTS: Mapping[str, tuple[str, ...]] = {"capacity": ("index", "edition"), "votes": ("resolution",)}
# Columns without which a result of the suite is not known. An empty note or article is no gap.
GAPS: Mapping[str, tuple[str, ...]] = {
    "conventions": ("entered_into_force", "complete_to", "later_rule", "law_source"),
    "acts": ("date",),
    "states": (
        "un_group", "income_group", "population", "gdp_per_capita", "gdp_per_capita_ppp",
        "internet_users_pct",
    ),
    "memberships": ("since",),
    "capacity": ("grade",),
    "totals": ("as_of", "signatories", "parties"),
    "base_treaties": ("entry_into_force", "threshold", "signatories_official", "parties_official"),
    "base_acts": ("iso3",),
    "sources": ("url", "licence", "accessed"),
}  # fmt: skip


def load_tables() -> dict[str, pd.DataFrame]:
    """Return every processed table by name, in the order of the data dictionary."""
    return {entry.name: read(entry.name) for entry in TABLES}


def covered(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return which members of the United Nations each table covers, but those of `BESIDE`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The processed tables by name, `states` among them.

    Returns
    -------
    DataFrame
        One row a table, or a part of one (`PARTS`): table, part (str, empty for a whole
        table), rows (int), members (Int64: UN members with a row; missing for a table that
        is not by state), absent (tuple of str: the other members by name), others (tuple of
        str: participants that are no members). Of `capacity` a state is covered by its
        overall value.
    """
    states = tables["states"]
    members = states[states["un_member"]]
    names = dict(zip(states["iso3"], states["name"], strict=True))
    rows: list[dict[str, object]] = []
    for name, frame in tables.items():
        if name in BESIDE:
            continue
        parts = [("", frame)]
        if name in PARTS:
            grouped = frame.groupby(list(PARTS[name]))
            parts = [(" ".join(map(str, label)), part) for label, part in grouped]
        for label, part in parts:
            row: dict[str, object] = {"table": name, "part": label, "rows": len(part)}
            if "iso3" in part.columns:
                named = part[part["component"] == "overall"] if name == "capacity" else part
                present = set(named["iso3"].dropna())
                absent = members.loc[~members["iso3"].isin(present), "name"]
                printed = _as_printed(named) | names
                others = sorted(printed[iso3] for iso3 in present - set(members["iso3"]))
                row |= {
                    "members": len(members) - len(absent),
                    "absent": tuple(sorted(absent)),
                    "others": tuple(others),
                }
            rows.append(row)
    columns = ["table", "part", "rows", "members", "absent", "others"]
    found = pd.DataFrame(rows, columns=columns)
    for column in ("absent", "others"):
        found[column] = [value if isinstance(value, tuple) else () for value in found[column]]
    return found.astype({"members": "Int64"})


def _as_printed(frame: pd.DataFrame) -> dict[str, str]:
    """Return the names in a table by code, for those that have no row in `states`."""
    column = "participant" if "participant" in frame.columns else "iso3"
    named = frame.dropna(subset=["iso3"])
    return dict(zip(named["iso3"], named[column], strict=True))


def gaps(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count the missing values of the columns of `GAPS`.

    Returns
    -------
    DataFrame
        table, column, means (from the data dictionary), missing, rows (int); columns
        without a missing value are left out.
    """
    rows = []
    for name, columns in GAPS.items():
        means = {column.name: column.means for column in table(name).columns}
        for column in columns:
            missing = int(tables[name][column].isna().sum())
            if missing:
                rows.append(
                    {"table": name, "column": column, "means": means[column],
                     "missing": missing, "rows": len(tables[name])}
                )  # fmt: skip
    return pd.DataFrame(rows, columns=["table", "column", "means", "missing", "rows"])


def reach(
    registry: Iterable[Convention], snapshots: pd.DataFrame, as_of: date, newest: date
) -> pd.DataFrame:
    """Return how far the list of acts of each convention reaches.

    Parameters
    ----------
    registry : iterable of Convention
        Which conventions; those that open after `as_of` are left out.
    snapshots : DataFrame
        The table `snapshots`.
    as_of : date
        The day up to which a list should reach.
    newest : date
        The day of the data, from which the age of a snapshot counts.

    Returns
    -------
    DataFrame
        One row a convention, oldest first: convention, label, short_title, opens,
        complete_to, nearly_complete_to, partial_to (days; NaT where there is none, else none
        before the one in front of it), beyond (Int64: days of `as_of` and before that the list
        does not cover in full; missing where it is never complete), taken (day on which the
        newest snapshot was taken or found unchanged), age (Int64: days since then).
    """
    rows = []
    for convention in sorted(registry, key=lambda c: c.opens):
        if convention.opens > as_of:
            continue
        complete = convention.complete_to
        nearly = convention.nearly_complete_to or complete
        taken = list_day(convention, snapshots)
        rows.append(
            {
                "convention": convention.convention,
                "label": convention.label,
                "short_title": convention.short_title,
                "opens": convention.opens,
                "complete_to": complete,
                "nearly_complete_to": nearly,
                "partial_to": convention.partial_to or nearly,
                "beyond": max((as_of - complete).days, 0) if complete else None,
                "taken": taken,
                "age": (newest - taken).days if taken else None,
            }
        )
    days = ["opens", *REACH_DAYS, "taken"]
    columns = ["convention", "label", "short_title", *days[:-1], "beyond", "taken", "age"]
    frame = pd.DataFrame(rows, columns=columns)
    for day in days:
        frame[day] = pd.to_datetime(frame[day])
    whole = dict.fromkeys(("beyond", "age"), "Int64")
    return frame.astype(dict.fromkeys(days, "datetime64[us]") | whole)


def by_licence(sources: pd.DataFrame, acts: pd.DataFrame) -> pd.DataFrame:
    """Count sources and rows by the licence that the source states.

    Parameters
    ----------
    sources : DataFrame
        The table `sources`; its column rows says how many rows of all tables name each.
    acts : DataFrame
        Acts (column source) that are counted by themselves as well.

    Returns
    -------
    DataFrame
        licence (`NONE_STATED` where there is none), sources, rows, acts (int); most rows
        first. A row that names several sources counts for each.
    """
    sources = sources[sources["rows"] > 0]
    named = acts["source"].str.split(";").explode().value_counts()
    frame = pd.DataFrame(
        {
            "licence": sources["licence"].fillna(NONE_STATED),
            "sources": 1,
            "rows": sources["rows"],
            "acts": sources["source"].map(named).fillna(0),
        }
    )
    counted = frame.groupby("licence", as_index=False).sum()
    counted = counted.astype(dict.fromkeys(("sources", "rows", "acts"), "int64"))
    return counted.sort_values(["rows", "licence"], ascending=[False, True], ignore_index=True)
