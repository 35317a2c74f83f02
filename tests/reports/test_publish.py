"""Publishing: built apart, switched in at once, and nothing lost when building fails."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.reports.publish import KEPT_RUNS, MANIFEST, new_run, publish, write_manifest


def build(output: Path, words: str, notebook: str = "x") -> Path:
    """Publish a report of one page."""
    with new_run(output) as folder:
        (folder / "index.html").write_text(words, encoding="utf-8")
        (folder / "notebooks").mkdir()
        (folder / "notebooks" / "a.ipynb").write_text(notebook, encoding="utf-8")
        return publish(folder, output, write_manifest(folder, {"pages": {}}))


def runs(output: Path) -> list[str]:
    return sorted(path.name for path in (output / "runs").iterdir())


def words(output: Path) -> str:
    return (output / "latest" / "index.html").read_text(encoding="utf-8")


def test_latest_is_a_link_to_the_newest_run(tmp_path: Path) -> None:
    latest = build(tmp_path, "first")
    assert latest == tmp_path / "latest"
    assert latest.is_symlink()
    assert latest.readlink().parts[0] == "runs", "it may be moved with its folder"
    build(tmp_path, "second")
    assert words(tmp_path) == "second"
    assert len(runs(tmp_path)) == 2
    assert [p.name for p in tmp_path.iterdir() if p.name not in ("latest", "runs")] == []
    assert (tmp_path / "latest" / "index.html").stat().st_mode & 0o444 == 0o444
    assert latest.resolve().stat().st_mode & 0o777 == 0o755


def test_the_switch_is_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, "first")
    seen: list[tuple[str, str]] = []

    def watched(step: str, real: object) -> object:
        def stepped(self: Path, *arguments: object, **more: object) -> object:
            before = words(tmp_path)
            done = real(self, *arguments, **more)  # type: ignore[operator]
            seen.append((step, f"{before} -> {words(tmp_path)}"))
            return done

        return stepped

    for step in ("rename", "unlink", "symlink_to", "replace", "touch"):
        monkeypatch.setattr(Path, step, watched(step, getattr(Path, step)))
    build(tmp_path, "second")
    changes = [step for step, change in seen if change == "first -> second"]
    assert changes == ["replace"]
    assert {change for _, change in seen} == {
        *("first -> first", "first -> second", "second -> second")
    }


def test_old_runs_are_kept_up_to_the_limit(tmp_path: Path) -> None:
    for number in range(KEPT_RUNS + 2):
        build(tmp_path, f"report {number}")
        for age, name in enumerate(reversed(runs(tmp_path))):
            if name != (tmp_path / "latest").resolve().name:
                path = tmp_path / "runs" / name
                stamp = path.stat().st_mtime - 10 - age / 100
                os.utime(path, (stamp, stamp))
    kept = [(tmp_path / "runs" / name / "index.html").read_text() for name in runs(tmp_path)]
    assert len(kept) == KEPT_RUNS
    assert f"report {KEPT_RUNS + 1}" in kept
    assert "report 0" not in kept
    assert words(tmp_path) == f"report {KEPT_RUNS + 1}"


def test_the_same_pages_are_the_same_run(tmp_path: Path) -> None:
    first = build(tmp_path, "same", notebook="old").resolve()
    second = build(tmp_path, "same", notebook="new").resolve()
    assert first == second
    assert runs(tmp_path) == [first.name]
    assert (first / "notebooks" / "a.ipynb").read_text(encoding="utf-8") == "old"


def test_while_the_same_pages_are_published_latest_leads_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, "same")
    found: list[bool] = []
    for step in ("rename", "replace", "symlink_to", "unlink", "touch"):
        real = getattr(Path, step)

        def watched(self: Path, *given: object, real: object = real, **more: object) -> object:
            done = real(self, *given, **more)  # type: ignore[operator]
            found.append((tmp_path / "latest" / "index.html").is_file())
            return done

        monkeypatch.setattr(Path, step, watched)
    build(tmp_path, "same", notebook="new")
    assert found
    assert all(found)


def test_a_run_that_lost_a_file_is_not_taken_for_the_same_pages(tmp_path: Path) -> None:
    first = build(tmp_path, "same").resolve()
    (first / "index.html").unlink()
    assert build(tmp_path, "same").resolve() != first
    assert words(tmp_path) == "same"


# Failures


def build_and_fail(output: Path, error: Exception) -> None:
    with new_run(output) as folder:
        (folder / "index.html").write_text("half", encoding="utf-8")
        raise error


def test_a_failure_in_building_leaves_latest_as_it_was(tmp_path: Path) -> None:
    build(tmp_path, "first")
    before = runs(tmp_path)
    with pytest.raises(ZeroDivisionError):
        build_and_fail(tmp_path, ZeroDivisionError())
    assert words(tmp_path) == "first"
    assert runs(tmp_path) == before


def test_a_failure_in_the_first_report_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        build_and_fail(tmp_path / "reports", ZeroDivisionError())
    assert runs(tmp_path / "reports") == []
    assert not (tmp_path / "reports" / "latest").exists()


def test_a_disk_that_fills_up_while_building(tmp_path: Path) -> None:
    build(tmp_path, "first")
    with pytest.raises(AdoptionError, match="cannot be written: No space left"):
        build_and_fail(tmp_path, OSError(errno.ENOSPC, "No space left on device"))
    assert words(tmp_path) == "first"
    assert len(runs(tmp_path)) == 1


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(AdoptionError) as caught, new_run(tmp_path / "reports"):
        pytest.fail("nothing is built where nothing can be written")
    line = str(caught.value)
    assert line == f"{tmp_path / 'reports' / 'runs'}: cannot be written: Permission denied"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file", encoding="utf-8")
    with pytest.raises(AdoptionError, match="cannot be written"), new_run(tmp_path / "reports"):
        pytest.fail("nothing is built where nothing can be written")
    assert (tmp_path / "reports").read_text(encoding="utf-8") == "a file"


# The manifest


def written(folder: Path, **facts: object) -> tuple[str, dict[str, object]]:
    name = write_manifest(folder, facts)
    return name, json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def test_the_manifest_has_the_checksum_of_each_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    contents = {"index.html": b"one", "a/b.csv": b"two", "a/c.ipynb": b"three"}
    for path, data in contents.items():
        (tmp_path / path).write_bytes(data)
    name, manifest = written(tmp_path, pages={"é": 1})
    assert manifest == {
        "run": name,
        "pages": {"é": 1},
        "files": {path: hashlib.sha256(data).hexdigest() for path, data in contents.items()},
    }


@pytest.mark.parametrize(
    ("path", "another"), [("index.html", True), ("a.ipynb", False), ("t.csv", True)]
)
def test_a_run_is_named_by_its_pages_and_not_by_its_notebooks(
    tmp_path: Path, path: str, another: bool
) -> None:
    for file in ("index.html", "a.ipynb", "t.csv"):
        (tmp_path / file).write_text("one", encoding="utf-8")
    name = write_manifest(tmp_path, {})
    (tmp_path / MANIFEST).unlink()
    assert write_manifest(tmp_path, {"facts": 1}) == name
    (tmp_path / MANIFEST).unlink()
    (tmp_path / path).write_text("two", encoding="utf-8")
    assert (write_manifest(tmp_path, {}) != name) == another
