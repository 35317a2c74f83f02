"""Publishing: built apart, switched in at once; what stays, and what fails in one line."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from adoption.core.errors import AdoptionError
from adoption.press.current import KEPT_RUNS
from adoption.press.publish import building, publish_again
from adoption.press.store import document_file, notebook_file, page_file, read_last
from tests.reports.publishing import (
    SHA,
    assert_tidy,
    assert_whole,
    carry,
    files,
    make,
    publish,
    record,
    runs,
    sheets,
    words,
)

# Publishing


def test_latest_is_a_link_to_the_newest_run(tmp_path: Path) -> None:
    with building(tmp_path) as run:
        pages = {"a": make(run, "a", "first")}
        assert run.publish(pages) == tmp_path / "latest"
    assert not (tmp_path / "latest").readlink().is_absolute(), "it may be moved with its folder"
    publish(tmp_path, {"a": "second"})
    assert words(tmp_path, "a") == "second"
    assert len(runs(tmp_path)) == 2
    assert assert_whole(tmp_path) == runs(tmp_path)[-1]
    assert_tidy(tmp_path)
    assert (tmp_path / "latest" / "a.html").stat().st_mode & 0o444 == 0o444
    assert (tmp_path / "latest").stat().st_mode & 0o777 == 0o755


def test_the_switch_is_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, {"a": "first"})
    seen: list[tuple[str, str]] = []

    def watched(step: str, real: object) -> object:
        def stepped(self: Path, *arguments: object, **more: object) -> object:
            before = words(tmp_path, "a")
            done = real(self, *arguments, **more)  # type: ignore[operator]
            assert_whole(tmp_path)
            seen.append((step, f"{before} -> {words(tmp_path, 'a')}"))
            return done

        return stepped

    for step in ("rename", "unlink", "symlink_to", "hardlink_to", "replace"):
        monkeypatch.setattr(Path, step, watched(step, getattr(Path, step)))
    publish(tmp_path, {"a": "second"}, keep=0)
    assert [step for step, change in seen if change == "first -> second"] == ["replace"]
    assert {change for _, change in seen} == {
        *("first -> first", "first -> second", "second -> second")
    }


@pytest.mark.parametrize(("keep", "kept"), [({}, KEPT_RUNS), ({"keep": 1}, 1), ({"keep": 0}, 0)])
def test_runs_are_kept_up_to_the_limit(tmp_path: Path, keep: dict[str, int], kept: int) -> None:
    names = [publish(tmp_path, {"a": f"report {n}"}, **keep).name for n in range(KEPT_RUNS + 3)]
    assert names == sorted(names)
    assert runs(tmp_path) == names[-1 - kept :]
    assert_whole(tmp_path)


def test_an_earlier_run_is_published_again_until_the_next(tmp_path: Path) -> None:
    for text in ("first", "second"):
        publish(tmp_path, {"a": text})
    first = runs(tmp_path)[0]
    assert publish_again(tmp_path, first) == tmp_path / "latest"
    assert words(tmp_path, "a") == "first"
    with pytest.raises(AdoptionError, match=rf"--publish: no run 'x' in .+; allowed: .+, {first}"):
        publish_again(tmp_path, "x")
    publish(tmp_path, {"a": "third"})
    assert (words(tmp_path, "a"), len(runs(tmp_path))) == ("third", 3)
    assert_tidy(tmp_path)


# Pages of the last run


def test_a_page_is_carried_over_without_a_copy(tmp_path: Path) -> None:
    first = publish(tmp_path, {"a": "one", "b": "two"})
    with building(tmp_path) as run:
        assert run.last is not None
        assert run.carry_over("a") == run.last.pages["a"] == record()
        assert run.carry_over("c") is None
        assert run.carry_over_sheet("a", "0" * 64) is None, "its document or its style changed"
        assert run.carry_over_sheet("a", SHA) == run.last.sheets["a"]
        pages = {"a": record(), "b": make(run, "b", "new")}
        second = run.publish(pages, sheets("a", "b")).resolve()
    for name in (page_file("a"), document_file("a"), notebook_file("a")):
        assert (first / name).samefile(second / name)
    assert (first / "b.html").read_text(encoding="utf-8") == "<p>two</p>"
    assert_whole(tmp_path)


def test_without_links_a_page_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", str(self), None, str(target))

    first = publish(tmp_path, {"a": "one"})
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    second = carry(tmp_path, "a")
    assert not (first / "a.html").samefile(second / "a.html")
    assert (first / "a.html").read_bytes() == (second / "a.html").read_bytes()
    assert_whole(tmp_path)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (document_file("a"), "of the same size"),
        (document_file("a"), "a link"),
        (notebook_file("a"), "gone"),
    ],
)
def test_a_page_with_a_damaged_file_is_made_anew(tmp_path: Path, name: str, damage: str) -> None:
    first = publish(tmp_path, {"a": "one", "b": "two"})
    path, data = first / name, (first / name).read_bytes()
    path.unlink()
    if damage == "of the same size":
        path.write_bytes(bytes(len(data)))
    elif damage == "a link":
        (tmp_path / "elsewhere").write_bytes(data)
        path.symlink_to(tmp_path / "elsewhere")
    with building(tmp_path) as run:
        assert run.carry_over("a") is None
        assert list(files(run.folder)) == []
        b = run.carry_over("b")
        assert b is not None
        assert run.carry_over_sheet("b", SHA)
        run.publish({"a": make(run, "a", "anew"), "b": b})
    assert words(tmp_path, "a") == "anew"
    assert words(tmp_path, "b") == "two"


# A page that fails


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


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("reports", "cannot be written: File exists"),
        ("reports/runs", "cannot be written: File exists"),
        ("reports/latest", "is not a link to a report; move it away"),
    ],
)
def test_a_file_in_the_way_is_not_touched(tmp_path: Path, name: str, error: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(AdoptionError) as caught, building(tmp_path / "reports"):
        pytest.fail("the work would be for nothing")
    assert str(caught.value) == f"{path}: {error}"
    assert path.read_text(encoding="utf-8") == "mine"


def test_without_links_the_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
