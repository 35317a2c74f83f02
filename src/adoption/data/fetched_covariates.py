"""Population, income and Internet users as the World Bank gives them, over the compiled values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from adoption.data.area_codes import AreaCodes
from adoption.data.published import KEY, PublishedValues, day_of, files_of, snapshots_of
from adoption.data.readers.worldbank import only_countries, read_countries, read_indicator
from adoption.errors import AdoptionError, did_you_mean

if TYPE_CHECKING:
    from adoption.data.readers.publishers import Registry, Source
    from adoption.data.snapshots import SnapshotStore


class Measure(NamedTuple):
    """A column of the table `states` that an indicator fills.

    Attributes
    ----------
    indicator : str
        The World Bank's code.
    year : str
        The column with the year of the value.
    decimals : int
        To which it is rounded: persons are whole, and the publisher's further decimals are
        those of a division.
    """

    indicator: str
    year: str
    decimals: int = 2


MEASURES = {
    "population": Measure("SP.POP.TOTL", "population_year", 0),
    "gdp_per_capita": Measure("NY.GDP.PCAP.CD", "gdp_year"),
    "gdp_per_capita_ppp": Measure("NY.GDP.PCAP.PP.CD", "gdp_ppp_year"),
    "internet_users_pct": Measure("IT.NET.USER.ZS", "internet_year"),
}
GDP_BASIS = "published: WDI NY.GDP.PCAP.CD"
COUNTRIES = "countries.json"
NOT_CLASSIFIED = "Not classified"
INCOME_GROUPS = ("Low income", "Lower middle income", "Upper middle income", "High income")


@dataclass(frozen=True, eq=False)
class PublishedCovariates:
    """What the World Bank says of states, in one snapshot.

    Attributes
    ----------
    published : PublishedValues
        The measures of `MEASURES`, of every year.
    income : dict of str to str
        From ISO3 to the income group, empty where it is not classified; also which states the
        World Bank covers at all.
    """

    published: PublishedValues
    income: dict[str, str]


def fetched_covariates(
    registry: Registry, store: SnapshotStore, codes: AreaCodes
) -> list[list[PublishedCovariates]]:
    """Read every snapshot of the World Bank's indicators, of each source the oldest first."""
    return snapshots_of(registry, store, "indicators", partial(_read, store=store, codes=codes))


def _read(
    source: Source, folder: Path, store: SnapshotStore, codes: AreaCodes
) -> PublishedCovariates:
    expected = {COUNTRIES, *(f"{measure.indicator}.json" for measure in MEASURES.values())}
    if set(source.files) != expected:
        raise AdoptionError(
            f"publishers.toml: [source.{source.source}] files: the reader indicators reads "
            f"{', '.join(sorted(expected))}"
        )
    files = {file: (content, name) for file, content, name in files_of(source, folder, store)}
    countries = read_countries(*files[COUNTRIES])
    income = _income(countries, codes, files[COUNTRIES][1])
    by_iso2 = countries.set_index("iso2")["iso3"]
    frames = []
    for column, measure in MEASURES.items():
        content, name = files[f"{measure.indicator}.json"]
        frame = only_countries(read_indicator(content, name, measure.indicator), countries, name)
        frame["iso3"] = frame["iso3"].where(frame["iso3"] != "", frame["iso2"].map(by_iso2))
        frame["iso3"] = codes.resolve(frame, name)
        frame["value"] = frame["value"].round(measure.decimals)
        frames.append(frame[frame["iso3"] != ""].assign(measure=column))
    values = pd.concat(frames, ignore_index=True)[["measure", "iso3", "year", "value"]]
    twice = values.duplicated(KEY)
    if twice.any():
        first = " ".join(str(cell) for cell in values.loc[twice, KEY].iloc[0])
        raise AdoptionError(f"{store.name(folder)}: {first} stands twice, under two codes")
    published = PublishedValues(
        source.source, day_of(source, folder, store), store.name(folder), values
    )
    return PublishedCovariates(published, income)


def _income(countries: pd.DataFrame, codes: AreaCodes, name: str) -> dict[str, str]:
    own = countries[~countries["aggregate"]]
    for code, group in own[["iso3", "income"]].itertuples(index=False):
        if group not in (*INCOME_GROUPS, NOT_CLASSIFIED):
            near = did_you_mean(group, INCOME_GROUPS, 1)
            raise AdoptionError(f"{name}: {code}: unknown income group {group!r}; {near}")
    groups = own["income"].where(own["income"] != NOT_CLASSIFIED, "")
    income = dict(zip(codes.resolve(own, name), groups, strict=True))
    income.pop("", None)
    return income


def newest_years(values: pd.DataFrame) -> pd.DataFrame:
    """Return of each measure and state the value of the newest year that has one."""
    ordered = values.sort_values(["measure", "iso3", "year"])
    return ordered.drop_duplicates(["measure", "iso3"], keep="last", ignore_index=True)


def with_covariates(states: pd.DataFrame, newest: Sequence[PublishedCovariates]) -> pd.DataFrame:
    """Put the newest values of each source over the compiled ones."""
    for one in newest:
        states = _put_over(states, one)
    return states


def _put_over(states: pd.DataFrame, one: PublishedCovariates) -> pd.DataFrame:
    states = states.copy()
    codes = states["iso3"]
    newest = newest_years(one.published.table)
    touched = codes.isin(one.income.keys())
    for column, measure in MEASURES.items():
        own = newest[newest["measure"] == column].set_index("iso3")
        year = codes.map(own["year"]).astype("Int64")
        new = (year.notna() & ~(year < states[measure.year]).fillna(False)).astype(bool)
        value = codes.map(own["value"]).astype(states[column].dtype)
        states[column] = states[column].mask(new, value)
        states[measure.year] = states[measure.year].mask(new, year)
        touched |= new
        if column == "gdp_per_capita":
            basis = states["gdp_per_capita_basis"]
            states["gdp_per_capita_basis"] = basis.mask(new, GDP_BASIS)
    income = codes.map(one.income)
    states["income_group"] = states["income_group"].mask(income.notna(), income)
    source = states["source"]
    states["source"] = source.mask(touched, source + ";" + one.published.source)
    return states
