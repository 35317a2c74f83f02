"""Reading a build as text: Parquet and CSV alike, in any order, and damage in one line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from adoption.builds import in_order, key_columns, read_build
from adoption.data.dictionary import TABLES, files_of
from adoption.errors import AdoptionError
from adoption.paths import processed_folder
from adoption.reading import recorded

NAMES = [table.name for table in TABLES]


def copied(folder: Path, kind: str, *names: str) -> Path:
    for name in names:
        data = (processed_folder() / f"{name}.{kind}").read_bytes()
        (folder / f"{name}.{kind}").write_bytes(data)
    return folder


def test_parquet_and_csv_give_the_same_text(tmp_path: Path) -> None:
    whole = read_build(processed_folder())
    assert list(whole) == NAMES
    (tmp_path / "csv").mkdir()
    files = [file for name in NAMES for file in files_of(name)]
    from_csv = read_build(copied(tmp_path / "csv", "csv", *files))
    for name in NAMES:
        pd.testing.assert_frame_equal(whole[name], from_csv[name])


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_each_file_that_is_read_is_recorded_and_that_there_is_no_other(
    tmp_path: Path, kind: str
) -> None:
    copied(tmp_path, kind, "acts", "votes")
    with recorded() as found:
        read_build(tmp_path)
    assert found == {tmp_path, tmp_path / f"acts.{kind}", tmp_path / f"votes.{kind}"}


def test_a_number_is_written_one_way_whatever_wrote_it(tmp_path: Path) -> None:
    (tmp_path / "totals.csv").write_text(
        "convention,as_of,signatories,parties,wording,source\nuntoc,,147.0,1e2,,x\n"
    )
    row = read_build(tmp_path)["totals"].iloc[0]
    assert (row["signatories"], row["parties"], row["as_of"]) == ("147", "100", "")


def test_a_table_that_the_dictionary_does_not_know_comes_last(tmp_path: Path) -> None:
    (tmp_path / "abacus.csv").write_text("a,b\n1.0,2\n")
    copied(tmp_path, "csv", "totals")
    tables = read_build(tmp_path)
    assert list(tables) == ["totals", "abacus"]
    assert tables["abacus"].iloc[0].tolist() == ["1.0", "2"]
    assert key_columns("abacus", tables["abacus"]) == ["a", "b"]
    assert key_columns("totals", tables["totals"]) == ["convention", "as_of", "source"]
    assert in_order(["zebra", "acts", "conventions", "acts"]) == ["conventions", "acts", "zebra"]


def test_a_folder_without_tables(tmp_path: Path) -> None:
    for folder, said in (
        (tmp_path, "holds no table of a build"),
        (tmp_path / "x", "no such folder"),
    ):
        with pytest.raises(AdoptionError) as caught:
            read_build(folder)
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("acts.parquet", b"PAR1 this is no table", "acts.parquet: damaged"),
        ("acts.csv", b"a,b\n1,2\n3", "acts.csv: row 3, column a: 1 fields where 2 are expected"),
        ("acts.csv", b"a,b\n1,\xff\n", "acts.csv: line 2: byte 0xff is not UTF-8"),
    ],
)
def test_a_damaged_file_is_named_in_one_line(
    tmp_path: Path, file: str, data: bytes, said: str
) -> None:
    (tmp_path / file).write_bytes(data)
    with pytest.raises(AdoptionError) as caught:
        read_build(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path.name}/{said}")
    assert "\n" not in str(caught.value)
