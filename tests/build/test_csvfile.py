"""Raw CSV files: what is read, and how damage is named."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from adoption.data import csvfile
from adoption.data.csvfile import RawTable
from adoption.data.dictionary import Column
from adoption.errors import AdoptionError
from tests.conftest import DataTree, raw_table

GCI = "raw/itu-gci/gci.csv"
BASE = "raw/untc-base/acts.csv.gz"
REVIEWED = "reference/aliases.csv"
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
        ("x.csv.gz", gzip.compress(GOOD)),
    ],
)
def test_a_sound_file_is_text_with_the_lines_of_the_file(
    tmp_path: Path, name: str, data: bytes
) -> None:
    frame = read(tmp_path, data, name).frame
    assert frame["name"].tolist() == ["Qatar, State of", "ö"]
    assert frame["day"].tolist() == ["2025-10-25", ""]
    assert frame.index.tolist() == [2, 3]


def test_columns_may_come_in_any_order(tmp_path: Path) -> None:
    frame = read(tmp_path, b"day,iso3,name\n2025-10-25,NA,null\n").frame
    row = {"day": "2025-10-25", "iso3": "NA", "name": "null"}
    assert frame.loc[2].to_dict() == row | {csvfile.AT: "data/raw/x.csv: row 2"}


def test_a_cell_may_hold_a_line_end_and_rows_are_then_those_where_they_end(tmp_path: Path) -> None:
    data = b'iso3,name,day\nQAT,"Qatar\nagain",\nOMN,Oman,2025-10-32\n'
    table = read(tmp_path, data)
    with pytest.raises(AdoptionError, match=r"^data/raw/x\.csv: row 4, column day"):
        csvfile.dates(table, "day")


@pytest.mark.parametrize(
    ("data", "where", "problem"),
    [
        (b"", "row 1, column 1", "the file is empty"),
        (b" \n\n", "row 1, column 1", "the file is empty"),
        (b"\xef\xbb\xbf" + GOOD, "row 1, column 1", "byte-order mark"),
        (GOOD.decode().encode("utf-16"), "row 1, column 1", "byte-order mark"),
        (b"\xfe\xff" + GOOD.decode().encode("utf-16-be"), "row 1, column 1", "byte-order mark"),
        (b"<!DOCTYPE html><html>503</html>\n", "row 1, column 1", "HTML page"),
        (b"\n  <HTML lang=en>\n", "row 1, column 1", "HTML page"),
        (GOOD.replace(b"\xc3\xb6", b"\xf6"), "row 3, column 2", "not UTF-8 (byte 0xf6)"),
        (GOOD.replace(b"25\n", b"\xe9\n"), "row 2, column 3", "not UTF-8 (byte 0xe9)"),
        (GOOD[:-1], "row 3, column day", "the last line has no end: truncated"),
        (
            GOOD[:-4],
            "row 3, column name",
            "2 fields where 3 are expected; the file ends here: truncated",
        ),
        (GOOD[:25], "row 2, column iso3 or after", "unexpected end of data"),
        (GOOD.replace(b"OMN,", b"OMN,,"), "row 3, column day", "4 fields where 3 are expected"),
        (GOOD.replace(b"OMN,", b"\nOMN,"), "row 3, column iso3", "0 fields where 3 are expected"),
        (GOOD.replace(b"name", b"nome"), "row 1, column name", "missing; did you mean nome"),
        (GOOD.replace(b"name,", b""), "row 1, column name", "missing"),
        (GOOD.replace(b"day", b"day,hue", 1), "row 1, column hue", "not expected; the columns are"),
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
    with pytest.raises(AdoptionError, match=r"x\.csv\.gz: row 1, column 1: damaged gzip stream"):
        read(tmp_path, data, "x.csv.gz")


@pytest.mark.parametrize("text", ["2025-02-29", "2025-13-01", "25.10.2025", "2025-1-05", "2025"])
def test_a_day_that_does_not_exist(text: str) -> None:
    table = raw_table("day", "2025-10-25", "", text)
    with pytest.raises(AdoptionError) as caught:
        csvfile.dates(table, "day")
    assert str(caught.value) == (
        f"data/raw/x.csv: row 4, column day: {text!r} is not a day of the calendar (as 2025-10-25)"
    )


@pytest.mark.parametrize("text", ["10/25/2025", "2025/10/25", "25 Oct 2025", "20251025"])
def test_no_other_form_of_a_day_is_guessed_from_the_first_row(text: str) -> None:
    with pytest.raises(AdoptionError, match=f"row 2, column day: '{text}' is not a day"):
        csvfile.dates(raw_table("day", text, text), "day")


def test_days_and_numbers_are_parsed_and_empty_is_missing() -> None:
    table = raw_table("day,value", "2025-10-25,1.5", "1840-02-29,-3", ",")
    days, numbers = csvfile.dates(table, "day"), csvfile.numbers(table, "value")
    assert str(days.dtype) == "datetime64[us]"
    assert [f"{day:%Y-%m-%d}" for day in days.dropna()] == ["2025-10-25", "1840-02-29"]
    assert numbers.dropna().tolist() == [1.5, -3.0]
    assert days.isna().tolist() == numbers.isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    "text", ["many", "1.2.3", "12%", "nan", "1 000", "inf", "-Infinity", "1e999"]
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


def test_each_column_is_what_its_kind_says() -> None:
    table = raw_table("name,day,seats,share", "Qatar,2025-10-25,7,1.5", ",,,")
    columns = [
        Column("name", "text", "A name."),
        Column("day", "day", "A day."),
        Column("seats", "integer", "A number of seats."),
        Column("share", "number", "A share."),
    ]
    frame = csvfile.typed(table, columns)
    names = [column.name for column in columns]
    kinds = ["str", "datetime64[us]", "Int64", "float64"]
    assert [str(frame[name].dtype) for name in names] == kinds
    assert [str(value) for value in frame.loc[2, names]] == [
        "Qatar", "2025-10-25 00:00:00", "7", "1.5",
    ]  # fmt: skip
    assert frame[names].isna().to_numpy().tolist() == [[False] * 4, [False, True, True, True]]
    assert table.frame["seats"].tolist() == ["7", ""], "the raw table stays as it was"


def test_a_row_that_stands_twice() -> None:
    table = raw_table("iso3,year", "QAT,2020", "QAT,2024", "OMN,2020", "QAT,2024")
    csvfile.unique(RawTable(table.name, table.frame[:3]), "iso3", "year")
    with pytest.raises(
        AdoptionError, match=r"^data/raw/x\.csv: row 3, column iso3: 'QAT' stands tw"
    ):
        csvfile.unique(table, "iso3")
    with pytest.raises(AdoptionError, match="row 5, column iso3: 'QAT 2024' stands twice"):
        csvfile.unique(table, "iso3", "year")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AdoptionError, match=r"^the file: missing$"):
        csvfile.read_text(tmp_path / "x.csv", "the file")


def test_a_word_that_is_not_allowed() -> None:
    table = raw_table("vote", "yes", "aye")
    assert csvfile.one_of(table, "vote", ["yes", "aye"]).tolist() == ["yes", "aye"]
    with pytest.raises(
        AdoptionError, match=r"row 3.*'aye' is not one of yes, no; did you mean yes"
    ):
        csvfile.one_of(table, "vote", ["yes", "no"])
    many = [f"word{number}" for number in range(13)]
    with pytest.raises(AdoptionError, match="row 2, column vote: 'yes' is not one of the known"):
        csvfile.one_of(table, "vote", many)


# The same through the build of a copy of the real data, which must leave the tables alone


def latin(data: bytes) -> bytes:
    return data.replace("é".encode(), b"\xe9", 1)


@pytest.mark.parametrize(
    ("file", "damage", "problem"),
    [
        (GCI, lambda data: data[: data.index(b"\nBEN") + 9], "the file ends here: truncated"),
        (GCI, lambda _: b"", "row 1, column 1: the file is empty"),
        (GCI, lambda data: b"\xef\xbb\xbf" + data, "row 1, column 1: begins with"),
        (GCI, lambda _: b"<!doctype html>\n<p>Sorry", "row 1, column 1: an HTML page"),
        (GCI, lambda data: data.replace(b"technical,", b"", 1), "row 1, column technical: missing"),
        (GCI, lambda data: data.replace(b"tier", b"tear", 1), "row 1, column tier: missing; did"),
        (GCI, lambda data: data.replace(b",note", b",note,x", 1), "row 1, column x: not expected"),
        (GCI, lambda data: data.replace(b",note", b",note,note", 1), "row 1, column note: the nam"),
        ("raw/sources/comparison.csv", latin, "not UTF-8 (byte 0xe9)"),
        ("raw/acts-comparison/acts.csv", lambda data: data[:-9], "unexpected end of data"),
        (REVIEWED, lambda data: data[:-1], "column seen_in: the last line has no end: truncated"),
    ],
    ids=["cut", "empty", "mark", "page", "missing", "renamed", "extra", "twice", "latin", "end",
         "reviewed"],
)  # fmt: skip
def test_a_build_from_a_damaged_file_changes_nothing(
    tree: DataTree, file: str, damage: Callable[[bytes], bytes], problem: str
) -> None:
    damaged = damage(tree.data(file))
    assert damaged != tree.data(file)
    tree.put(file, damaged)
    message = tree.refusal()
    assert message.startswith(f"{tree.shown(file)}: row ")
    assert problem in message
    assert ", column " in message


def test_a_build_from_a_cut_gzip_file_changes_nothing(tree: DataTree) -> None:
    tree.put(BASE, tree.path(BASE).read_bytes()[:-1000], packed=False)
    assert tree.refusal().startswith(f"{tree.shown(BASE)}: row 1, column 1: damaged gzip stream")
