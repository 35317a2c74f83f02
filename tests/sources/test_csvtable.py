"""CSV by the names of its columns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.data.csvfile import RawTable
from adoption.data.readers import csvtable
from adoption.data.readers.csvtable import read_table
from adoption.data.readers.decoding import UnreadableError
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


def test_rows_are_the_lines_of_the_file() -> None:
    table = read_table(b'iso2,name,value\nNA,"a\nb",\nQA,c,\n', "x.csv", COLUMNS)
    assert table.frame.index.tolist() == [3, 4]
    assert table.frame["at"].tolist() == ["x.csv: row 3", "x.csv: row 4"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"iso2,name,value\n", "no rows below the headings"),
        (b"<!doctype html>\n<p>", "an HTML page, in place of the CSV"),
        (b"iso2,names,value\nNA,a,1\n", "row 1: no column name; did you mean names?"),
        (b"iso2,name,value,name\nNA,a,1,b\n", "row 1: the column name stands twice"),
        (b"iso2,name,value\nNA,a\n", "row 2: 2 cells where the headings are 3"),
        (b"iso2,name,value\nNA,a,1,2\n", "row 2: 4 cells where the headings are 3"),
        (b"iso2,name,value\n\nNA,a,1\n", "row 2: 0 cells where the headings are 3"),
        (b"iso2;name;value\nNA;a;1\n", "row 1: no column iso2; did you mean iso2;name;value?"),
        (b"iso2,name,value\nNA,a,1", "row 2: the line has no end: cut?"),
        (b'iso2,name,value\nNA,"a,1\n', "row 2: unexpected end of data"),
        (b'iso2,name,value\nNA,"a"b,1\n', "row 2: ',' expected after '\"'"),
        (b"iso2,name,value\nNA," + b"a" * 301 + b",1\n", "column name: 'aaa"),
        (b"iso2,name,value\nNA," + b"a" * 200_000 + b",1\n", "field larger than field limit"),
        (b"a," * 200 + b"\n", "201 columns; at most 200 are read"),
        (b"iso2,name,value\n" + b"a,b,c\n" * 100_001, "at most 100,000 rows are read"),
        (b"iso2,name,value\nNA,\xe9,1\n", "line 2: byte 0xe9 is not UTF-8"),
        (b"iso2,name,value\nNA,\x00,1\n", "U+0000"),
    ],
    ids=range(19),
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


@pytest.mark.parametrize(
    "text", ["nan", "NaN", "inf", "-Infinity", "1,5", "1 000", "..", "0x10", "1_0", "12%", "+1",
             "1e999", "9" * 16, "\N{ARABIC-INDIC DIGIT ONE}", "NA"]
)  # fmt: skip
def test_a_number_that_is_none(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^x\.csv: row 3, column value: .* is not a number$"):
        csvtable.numbers(column("1", text), "value", 0, 1e99)


def test_a_number_out_of_bounds() -> None:
    with pytest.raises(
        UnreadableError, match=r"row 3, column value: '100\.1' is not from 0 to 100$"
    ):
        csvtable.numbers(column("100", "100.1"), "value", 0, 100)


@pytest.mark.parametrize(
    "text", ["", "20", "2020.0", "1899", "2101", "\N{FULLWIDTH DIGIT TWO}020", "MMXX"]
)
def test_a_year_that_is_none(text: str) -> None:
    assert csvtable.years(column("2020"), "value").tolist() == [2020]
    with pytest.raises(UnreadableError, match=r"row 2, column value: .* is not a year"):
        csvtable.years(column(text, "2020"), "value")


def test_a_word_and_a_row_that_are_not_allowed() -> None:
    table = column("a", "b", "a")
    assert csvtable.one_of(table, "value", ("a", "b")).tolist() == ["a", "b", "a"]
    with pytest.raises(UnreadableError, match=r"row 3, column value: 'b' is not one of a, c$"):
        csvtable.one_of(table, "value", ("a", "c"))
    with pytest.raises(UnreadableError, match="row 4, column iso2: 'NA' stands twice, by iso2 and"):
        csvtable.refuse_twice(table, "iso2", "value")


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Z"]), max_size=9
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, TEXTS)), min_size=1, max_size=6),
    st.permutations((*COLUMNS, "other")),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_is_read_back_whatever_the_order(
    rows: list[dict[str, str]], headings: list[str], end: str
) -> None:
    kept = [{name: text.replace("\ufffd", "?") for name, text in row.items()} for row in rows]
    assert cells(written(headings, kept, end)) == [[row[name] for name in COLUMNS] for row in kept]
