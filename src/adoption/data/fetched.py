"""Values of states as publishers give them, read from snapshots and put over the compiled ones.

Of the Global Cybersecurity Index, the series that the World Bank's Data360 distributes is the
one that the compiled values of 2024 were taken from, so it replaces them, rounded to the same
two decimals, and adds later editions. It holds 2020 too, but there the compiled values are the
printed ones, reviewed by hand; print and series differ a little in many states and must not be
mixed, so for 2020 and before the compiled values stay. A survey's file of the E-Government
Development Index replaces the values of its edition. Of the World Bank's indicators each state
has the value of the newest year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from adoption.countries.capacity import OVERALL, PARTS, TIERS
from adoption.data.checks import WHOLES
from adoption.data.csvfile import AT, RawTable
from adoption.data.names import AreaCodes, Participants, read_area_codes
from adoption.data.readers.data360 import read_gci
from adoption.data.readers.egovkb import read_egdi
from adoption.data.readers.publishers import Reader, Registry, Source
from adoption.data.readers.worldbank import only_countries, read_countries, read_indicator
from adoption.data.snapshots import SnapshotStore
from adoption.errors import AdoptionError, did_you_mean
from adoption.reading import note

GCI, EGDI = "GCI", "EGDI"
FIRST_EDITION = 2024  # of the GCI: before it, print and series must not be mixed
PART_OF_AN_INDEX = ["index", "edition", "component"]
TIER_NOTE = "Tier derived from the thresholds 95/85/55/20 of the 2024 edition."
COUNTRIES = "countries.json"
INCOME = "income_group"
INCOME_GROUPS = ("Low income", "Lower middle income", "Upper middle income", "High income")
NOT_CLASSIFIED = "Not classified"
GDP_BASIS = "published: WDI NY.GDP.PCAP.CD"


class Measure(NamedTuple):
    """A column of the table `states` that an indicator fills: its code, the column of its year.

    Values are rounded: persons are whole, further decimals are those of a division.
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
    """What one snapshot of a source says of states.

    Attributes
    ----------
    source : str
        Its name, such as data360-gci.
    reader : Reader
        What has read it.
    day : date
        On which it was fetched.
    place : str
        The snapshot's folder, as a person finds it.
    table : DataFrame
        One row a value that is there: measure (`GCI legal`, `population`), iso3, year (int64; of
        an index the edition), value; of indices also index and component.
    covered : frozenset of str
        Of the World Bank, the states of which it says anything.
    """

    source: str
    reader: Reader
    day: date
    place: str
    table: pd.DataFrame
    covered: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Snapshot:
    """A snapshot that is being read: its source, its folder, and who is who."""

    source: Source
    folder: Path
    store: SnapshotStore
    participants: Participants
    codes: AreaCodes

    @property
    def place(self) -> str:
        """The folder as a person finds it."""
        return f"data/raw/{self.source.source}/{self.folder.name}"

    def files(self) -> Iterator[tuple[str, bytes, str]]:
        """Yield each file: its name in the registry, its content, its whole name."""
        for file in self.source.files:
            note(self.folder / file)
            self.store.verify(self.folder / file)
            yield file, (self.folder / file).read_bytes(), self.store.name(self.folder / file)

    def expect(self, *files: str) -> None:
        """Check that the source has the files that its reader reads."""
        if set(self.source.files) != set(files):
            raise AdoptionError(
                f"publishers.toml: [source.{self.source.source}] files: the reader "
                f"{self.source.reader} reads {', '.join(sorted(files))}"
            )

    def published(self, values: pd.DataFrame, covered: frozenset[str] = frozenset()) -> Published:
        """Return what was read."""
        first = next(iter(self.source.files))
        return Published(
            self.source.source, self.source.reader,
            self.store.sidecar(self.folder / first).accessed, self.place,
            values, covered,
        )  # fmt: skip


def read_fetched(
    registry: Registry, store: SnapshotStore, participants: Participants, reference: Path
) -> list[list[Published]]:
    """Read every snapshot of every source of values, of each source the oldest first."""
    codes = read_area_codes(reference, participants)
    found = [
        [
            READ[source.reader](_Snapshot(source, folder, store, participants, codes))
            for folder in store.folders(source.source)
        ]
        for source in registry.sources.values()
        if source.reader in READ
    ]
    return [snapshots for snapshots in found if snapshots]


def _read_gci(snapshot: _Snapshot) -> Published:
    snapshot.expect(*(f"{component}.csv" for component in (OVERALL, *PARTS[GCI])))
    frames = []
    for file, content, name in snapshot.files():
        frame = read_gci(content, name)
        component = frame["component"].iloc[0]
        if file != f"{component}.csv":
            raise AdoptionError(f"{name}: holds the values of {component}.csv")
        frame = frame[frame["edition"] >= FIRST_EDITION]
        if frame.empty:
            raise AdoptionError(f"{name}: holds no edition of {FIRST_EDITION} or later")
        codes = snapshot.codes.resolve(frame, name)
        frame = frame.assign(iso3=codes, value=frame["value"].round(2), **{AT: name})
        frames.append(frame[codes != ""])
    return snapshot.published(_index_values(pd.concat(frames, ignore_index=True)))


def _read_egdi(snapshot: _Snapshot) -> Published:
    ((_, content, name),) = snapshot.files()
    frame = read_egdi(content, name)
    edition, due = frame["edition"].iloc[0], snapshot.source.edition
    if edition != due:
        raise AdoptionError(f"{name}: the survey of {edition}, where that of {due} is due")
    frame.index += 2  # as a person counts, below the headings
    table = RawTable(name, frame)
    frame = frame.assign(iso3=snapshot.participants.resolve(table), **{AT: name})
    known = frame["iso3"].isin(snapshot.participants.names.keys())
    table.refuse("participant", ~known, "is no state")
    return snapshot.published(_index_values(frame))


def _index_values(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.rename(columns={"edition": "year"})
    frame["measure"] = frame["index"] + " " + frame["component"]
    return frame[["measure", "iso3", "year", "value", "index", "component", AT]]


def _read_indicators(snapshot: _Snapshot) -> Published:
    snapshot.expect(COUNTRIES, *(f"{measure.indicator}.json" for measure in MEASURES.values()))
    files = {file: (content, name) for file, content, name in snapshot.files()}
    countries = read_countries(*files[COUNTRIES])
    income = _income(countries, snapshot.codes, files[COUNTRIES][1])
    frames = [income.dropna(subset="value")]
    for column, measure in MEASURES.items():
        content, name = files[f"{measure.indicator}.json"]
        frame = only_countries(read_indicator(content, name, measure.indicator), countries, name)
        frame["iso3"] = snapshot.codes.resolve(frame, name)
        frame["value"] = frame["value"].round(measure.decimals)
        frames.append(frame[frame["iso3"] != ""].assign(measure=column))
    values = pd.concat(frames, ignore_index=True)[["measure", "iso3", "year", "value"]]
    twice = values.duplicated(["measure", "iso3", "year"])
    if twice.any():
        first = " ".join(str(cell) for cell in values.loc[twice].iloc[0, :3])
        raise AdoptionError(f"{snapshot.place}: {first} stands twice")
    return snapshot.published(values, frozenset(income["iso3"]))


def _income(countries: pd.DataFrame, codes: AreaCodes, name: str) -> pd.DataFrame:
    """Return the place of each state's income group among all; missing where it has none."""
    own = countries[~countries["aggregate"]]
    for code, group in own[["iso3", "income"]].itertuples(index=False):
        if group not in (*INCOME_GROUPS, NOT_CLASSIFIED):
            near = did_you_mean(group, INCOME_GROUPS, 1)
            raise AdoptionError(f"{name}: {code}: unknown income group {group!r}; {near}")
    places = {group: float(place) for place, group in enumerate(INCOME_GROUPS)}
    found = pd.DataFrame(
        {
            "measure": INCOME,
            "iso3": codes.resolve(own, name),
            "year": 0,
            "value": own["income"].map(places).astype("float64"),
        }
    )
    return found[found["iso3"] != ""]


READ: dict[Reader, Callable[[_Snapshot], Published]] = {
    "gci": _read_gci,
    "egdi": _read_egdi,
    "indicators": _read_indicators,
}


def put_over(
    compiled: Mapping[str, pd.DataFrame], fetched: Sequence[Sequence[Published]]
) -> dict[str, pd.DataFrame]:
    """Put the newest snapshot of each source over the compiled tables."""
    tables = dict(compiled)
    for one in (snapshots[-1] for snapshots in fetched):
        if one.reader == "indicators":
            tables["states"] = _indicators_over(tables["states"], one)
        else:
            tables["capacity"] = _index_over(tables["capacity"], one)
    return tables


def _index_over(capacity: pd.DataFrame, one: Published) -> pd.DataFrame:
    rows = one.table.rename(columns={"year": "edition"}).astype({"edition": "Int64"})
    parts = pd.MultiIndex.from_frame(rows[PART_OF_AN_INDEX].drop_duplicates())
    replaced = pd.MultiIndex.from_frame(capacity[PART_OF_AN_INDEX]).isin(parts)
    key = [*PART_OF_AN_INDEX, "iso3", "value"]
    before = capacity.loc[replaced, [*key, "tier", "grade", "note"]]
    rows = rows.merge(before, on=key, how="left", indicator=True)
    new = (rows["_merge"] == "left_only") & (rows["index"] == GCI)
    whole = new & (rows["component"] == OVERALL)
    rows["tier"] = rows["tier"].mask(whole, rows["value"].map(tier_of))
    rows["note"] = rows["note"].mask(whole, TIER_NOTE)
    rows["grade"] = rows["grade"].mask(new, _grades(rows))
    rows = rows.assign(source=one.source)[list(capacity.columns)]
    return pd.concat([capacity[~replaced], rows], ignore_index=True)


def tier_of(value: float) -> str:
    """Return the tier of an overall value of the GCI, by the thresholds of 2024.

    Examples
    --------
    >>> tier_of(95), tier_of(94.99), tier_of(0)
    ('T1', 'T2', 'T5')
    """
    return next(tier for tier, least in TIERS.items() if value >= least)


def _grades(rows: pd.DataFrame) -> pd.Series[str]:
    """Return `high` where a state's pillars add up to its overall value, else `medium`."""
    wide = rows.pivot_table(index=["edition", "iso3"], columns="component", values="value")
    wide = wide.reindex(columns=[OVERALL, *PARTS[GCI]])
    total = wide[list(PARTS[GCI])].sum(axis=1, skipna=False)
    agrees = (total - wide[OVERALL]).abs() <= WHOLES[GCI][1]
    state = pd.MultiIndex.from_frame(rows[["edition", "iso3"]])
    grades = agrees.map({True: "high", False: "medium"}).reindex(state)
    return grades.set_axis(rows.index)


def newest_years(values: pd.DataFrame) -> pd.DataFrame:
    """Return of each measure and state the value of the newest year that has one."""
    ordered = values.sort_values(["measure", "iso3", "year"])
    return ordered.drop_duplicates(["measure", "iso3"], keep="last", ignore_index=True)


def _indicators_over(states: pd.DataFrame, one: Published) -> pd.DataFrame:
    states = states.copy()
    codes = states["iso3"]
    newest = newest_years(one.table)
    touched = codes.isin(one.covered)
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
    places = newest[newest["measure"] == INCOME].set_index("iso3")["value"]
    groups = codes.map(places).map(dict(enumerate(INCOME_GROUPS))).fillna("")
    states[INCOME] = states[INCOME].mask(codes.isin(one.covered), groups)
    source = states["source"]
    states["source"] = source.mask(touched, source + ";" + one.source)
    return states
