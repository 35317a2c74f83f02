"""States and their compiled data: covariates, memberships, indices, votes and regimes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from adoption.countries.capacity import OVERALL, PARTS
from adoption.tables.csvfile import (
    AT,
    RawTable,
    allowed_words,
    integers,
    numbers,
    parse_columns,
    read_csv,
    unique,
)
from adoption.tables.dictionary import table_description
from adoption.tables.names import Participants, fold

if TYPE_CHECKING:
    from adoption.ingest.snapshots import SnapshotStore

COVARIATE_COLUMNS = (
    "iso3",
    "country",
    "un_member",
    "un_member_since",
    "m49_region",
    "m49_subregion",
    "un_regional_group",
    "income_group",
    "population",
    "population_year",
    "gdp_per_capita",
    "gdp_year",
    "internet_users_pct",
    "internet_year",
    "source",
    "gdp_per_capita_ppp",
    "gdp_ppp_year",
    "gdp_per_capita_basis",
)
POINT_COLUMNS = (
    "iso3",
    "m49",
    "label_lon",
    "label_lat",
    "area_km2",
    "small",
    "marker_lon",
    "marker_lat",
)
GCI_COMPONENTS = {"score": OVERALL, "rank": "rank"} | {part: part for part in PARTS["GCI"]}
YEAR_OR_DAY = r"(19|20)\d{2}(-\d{2}-\d{2})?"
MEMBER_COLUMNS = ["iso3", "organisation", "since", "source", "note"]
EGDI_COMPONENTS = {
    "egdi": OVERALL,
    "osi": "online_services",
    "tii": "telecommunication",
    "hci": "human_capital",
}
TIER_NAMES = ("", "T1", "T2", "T3", "T4", "T5")
# The European Union is a participant without covariates, and the depositary's list names it.
SOURCE_WITHOUT_COVARIATES = "untc-xml"


def read_states(store: SnapshotStore, participants: Participants, labels: Path) -> pd.DataFrame:
    """Return the reviewed countries with their covariates and map points."""
    raw = store.read("covariates", "covariates.csv", COVARIATE_COLUMNS)
    countries = parse_columns(participants.countries, table_description("states").columns)
    unique(raw, "iso3")
    known_codes(raw, participants)
    covariates = parse_columns(raw, table_description("states").columns)
    kept = ["iso3", *covariates.columns.difference(countries.columns, sort=False)]
    mapped = read_csv(labels, f"data/reference/geometry/{labels.name}", POINT_COLUMNS)
    unique(mapped, "iso3")
    known_codes(mapped, participants)
    points = parse_columns(mapped, table_description("states").columns).drop(
        columns=["m49", "area_km2", AT]
    )
    states = countries.merge(covariates[kept], on="iso3", how="left", validate="1:1")
    states = states.merge(points, on="iso3", how="left", validate="1:1")
    return states.assign(
        un_member=states["kind"] == "member",
        small=states["small"] == "1",
        source=states["source"].fillna(SOURCE_WITHOUT_COVARIATES),
    )


def first_acts(
    states: pd.DataFrame, acts: pd.DataFrame, base_acts: pd.DataFrame
) -> pd.Series[pd.Timestamp]:
    """Return the day by which each participant had acted on any treaty.

    The day is missing if the participant's first day as a state is known.
    """
    base_days = base_acts.rename(columns={"date": "latest"})
    done = pd.concat([acts[["iso3", "latest"]], base_days])
    first = done.groupby("iso3")["latest"].min()
    return states["iso3"].map(first).where(states["state_since"].isna())


def known_codes(
    raw: RawTable, participants: Participants, not_states: bool = False
) -> pd.Series[str]:
    """Return the column iso3 after checking each code, and each name against its code."""
    allowed = [*participants.names, *(sorted(participants.others) if not_states else [])]
    codes = allowed_words(raw, "iso3", allowed)
    if "country" in raw.frame.columns:
        written = RawTable(raw.name, raw.frame[raw.frame["country"] != ""])
        named = participants.resolve(written, "country")
        written.refuse("country", named != codes[named.index], "is not the state of this code")
    return codes


def read_codes(path: Path) -> pd.DataFrame:
    """Return the codes of states in other systems, each with its period of validity."""
    entry = table_description("codes")
    return parse_columns(read_csv(path, f"data/reference/{path.name}", entry.names), entry.columns)


def read_memberships(store: SnapshotStore) -> pd.DataFrame:
    """Return the memberships of states in organisations."""
    raw = store.read("memberships", "memberships.csv", [*MEMBER_COLUMNS, "until"])
    check_since(raw)
    return parse_columns(raw, table_description("memberships").columns)


def check_since(members: RawTable) -> None:
    """Note an error unless each membership begins in a year, on a day, or on no stated day."""
    since = members.frame["since"]
    days = since.where(since.str.len() != len("1981"), since + "-01-01")
    no_day = pd.to_datetime(days, format="%Y-%m-%d", errors="coerce").isna()
    wrong = (since != "") & (no_day | ~since.str.fullmatch(YEAR_OR_DAY))
    members.refuse("since", wrong, "is not a year or a day (as 1981 or 1981-05-25)")


def read_names(store: SnapshotStore, participants: Participants) -> dict[str, pd.DataFrame]:
    """Return states' names and aliases and conventions' titles in other languages.

    No alias may belong to two states, whatever its letter case and accents.
    """
    if not store.folders("names"):
        return {name: pd.DataFrame() for name in ("names", "aliases", "treaty_titles")}
    frames = {
        name: store.read("names", f"{name.replace('_', '-')}.csv", table_description(name).names)
        for name in ("names", "aliases", "treaty_titles")
    }
    names, aliases, titles = frames.values()
    codes = {fold(name): iso3 for name, iso3 in participants.codes.items() if iso3}
    codes |= {fold(iso3): iso3 for iso3 in participants.names}
    for raw, column in ((names, "name"), (aliases, "alias")):
        for row, iso3, text in raw.frame[["iso3", column]].itertuples():
            if codes.setdefault(fold(text), iso3) != iso3:
                raise raw.error(row, column, f"{text!r} stands for {codes[fold(text)]}, too")
    return {"names": names.frame, "aliases": aliases.frame, "treaty_titles": titles.frame}


def read_votes(store: SnapshotStore) -> pd.DataFrame:
    """Return the roll-call votes; a state without a recorded vote is marked as inferred absent."""
    raw = store.read("unga-votes", "votes.csv", ("iso3", "resolution", "date", "vote", "source"))
    derived = raw.frame["source"].str.contains("derived", regex=False)
    votes = parse_columns(raw, table_description("votes").columns)
    return votes.assign(
        grade=derived.map({True: "inferred", False: "confirmed"}),
        source=raw.frame["source"].str.split(" ").str[0],
    )


def read_regimes(store: SnapshotStore, participants: Participants) -> pd.DataFrame:
    """Return the political regimes of states; other territories are left out."""
    columns = (
        "iso3",
        "country",
        "index",
        "edition",
        "year_covered",
        "score",
        "status",
        "source",
        "confidence",
    )
    raw = store.read("vdem-regimes", "regimes.csv", columns)
    known_codes(raw, participants, not_states=True)
    frame = parse_columns(raw, table_description("regimes").columns).rename(
        columns={"confidence": "grade"}
    )
    return frame[frame["iso3"].isin(participants.names.keys())]


def read_capacity(store: SnapshotStore, participants: Participants) -> pd.DataFrame:
    """Return the values of the GCI and the EGDI."""
    gci = store.read(
        "itu-gci",
        "gci.csv",
        ("iso3", "country", "edition", "tier", "source", "confidence", "note", *GCI_COMPONENTS),
    )
    egdi = store.read(
        "un-egdi", "egdi.csv", ("iso3", "country", "year", "source", *EGDI_COMPONENTS)
    )
    known_codes(gci, participants)
    known_codes(egdi, participants)
    allowed_words(gci, "tier", TIER_NAMES)
    gci_rows = long_form(gci, "edition", GCI_COMPONENTS).rename(columns={"confidence": "grade"})
    egdi_rows = long_form(egdi, "year", EGDI_COMPONENTS)
    rows = [gci_rows.assign(index="GCI"), egdi_rows.assign(index="EGDI")]
    frame = pd.concat(rows, ignore_index=True)
    for column in ("tier", "note"):
        frame[column] = frame[column].where(frame["component"] == "overall")
    return frame


def long_form(raw: RawTable, edition: str, components: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per known value; an empty cell gives no row rather than a zero."""
    wide = raw.frame.assign(**{column: numbers(raw, column) for column in components})
    wide = wide.rename(columns=dict(components))
    wide["edition"] = integers(raw, edition)
    about = ("iso3", "edition", "tier", "source", "confidence", "note", AT)
    kept = [name for name in about if name in wide]
    return wide.melt(kept, list(components.values()), "component").dropna(subset=["value"])
