"""Folders that appear whole, one writer at a time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.fetching.folders import COMING, alone, put_folder

FILES = {"a.xml": b"<a/>", "b.csv": b"b"}


def found(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_that_is_there_or_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    put = put_folder(tmp_path, "group", "one", FILES)
    with pytest.raises(FileExistsError):
        put_folder(tmp_path, "group", "one", {"c": b"c"})
    with pytest.raises(OSError, match="File name too long"):
        put_folder(tmp_path, "group", "two", {"x" * 300: b""})
    assert found(put) == FILES
    assert [*tmp_path.iterdir(), *put.parent.iterdir()] == [put.parent, put]


def test_a_folder_is_put_with_its_files_to_be_read_only(tmp_path: Path) -> None:
    put = put_folder(tmp_path, "group", "one", FILES)
    assert put == tmp_path / "group" / "one"
    assert found(put) == FILES
    assert {path.stat().st_mode & 0o777 for path in put.iterdir()} == {0o444}
    assert put.stat().st_mode & 0o777 == put.parent.stat().st_mode & 0o777 == 0o755
    assert found(put_folder(tmp_path, "group", "two", {"c": b""})) == {"c": b""}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["group"]
    assert sorted(path.name for path in put.parent.iterdir()) == ["one", "two"]


def test_what_a_killed_one_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / f"{COMING}x" / "one"
    left.mkdir(parents=True)
    (left / "a.xml").write_bytes(b"<a")
    (left / "a.xml").chmod(0o444)
    (tmp_path / "group").mkdir()
    with alone(tmp_path):
        assert list(tmp_path.iterdir()) == [tmp_path / "group"]


def test_one_writes_while_others_wait(tmp_path: Path) -> None:
    order: list[str] = []
    waits = threading.Event()

    def second() -> None:
        waits.set()
        with alone(tmp_path):
            order.append("second")

    thread = threading.Thread(target=second)
    with alone(tmp_path):
        thread.start()
        assert waits.wait(10)
        thread.join(0.2)
        assert thread.is_alive()
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_an_error_inside_lets_go_and_is_told_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    with pytest.raises(ZeroDivisionError), alone(folder):
        _ = 1 / 0
    with pytest.raises(AdoptionError) as caught, alone(folder):
        (folder / "none").read_bytes()
    assert str(caught.value) == (
        f"{folder}/none: cannot be read or written: No such file or directory"
    )
    with alone(folder):
        assert folder.is_dir()
