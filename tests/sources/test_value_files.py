"""Indices: each value as its publisher gives it."""

from __future__ import annotations

import pytest

from adoption.core.decode import UnreadableError
from adoption.ingest.readers.data360 import read_gci
from tests.sources.damage import READERS
from tests.sources.figures import gci

OVERALL = "ITU_GCI_GCI_OVRL_SCRE"
SCORES = [("NAM", "Namibia", 2020, "11.47"), ("BHS", "Bahamas, The", 2024, "13.366881322674624"),
          ("YEM", "Yemen, Rep.", 2024, "")]  # fmt: skip


def test_a_file_of_the_cybersecurity_index_is_one_component() -> None:
    frame = read_gci(gci(OVERALL, SCORES), "x.csv")
    assert list(frame.columns) == ["iso3", "participant", "index", "edition", "component", "value"]
    assert frame["iso3"].tolist() == ["NAM", "BHS"]
    assert frame.iloc[1].tolist() == [
        "BHS", "Bahamas, The", "GCI", 2024, "overall", 13.366881322674624,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reader", "content", "problem"),
    [
        ("gci", gci(OVERALL, SCORES, UNIT_MEASURE="0_TO_20"), "UNIT_MEASURE: '0_TO_20' is not one"),
        ("gci", gci(OVERALL, SCORES, INDICATOR="ITU_GCI"), "'ITU_GCI' is not one of ITU_GCI_GCI_O"),
        ("gci", gci(OVERALL, [("QAT", "Qatar", 24, "1")]), "TIME_PERIOD: '24' is not a year"),
        ("gci", gci(OVERALL, SCORES[2:]), "x.csv: no values"),
    ],
    ids=range(4),
)  # fmt: skip
def test_another_file_is_refused(reader: str, content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        READERS[reader](content, "x.csv")
    assert str(caught.value).startswith("x.csv: ")
    assert problem in str(caught.value)
