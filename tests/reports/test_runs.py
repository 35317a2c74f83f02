"""The runs of an output folder: their manifests and names, the last of them, and which go."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from pathlib import Path

import pytest

from adoption.press.store import (
    MANIFEST,
    finished_runs,
    latest_run,
    read_last,
    read_manifest,
    remove_leftovers,
    run_name,
    write_manifest,
)
from tests.reports.publishing import MADE, SHA, inputs, publish, record, runs

FILES = {
    "index.html": SHA,
    "a.html": SHA,
    "documents/a.json.gz": SHA,
    "notebooks/a.zip": SHA,
}


# Names


def test_a_run_is_named_by_its_time_and_its_pages() -> None:
    name = run_name(FILES, MADE, [])
    assert re.fullmatch(r"20261125T093350Z-[0-9a-f]{8}", name)
    assert run_name(dict(reversed(FILES.items())), MADE, []) == name
    assert run_name(FILES | {"notebooks/a.zip": "0" * 64}, MADE, []) == name
    assert run_name(FILES | {"a.html": "0" * 64}, MADE, [])[-8:] != name[-8:]
    assert run_name(FILES | {"b.html": SHA}, MADE, [])[-8:] != name[-8:]


@pytest.mark.parametrize("back", [0, 1, 86_400])
def test_a_name_comes_after_all_earlier_ones(tmp_path: Path, back: int) -> None:
    first = run_name(FILES, MADE, [])
    second = run_name(FILES, MADE - timedelta(seconds=back), [tmp_path / first])
    assert second == first.replace("093350Z", "093351Z")
    later = run_name(FILES, MADE + timedelta(seconds=5), [tmp_path / first])
    assert later == first.replace("093350Z", "093355Z")


def test_finished_runs_are_those_with_the_name_of_one(tmp_path: Path) -> None:
    names = ["20261125T093350Z-0123abcd", "20261125T093351Z-00000000", "20261231T235959Z-ffffffff"]
    others = [".building-x", ".old-20261125T093350Z-0123abcd", "0123456789ab", "mine"]
    others += ["20261325T093350Z-0123abcd", "20261125T093350Z-0123ABCD", "20261125T093350Z-0123"]
    for name in names + others:
        (tmp_path / "runs" / name).mkdir(parents=True)
    assert [path.name for path in finished_runs(tmp_path)] == sorted(names, reverse=True)
    assert finished_runs(tmp_path / "none") == []


# The last


def last(output: Path) -> str | None:
    found = read_last(output)
    return found.folder.name if found else None


def test_the_last_is_the_one_that_latest_leads_to(tmp_path: Path) -> None:
    assert read_last(tmp_path) is None
    first, second = (publish(tmp_path, {"a": words}) for words in ("first", "second"))
    found = read_last(tmp_path)
    assert found is not None
    assert found.folder == second == latest_run(tmp_path)
    assert found.pages == {"a": record()}
    assert found.files.keys() == FILES.keys()
    (tmp_path / "latest").unlink()
    assert last(tmp_path) == second.name, "no link: the newest"
    (tmp_path / "latest").symlink_to(f"runs/{first.name}")
    assert last(tmp_path) == first.name, "who turns the link back is heard"


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_where_a_manifest_is_damaged_an_earlier_run_is_last(tmp_path: Path, damage: str) -> None:
    first, second = (publish(tmp_path, {"a": words}) for words in ("first", "second"))
    for run, expected in ((second, first.name), (first, None)):
        manifest = run / MANIFEST
        data = manifest.read_bytes()
        manifest.unlink()
        if damage == "cut":
            manifest.write_bytes(data[:-9])
        assert last(tmp_path) == expected


# What goes


def test_leftovers_go_and_nothing_else(tmp_path: Path) -> None:
    run = publish(tmp_path, {"a": "words"})
    for name in (".building-1", ".old-2", "mine"):
        (tmp_path / "runs" / name / "notebooks").mkdir(parents=True)
    for name in (".latest-12", ".status.json.x.coming"):
        (tmp_path / name).symlink_to("runs/none")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    remove_leftovers(tmp_path)
    assert runs(tmp_path) == [run.name, "mine"]
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "latest", "notes.txt", "runs"}


PAGES = {
    "a": record(),
    "b": record(error="cell 3: ZeroDivisionError: division by zero", answer=None, section=""),
    "c": record(kicker="Été", parameters={}, inputs=inputs(files={}, parameters={"n": 1})),
}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_manifest(tmp_path, PAGES, FILES, {"versions": {"x": "1"}})
    return tmp_path


def test_what_is_written_comes_back(written: Path) -> None:
    manifest = read_manifest(written)
    assert manifest is not None
    assert manifest.pages == PAGES
    assert manifest.files == FILES
    assert repr(manifest.pages["c"].inputs.parameters) == "{'n': 1}"


def test_one_that_was_cut_or_overwritten_anywhere_is_never_a_crash(written: Path) -> None:
    whole = (written / MANIFEST).read_bytes()
    chance = random.Random(5)
    for _ in range(300):
        at = chance.randrange(len(whole) - 2)  # without the last brace it is not whole
        (written / MANIFEST).write_bytes(whole[:at])
        assert read_manifest(written) is None
        (written / MANIFEST).write_bytes(whole[:at] + chance.randbytes(1) + whole[at + 1 :])
        read_manifest(written)
