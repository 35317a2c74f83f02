"""Covariates of states by year: each value with the year that it describes and its source."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.reading import remembered
from adoption.core.text import listed
from adoption.tables.choices import check_choice, missing_columns, unknown_values
from adoption.tables.names import load_participants

# Of the table of states: a value, and the column that holds its year.
YEAR_COLUMNS = {
    "population": "population_year",
    "gdp_per_capita": "gdp_year",
    "gdp_per_capita_ppp": "gdp_ppp_year",
    "internet_users_pct": "internet_year",
}
STATE_YEAR = ["iso3", "year"]


@remembered
def yearly_values() -> dict[str, pd.DataFrame]:
    """Return by name every value that has a year: iso3, year, value and source."""
    states, regimes = tables.read("states"), tables.read("regimes")
    capacity = tables.read("capacity").query("component == 'overall'")
    capacity = capacity.rename(columns={"edition": "year"})
    parts = {str(index): rows for index, rows in capacity.groupby("index")}
    for name, year in YEAR_COLUMNS.items():
        columns = {name: "value", year: "year"}
        parts[name] = states[["iso3", name, year, "source"]].rename(columns=columns)
    parts["regime"] = regimes.rename(columns={"score": "value", "year_covered": "year"})
    kinds = {"year": "int64", "value": "float64"}
    rows = {name: part[[*STATE_YEAR, "value", "source"]].dropna() for name, part in parts.items()}
    return {name: part.astype(kinds).sort_values("year") for name, part in rows.items()}


def covariates(names: Sequence[str], years: Sequence[int], carry: int) -> pd.DataFrame:
    """Return covariates, one row a state and year; `adoption.covariates` says which."""
    if not names:
        raise AdoptionError("names: no covariate is named")
    values_by_name = yearly_values()
    states = tables.only_states(tables.read("states"))["iso3"]
    frame = states.to_frame().merge(pd.DataFrame({"year": years}, dtype="int64"), how="cross")
    frame = frame.sort_values("year")
    for name in names:
        values = values_by_name[check_choice("names", name, values_by_name)]
        values = values.assign(**{f"{name}_year": values["year"].astype("Int64")})
        columns = {"value": name, "source": f"{name}_source"}
        frame = pd.merge_asof(
            frame, values.rename(columns=columns), on="year", by="iso3", tolerance=carry
        )
        if frame[name].isna().all():
            there = listed([str(year) for year in sorted(set(values["year"]))])
            asked = f"{min(years)} to {max(years)}"
            raise AdoptionError(
                f"years: {name} has values of {there} alone, none of {asked}; "
                "no value stands for an earlier year, and for a later one only by `carry`"
            )
    return frame.sort_values(STATE_YEAR, ignore_index=True)


def lagged(frame: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Return episodes with the covariates of the year before each begins; a day has a year."""
    if "day" in values and "year" not in values:
        if not is_datetime64_any_dtype(values["day"]):
            raise AdoptionError("covariates: the column 'day' is no datetime; see pd.to_datetime")
        values = values.assign(year=values["day"].dt.year).drop(columns="day")
    if wrong := missing_columns("covariates", values, STATE_YEAR):
        raise AdoptionError(f"covariates: {wrong[0]}")
    if not is_numeric_dtype(values["year"]):
        raise AdoptionError("covariates: the column 'year' has no numbers")
    if len(twice := values[values.duplicated(STATE_YEAR)]):
        iso3, year = twice.iloc[0][STATE_YEAR]
        raise AdoptionError(f"covariates: {iso3} has two rows of {year}")
    if taken := [name for name in values if name in frame and name not in STATE_YEAR]:
        raise AdoptionError(f"covariates: the column {taken[0]!r} is one of the episodes' own")
    later = values.assign(year=values["year"] + 1, iso3=values["iso3"].astype("str"))
    codes = load_participants().areas
    if wrong := unknown_values(later, {"iso3": codes}):
        raise AdoptionError(f"covariates: {wrong[0]}; `adoption.iso3` has the codes of names")
    merged = frame.merge(later, on=STATE_YEAR, how="left", indicator="met")
    met = merged.pop("met").eq("both")
    if not met.any():
        years = f"{values['year'].min()} to {values['year'].max()}"
        before = f"{frame['year'].min() - 1} to {frame['year'].max() - 1}"
        raise AdoptionError(
            f"covariates: no row of {years} is of the year before an episode begins ({before})"
        )
    names = [name for name in values if name not in STATE_YEAR]
    if empty := [name for name in names if merged[name][met].isna().all()]:
        raise AdoptionError(f"covariates: no episode has a value of {empty[0]!r}")
    merged.attrs |= {"episodes_without_covariates": int((~met).sum())}
    return merged
