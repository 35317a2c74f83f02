"""Published values over the compiled ones, and what a snapshot of them cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.ingest.fetched import GDP_BASIS, TIER_NOTE, overlay_fetched
from adoption.ingest.readers.publishers import Source
from tests.build import fetched
from tests.build.fetched import GCI_SOURCE, INDICATOR_SOURCE, capacity_of, read

FULL = (20.0, 20.0, 20.0, 20.0)
SERIES: list[tuple[str, int, Sequence[float]]] = [
    ("QAT", 2020, (94.501234, *FULL, 14.501234)),
    ("QAT", 2024, (98.491652, *FULL, 18.491652)),
    ("OMN", 2024, (85.004, *FULL, 4.0)),
    ("HKG", 2024, (50.0, 10.0, 10.0, 10.0, 10.0, 10.0)),
    ("OMN", 2028, (19.994, 4.0, 4.0, 4.0, 4.0, 3.994)),
]
COMPILED = capacity_of(
    ("QAT", "GCI", 2020, "overall", 94.5, None, "high"),
    ("QAT", "GCI", 2020, "rank", 27, None, "high"),
    ("QAT", "GCI", 2024, "overall", 98.49, "T1", "medium"),
    ("QAT", "GCI", 2024, "cooperation", 18.49, None, "medium"),
    ("OMN", "GCI", 2024, "overall", 84.99, "T3", "high"),
    ("SRB", "GCI", 2024, "overall", 60.0, "T3", "high"),
    ("QAT", "EGDI", 2024, "overall", 0.82, None, None),
)


def row_of(
    frame: pd.DataFrame, iso3: str, index: str, edition: int, part: str
) -> dict[str, object]:
    found = frame[
        (frame["iso3"] == iso3)
        & (frame["index"] == index)
        & (frame["edition"] == edition)
        & (frame["component"] == part)
    ]
    (row,) = found[["value", "tier", "grade", "source", "note"]].to_dict("records")
    return {str(key): None if pd.isna(value) else value for key, value in row.items()}


@pytest.mark.parametrize(
    ("iso3", "edition", "part", "expected"),
    [
        ("QAT", 2020, "overall", (94.5, None, "high", "us", "as compiled")),
        ("QAT", 2020, "rank", (27, None, "high", "us", None)),
        ("QAT", 2024, "overall", (98.49, "T1", "medium", "data360-gci", "as compiled")),
        ("QAT", 2024, "legal", (20.0, None, "high", "data360-gci", None)),
        ("OMN", 2024, "overall", (85.0, "T2", "medium", "data360-gci", TIER_NOTE)),
        ("OMN", 2028, "overall", (19.99, "T5", "high", "data360-gci", TIER_NOTE)),
    ],
)
def test_the_series_of_the_gci_over_the_compiled_values(
    tmp_path: Path, iso3: str, edition: int, part: str, expected: tuple[object, ...]
) -> None:
    (snapshots,) = read(tmp_path, GCI_SOURCE, fetched.gci_files(SERIES))
    made = overlay_fetched({"capacity": COMPILED}, [snapshots])["capacity"]
    assert tuple(row_of(made, iso3, "GCI", edition, part).values()) == expected


def test_an_edition_comes_whole_from_one_source(tmp_path: Path) -> None:
    (snapshots,) = read(tmp_path, GCI_SOURCE, fetched.gci_files(SERIES))
    made = overlay_fetched({"capacity": COMPILED}, [snapshots])["capacity"]
    gci = made[made["index"] == "GCI"]
    editions = gci.groupby("edition")["iso3"].agg(set).to_dict()
    assert editions == {2020: {"QAT"}, 2024: {"QAT", "OMN"}, 2028: {"OMN"}}
    assert len(gci) == 2 + 3 * 6
    assert list(made.columns) == list(COMPILED.columns)
    assert row_of(made, "QAT", "EGDI", 2024, "overall")["source"] == "us"
    place = f"data/raw/data360-gci/{fetched.FIRST}"
    assert snapshots[0].place == place
    assert set(gci["at"]) >= {f"{place}/overall.csv", f"{place}/legal.csv"}


def swapped(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {"legal.csv": files["technical.csv"], "technical.csv": files["legal.csv"]}


@pytest.mark.parametrize(
    ("files", "file", "problem"),
    [
        (swapped(fetched.gci_files(SERIES)), "legal.csv", "holds the values of technical.csv"),
        (
            fetched.gci_files([("QAX", 2024, SERIES[1][2])]),
            "overall.csv",
            "unknown area 'QAX' (QAX); did you mean QAT?",
        ),
        (fetched.gci_files([SERIES[0]]), "overall.csv", "holds no edition of 2024 or later"),
    ],
)
def test_what_the_gci_cannot_be(
    tmp_path: Path, files: dict[str, bytes], file: str, problem: str
) -> None:
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, GCI_SOURCE, files)
    place = f"data/raw/data360-gci/{fetched.FIRST}/{file}: "
    assert str(caught.value).startswith(place + problem)


# The World Bank

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


@pytest.mark.parametrize(
    ("iso3", "expected"),
    [
        (
            "QAT",
            {
                "income_group": "High income",
                "population": 2900000,
                "population_year": 2025,
                "gdp_per_capita": 71583.13,
                "gdp_year": 2024,
                "gdp_per_capita_basis": GDP_BASIS,
                "gdp_per_capita_ppp": None,
                "gdp_ppp_year": None,
                "internet_users_pct": 99.65,
                "internet_year": 2024,
                "source": "old;worldbank-indicators",
            },
        ),
        (
            "OMN",
            {
                "income_group": "",
                "population": 5100000,
                "population_year": 2026,
                "gdp_per_capita": 21000.0,
                "gdp_year": 2023,
                "gdp_per_capita_basis": "computed",
                "gdp_per_capita_ppp": 41664.5,
                "gdp_ppp_year": 2023,
                "internet_users_pct": 97.0,
                "internet_year": 2024,
                "source": "old;worldbank-indicators",
            },
        ),
    ],
)
def test_the_newest_year_but_never_an_older_one(
    tmp_path: Path, iso3: str, expected: dict[str, object]
) -> None:
    (snapshots,) = read(tmp_path, INDICATOR_SOURCE, fetched.indicator_files(VALUES, INCOMES))
    before = states()
    made = overlay_fetched({"states": before}, [snapshots])["states"]
    pd.testing.assert_frame_equal(before, states())
    assert made.dtypes.to_dict() == before.dtypes.to_dict()
    row = made.set_index("iso3").loc[iso3]
    assert {k: None if pd.isna(v) else v for k, v in row.items()} == expected


def test_without_a_snapshot_the_compiled_values_stay(tmp_path: Path) -> None:
    assert read(tmp_path, INDICATOR_SOURCE) == []


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
            INCOMES,
            {"QAT": "Oman"},
            "countries.json",
            "the code 'QAT' is Qatar, but is given for the name 'Oman', which is 'OMN'",
        ),
        (
            VALUES | {"SP.POP.TOTL": [("SRB", 2024, 6600000)]},
            INCOMES,
            {},
            "SP.POP.TOTL.json",
            "'SRB' is not among the areas; no close match",
        ),
    ],
)
def test_what_the_indicators_cannot_be(
    tmp_path: Path,
    values: dict[str, list[tuple[str, int, float | None]]],
    incomes: dict[str, str],
    names: dict[str, str],
    file: str,
    problem: str,
) -> None:
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, INDICATOR_SOURCE, fetched.indicator_files(values, incomes, names))
    place = f"data/raw/worldbank-indicators/{fetched.FIRST}/{file}: "
    assert str(caught.value).startswith(place + problem)


def test_a_state_under_two_codes_is_refused(tmp_path: Path) -> None:
    both = [("SRB", 2024, 6600000.0), ("YUG", 2024, 6600000.0)]
    incomes = INCOMES | {"SRB": "High income", "YUG": "High income"}
    files = fetched.indicator_files(
        VALUES | {"SP.POP.TOTL": [*VALUES["SP.POP.TOTL"], *both]}, incomes, {"YUG": "Yugoslavia"}
    )
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, INDICATOR_SOURCE, files)
    place = f"data/raw/worldbank-indicators/{fetched.FIRST}"
    assert str(caught.value) == f"{place}: income_group SRB 0 is duplicated"


@pytest.mark.parametrize(
    "short",
    [
        fetched.source("data360-gci", "gci", fetched.GCI_FILES[:-1]),
        fetched.source("worldbank-indicators", "indicators", ["countries.json"]),
    ],
    ids=lambda source: source.reader,
)
def test_the_registry_must_name_every_file(tmp_path: Path, short: Source) -> None:
    files = fetched.gci_files(SERIES) | fetched.indicator_files(VALUES, INCOMES)
    with pytest.raises(AdoptionError, match=rf"\[source.{short.source}\] files: the"):
        read(tmp_path, short, files)
