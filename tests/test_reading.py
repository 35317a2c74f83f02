"""Which files are read is recorded, and a result is remembered while they are the same."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from adoption.core.paths import processed_folder
from adoption.core.reading import (
    MAX_TREATIES,
    MAX_VALUES,
    record_read,
    recorded,
    remembered,
    remembered_up_to,
)
from adoption.law.conventions import load_conventions
from tests.conftest import DataTree

Read = Callable[[Path], str]


def read(path: Path) -> str:
    record_read(path)
    return path.read_text(encoding="utf-8") if path.exists() else "none"


@pytest.fixture
def calls() -> list[Path]:
    """The files for which a value was made by `reading`."""
    return []


@pytest.fixture
def reading(calls: list[Path]) -> Read:
    """A remembered function of one file."""

    @remembered
    def reading(path: Path) -> str:
        calls.append(path)
        return read(path)

    return reading


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text("one")
    return path


# Records


def test_a_record_has_what_was_read_while_it_was_open(file: Path, tmp_path: Path) -> None:
    record_read(tmp_path / "before")
    with recorded() as found:
        read(file)
        read(tmp_path / "missing")
        assert found == {file, tmp_path / "missing"}
    record_read(tmp_path / "after")
    assert found == {file, tmp_path / "missing"}


def test_a_record_is_closed_by_an_error_as_well(file: Path) -> None:
    with pytest.raises(ZeroDivisionError), recorded() as found:
        raise ZeroDivisionError
    read(file)
    assert found == set()


def test_cells_that_a_loop_runs_are_heard() -> None:
    shell = InteractiveShell()  # type: ignore[no-untyped-call]
    cells = ["from adoption import tables", "tables.read('votes')['date'].max(); await nothing()"]

    async def run() -> None:
        shell.user_ns["nothing"] = lambda: asyncio.sleep(0)
        for cell in cells:
            running = shell.run_cell_async(cell, silent=True, transformed_cell=cell)
            result = await asyncio.create_task(running)
            assert result.success

    with recorded() as found:
        asyncio.run(run())
    assert found == {processed_folder() / "votes.parquet"}


# What is remembered


def rewrite(path: Path) -> None:
    path.write_text("another")


def replace(path: Path) -> None:
    """Put another file of the same size and time in its place."""
    before = path.stat()
    new = path.with_suffix(".new")
    new.write_text("two")
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(path)


def touch_in_place(path: Path) -> None:
    """Write as many bytes into the same file, a moment later."""
    path.write_text("two")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))


@pytest.mark.parametrize("change", [rewrite, replace, touch_in_place, Path.unlink])
def test_a_file_that_changed_is_read_anew(
    reading: Read, calls: list[Path], file: Path, change: Callable[[Path], None]
) -> None:
    assert reading(file) == "one"
    change(file)
    expected = file.read_text() if file.exists() else "none"
    assert expected != "one"
    assert [reading(file), reading(file)] == [expected, expected]
    assert calls == [file, file]


def test_a_file_that_changes_while_it_is_read_is_read_anew(file: Path) -> None:
    @remembered
    def reading() -> str:
        before = read(file)
        if before == "one":
            rewrite(file)
        return before

    assert [reading(), reading()] == ["one", "another"]


def test_files_reach_what_is_made_of_a_remembered_value(
    reading: Read, calls: list[Path], file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"

    @remembered
    def both() -> str:
        return reading(file) + read(other)

    reading(file)  # so that it is remembered when `both` is made
    for expected in ("onenone", "onenone", "anothernone", "anotherthere"):
        if expected == "anothernone":
            rewrite(file)
        if expected == "anotherthere":
            other.write_text("there")
        with recorded() as found:
            assert both() == expected
        assert found == {file, other}
    assert calls == [file, file]


def test_an_error_is_not_remembered_but_its_files_are_recorded(file: Path) -> None:
    tried = []

    @remembered
    def failing() -> str:
        tried.append(read(file))
        raise ValueError(tried[-1])

    for _ in range(2):
        with recorded() as found, pytest.raises(ValueError, match="one"):
            failing()
        assert found == {file}
    assert len(tried) == 2


def test_only_the_values_used_last_are_kept() -> None:
    made = []

    @remembered_up_to(2)
    def double(number: int, *, more: int = 0) -> int:
        made.append(number)
        return 2 * number + more

    assert [double(n) for n in (1, 2, 1, 3, 1, 3)] == [2, 4, 2, 6, 2, 6]
    assert made == [1, 2, 3], "3 took the place of 2, not of 1, which was used since"
    assert [double(2, more=1), double(2, more=1), double(3)] == [5, 5, 6]
    assert made == [1, 2, 3, 2], "2 took the place of 1"
    assert [double(1), double(2, more=1)] == [2, 5]
    assert made == [1, 2, 3, 2, 1, 2]


def test_two_passes_over_more_treaties_than_days_compute_each_once() -> None:
    computed = []

    @remembered_up_to(MAX_TREATIES)
    def history(name: str) -> str:
        computed.append(name)
        return name

    names = [f"treaty-{number}" for number in range(2 * MAX_VALUES)]
    assert [history(name) for name in (*names, *names)] == [*names, *names]
    assert computed == names


def test_another_project_has_other_values(tree: DataTree, monkeypatch: pytest.MonkeyPatch) -> None:
    here = load_conventions()
    tree.replace("reference/conventions.toml", "threshold = 40", "threshold = 41")
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    there = load_conventions()
    assert (here["hanoi"].threshold, there["hanoi"].threshold) == (40, 41)
    with recorded() as found:
        assert load_conventions() is there
    assert found == {
        tree.reference.resolve() / "conventions.toml",
        tree.reference.resolve() / "treaties.toml",  # a protocol names its parent there
        tree.processed.resolve() / "conventions.parquet",  # not there yet, but it may come
        tree.processed.resolve() / "added.json",
    }
    monkeypatch.undo()
    assert load_conventions() is here
