"""Raw CSV files: what is read, and how damage is named."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from adoption.core.decode import UnreadableError
from adoption.core.errors import AdoptionError
from adoption.tables import csvfile
from adoption.tables.csvfile import RawTable
from adoption.tables.dictionary import ColumnDescription
from tests.conftest import raw_table
from tests.sources.figures import table as written

COLUMNS = ("iso3", "name", "day")
GOOD = b'iso3,name,day\nQAT,"Qatar, State of",2025-10-25\nOMN,\xc3\xb6,\n'
PACKED = gzip.compress(GOOD, mtime=0)


def read(tmp_path: Path, data: bytes, name: str = "x.csv") -> RawTable:
    (tmp_path / name).write_bytes(data)
    return csvfile.read_csv(tmp_path / name, f"data/raw/{name}", COLUMNS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.csv", GOOD),
        ("x.csv", GOOD.replace(b"\n", b"\r\n")),
        ("x.csv.gz", gzip.compress(GOOD, mtime=0)),
    ],
)
def test_a_sound_file_is_text_with_the_lines_of_the_file(
    tmp_path: Path, name: str, data: bytes
) -> None:
    frame = read(tmp_path, data, name).frame
    assert frame["name"].tolist() == ["Qatar, State of", "ö"]
    assert frame["day"].tolist() == ["2025-10-25", ""]
    assert frame.index.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("data", "where", "problem"),
    [
        (b"", "the file is empty", ""),
        (GOOD.replace(b"\xc3\xb6", b"\xf6"), "line 3", "byte 0xf6 is not UTF-8"),
        (b"\n<!DOCTYPE html><p>Sorry", "an HTML page", "in place of the CSV"),
        (GOOD[:-1], "row 3", "the last line has no end: truncated"),
        (
            GOOD[:-4],
            "row 3, column name",
            "2 fields where 3 are expected; the file ends here: truncated",
        ),
        (GOOD[:25], "row 2", "unexpected end of data"),
        (GOOD.replace(b"OMN,", b"\nOMN,"), "row 3, column iso3", "0 fields where 3 are expected"),
        (GOOD.replace(b"name", b"nome"), "row 1, column name", "missing; did you mean nome"),
        (GOOD.replace(b"name,", b""), "row 1, column name", "missing"),
        (GOOD.replace(b"day", b"day,hue", 1), "row 1, column hue", "not expected; "),
        (GOOD.replace(b"day", b"day,day", 1), "row 1, column day", "the name appears twice"),
    ],
)
def test_damage_is_named(tmp_path: Path, data: bytes, where: str, problem: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, data)
    message = str(caught.value)
    assert message.startswith(f"data/raw/x.csv: {where}"), message
    assert problem in message
    assert ("truncated" in message) == ("truncated" in problem)
    assert "\n" not in message


@pytest.mark.parametrize(
    "data",
    [
        PACKED[:10] + b"\xff" * 9 + PACKED[19:],
        PACKED[:-5],
        PACKED[:-9] + b"\0" * 9,
        GOOD,
        b"<html>",
    ],
    ids=["stream", "cut", "crc", "plain", "page"],
)
def test_a_damaged_gzip_stream_is_named(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(AdoptionError, match=r"x\.csv\.gz: damaged gzip stream"):
        read(tmp_path, data, "x.csv.gz")


@pytest.mark.parametrize("text", ["2025-02-29", "25.10.2025", "2025", "20251025"])
def test_a_day_that_does_not_exist(text: str) -> None:
    table = raw_table("day", "2025-10-25", "", text)
    with pytest.raises(AdoptionError) as caught:
        csvfile.dates(table, "day")
    assert str(caught.value) == (
        f"data/raw/x.csv: row 4, column day: {text!r} is not a day of the calendar (as 2025-10-25)"
    )


@pytest.mark.parametrize(
    "text", ["many", "nan", "1 000", "inf", "1e999", "0x10", "9" * 16, "\u0661"]
)
def test_a_number_that_is_none(text: str) -> None:
    with pytest.raises(AdoptionError, match=f"row 3, column value: '{text}' is not a number"):
        csvfile.numbers(raw_table("value", "1", text), "value")


def test_whole_numbers_are_whole() -> None:
    found = csvfile.integers(raw_table("value", "7", "", "2018.0", "-1"), "value")
    assert str(found.dtype) == "Int64"
    assert found.dropna().tolist() == [7, 2018, -1]
    with pytest.raises(
        AdoptionError, match=r"row 3, column value: '2018\.5' is not a whole number"
    ):
        csvfile.integers(raw_table("value", "7", "2018.5"), "value")
    with pytest.raises(AdoptionError, match=r"row 2, column seats: '2\.5' is not a whole number"):
        csvfile.parse_columns(
            raw_table("seats", "2.5"), [ColumnDescription("seats", "integer", "A number of seats.")]
        )


# The same through the build of a copy of the real data, which must leave the tables alone


PUBLISHED = ("iso2", "name", "value")
SOUND = 'iso2,name,value\nNA,"Namibia, Republic of",1.5\nQA,Qatar ,\n'


def cells(content: bytes) -> list[list[str]]:
    frame = csvfile.parse_csv(content, "x.csv", PUBLISHED).frame
    found: list[list[str]] = frame[list(PUBLISHED)].to_numpy().tolist()
    return found


def test_a_code_that_looks_missing_is_a_code() -> None:
    assert cells(SOUND.encode()) == [["NA", "Namibia, Republic of", "1.5"], ["QA", "Qatar", ""]]


@pytest.mark.parametrize(
    "content",
    [
        SOUND.encode("utf-8-sig"),
        b'value,more,iso2,name\n1.5,x,NA,"Namibia, Republic of"\n,y,QA,Qatar\n',
        SOUND.replace("iso2", " iso2 ").encode(),
    ],
)
def test_form_and_order_make_no_difference(content: bytes) -> None:
    assert cells(content) == cells(SOUND.encode())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"iso2,name,value\nNA," + b"a" * 301 + b",1\n", "column name: 'aaa"),
        (b"iso2,name,value\nNA," + b"a" * 200_000 + b",1\n", "field larger than field limit"),
        (b"iso2,name,value\n", "no rows below the headings"),
    ],
    ids=range(3),
)
def test_another_file_of_a_publisher_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        csvfile.parse_csv(content, "x.csv", PUBLISHED)
    assert str(caught.value).startswith("x.csv: ")
    assert problem in str(caught.value)


def column(*values: str) -> RawTable:
    rows = [{"iso2": "NA", "name": "x", "value": value} for value in values]
    return csvfile.parse_csv(written(PUBLISHED, rows), "x.csv", PUBLISHED)


def test_what_a_column_may_not_hold() -> None:
    with pytest.raises(UnreadableError, match=r"row 3, column value: '100\.1' is not from 0 to 1"):
        csvfile.numbers(column("100", "100.1"), "value", 0, 100)
    assert csvfile.years(column("2020"), "value").tolist() == [2020]
    for text in ("", "2020.0", "1899", "\uff12020"):
        with pytest.raises(UnreadableError, match=r"row 2, column value: .* is not a year"):
            csvfile.years(column(text, "2020"), "value")
