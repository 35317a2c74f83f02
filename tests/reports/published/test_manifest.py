"""The manifest: what is written comes back, and a damaged one is none."""

from __future__ import annotations

import json
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from adoption.reports.published.manifest import MANIFEST, read_manifest, write_manifest
from tests.reports.publishing import MADE, SHA, inputs, record

FILES = {"index.html": SHA, "a.html": SHA}
PAGES = {
    "a": record(),
    "b": record(error="cell 3: ZeroDivisionError: division by zero", answer=None, section=""),
    "c": record(kicker="Été", parameters={}, inputs=inputs(files={}, parameters={"n": 1})),
}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_manifest(tmp_path, "20261125T093350Z-00000000", PAGES, FILES, {"versions": {"x": "1"}})
    return tmp_path


def plain(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return found


def test_what_is_written_comes_back(written: Path) -> None:
    manifest = read_manifest(written)
    assert manifest is not None
    assert manifest.pages == PAGES
    assert manifest.files == FILES
    assert repr(manifest.pages["c"].inputs.parameters) == "{'n': 1}"


def test_the_page_that_is_shown_may_have_other_parameters(tmp_path: Path) -> None:
    stale = record(error="cell 3: it failed", shown={"country": "OMN"})
    write_manifest(tmp_path, "name", {"a": stale, "b": record()}, FILES, {})
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert manifest.pages["a"].shown_parameters == {"country": "OMN"}
    assert manifest.pages["b"].shown_parameters == {"country": "QAT"}


def test_one_of_before_that_was_noted_is_read(written: Path) -> None:
    found = plain(written)
    for page in found["pages"].values():
        del page["shown"]
    (written / MANIFEST).write_text(json.dumps(found), encoding="utf-8")
    manifest = read_manifest(written)
    assert manifest is not None
    assert manifest.pages == PAGES


def test_it_is_for_people_too(written: Path) -> None:
    found = plain(written)
    assert found.keys() == {"run", "pages", "failures", "files", "versions"}
    assert found["run"] == "20261125T093350Z-00000000"
    assert found["failures"] == {"b": "cell 3: ZeroDivisionError: division by zero"}
    assert found["pages"]["a"]["made"] == "2026-11-25T09:33:50Z"
    assert "Été" in (written / MANIFEST).read_text(encoding="utf-8")


def test_facts_do_not_stand_in_for_what_it_says_itself(tmp_path: Path) -> None:
    write_manifest(tmp_path, "name", {}, FILES, {"run": "other", "files": {}, "more": 1})
    assert plain(tmp_path) == {
        "run": "name", "pages": {}, "failures": {}, "files": FILES, "more": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("pages",), None),
        (("pages",), []),
        (("files",), None),
        (("files", "a.html"), "abc"),
        (("files", "a.html"), None),
        (("pages", "a"), None),
        (("pages", "a", "made"), "yesterday"),
        (("pages", "a", "made"), "2026-11-25T09:33:50"),
        (("pages", "a", "seconds"), "long"),
        (("pages", "a", "error"), 1),
        (("pages", "a", "answer"), {"title": 1}),
        (("pages", "a", "inputs"), None),
        (("pages", "a", "inputs", "notebook"), "abc"),
        (("pages", "a", "inputs", "files"), []),
        (("pages", "a", "more"), 1),
    ],
)
def test_a_damaged_one_is_none(written: Path, where: tuple[str, ...], value: object) -> None:
    found = plain(written)
    inner = found
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = value
    (written / MANIFEST).write_text(json.dumps(found), encoding="utf-8")
    assert read_manifest(written) is None


def test_a_missing_one_is_none_and_so_is_a_folder(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "none") is None
    (tmp_path / MANIFEST).mkdir()
    assert read_manifest(tmp_path) is None


def test_one_that_was_cut_or_overwritten_anywhere_is_never_a_crash(written: Path) -> None:
    whole = (written / MANIFEST).read_bytes()
    chance = random.Random(5)
    for _ in range(300):
        at = chance.randrange(len(whole) - 2)  # without the last brace it is not whole
        (written / MANIFEST).write_bytes(whole[:at])
        assert read_manifest(written) is None
        (written / MANIFEST).write_bytes(whole[:at] + chance.randbytes(1) + whole[at + 1 :])
        read_manifest(written)


def test_a_record_needs_a_time_with_its_zone() -> None:
    with pytest.raises(ValidationError):
        record(made=datetime(2026, 11, 25))  # noqa: DTZ001
    assert record(made=MADE).made == MADE
