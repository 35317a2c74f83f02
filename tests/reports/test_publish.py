"""Publishing: built apart, switched in at once, and the same report is the same run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.reports.publish import KEPT_RUNS, building
from tests.reports.publishing import (
    assert_tidy,
    assert_whole,
    make,
    publish,
    put,
    runs,
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
def test_previous_runs_are_kept_up_to_the_limit(
    tmp_path: Path, keep: dict[str, int], kept: int
) -> None:
    names = [publish(tmp_path, {"a": f"report {n}"}, **keep).name for n in range(KEPT_RUNS + 3)]
    assert names == sorted(names)
    assert runs(tmp_path) == names[-1 - kept :]
    assert_whole(tmp_path)


# The same report


@pytest.mark.parametrize("name", ["index.html", "notebooks/a.zip"])
def test_a_report_that_lost_a_file_is_not_taken_for_the_same(tmp_path: Path, name: str) -> None:
    first = publish(tmp_path, {"a": "one"})
    (first / name).unlink()
    with building(tmp_path) as run:
        pages = {"a": run.carry_over("a") or make(run, "a", "one")}
        put(run, "index.html", "a")
        second = run.publish(pages).resolve()
    assert second != first
    assert second.name[-8:] == first.name[-8:], "its pages are the same"
    (first / name).write_text("so that it is whole again", encoding="utf-8")
    assert (second / name).is_file()


# Two at once


def test_the_second_report_is_refused_if_it_is_not_to_wait(tmp_path: Path) -> None:
    with (
        building(tmp_path),
        pytest.raises(AdoptionError, match=rf"^another report is running \(process {os.getpid()} "),
    ):
        building(tmp_path, wait=False).__enter__()
