"""Indices: each value as its publisher gives it."""

from __future__ import annotations

import pytest

from adoption.data.readers.data360 import read_gci
from adoption.data.readers.egovkb import read_egdi
from adoption.data.readers.text import UnreadableError
from tests.sources.damage import READERS
from tests.sources.figures import egov, gci

OVERALL = "ITU_GCI_GCI_OVRL_SCRE"
SCORES = [
    ("NAM", "Namibia", 2020, "11.47"),
    ("BHS", "Bahamas, The", 2024, "13.366881322674624"),
    ("YEM", "Yemen, Rep.", 2024, ""),
]
EGDI = egov(
    2024,
    [
        ("Namibia", 0.60074, 0.49958, 0.57382, 0.72879),
        ("Türkiye", 0.89131, 0.92253, 0.91923, 0.83221),
    ],
)


def test_a_file_of_the_cybersecurity_index_is_one_component() -> None:
    frame = read_gci(gci(OVERALL, SCORES), "x.csv")
    assert list(frame.columns) == ["iso3", "participant", "index", "edition", "component", "value"]
    assert frame["iso3"].tolist() == ["NAM", "BHS"]
    assert frame.iloc[1].tolist() == [
        "BHS", "Bahamas, The", "GCI", 2024, "overall", 13.366881322674624,
    ]  # fmt: skip


def test_each_part_of_the_e_government_index_is_a_row() -> None:
    frame = read_egdi(EGDI, "EGOV_DATA_2024.csv")
    assert list(frame.columns) == ["participant", "index", "edition", "component", "value"]
    wide = frame.pivot_table(index="participant", columns="component", values="value")
    assert wide.loc["Türkiye"].to_dict() == {
        "overall": 0.89131, "online_services": 0.92253, "human_capital": 0.91923,
        "telecommunication": 0.83221,
    }  # fmt: skip
    assert set(frame["edition"]) == {2024}
    assert len(read_egdi(EGDI.replace(b"0.57382", b""), "x")) == 2 * 4 - 1
    latin = read_egdi(EGDI.decode().encode("windows-1252"), "x")
    assert set(latin["participant"]) == {"Namibia", "Türkiye"}


@pytest.mark.parametrize(
    ("reader", "content", "problem"),
    [
        ("gci", gci(OVERALL, SCORES, UNIT_MEASURE="0_TO_20"), "UNIT_MEASURE: '0_TO_20' is not one"),
        ("gci", gci(OVERALL, SCORES, DATABASE_ID="UN_EGDI"), "'UN_EGDI' is not one of ITU_GCI"),
        ("gci", gci(OVERALL, SCORES, INDICATOR="ITU_GCI"), "'ITU_GCI' is not one of ITU_GCI_GCI_O"),
        ("gci", gci(OVERALL, [("QAT", "Qatar", 24, "1")]), "TIME_PERIOD: '24' is not a year"),
        ("gci", gci(OVERALL, SCORES[2:]), "x.csv: no values"),
        ("egdi", EGDI.replace(b"2024,Nam", b"24,Nam"), "column Survey Year: '24' is not a year"),
        ("egdi", EGDI.replace(b",2,0.6", b",999,0.6"), "Rank: '999' is not from 1 to 250"),
    ],
    ids=range(7),
)  # fmt: skip
def test_another_file_is_refused(reader: str, content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        READERS[reader](content, "x.csv")
    assert str(caught.value).startswith("x.csv: ")
    assert problem in str(caught.value)
