"""Reading a build, in any order, and damage in one line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from adoption.builds import as_text, key_columns, read_build
from adoption.data.dictionary import TABLES
from adoption.errors import AdoptionError
from adoption.paths import processed_folder
from adoption.reading import recorded


def test_each_file_that_is_read_is_recorded_and_that_there_is_no_other(tmp_path: Path) -> None:
    for name in ("acts.parquet", "votes.parquet"):
        (tmp_path / name).write_bytes((processed_folder() / name).read_bytes())
    with recorded() as found:
        assert list(read_build(tmp_path)) == ["acts", "votes"]
    assert found == {tmp_path, tmp_path / "acts.parquet", tmp_path / "votes.parquet"}


def test_a_number_is_written_one_way_whatever_its_type() -> None:
    frame = pd.DataFrame({"convention": ["untoc"], "signatories": [147.0], "parties": ["1e2"]})
    assert as_text("totals", frame).iloc[0].tolist() == ["untoc", "147", "100"]


def test_a_table_that_the_dictionary_does_not_know_comes_last(tmp_path: Path) -> None:
    for name in ("abacus", "totals"):
        pd.DataFrame({"a": ["1.0"], "b": ["2"]}).to_parquet(tmp_path / f"{name}.parquet")
    tables = read_build(tmp_path)
    assert list(tables) == ["totals", "abacus"]
    assert key_columns("abacus", tables["abacus"]) == ["a", "b"]
    whole = read_build(processed_folder())
    assert list(whole) == [table.name for table in TABLES]
    assert key_columns("totals", whole["totals"]) == ["convention", "as_of", "source"]


def test_a_folder_without_tables(tmp_path: Path) -> None:
    for folder, said in (
        (tmp_path, "holds no table of a build"),
        (tmp_path / "x", "no such folder"),
    ):
        with pytest.raises(AdoptionError) as caught:
            read_build(folder)
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_damaged_file_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "acts.parquet").write_bytes(b"PAR1 this is no table")
    with pytest.raises(AdoptionError, match=rf"^{tmp_path.name}/acts.parquet: damaged: .*table$"):
        read_build(tmp_path)
