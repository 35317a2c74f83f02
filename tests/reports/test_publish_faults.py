"""Publishing when something fails: the last report stays, and the fault is one line."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.reports.publish import building
from adoption.reports.runs import read_last
from tests.reports.publishing import (
    assert_tidy,
    assert_whole,
    carry,
    make,
    publish,
    record,
    runs,
    words,
)


def test_a_page_that_was_not_made_is_not_published(tmp_path: Path) -> None:
    publish(tmp_path, {"a": "first"})
    with (
        pytest.raises(AdoptionError, match=r"^page b: b\.html was not made$"),
        building(tmp_path) as run,
    ):
        run.publish({"a": make(run, "a", "second"), "b": record()})
    assert words(tmp_path, "a") == "first"
    assert_tidy(tmp_path)


@pytest.mark.parametrize("step", ["write_text", "symlink_to", "rename", "replace"])
def test_where_a_step_of_publishing_fails_the_last_report_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = publish(tmp_path, {"a": "first"})

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, refuse)
        with pytest.raises(AdoptionError, match=r"cannot be written: No space left on device$"):
            publish(tmp_path, {"a": "second"})
    assert words(tmp_path, "a") == "first"
    assert runs(tmp_path) == [first.name]
    assert_tidy(tmp_path)


def test_an_error_that_is_not_of_writing_is_told_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), building(tmp_path) as run:
        (run.folder / "none").read_bytes()
    with pytest.raises(PermissionError), building(tmp_path):
        raise PermissionError(errno.EACCES, "Permission denied", "/somewhere/data.csv")


@pytest.mark.parametrize("name", ["reports", "reports/runs"])
def test_a_file_where_a_folder_should_be(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a file", encoding="utf-8")
    with pytest.raises(AdoptionError) as caught, building(tmp_path / "reports"):
        pytest.fail("nothing is built where nothing can be written")
    says = "cannot be written: there is a file where a folder should be"
    assert str(caught.value) == f"{path}: {says}"
    assert path.read_text(encoding="utf-8") == "a file"


@pytest.mark.parametrize("stands", ["a file", "a folder"])
def test_what_stands_in_the_place_of_the_link_is_not_touched(tmp_path: Path, stands: str) -> None:
    latest = tmp_path / "latest"
    if stands == "a file":
        latest.write_text("mine", encoding="utf-8")
    else:
        latest.mkdir()
        (latest / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(AdoptionError) as caught, building(tmp_path):
        pytest.fail("the work would be for nothing")
    assert str(caught.value) == f"{latest}: is no link to a report; move it away"
    assert runs(tmp_path) == []


def test_where_there_are_no_links_the_run_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", str(self))

    monkeypatch.setattr(Path, "symlink_to", refuse)
    texts: list[str] = []
    first = publish(tmp_path, {"a": "first"}, keep=1, say=texts.append)
    says = "no link can be made there; the report is"
    assert texts == [f"{tmp_path / 'latest'}: {says} {first}"]
    last = read_last(tmp_path)
    assert last is not None
    assert last.folder == first
    second = carry(tmp_path, "a")
    assert (second / "a.html").samefile(first / "a.html")
    third = publish(tmp_path, {"a": "third"}, keep=1, say=texts.append)
    assert runs(tmp_path) == [second.name, third.name]
    assert_whole(tmp_path)
