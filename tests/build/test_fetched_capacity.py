"""Published indices over the compiled ones: what changes, what stays, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from adoption.data.fetched_capacity import TIER_NOTE, fetched_capacity, tier_of, with_capacity
from adoption.data.names import read_participants
from adoption.data.published import PublishedValues
from adoption.data.readers.publishers import Source
from adoption.errors import AdoptionError
from adoption.paths import reference_folder
from tests.build import fetched
from tests.build.fetched import EGDI_SOURCE, GCI_SOURCE, capacity_of
from tests.conftest import raw_table
from tests.sources import figures

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
)  # fmt: skip


def read(
    tmp_path: Path, one: Source, *snapshots: Mapping[str, bytes]
) -> list[list[PublishedValues]]:
    store = fetched.store_of(tmp_path, one, *snapshots)
    people, codes = fetched.participants(), fetched.codes()
    return fetched_capacity(fetched.registry(one), store, people, codes)


def row_of(
    frame: pd.DataFrame, iso3: str, index: str, edition: int, part: str
) -> dict[str, object]:
    found = frame[
        (frame["iso3"] == iso3) & (frame["index"] == index) & (frame["edition"] == edition)
        & (frame["component"] == part)
    ]  # fmt: skip
    (row,) = found[["value", "tier", "grade", "source", "note"]].to_dict("records")
    return {str(key): None if pd.isna(value) else value for key, value in row.items()}


@pytest.mark.parametrize(
    ("iso3", "edition", "part", "expected"),
    [
        ("QAT", 2020, "overall", (94.5, None, "high", "us", "as compiled")),
        ("QAT", 2020, "rank", (27, None, "high", "us", None)),
        ("QAT", 2024, "overall", (98.49, "T1", "medium", "data360-gci", "as compiled")),
        ("QAT", 2024, "cooperation", (18.49, None, "medium", "data360-gci", None)),
        ("QAT", 2024, "legal", (20.0, None, "high", "data360-gci", None)),
        ("OMN", 2024, "overall", (85.0, "T2", "medium", "data360-gci", TIER_NOTE)),
        ("OMN", 2024, "legal", (20.0, None, "medium", "data360-gci", None)),
        ("OMN", 2028, "overall", (19.99, "T5", "high", "data360-gci", TIER_NOTE)),
        ("OMN", 2028, "cooperation", (3.99, None, "high", "data360-gci", None)),
    ],
)
def test_the_series_of_the_gci_over_the_compiled_values(
    tmp_path: Path,
    iso3: str,
    edition: int,
    part: str,
    expected: tuple[object, ...],
) -> None:
    (snapshots,) = read(tmp_path, GCI_SOURCE, fetched.gci_files(SERIES))
    made = with_capacity(COMPILED, [snapshots[-1]])
    assert tuple(row_of(made, iso3, "GCI", edition, part).values()) == expected


def test_an_edition_comes_whole_from_one_source(tmp_path: Path) -> None:
    (snapshots,) = read(tmp_path, GCI_SOURCE, fetched.gci_files(SERIES))
    made = with_capacity(COMPILED, [snapshots[-1]])
    gci = made[made["index"] == "GCI"]
    assert gci.groupby("edition")["iso3"].agg(set).to_dict() == {
        2020: {"QAT"},
        2024: {"QAT", "OMN"},
        2028: {"OMN"},
    }
    assert len(gci) == 2 + 3 * 6
    assert list(made.columns) == list(COMPILED.columns)
    assert row_of(made, "QAT", "EGDI", 2024, "overall")["source"] == "us"
    place = f"data/raw/data360-gci/{fetched.FIRST}"
    assert snapshots[0].place == place
    assert set(gci["at"]) >= {f"{place}/overall.csv", f"{place}/legal.csv"}


def test_without_a_snapshot_the_compiled_values_stay(tmp_path: Path) -> None:
    assert read(tmp_path, GCI_SOURCE) == []
    assert with_capacity(COMPILED, []) is COMPILED


def test_a_survey_is_read_by_names(tmp_path: Path) -> None:
    rows = [("Qatar", 0.90, 0.8, 0.9, 1.0), ("Sultanate of Oman", 0.123456, 0.1, 0.1, 0.17)]
    survey = {"EGOV_DATA_2026.csv": figures.egov(2026, rows)}
    (snapshots,) = read(tmp_path, EGDI_SOURCE, survey, survey)
    assert [one.day.isoformat() for one in snapshots] == ["2027-01-05", "2027-02-05"]
    made = with_capacity(COMPILED, [snapshots[-1]])
    assert row_of(made, "OMN", "EGDI", 2026, "overall") == {
        "value": 0.12346, "tier": None, "grade": None, "source": "egovkb-2026", "note": None,
    }  # fmt: skip
    assert row_of(made, "QAT", "EGDI", 2026, "human_capital")["value"] == 0.9
    assert row_of(made, "QAT", "EGDI", 2024, "overall")["value"] == 0.82
    assert len(made) == len(COMPILED) + 2 * 4


def test_the_survey_calls_states_by_names_that_are_known() -> None:
    names = raw_table(
        "participant", "Bolivia", "Czech Republic", "Côte d'Ivoire", "Georgia (Country)",
        "Republic of Moldova", "Türkiye", "Venezuela",
    )  # fmt: skip
    found = read_participants(reference_folder()).resolve(names)
    assert found.tolist() == ["BOL", "CZE", "CIV", "GEO", "MDA", "TUR", "VEN"]


@pytest.mark.parametrize(
    ("value", "tier"),
    [(100, "T1"), (95, "T1"), (94.99, "T2"), (85, "T2"), (84.99, "T3"), (55, "T3"), (54.99, "T4"),
     (20, "T4"), (19.99, "T5"), (0, "T5")],
)  # fmt: skip
def test_tiers_begin_at_their_thresholds(value: float, tier: str) -> None:
    assert tier_of(value) == tier


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
        (
            fetched.gci_files([SERIES[0]]),
            "overall.csv",
            "holds no edition of 2024 or later",
        ),
    ],
)
def test_what_the_gci_cannot_be(
    tmp_path: Path, files: dict[str, bytes], file: str, problem: str
) -> None:
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, GCI_SOURCE, files)
    place = f"data/raw/data360-gci/{fetched.FIRST}/{file}: "
    assert str(caught.value).startswith(place + problem)


@pytest.mark.parametrize(
    ("year", "name", "problem"),
    [
        (2024, "Qatar", ": the survey of 2024, where that of 2026 is due"),
        (2026, "Quatar", ": row 2, column participant: unknown participant 'Quatar'; nearest: Qat"),
        (2026, "Hong Kong", ": row 2, column participant: 'Hong Kong' is no state"),
        (2026, "United Nations", ": row 2, column participant: 'United Nations' is no state"),
    ],
)
def test_what_a_survey_cannot_be(tmp_path: Path, year: int, name: str, problem: str) -> None:
    survey = figures.egov(year, [(name, 0.9, 0.8, 0.9, 1.0)])
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, EGDI_SOURCE, {"EGOV_DATA_2026.csv": survey})
    place = f"data/raw/egovkb-2026/{fetched.FIRST}/EGOV_DATA_2026.csv"
    assert str(caught.value).startswith(place + problem)


def test_the_registry_must_name_every_file(tmp_path: Path) -> None:
    short = fetched.source("data360-gci", "gci", fetched.GCI_FILES[:-1])
    with pytest.raises(AdoptionError, match=r"^publishers.toml: \[source.data360-gci\] files: the"):
        read(tmp_path, short, fetched.gci_files(SERIES))
