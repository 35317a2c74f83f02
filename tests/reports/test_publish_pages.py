"""What comes from the last run: current pages, and the last good one of those that fail."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest

from adoption.reports.publish import building
from adoption.reports.runs import MANIFEST, notebook_file, page_file
from tests.reports.publishing import (
    MADE,
    assert_whole,
    carry,
    files,
    make,
    publish,
    put,
    record,
    words,
)

# Pages of the last run


def test_a_page_is_carried_over_without_a_copy(tmp_path: Path) -> None:
    first = publish(tmp_path, {"a": "one", "b": "two"})
    with building(tmp_path) as run:
        assert run.last is not None
        assert run.carry_over("a") == run.last.pages["a"] == record()
        assert run.carry_over("c") is None
        pages = {"a": record(), "b": make(run, "b", "new")}
        second = run.publish(pages).resolve()
    for name in (page_file("a"), notebook_file("a")):
        assert (first / name).samefile(second / name)
    assert (first / "b.html").read_text(encoding="utf-8") == "<p>two</p>"
    assert_whole(tmp_path)


def test_without_such_links_a_page_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", str(self), None, str(target))

    first = publish(tmp_path, {"a": "one"})
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    second = carry(tmp_path, "a")
    assert not (first / "a.html").samefile(second / "a.html")
    assert (first / "a.html").read_bytes() == (second / "a.html").read_bytes()
    assert_whole(tmp_path)


@pytest.mark.parametrize("name", [page_file("a"), notebook_file("a")])
@pytest.mark.parametrize("damage", ["gone", "changed", "of the same size", "a link", "a folder"])
def test_a_page_with_a_damaged_file_is_made_anew(tmp_path: Path, name: str, damage: str) -> None:
    first = publish(tmp_path, {"a": "one", "b": "two"})
    path, data = first / name, (first / name).read_bytes()
    path.unlink()
    if damage == "changed":
        path.write_bytes(data + b"x")
    elif damage == "of the same size":
        path.write_bytes(bytes(len(data)))
    elif damage == "a link":
        (tmp_path / "elsewhere").write_bytes(data)
        path.symlink_to(tmp_path / "elsewhere")
    elif damage == "a folder":
        path.mkdir()
    with building(tmp_path) as run:
        assert run.carry_over("a") is None
        assert list(files(run.folder)) == []
        b = run.carry_over("b")
        assert b is not None
        run.publish({"a": make(run, "a", "anew"), "b": b})
    assert words(tmp_path, "a") == "anew"
    assert words(tmp_path, "b") == "two"


# A page that fails


def fail(output: Path, slug: str, error: str) -> None:
    """Publish a report whose page failed, as a worker and the command do it."""
    with building(output) as run:
        good = run.last_good(slug)
        if good is None:
            page = make(run, slug, f"failed: {error}", error=error)
        else:
            last, notebook = good
            put(run, page_file(slug), f"<p>of {last.made:%d %B}: {notebook.read_text()}</p>")
            put(run, notebook_file(slug), notebook.read_text())
            put(run, page_file(slug, failed=True), error)
            put(run, notebook_file(slug, failed=True), error)
            page = last.model_copy(update={"error": error})
        run.publish({slug: page})


def test_the_last_good_page_is_known_through_any_number_of_failures(tmp_path: Path) -> None:
    made = MADE - timedelta(days=30)
    with building(tmp_path) as run:
        assert run.last_good("a") is None
        run.publish({"a": make(run, "a", "good", made=made)})
    for error in ("first", "second"):
        fail(tmp_path, "a", error)
        assert words(tmp_path, "a") == 'of 26 October: "good"'
    with building(tmp_path) as run:
        good = run.last_good("a")
        assert good is not None
        assert (good[0].made, good[0].error) == (made, "second")
        assert good[1].read_text(encoding="utf-8") == '"good"'
        assert list(files(run.folder)) == [], "the notebook is told, not brought"


def test_a_failed_page_that_is_not_run_again_keeps_all_its_files(tmp_path: Path) -> None:
    publish(tmp_path, {"a": "good"})
    fail(tmp_path, "a", "it failed")
    before = dict(files(tmp_path / "latest"))
    carry(tmp_path, "a", index="another")
    after = dict(files(tmp_path / "latest"))
    assert {page_file("a", failed=True), notebook_file("a", failed=True)} <= after.keys()
    assert before.keys() - {MANIFEST} == after.keys() - {MANIFEST, "index.html"}
    assert all(after[name] == before[name] for name in before.keys() - {MANIFEST})
