"""The manifest: what is written comes back, and a damaged one is none."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from adoption.reports.runs import MANIFEST, read_manifest, write_manifest
from tests.reports.publishing import SHA, inputs, record

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


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("pages",), None),
        (("files", "a.html"), "abc"),
        (("pages", "a"), None),
        (("pages", "a", "made"), "2026-11-25T09:33:50"),
        (("pages", "a", "inputs"), None),
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


def test_one_that_was_cut_or_overwritten_anywhere_is_never_a_crash(written: Path) -> None:
    whole = (written / MANIFEST).read_bytes()
    chance = random.Random(5)
    for _ in range(300):
        at = chance.randrange(len(whole) - 2)  # without the last brace it is not whole
        (written / MANIFEST).write_bytes(whole[:at])
        assert read_manifest(written) is None
        (written / MANIFEST).write_bytes(whole[:at] + chance.randbytes(1) + whole[at + 1 :])
        read_manifest(written)
