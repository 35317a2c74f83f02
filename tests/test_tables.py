"""The processed tables as analyses read them."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption import tables
from adoption.data.dictionary import TABLES
from adoption.errors import AdoptionError
from adoption.law.coverage import BESIDE
from adoption.paths import processed_folder, raw_folder
from tests.conftest import FROZEN, DataTree

NAMES = [entry.name for entry in TABLES]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_the_columns_and_dtypes_of_the_dictionary(name: str) -> None:
    frame = tables.read(name)
    (entry,) = (table for table in TABLES if table.name == name)
    assert frame.dtypes.astype(str).to_dict() == entry.dtypes()
    assert list(frame.columns) == [column.name for column in entry.columns]
    assert not frame.empty or name in BESIDE, "of lists there is none yet"


@pytest.mark.parametrize("name", NAMES)
def test_csv_and_parquet_hold_the_same(name: str) -> None:
    frame = tables.read(name)
    dtypes = {str(column): str(dtype) for column, dtype in frame.dtypes.items()}
    days = [column for column, dtype in dtypes.items() if dtype.startswith("datetime")]
    written = pd.read_csv(
        processed_folder() / f"{name}.csv",
        dtype={column: dtypes[column] for column in dtypes if column not in days},
        parse_dates=days,
        date_format="%Y-%m-%d",
        keep_default_na=False,
        na_values=[""],
    )
    pd.testing.assert_frame_equal(written, frame, check_dtype=False)


@pytest.mark.parametrize(("name", "near"), [("act", "acts"), ("Votes", "votes"), ("x.csv", "")])
def test_an_unknown_table_is_refused(name: str, near: str) -> None:
    with pytest.raises(AdoptionError, match=f"no table '{name}'; did you mean {near}"):
        tables.read(name)


def test_a_table_that_was_not_built_says_how(
    monkeypatch: pytest.MonkeyPatch, tree: DataTree
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    with pytest.raises(AdoptionError) as caught:
        tables.read("acts")
    assert str(caught.value) == "data/processed/acts.parquet: missing; run `adoption build`"


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"<html>"])
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


def test_what_is_done_to_the_numbers_of_a_table_reaches_no_other_reader() -> None:
    before = tables.read("capacity")
    tables.read("capacity")["edition"].to_numpy()[0] = 1900
    pd.testing.assert_frame_equal(tables.read("capacity"), before)


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


def test_a_table_that_is_built_again_is_read_again(
    monkeypatch: pytest.MonkeyPatch, tree: DataTree
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    votes, path = (
        pd.read_parquet(FROZEN / "data" / "processed" / "votes.parquet"),
        tree.processed / "votes.parquet",
    )
    for rows in (3, 5):
        votes.head(rows).to_parquet(path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
        assert [len(tables.read("votes")) for _ in range(2)] == [rows, rows]
    path.unlink()
    with pytest.raises(AdoptionError, match="missing; run `adoption build`"):
        tables.read("votes")
