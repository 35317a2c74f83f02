"""Which files are read is recorded, and a result is remembered while they are the same."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from adoption.law.conventions import load_conventions
from adoption.paths import processed_folder
from adoption.reading import note, recorded, remembered
from tests.conftest import DataTree

Read = Callable[[Path], str]


def read(path: Path) -> str:
    note(path)
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
    note(tmp_path / "before")
    with recorded() as found:
        read(file)
        read(tmp_path / "missing")
        assert found == {file, tmp_path / "missing"}
    note(tmp_path / "after")
    assert found == {file, tmp_path / "missing"}


def test_each_of_nested_records_has_what_it_saw(tmp_path: Path) -> None:
    with recorded() as outer:
        note(tmp_path / "a")
        with recorded() as inner:
            note(tmp_path / "b")
        note(tmp_path / "c")
    assert inner == {tmp_path / "b"}
    assert outer == {tmp_path / name for name in "abc"}


def test_a_record_is_closed_by_an_error_as_well(file: Path) -> None:
    with pytest.raises(ZeroDivisionError), recorded() as found:
        raise ZeroDivisionError
    read(file)
    assert found == set()


def test_a_path_is_that_of_the_working_folder_at_the_time(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    with recorded() as found:
        note(Path(file.name))
    monkeypatch.chdir("/")
    assert found == {file}


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


def test_a_thread_in_a_copy_of_the_context_is_heard(file: Path) -> None:
    with recorded() as found, ThreadPoolExecutor(1) as pool:
        pool.submit(copy_context().run, read, file).result()
    assert found == {file}


# What is remembered


def test_a_value_is_made_once(reading: Read, calls: list[Path], file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert [reading(file), reading(other), reading(file)] == ["one", "none", "one"]
    assert calls == [file, other]


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


def test_a_file_that_came_is_read(reading: Read, tmp_path: Path) -> None:
    path = tmp_path / "new"
    assert reading(path) == "none"
    path.write_text("new")
    assert reading(path) == "new"


def test_a_file_that_changes_while_it_is_read_is_read_anew(file: Path) -> None:
    @remembered
    def reading() -> str:
        before = read(file)
        if before == "one":
            rewrite(file)
        return before

    assert [reading(), reading()] == ["one", "another"]


def test_the_files_of_a_remembered_value_are_recorded(
    reading: Read, calls: list[Path], file: Path
) -> None:
    reading(file)
    for _ in range(2):
        with recorded() as outer, recorded() as inner:
            reading(file)
        assert inner == outer == {file}
    assert calls == [file]


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

    @remembered(maxsize=2)
    def double(number: int, *, more: int = 0) -> int:
        made.append(number)
        return 2 * number + more

    assert [double(n) for n in (1, 2, 1, 3, 1, 2)] == [2, 4, 2, 6, 2, 4]
    assert made == [1, 2, 3, 2]
    assert [double(2, more=1), double(2, more=1), double(2)] == [5, 5, 4]
    assert made == [1, 2, 3, 2, 2]


def test_it_keeps_the_name_and_the_words_of_the_function() -> None:
    assert load_conventions.__name__ == "load_conventions"
    assert "registry by id" in str(load_conventions.__doc__)


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
        tree.processed.resolve() / "conventions.parquet",  # not there yet, but it may come
    }
    monkeypatch.undo()
    assert load_conventions() is here


def test_a_file_of_the_reference_that_a_person_edits_is_read_again(
    tree: DataTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    for before, after in ((40, 41), (41, 42)):
        assert load_conventions()["hanoi"].threshold == before
        tree.replace("reference/conventions.toml", f"threshold = {before}", f"threshold = {after}")
    assert load_conventions()["hanoi"].threshold == 42


def test_threads_that_ask_while_a_file_changes_get_what_it_held(tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(5)]

    @remembered(maxsize=3)
    def number_in(path: Path) -> int:
        return int(read(path))

    def write(number: int) -> None:
        for path in files:
            new = path.with_suffix(".new")
            new.write_text(str(number))
            new.replace(path)

    def ask(path: Path) -> bool:
        last = 0
        for _ in range(200):
            with recorded() as found:
                now = number_in(path)
            assert found == {path}
            assert now >= last, "an older content after a newer one"
            last = now
        return True

    write(0)
    with ThreadPoolExecutor(len(files)) as pool:
        asked = [pool.submit(ask, path) for path in files * 2]
        for number in range(1, 50):
            write(number)
        assert all(future.result() for future in asked)
    assert [number_in(path) for path in files] == [49] * 5
