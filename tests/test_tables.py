"""The processed tables as analyses read them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from adoption import tables
from adoption.data.dictionary import TABLES, files_of
from adoption.errors import AdoptionError
from adoption.law.evidence import BESIDE
from adoption.paths import processed_folder, raw_folder
from adoption.reading import recorded
from tests.conftest import LATER, DataTree

NAMES = [entry.name for entry in TABLES]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_the_columns_of_the_dictionary_and_its_csv_holds_the_same(name: str) -> None:
    frame = tables.read(name)
    (entry,) = (table for table in TABLES if table.name == name)
    assert frame.dtypes.astype(str).to_dict() == entry.dtypes()
    assert list(frame.columns) == [column.name for column in entry.columns]
    assert not frame.empty or name in (*BESIDE, *LATER), "of lists there is none yet"
    days = [column.name for column in entry.columns if entry.dtypes()[column.name][0] == "d"]
    files = [
        pd.read_csv(
            processed_folder() / f"{file}.csv",
            dtype={column: dtype for column, dtype in entry.dtypes().items() if column not in days},
            parse_dates=days, date_format="%Y-%m-%d", keep_default_na=False, na_values=[""],
        )
        for file in files_of(name)
    ]  # fmt: skip
    written = pd.concat(files).sort_values(list(entry.unique), ignore_index=True)
    as_written = frame.sort_values(list(entry.unique), ignore_index=True)
    pd.testing.assert_frame_equal(written, as_written, check_dtype=False)


def test_what_is_not_for_commerce_stands_in_a_file_of_its_own() -> None:
    package = json.loads((processed_folder() / "datapackage.json").read_text("utf-8"))
    marked = {one["path"]: one["licenses"] for one in package["resources"] if "licenses" in one}
    assert list(marked) == ["gci.csv"]
    assert "non-commercial" in marked["gci.csv"][0]["title"]
    indices = {
        file: set(pd.read_csv(processed_folder() / f"{file}.csv")["index"])
        for file in ("capacity", "gci")
    }
    assert indices["gci"] == {"GCI"}
    assert "GCI" not in indices["capacity"]


@pytest.mark.parametrize(("name", "near"), [("act", "acts"), ("Votes", "votes"), ("x.csv", "")])
def test_an_unknown_table_is_refused(name: str, near: str) -> None:
    with pytest.raises(AdoptionError, match=f"no table '{name}'; (did you mean )?{near}"):
        tables.read(name)


@pytest.mark.parametrize("damage", [b"", b"<html>"])
def test_a_damaged_table_says_how(
    monkeypatch: pytest.MonkeyPatch, tree: DataTree, damage: bytes
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    (tree.processed / "acts.parquet").write_bytes(damage)
    with pytest.raises(AdoptionError) as caught:
        tables.read("acts")
    assert str(caught.value) == "data/processed/acts.parquet: damaged; run `adoption build`"


def test_the_day_of_the_data_is_that_of_the_newest_raw_file() -> None:
    newest = max(day.name for source in raw_folder().iterdir() for day in source.iterdir())
    assert tables.data_day().isoformat() == newest


def test_what_is_done_to_a_table_reaches_no_other_reader() -> None:
    first = tables.read("votes")
    before = first.copy(deep=True)
    first["iso3"] = "XXX"
    first.loc[0, "vote"] = "other"
    first.index.name = "changed"
    del first["date"]
    again = tables.read("votes")
    pd.testing.assert_frame_equal(again, before)
    assert again.index.name is None


# The tables of any folder


def test_each_file_of_a_build_is_recorded_also_one_that_is_not_there(tmp_path: Path) -> None:
    for name in ("votes.parquet", "acts.parquet"):
        (tmp_path / name).write_bytes((processed_folder() / name).read_bytes())
    with recorded() as found:
        assert list(tables.read_build(tmp_path)) == ["acts", "votes"]
    files = [file for name in NAMES for file in files_of(name)]
    assert found == {tmp_path / f"{file}.parquet" for file in files}
    assert list(tables.read_build(processed_folder())) == NAMES


def test_a_folder_that_is_no_build_is_one_line(tmp_path: Path) -> None:
    for folder, said in (
        (tmp_path, "holds no table of a build"),
        (tmp_path / "x", "no such folder"),
    ):
        with pytest.raises(AdoptionError, match=rf"^{folder}: .*{said}"):
            tables.read_build(folder)
    (tmp_path / "acts.parquet").write_bytes(b"PAR1 this is no table")
    with pytest.raises(AdoptionError, match=rf"^{tmp_path}/acts.parquet: damaged: .*table$"):
        tables.read_build(tmp_path)
