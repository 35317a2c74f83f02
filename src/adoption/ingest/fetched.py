"""Fetched values of states, which replace compiled values if they are newer.

The compiled GCI values of 2024 were taken from the series that the World Bank's Data360
distributes. This series therefore replaces them, rounded to the same two decimals, and adds later
editions. It includes 2020 too, but the compiled values of 2020 are the printed ones, reviewed by
hand. Print and series differ slightly in many states and must not be mixed, so the compiled
values of 2020 and before remain. For the World Bank's indicators each state has the value of
its newest year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pandas as pd

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.countries.capacity import OVERALL, PARTS, TIERS
from adoption.ingest.checks import WHOLES, by_parts
from adoption.ingest.readers.data360 import read_gci
from adoption.ingest.readers.publishers import Reader, Registry, Source
from adoption.ingest.readers.worldbank import only_countries, read_countries, read_indicator
from adoption.ingest.snapshots import SnapshotStore
from adoption.tables.csvfile import AT
from adoption.tables.names import Participants
from adoption.tables.write import Tables

GCI = "GCI"
FIRST_EDITION = 2024  # earlier GCI editions would mix print and series, which differ
PART_OF_AN_INDEX = ["index", "edition", "component"]
TIER_NOTE = "Tier derived from the thresholds 95/85/55/20 of the 2024 edition."
COUNTRIES = "countries.json"
INCOME = "income_group"
INCOME_GROUPS = ("Low income", "Lower middle income", "Upper middle income", "High income")
INCOME_RANKS = {group: float(place) for place, group in enumerate(INCOME_GROUPS)}
NOT_CLASSIFIED = "Not classified"
GDP_BASIS = "published: WDI NY.GDP.PCAP.CD"


class Measure(NamedTuple):
    """A column of the table `states` that an indicator fills.

    Values are rounded: persons are whole, and more decimals only come from a division.
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


@dataclass(frozen=True, eq=False)
class Published:
    """The values of states in one snapshot of a source.

    Attributes
    ----------
    source : str
        Its name, such as data360-gci.
    reader : Reader
        The reader of its files.
    day : date
        The day of the fetch.
    place : str
        The snapshot's folder, as shown to users.
    table : DataFrame
        One row per known value: measure (`GCI legal 2024`, `population`), iso3, year (int64;
        0 if the measure has no year) and value. Indices also have index, component and edition.
    covered : frozenset of str
        The states for which the World Bank gives any value; empty for an index.
    is_first : bool
        Whether this is the source's first snapshot.
    """

    source: str
    reader: Reader
    day: date
    place: str
    table: pd.DataFrame
    covered: frozenset[str] = frozenset()
    is_first: bool = True


Fetched: TypeAlias = Sequence[Sequence[Published]]  # per source, the older snapshot first
Files: TypeAlias = Mapping[str, tuple[bytes, str]]  # file name to content and full name
Read: TypeAlias = Callable[[Files, Participants], tuple[pd.DataFrame, frozenset[str]]]


def read_fetched(
    registry: Registry, store: SnapshotStore, participants: Participants
) -> list[list[Published]]:
    """Return the last two snapshots of every source of values, the older first.

    Each snapshot was compared with its predecessor when it was taken. A first snapshot is
    compared with the compiled values.
    """
    sources = []
    for source in registry.sources.values():
        if source.reader in READERS:
            folders = store.folders(source.source)[-2:]
            sources.append([_read(source, folder, store, participants) for folder in folders])
    return [snapshots for snapshots in sources if snapshots]


def _read(
    source: Source, folder: Path, store: SnapshotStore, participants: Participants
) -> Published:
    due, read = READERS[source.reader]
    if set(source.files) != set(due):
        names = ", ".join(sorted(due))
        raise AdoptionError(
            f"publishers.toml: [source.{source.source}] files: "
            f"the reader {source.reader} reads {names}"
        )
    paths = [folder / file for file in source.files]
    files = {path.name: (store.content(path), store.name(path)) for path in paths}
    values, covered = read(files, participants)
    location = f"data/raw/{source.source}/{folder.name}"
    twice = values.duplicated(["measure", "iso3", "year"])
    if twice.any():
        cells = values.loc[twice].iloc[0, :3]
        key = " ".join(map(str, cells))
        raise AdoptionError(f"{location}: {key} is duplicated")
    day = store.sidecar(paths[0]).accessed
    is_first = folder == store.folders(source.source)[0]
    return Published(source.source, source.reader, day, location, values, covered, is_first)


def _read_gci(files: Files, participants: Participants) -> tuple[pd.DataFrame, frozenset[str]]:
    frames = []
    for file, (content, name) in files.items():
        frame = read_gci(content, name)
        component = frame["component"].iloc[0]
        if file != f"{component}.csv":
            raise AdoptionError(f"{name}: holds the values of {component}.csv")
        frame = frame[frame["edition"] >= FIRST_EDITION]
        if frame.empty:
            raise AdoptionError(f"{name}: holds no edition of {FIRST_EDITION} or later")
        iso3 = participants.resolve_areas(frame, name)
        frame = frame.assign(iso3=iso3, value=frame["value"].round(2), **{AT: name})
        frames.append(frame[iso3 != ""])
    values = pd.concat(frames, ignore_index=True)
    values = values.assign(measure=measure_of(values), year=0).drop(columns="participant")
    return values, frozenset()


def measure_of(values: pd.DataFrame) -> pd.Series[str]:
    """Return the measure of each index value, such as `GCI legal 2024`."""
    edition = values["edition"].astype("str")
    return values["index"] + " " + values["component"] + " " + edition


def _read_indicators(
    files: Files, participants: Participants
) -> tuple[pd.DataFrame, frozenset[str]]:
    countries = read_countries(*files[COUNTRIES])
    income = _income(countries, participants, files[COUNTRIES][1])
    frames = [income.dropna(subset="value")]
    for column, measure in MEASURES.items():
        content, name = files[f"{measure.indicator}.json"]
        frame = only_countries(read_indicator(content, name, measure.indicator), countries, name)
        frame["iso3"] = participants.resolve_areas(frame, name)
        frame["value"] = frame["value"].round(measure.decimals)
        frames.append(frame[frame["iso3"] != ""].assign(measure=column))
    values = pd.concat(frames, ignore_index=True)[["measure", "iso3", "year", "value"]]
    return values, frozenset(income["iso3"])


def _income(countries: pd.DataFrame, participants: Participants, name: str) -> pd.DataFrame:
    """Return the rank of each state's income group, or a missing value without a group."""
    states = countries[~countries["aggregate"]]
    for code, group in states[["iso3", "income"]].itertuples(index=False):
        if group not in (*INCOME_GROUPS, NOT_CLASSIFIED):
            near = did_you_mean(group, INCOME_GROUPS, 1)
            raise AdoptionError(f"{name}: {code}: unknown income group {group!r}; {near}")
    value = states["income"].map(INCOME_RANKS).astype("float64")
    groups = states.assign(
        measure=INCOME, iso3=participants.resolve_areas(states, name), year=0, value=value
    )
    return groups.loc[groups["iso3"] != "", ["measure", "iso3", "year", "value"]]


# Files that each reader of values expects, and the reader.
GCI_FILES = [f"{component}.csv" for component in (OVERALL, *PARTS[GCI])]
INDICATOR_FILES = [COUNTRIES, *(f"{measure.indicator}.json" for measure in MEASURES.values())]
READERS: dict[Reader, tuple[Sequence[str], Read]] = {
    "gci": (GCI_FILES, _read_gci),
    "indicators": (INDICATOR_FILES, _read_indicators),
}


def overlay_fetched(compiled: Tables, fetched: Fetched) -> dict[str, pd.DataFrame]:
    """Return the compiled tables, updated with the newest snapshot of each source."""
    tables = dict(compiled)
    for newest in (snapshots[-1] for snapshots in fetched):
        if newest.reader == "indicators":
            tables["states"] = _indicators_over(tables["states"], newest)
        else:
            tables["capacity"] = _index_over(tables["capacity"], newest)
    return tables


def _index_over(capacity: pd.DataFrame, published: Published) -> pd.DataFrame:
    rows = published.table.astype({"edition": "Int64"})
    parts = pd.MultiIndex.from_frame(rows[PART_OF_AN_INDEX].drop_duplicates())
    replaced = pd.MultiIndex.from_frame(capacity[PART_OF_AN_INDEX]).isin(parts)
    key = [*PART_OF_AN_INDEX, "iso3", "value"]
    before = capacity.loc[replaced, [*key, "tier", "grade", "note"]]
    rows = rows.merge(before, on=key, how="left", indicator=True)
    new = rows["_merge"] == "left_only"
    is_overall = new & (rows["component"] == OVERALL)
    rows["tier"] = rows["tier"].mask(is_overall, rows["value"].map(tier_of))
    rows["note"] = rows["note"].mask(is_overall, TIER_NOTE)
    # The grade is high if a state's pillars add up to its overall value.
    wide = by_parts(rows, GCI)
    agrees = (wide["by_parts"] - wide["overall"]).abs() <= WHOLES[GCI][1]
    state = pd.MultiIndex.from_frame(rows[["edition", "iso3"]])
    grades = agrees.map({True: "high", False: "medium"}).reindex(state)
    rows["grade"] = rows["grade"].mask(new, grades.set_axis(rows.index))
    rows = rows.assign(source=published.source)[list(capacity.columns)]
    return pd.concat([capacity[~replaced], rows], ignore_index=True)


def tier_of(value: float) -> str:
    """Return the tier of an overall GCI value by the thresholds of 2024.

    Examples
    --------
    >>> tier_of(95), tier_of(94.99), tier_of(0)
    ('T1', 'T2', 'T5')
    """
    return next(tier for tier, least in TIERS.items() if value >= least)


def newest_years(values: pd.DataFrame) -> pd.DataFrame:
    """Return the newest value of each measure and state."""
    ordered = values.sort_values(["measure", "iso3", "year"])
    return ordered.drop_duplicates(["measure", "iso3"], keep="last", ignore_index=True)


def _indicators_over(states: pd.DataFrame, published: Published) -> pd.DataFrame:
    states = states.copy()
    codes = states["iso3"]
    newest = newest_years(published.table)
    touched = codes.isin(published.covered)
    for column, measure in MEASURES.items():
        values = newest[newest["measure"] == column].set_index("iso3")
        year = codes.map(values["year"]).astype("Int64")
        is_older = ~(year < states[measure.year]).fillna(False)
        new = (year.notna() & is_older).astype(bool)
        value = codes.map(values["value"]).astype(states[column].dtype)
        states[column] = states[column].mask(new, value)
        states[measure.year] = states[measure.year].mask(new, year)
        touched |= new
        if column == "gdp_per_capita":
            basis = states["gdp_per_capita_basis"]
            states["gdp_per_capita_basis"] = basis.mask(new, GDP_BASIS)
    places = newest[newest["measure"] == INCOME].set_index("iso3")["value"]
    groups = codes.map(places).map(dict(enumerate(INCOME_GROUPS))).fillna("")
    states[INCOME] = states[INCOME].mask(codes.isin(published.covered), groups)
    source = states["source"]
    states["source"] = source.mask(touched, source + ";" + published.source)
    return states
