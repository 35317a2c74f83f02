"""Shared by the tests of fetched values: made-up sources, their snapshots and who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from adoption.countries.capacity import OVERALL, PARTS
from adoption.ingest.fetched import Published, read_fetched
from adoption.ingest.readers.data360 import COMPONENTS
from adoption.ingest.readers.publishers import Registry, Source
from adoption.ingest.snapshots import SnapshotStore
from adoption.tables.names import Participants
from tests.build import listing
from tests.conftest import raw_table
from tests.sources import figures

FIRST, SECOND = "2027-01-05T060000Z", "2027-02-05T060000Z"
GCI_FILES = [f"{component}.csv" for component in (OVERALL, *PARTS["GCI"])]
INDICATORS = ("SP.POP.TOTL", "NY.GDP.PCAP.CD", "NY.GDP.PCAP.PP.CD", "IT.NET.USER.ZS")
NAMES = {"QAT": "Qatar", "OMN": "Oman", "SRB": "Serbia"}
ISO2 = {"QAT": "QA", "OMN": "OM", "SRB": "RS", "HKG": "HK", "WLD": "1W"}
PILLARS = tuple(PARTS["GCI"])


def source(name: str, reader: str, files: Sequence[str]) -> Source:
    return Source.model_validate(
        {
            "source": name,
            "publisher": "us",
            "reader": reader,
            "title": "A table",
            "files": {file: f"/{file}" for file in files},
        }
    )


GCI_SOURCE = source("data360-gci", "gci", GCI_FILES)
INDICATOR_SOURCE = source(
    "worldbank-indicators", "indicators", ["countries.json", *(f"{i}.json" for i in INDICATORS)]
)


def participants() -> Participants:
    """Return three members, a territory and a nickname."""
    countries = raw_table(
        "iso3,name,un_member_since", "QAT,Qatar,1971", "OMN,Oman,1971", "SRB,Serbia,2000"
    )
    codes = {name: iso3 for iso3, name in NAMES.items()}
    codes |= {"Sultanate of Oman": "OMN", "Hong Kong": "HKG", "United Nations": ""}
    areas = {iso3: iso3 for iso3 in NAMES} | {"HKG": "", "YUG": "SRB"}
    return Participants(codes, NAMES, frozenset({"HKG"}), countries, areas)


def put_snapshot(raw: Path, one: str, stamp: str, files: Mapping[str, bytes]) -> None:
    """Write a snapshot of a source with its sidecars."""
    for file, content in files.items():
        listing.put_snapshot(raw / one, stamp, file, content)


def read(raw: Path, one: Source, *snapshots: Mapping[str, bytes]) -> list[list[Published]]:
    """Write some snapshots of a source, a month after the other, and read them."""
    for stamp, files in zip((FIRST, SECOND), snapshots, strict=False):
        put_snapshot(raw, one.source, stamp, files)
    registry = Registry(publishers={}, sources={one.source: one})
    return read_fetched(registry, SnapshotStore(raw), participants())


def gci_files(rows: Sequence[tuple[str, int, Sequence[float]]]) -> dict[str, bytes]:
    """Return the six files: of each row ISO3, edition, and the overall value and five pillars."""
    indicators = {component: code for code, (component, _) in COMPONENTS.items()}
    return {
        f"{component}.csv": figures.gci(
            indicators[component],
            [(iso3, NAMES.get(iso3, iso3), year, repr(float(v[place]))) for iso3, year, v in rows],
        )
        for place, component in enumerate((OVERALL, *PILLARS))
    }


def indicator_files(
    values: Mapping[str, Sequence[tuple[str, int, float | None]]],
    incomes: Mapping[str, str],
    names: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Return the five files: values as ISO3, year and value by indicator; groups by ISO3.

    The world is always an aggregate in them.
    """
    named = {"HKG": "Hong Kong SAR, China", **NAMES, **(names or {}), "WLD": "World"}
    # The rows of the aggregate have no ISO3, as some of the World Bank's.
    rows = {
        i: [
            ("" if iso3 == "WLD" else iso3, ISO2.get(iso3, f"x{iso3}"), named[iso3], year, value)
            for iso3, year, value in (*values.get(i, ()), ("WLD", 2024, 50.0))
        ]
        for i in INDICATORS
    }
    areas = [
        (iso3, ISO2.get(iso3, f"x{iso3}"), named[iso3], "A region", g)
        for iso3, g in incomes.items()
    ]
    world = ("WLD", "1W", "World", "Aggregates", "Aggregates")
    return {"countries.json": figures.countries([*areas, world])} | {
        f"{i}.json": figures.indicator(i, rows[i]) for i in INDICATORS
    }


def capacity_of(*rows: tuple[str, str, int, str, float, str | None, str | None]) -> pd.DataFrame:
    """Return rows of iso3, index, edition, component, value, tier and grade as compiled."""
    columns = ["iso3", "index", "edition", "component", "value", "tier", "grade"]
    frame = pd.DataFrame(rows, columns=columns).astype({"edition": "Int64"})
    note = frame["component"].map({OVERALL: "as compiled"})
    return frame.assign(source="us", note=note, at="data/raw/x.csv: row 2")
