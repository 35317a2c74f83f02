"""The E-Government Development Index."""

from __future__ import annotations

import pytest

from adoption.data.dictionary import table
from adoption.data.readers.decoding import UnreadableError
from adoption.data.readers.egovkb import COMPONENTS, read_egdi
from tests.sources.figures import egov

ROWS = [
    ("Namibia", 0.60074, 0.49958, 0.57382, 0.72879),
    ("Türkiye", 0.89131, 0.92253, 0.91923, 0.83221),
    ("Georgia (Country)", 0.77923, 0.56522, 0.86539, 0.90713),
]
FILE = egov(2024, ROWS)


def test_each_part_is_a_row() -> None:
    frame = read_egdi(FILE, "EGOV_DATA_2024.csv")
    assert list(frame.columns) == ["participant", "index", "edition", "component", "value"]
    assert [str(dtype) for dtype in frame.dtypes] == ["str", "str", "int64", "str", "float64"]
    assert len(frame) == 3 * 4
    wide = frame.pivot_table(index="participant", columns="component", values="value")
    assert wide.loc["Türkiye"].to_dict() == {
        "overall": 0.89131, "online_services": 0.92253, "human_capital": 0.91923,
        "telecommunication": 0.83221,
    }  # fmt: skip
    assert set(frame["edition"]) == {2024}


def test_the_components_are_those_of_the_table_capacity() -> None:
    column = next(column for column in table("capacity").columns if column.name == "component")
    assert set(COMPONENTS.values()) <= set(column.allowed)


def test_a_value_that_is_not_there_is_no_row() -> None:
    content = FILE.replace(b"0.57382", b"")
    assert len(read_egdi(content, "x")) == 11


def test_a_file_in_windows_1252_is_read_and_one_in_damaged_utf_8_is_not() -> None:
    text = FILE.decode()
    assert "Türkiye" in set(read_egdi(text.encode("windows-1252"), "x")["participant"])
    damaged = text.encode().replace(b"Namibia", b"Nam\xefbia")
    with pytest.raises(UnreadableError, match="line 2: byte 0xef is not UTF-8, which is expected"):
        read_egdi(damaged, "x")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (egov(2024, []), "no rows below the headings"),
        (egov(2024, [*ROWS, ROWS[0]]), "row 5, column Country Name: 'Namibia' stands twice"),
        (FILE + egov(2022, [("Mu", 0.1, 0.1, 0.1, 0.1)]).split(b"\n", 1)[1],
         "2022 and 2024 where one year is due"),
        (FILE.replace(b"2024,Nam", b"24,Nam"), "row 2, column Survey Year: '24' is not a year"),
        (FILE.replace(b"Namibia ", b" "), "row 2, column Country Name: '' is no name"),
        (FILE.replace(b"0.49958", b"1.49958"), "Service Index: '1.49958' is not from 0 to 1"),
        (FILE.replace(b"0.49958", b"0,49958"), "row 2: 9 cells where the headings are 8"),
        (FILE.replace(b"0.49958", b"n/a"), "column Online Service Index: 'n/a' is not a number"),
        (FILE.replace(b",3,0.6", b",999,0.6"), "E-Government Rank: '999' is not from 1 to 250"),
        (FILE.replace(b"E-Government Index", b"EGDI"), "no column E-Government Index; did you"),
        (b"<html><body>Not found", "an HTML page, in place of the CSV"),
    ],
    ids=range(11),
)  # fmt: skip
def test_another_file_is_refused(content: bytes, problem: str) -> None:
    assert content != FILE
    with pytest.raises(UnreadableError) as caught:
        read_egdi(content, "EGOV_DATA_2024.csv")
    assert str(caught.value).startswith("EGOV_DATA_2024.csv: ")
    assert problem in str(caught.value)
