"""Fetched values through the whole build of the real data, by guards that have nothing to say."""

from __future__ import annotations

import pandas as pd

from adoption.countries.capacity import PARTS
from adoption.ingest import run
from tests.build import fetched
from tests.conftest import DataTree

GCI, BANK = "data360-gci", "worldbank-indicators"
COLUMNS = {
    "population": "population_year",
    "gdp_per_capita": "gdp_year",
    "gdp_per_capita_ppp": "gdp_ppp_year",
    "internet_users_pct": "internet_year",
}


def gci_files(capacity: pd.DataFrame) -> dict[str, bytes]:
    """Return the six files with the edition of 2024, as the tables of the real data have it."""
    frame = capacity.query("index == 'GCI' and edition == 2024")
    wide = frame.pivot_table(index="iso3", columns="component", values="value")
    wide = wide[["overall", *PARTS["GCI"]]]
    return fetched.gci_files([(iso3, 2024, list(row)) for iso3, *row in wide.itertuples()])


def bank_files(states: pd.DataFrame) -> dict[str, bytes]:
    """Return the World Bank's five files, with what the tables of the real data have."""
    states = states.set_index("iso3").drop(index=["EUE", "VAT", "COK", "NIU"])
    values = {
        indicator: [
            (str(iso3), int(year), float(value))
            for iso3, year, value in states[[year_of, column]].dropna().itertuples()
        ]
        for indicator, (column, year_of) in zip(fetched.INDICATORS, COLUMNS.items(), strict=True)
    }
    names = dict(states["name"]) | {"HKG": "Hong Kong SAR, China", "ABW": "Aruba"}
    groups = dict(states["income_group"].fillna("Not classified"))
    areas = groups | {"HKG": "High income", "ABW": "High income"}
    return fetched.indicator_files(values, areas, names)


def test_what_publishers_confirm_changes_sources_only(
    tree: DataTree, built: dict[str, pd.DataFrame]
) -> None:
    for source, files in (
        (GCI, gci_files(built["capacity"])),
        (BANK, bank_files(built["states"])),
    ):
        fetched.put_snapshot(tree.raw, source, fetched.FIRST, files)
    made = run.build_tables(tree.raw, tree.reference)
    mostly = {"capacity": ["source"], "states": ["source", "gdp_per_capita_basis", "income_group"]}
    for name, columns in mostly.items():
        pd.testing.assert_frame_equal(
            made[name].drop(columns=columns), built[name].drop(columns=columns)
        )
    used = made["sources"].set_index("source")["rows"]
    assert used[[GCI, BANK]].to_dict() == {GCI: 6 * 194, BANK: 194}
    qatar = made["states"].set_index("iso3").loc["QAT"]
    assert qatar["source"].endswith(";internacia;worldbank-indicators")
    assert qatar["gdp_per_capita_basis"] == "published: WDI NY.GDP.PCAP.CD"
    groups = [frame["income_group"].dropna() for frame in (built["states"], made["states"])]
    assert groups[1].equals(groups[0][groups[0] != "Not classified"])
