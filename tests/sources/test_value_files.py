"""Indices and roll calls: each value as its publisher gives it."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.data.readers.data360 import read_gci
from adoption.data.readers.egovkb import read_egdi
from adoption.data.readers.text import UnreadableError
from adoption.data.readers.undl import read_rollcalls
from tests.sources.damage import READERS
from tests.sources.figures import egov, gci, votes

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
RESOLUTION, DAY = "A/RES/74/247", "2019-12-27"
CAST = [
    ("NAM", "NAMIBIA", "Y"),
    ("QAT", "QATAR", "N"),
    ("TUR", "TÜRKİYE", "A"),
    ("BEN", "BENIN", "X"),
    ("YUG", "YUGOSLAVIA", "NV"),
]
VOTES = votes(RESOLUTION, DAY, CAST)


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


def test_votes_are_words_and_totals_are_those_of_the_file() -> None:
    other = votes("A/RES/73/187", "2018-12-17", CAST[:2], undl_id="1", total_yes="")
    found = read_rollcalls(VOTES + other.split(b"\n", 1)[1], "x.csv")
    assert list(found.votes.columns) == [
        "undl_id", "iso3", "participant", "resolution", "date", "vote",
    ]  # fmt: skip
    assert found.votes["vote"].tolist()[:5] == ["yes", "no", "abstain", "absent", "absent"]
    assert found.votes["participant"].tolist()[2] == "TÜRKİYE"
    total, second = found.totals.to_dict("records")
    assert (total["resolution"], f"{total['date']:%Y-%m-%d}") == (RESOLUTION, DAY)
    counts = [total[name] for name in ("yes", "no", "abstain", "absent", "members")]
    assert counts == [1, 1, 1, 1, 5]
    assert (second["undl_id"], pd.isna(second["yes"]), len(found.votes)) == ("1", True, 7)


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
        ("votes", VOTES.replace(DAY.encode(), b"2019-1-2"), "date: '2019-1-2' is not a day"),
        ("votes", VOTES.replace(b"QAT,", b"QA,"), "row 3, column ms_code: 'QA' is not a code"),
        ("votes", VOTES.replace(b"4025240", b"x"), "row 2, column undl_id: 'x' is not a number"),
        ("votes", VOTES.replace(b"5.0,", b"500.0,"), "total_ms: '500.0' is not from 0 to 250"),
        ("votes", VOTES.replace(RESOLUTION.encode(), b""), "resolution: '' is no resolution"),
    ],
    ids=range(12),
)  # fmt: skip
def test_another_file_is_refused(reader: str, content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        READERS[reader](content, "x.csv")
    assert str(caught.value).startswith("x.csv: ")
    assert problem in str(caught.value)
