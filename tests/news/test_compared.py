"""What two folders are, and what is compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.news.compared import compared
from tests.conftest import FROZEN, DataTree
from tests.news.made_up import act
from tests.news.made_up import build as tables
from tests.news.sources import listed


def written(folder: Path, *days: str) -> Path:
    """Write the tables of a made-up build as CSV."""
    folder.mkdir(parents=True)
    acts = [act("AAA", day=day, convention="hanoi") for day in days]
    for name, table in tables(*acts).items():
        table.to_csv(folder / f"{name}.csv", index=False)
    return folder


def test_two_folders_of_tables_and_two_checkouts(tmp_path: Path) -> None:
    old = written(tmp_path / "one" / "data" / "processed", "2026-01-01")
    new = written(tmp_path / "other", "2026-01-02")
    for one in (old, tmp_path / "one"):
        found = compared(one, new)
        assert [(c.act.iso3, c.change) for c in found.acts] == [("AAA", "changed")]
        assert compared(one, old).empty


def test_the_built_tables_and_what_would_be_built(
    monkeypatch: pytest.MonkeyPatch, tree: DataTree
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    shutil.rmtree(tree.processed)
    tree.processed.symlink_to(FROZEN / "data" / "processed")
    tree.replace("raw/acts-cybercrime/acts.csv", "MUS,Mauritius,signature,2025-11-19",
                 "MUS,Mauritius,signature,2025-11-20")  # fmt: skip
    (change,) = compared().acts
    assert (change.act.iso3, change.fields) == ("MUS", ("date", "earliest", "latest"))
    assert compared(FROZEN / "data" / "processed").empty, "the built tables, which are as they were"


def test_a_folder_that_is_neither(tmp_path: Path) -> None:
    good = written(tmp_path / "good", "2026-01-01")
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "prices.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for name, line in (
        ("away", "away: there is no such folder"),
        ("file", "file: there is no such folder"),
        ("empty", "empty: holds no table of a build (name.parquet or name.csv)"),
        ("other", "other: no build of this version: the table conventions is missing; did you "
         "mean prices?"),
    ):  # fmt: skip
        for pair in ((good, tmp_path / name), (tmp_path / name, good)):
            with pytest.raises(AdoptionError) as caught:
                compared(*pair)
            assert str(caught.value) == f"{tmp_path}/{line}"


def test_a_build_and_a_snapshot(home: Path) -> None:
    """Two snapshots are compared, and two builds; not one of each."""
    snapshot = listed(home, "2026-12-01T060000Z", ("Qatar", "25 Oct 2025", ""))
    later = listed(home, "2026-12-08T060000Z", ("Qatar", "25 Oct 2025", "1 Dec 2026"))
    assert [c.act.act for c in compared(snapshot, later).acts] == ["ratification"]
    tables_of = written(home / "copy", "2026-01-01")
    for pair in ((snapshot, tables_of), (tables_of, snapshot)):
        with pytest.raises(AdoptionError) as caught:
            compared(*pair)
        assert str(caught.value).startswith(f"{snapshot}: a snapshot, and {tables_of} is none: ")
