"""Writing: the same bytes every time, all of the tables or none, and what is out of date."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.tables.write import (
    folder_differences,
    replace_folder,
    to_csv,
    to_parquet,
    without_formulas,
)
from tests.conftest import contents

OLD = {"acts.csv": b"old", "gone.csv": b"old too"}
NEW = {"acts.csv": b"new", "votes.csv": b"new too"}
FRAME = pd.DataFrame(
    {
        "name": ["Côte d'Ivoire", 'a "quoted", name', None],
        "day": pd.to_datetime(["2025-10-25", "", "1999-12-09"]).astype("datetime64[us]"),
        "small": [True, False, True],
        "count": pd.array([1, None, 3], dtype="Int64"),
        "share": [0.1, None, 2.0],
    }
)
rename_really = Path.rename


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "processed"
    made.mkdir()
    for name, data in OLD.items():
        (made / name).write_bytes(data)
    return made


def alone(folder: Path) -> bool:
    return [path.name for path in folder.parent.iterdir()] == [folder.name]


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_csv_is_plain() -> None:
    assert to_csv(FRAME).decode() == (
        "name,day,small,count,share\n"
        "Côte d'Ivoire,2025-10-25,true,1,0.1\n"
        '"a ""quoted"", name",,false,,\n'
        ",1999-12-09,true,3,2.0\n"
    )
    assert FRAME["small"].tolist() == [True, False, True]


def test_a_folder_is_replaced_as_a_whole(folder: Path) -> None:
    replace_folder(folder, NEW)
    assert contents(folder) == NEW
    assert alone(folder)
    assert folder.stat().st_mode & 0o777 == 0o755
    replace_folder(folder.with_name("new"), NEW)
    assert contents(folder.with_name("new")) == NEW


def test_a_full_disk_leaves_everything_as_it_was(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(AdoptionError) as caught:
        replace_folder(folder, NEW)
    assert str(caught.value) == f"{folder}: cannot be written: No space left on device"
    monkeypatch.undo()
    assert contents(folder) == OLD
    assert alone(folder)


@pytest.mark.parametrize("failing", [1, 2], ids=["old folder away", "new folder in"])
def test_a_refused_rename_leaves_everything_as_it_was(
    monkeypatch: pytest.MonkeyPatch, folder: Path, failing: int
) -> None:
    calls: list[Path] = []

    def rename(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == failing:
            raise OSError(errno.EROFS, "Read-only file system")
        return rename_really(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(AdoptionError, match="cannot be written: Read-only file system"):
        replace_folder(folder, NEW)
    monkeypatch.undo()
    assert contents(folder) == OLD
    assert alone(folder)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda _: None, []),
        (lambda folder: (folder / "acts.csv").write_bytes(b"odd"), ["acts.csv is out of date"]),
        (lambda folder: (folder / "acts.csv").unlink(), ["acts.csv is missing"]),
        (lambda folder: (folder / "a.txt").touch(), ["a.txt does not belong there"]),
        (
            lambda folder: rename_really(folder, folder.with_name("elsewhere")),
            ["acts.csv is missing", "gone.csv is missing"],
        ),
    ],
    ids=["none", "changed", "missing", "extra", "no folder"],
)
def test_differences(folder: Path, change: Callable[[Path], Any], found: list[str]) -> None:
    change(folder)
    assert folder_differences(folder, OLD) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (lambda: FRAME.to_parquet(compression="snappy"), []),
        (lambda: to_parquet(FRAME.iloc[::-1]), ["x.parquet is out of date"]),
        (
            lambda: to_parquet(FRAME.assign(share=[0.1, float("nan"), 2.1])),
            ["x.parquet is out of date"],
        ),
        (lambda: to_parquet(FRAME)[:-10], ["x.parquet is out of date"]),
    ],
    ids=["other bytes", "order", "value", "cut"],
)
def test_a_parquet_file_of_other_bytes_and_the_same_table_is_no_difference(
    tmp_path: Path, written: Callable[[], bytes], found: list[str]
) -> None:
    data = written()
    assert data != to_parquet(FRAME)
    (tmp_path / "x.parquet").write_bytes(data)
    assert folder_differences(tmp_path, {"x.parquet": to_parquet(FRAME)}) == found


def test_a_csv_runs_nothing_in_a_spreadsheet() -> None:
    texts = ["=HYPERLINK(1)", "@SUM(1)|cmd", "-1+2", "@b08a82b", None]
    frame = pd.DataFrame({"text": texts, "number": [-1.0, 2, 3, 4, 5]})
    content = to_csv(without_formulas(frame)).decode().splitlines()
    assert content[1:5] == ["'=HYPERLINK(1),-1.0", "'@SUM(1)|cmd,2.0", "'-1+2,3.0", "'@b08a82b,4.0"]


def test_the_bytes_do_not_depend_on_how_pandas_keeps_text() -> None:
    rows = {"iso3": ["AAA", None], "note": ["", "é"]}
    contents = []
    for storage in ("python", "pyarrow"):
        with pd.option_context("mode.string_storage", storage):
            contents.append(to_parquet(pd.DataFrame(rows, dtype="str")))
    assert contents[0] == contents[1]
