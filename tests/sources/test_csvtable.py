"""CSV by the names of its columns."""

from __future__ import annotations

import pytest

from adoption.data.csvfile import RawTable
from adoption.data.readers import csvtable
from adoption.data.readers.csvtable import read_table
from adoption.data.readers.text import UnreadableError
from tests.sources.figures import table as written

COLUMNS = ("iso2", "name", "value")
GOOD = 'iso2,name,value\nNA,"Namibia, Republic of",1.5\nQA,Qatar ,\n'


def cells(content: bytes) -> list[list[str]]:
    frame = read_table(content, "x.csv", COLUMNS).frame
    found: list[list[str]] = frame[list(COLUMNS)].to_numpy().tolist()
    return found


def test_a_code_that_looks_missing_is_a_code() -> None:
    assert cells(GOOD.encode()) == [["NA", "Namibia, Republic of", "1.5"], ["QA", "Qatar", ""]]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.encode("utf-8-sig"),
        b'value,more,iso2,name\n1.5,x,NA,"Namibia, Republic of"\n,y,QA,Qatar\n',
        GOOD.replace("iso2", " iso2 ").encode(),
    ],
)
def test_form_and_order_make_no_difference(content: bytes) -> None:
    assert cells(content) == cells(GOOD.encode())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"iso2,name,value,name\nNA,a,1,b\n", "row 1: the column name stands twice"),
        (b"iso2,name,value\n\nNA,a,1\n", "row 2: 0 cells where the headings are 3"),
        (b"iso2,name,value\nNA,a,1", "row 2: the line has no end: cut?"),
        (b'iso2,name,value\nNA,"a,1\n', "row 2: unexpected end of data"),
        (b"iso2,name,value\nNA," + b"a" * 301 + b",1\n", "column name: 'aaa"),
        (b"iso2,name,value\nNA," + b"a" * 200_000 + b",1\n", "field larger than field limit"),
        (b"a," * 200 + b"\n", "201 columns; at most 200 are read"),
        (b"iso2,name,value\n" + b"a,b,c\n" * 100_001, "at most 100,000 rows are read"),
    ],
    ids=range(8),
)  # fmt: skip
def test_another_file_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_table(content, "x.csv", COLUMNS)
    assert str(caught.value).startswith("x.csv: ")
    assert problem in str(caught.value)


def column(*values: str) -> RawTable:
    rows = [{"iso2": "NA", "name": "x", "value": value} for value in values]
    return read_table(written(COLUMNS, rows), "x.csv", COLUMNS)


def test_numbers_are_numbers_and_empty_is_missing() -> None:
    found = csvtable.numbers(column("1", "", "-2.5", "1e2", "0.000"), "value", -3, 100)
    assert str(found.dtype) == "float64"
    assert found.isna().tolist() == [False, True, False, False, False]
    assert found.dropna().tolist() == [1.0, -2.5, 100.0, 0.0]


@pytest.mark.parametrize("text", ["nan", "1,5", "0x10", "1e999", "9" * 16, "\u0661", "NA"])
def test_a_number_that_is_none(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^x\.csv: row 3, column value: .* is not a number$"):
        csvtable.numbers(column("1", text), "value", 0, 1e99)


def test_what_a_column_may_not_hold() -> None:
    with pytest.raises(UnreadableError, match=r"row 3, column value: '100\.1' is not from 0 to 1"):
        csvtable.numbers(column("100", "100.1"), "value", 0, 100)
    assert csvtable.years(column("2020"), "value").tolist() == [2020]
    for text in ("", "2020.0", "1899", "\uff12020"):
        with pytest.raises(UnreadableError, match=r"row 2, column value: .* is not a year"):
            csvtable.years(column(text, "2020"), "value")
    table = column("a", "b", "a")
    assert csvtable.one_of(table, "value", ("a", "b")).tolist() == ["a", "b", "a"]
    with pytest.raises(UnreadableError, match=r"row 3, column value: 'b' is not one of a, c$"):
        csvtable.one_of(table, "value", ("a", "c"))
    with pytest.raises(UnreadableError, match="row 4, column iso2: 'NA' stands twice, by iso2 and"):
        csvtable.refuse_twice(table, "iso2", "value")
