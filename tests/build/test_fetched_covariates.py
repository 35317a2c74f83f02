"""The World Bank's values over the compiled ones: the newest year, and never an older one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from adoption.data.fetched_covariates import (
    GDP_BASIS,
    PublishedCovariates,
    fetched_covariates,
    newest_years,
    with_covariates,
)
from adoption.errors import AdoptionError
from tests.build import fetched
from tests.build.fetched import INDICATOR_SOURCE as SOURCE

VALUES: dict[str, list[tuple[str, int, float | None]]] = {
    "SP.POP.TOTL": [("QAT", 2024, 2857822), ("QAT", 2025, 2900000.4), ("OMN", 2025, 5000000)],
    "NY.GDP.PCAP.CD": [("QAT", 2024, 71583.128), ("QAT", 2025, None), ("OMN", 2022, 20000)],
    "NY.GDP.PCAP.PP.CD": [("OMN", 2023, 41664.5), ("HKG", 2025, 70000)],
    "IT.NET.USER.ZS": [("QAT", 2024, 99.654), ("QAT", 2023, 98)],
}
INCOMES = {"QAT": "High income", "OMN": "Not classified", "HKG": "High income"}


def states() -> pd.DataFrame:
    """Return compiled states: Qatar with an income group, Oman with newer years, Serbia bare."""
    frame = pd.DataFrame(
        {
            "iso3": ["QAT", "OMN", "SRB"],
            "income_group": ["Upper middle income", "High income", ""],
            "population": [2800000, 5100000, None],
            "population_year": [2024, 2026, None],
            "gdp_per_capita": [80000.0, 21000.0, None],
            "gdp_year": [2022, 2023, None],
            "gdp_per_capita_basis": ["computed", "computed", ""],
            "gdp_per_capita_ppp": [None, None, None],
            "gdp_ppp_year": [None, None, None],
            "internet_users_pct": [99.7, 97.0, None],
            "internet_year": [2024, 2024, None],
            "source": ["old", "old", "old"],
        }
    )
    whole = ("population", "population_year", "gdp_year", "gdp_ppp_year", "internet_year")
    return frame.astype(dict.fromkeys(whole, "Int64") | {"gdp_per_capita_ppp": "float64"})


def read(tmp_path: Path, *snapshots: Mapping[str, bytes]) -> list[list[PublishedCovariates]]:
    store = fetched.store_of(tmp_path, SOURCE, *snapshots)
    return fetched_covariates(fetched.registry(SOURCE), store, fetched.codes())


@pytest.mark.parametrize(
    ("iso3", "expected"),
    [
        (
            "QAT",
            {
                "income_group": "High income", "population": 2900000, "population_year": 2025,
                "gdp_per_capita": 71583.13, "gdp_year": 2024, "gdp_per_capita_basis": GDP_BASIS,
                "gdp_per_capita_ppp": None, "gdp_ppp_year": None, "internet_users_pct": 99.65,
                "internet_year": 2024, "source": "old;worldbank-indicators",
            },
        ),
        (
            "OMN",
            {
                "income_group": "", "population": 5100000, "population_year": 2026,
                "gdp_per_capita": 21000.0, "gdp_year": 2023, "gdp_per_capita_basis": "computed",
                "gdp_per_capita_ppp": 41664.5, "gdp_ppp_year": 2023, "internet_users_pct": 97.0,
                "internet_year": 2024, "source": "old;worldbank-indicators",
            },
        ),
        (
            "SRB",
            {
                "income_group": "", "population": None, "population_year": None,
                "gdp_per_capita": None, "gdp_year": None, "gdp_per_capita_basis": "",
                "gdp_per_capita_ppp": None, "gdp_ppp_year": None, "internet_users_pct": None,
                "internet_year": None, "source": "old",
            },
        ),
    ],
)  # fmt: skip
def test_the_newest_year_but_never_an_older_one(
    tmp_path: Path, iso3: str, expected: dict[str, object]
) -> None:
    (snapshots,) = read(tmp_path, fetched.indicator_files(VALUES, INCOMES))
    before = states()
    made = with_covariates(before, [snapshots[-1]])
    pd.testing.assert_frame_equal(before, states())
    assert made.dtypes.to_dict() == before.dtypes.to_dict()
    row = made.set_index("iso3").loc[iso3]
    assert {k: None if pd.isna(v) else v for k, v in row.items()} == expected


def test_a_snapshot_has_states_only(tmp_path: Path) -> None:
    (snapshots,) = read(tmp_path, fetched.indicator_files(VALUES, INCOMES))
    (one,) = snapshots
    assert one.income == {"QAT": "High income", "OMN": ""}
    assert set(one.published.table["iso3"]) == {"QAT", "OMN"}
    assert set(one.published.table["measure"]) == {
        "population", "gdp_per_capita", "gdp_per_capita_ppp", "internet_users_pct",
    }  # fmt: skip
    assert one.published.place == f"data/raw/worldbank-indicators/{fetched.FIRST}"


def test_without_a_snapshot_the_compiled_values_stay(tmp_path: Path) -> None:
    assert read(tmp_path) == []
    before = states()
    assert with_covariates(before, []) is before


def test_newest_years() -> None:
    rows = [("a", "QAT", 2023, 1.0), ("a", "QAT", 2024, 2.0), ("b", "QAT", 2022, 3.0)]
    found = newest_years(pd.DataFrame(rows, columns=["measure", "iso3", "year", "value"]))
    assert found.to_numpy().tolist() == [["a", "QAT", 2024, 2.0], ["b", "QAT", 2022, 3.0]]


@pytest.mark.parametrize(
    ("values", "incomes", "names", "file", "problem"),
    [
        (
            VALUES,
            INCOMES | {"OMN": "Middle income"},
            {},
            "countries.json",
            "OMN: unknown income group 'Middle income'; did you mean ",
        ),
        (
            VALUES,
            INCOMES | {"ATL": "High income"},
            {"ATL": "Atlantis"},
            "countries.json",
            "unknown area 'ATL' (Atlantis); did you mean ",
        ),
        (
            VALUES,
            INCOMES,
            {"QAT": "Oman"},
            "countries.json",
            "the code 'QAT' is Qatar, but stands beside the name 'Oman', which is 'OMN'",
        ),
        (
            VALUES | {"SP.POP.TOTL": [("SRB", 2024, 6600000)]},
            INCOMES,
            {},
            "SP.POP.TOTL.json",
            "'SRB' is not among the areas; did you mean ",
        ),
    ],
)
def test_what_it_cannot_be(
    tmp_path: Path,
    values: dict[str, list[tuple[str, int, float | None]]],
    incomes: dict[str, str],
    names: dict[str, str],
    file: str,
    problem: str,
) -> None:
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, fetched.indicator_files(values, incomes, names))
    place = f"data/raw/worldbank-indicators/{fetched.FIRST}/{file}: "
    assert str(caught.value).startswith(place + problem)


def test_a_state_under_two_codes_is_refused(tmp_path: Path) -> None:
    both = [("SRB", 2024, 6600000.0), ("YUG", 2024, 6600000.0)]
    incomes = INCOMES | {"SRB": "High income", "YUG": "High income"}
    files = fetched.indicator_files(
        VALUES | {"SP.POP.TOTL": [*VALUES["SP.POP.TOTL"], *both]}, incomes, {"YUG": "Yugoslavia"}
    )
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, files)
    place = f"data/raw/worldbank-indicators/{fetched.FIRST}"
    assert str(caught.value) == f"{place}: population SRB 2024 stands twice, under two codes"


def test_the_registry_must_name_every_file(tmp_path: Path) -> None:
    short = fetched.source("worldbank-indicators", "indicators", ["countries.json"])
    store = fetched.store_of(tmp_path, short, fetched.indicator_files(VALUES, INCOMES))
    with pytest.raises(AdoptionError, match=r"^publishers.toml: \[source.worldbank-indicators\] f"):
        fetched_covariates(fetched.registry(short), store, fetched.codes())
