"""Which values of states changed: indices, and population, income and the like."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from adoption.builds import KINDS
from adoption.news.kinds import Value, ValueChange

CAPACITY, STATES = "capacity", "states"
TOLD_OF_CAPACITY = ("value", "tier")
# A measured column of the table `states`, and the column that holds its year.
YEARS: Mapping[str, str] = {
    "population": "population_year",
    "gdp_per_capita": "gdp_year",
    "gdp_per_capita_ppp": "gdp_ppp_year",
    "internet_users_pct": "internet_year",
    "income_group": "",
}
TOLD_OF_STATES = (*YEARS, *filter(None, YEARS.values()))


def value_changes(
    old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame]
) -> tuple[ValueChange, ...]:
    """Return which values of the tables `capacity` and `states` changed, sorted."""
    found = [*_of_capacity(old[CAPACITY], new[CAPACITY]), *_of_states(old[STATES], new[STATES])]
    return tuple(sorted(found, key=lambda v: (v.index, v.edition, v.component, v.column, v.iso3)))


def _of_capacity(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[ValueChange]:
    before, after = (_rows(f, ("iso3", "index", "edition", "component")) for f in (old, new))
    for key in before.keys() | after.keys():
        iso3, index, edition, component = key
        for column in TOLD_OF_CAPACITY:
            was, now = (_value(CAPACITY, column, rows.get(key)) for rows in (before, after))
            if was != now:
                yield ValueChange(iso3, index, edition, component, column, was, now)


def _of_states(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[ValueChange]:
    before, after = (_rows(frame, ("iso3",)) for frame in (old, new))
    for key in before.keys() & after.keys():
        for index, year in YEARS.items():
            edition = max(rows[key].get(year, "") for rows in (before, after))
            for name, column in (("value", index), ("year", year)):
                was, now = (_value(STATES, column, rows[key]) for rows in (before, after))
                if was != now:
                    yield ValueChange(key[0], index, edition, "", name, was, now)


def _rows(frame: pd.DataFrame, key: Iterable[str]) -> dict[tuple[Any, ...], Mapping[Any, Any]]:
    return {tuple(row[column] for column in key): row for row in frame.to_dict("records")}


def _value(table: str, column: str, row: Mapping[Any, Any] | None) -> Value:
    """Return a value with the type that its column has; None where there is none."""
    text: str = (row or {}).get(column, "")
    if not text:
        return None
    kind = KINDS[table][column]
    if kind not in ("integer", "number"):
        return text
    try:
        number = int(text) if kind == "integer" else float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text  # JSON knows no infinity
