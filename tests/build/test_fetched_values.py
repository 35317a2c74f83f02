"""Fetched values through the whole build of the real data: guards that speak, and that do not."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from adoption.countries.capacity import PARTS
from adoption.ingest import run
from tests.build import fetched
from tests.conftest import DataTree

GCI, BANK = "data360-gci", "worldbank-indicators"


def texts(column: pd.Series[str]) -> dict[str, str]:
    return {str(key): str(value) for key, value in column.items()}


@dataclass(frozen=True)
class Played:
    """The publishers, who give what the tables of the real data have.

    Attributes
    ----------
    built : dict of str to DataFrame
        The tables.
    """

    built: dict[str, pd.DataFrame]

    def states(self) -> pd.DataFrame:
        return self.built["states"].set_index("iso3")

    def gci(self) -> dict[str, bytes]:
        """Return the six files with the edition of 2024."""
        frame = self.built["capacity"].query("index == 'GCI' and edition == 2024")
        wide = frame.pivot_table(index="iso3", columns="component", values="value")
        wide = wide[["overall", *PARTS["GCI"]]]
        return fetched.gci_files([(iso3, 2024, list(row)) for iso3, *row in wide.itertuples()])

    def bank(self) -> dict[str, bytes]:
        """Return the World Bank's five files."""
        states = self.states().drop(index=["EUE", "VAT", "COK", "NIU"])
        pairs = [
            ("population", "population_year"), ("gdp_per_capita", "gdp_year"),
            ("gdp_per_capita_ppp", "gdp_ppp_year"), ("internet_users_pct", "internet_year"),
        ]  # fmt: skip
        values = {
            indicator: [
                (str(iso3), int(year), float(value))
                for iso3, year, value in states[[year_of, column]].dropna().itertuples()
            ]
            for indicator, (column, year_of) in zip(fetched.INDICATORS, pairs, strict=True)
        }
        groups = texts(states["income_group"].fillna("Not classified"))
        names = texts(states["name"]) | {"HKG": "Hong Kong SAR, China", "ABW": "Aruba"}
        areas = groups | {"HKG": "High income", "ABW": "High income"}
        return fetched.indicator_files(values, areas, names)


@pytest.fixture(scope="module")
def played(built: dict[str, pd.DataFrame]) -> Played:
    return Played(built)


def put(tree: DataTree, source: str, *snapshots: dict[str, bytes]) -> None:
    for stamp, files in zip((fetched.FIRST, fetched.SECOND), snapshots, strict=False):
        fetched.put_snapshot(tree.raw, source, stamp, files)


def test_what_publishers_confirm_changes_sources_only(
    tree: DataTree, played: Played, built: dict[str, pd.DataFrame]
) -> None:
    for source, files in ((GCI, played.gci()), (BANK, played.bank())):
        put(tree, source, files)
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
