"""Every notebook of the suite gives the same under both engines, output by output."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from adoption.paths import project_root
from adoption.reports.executed import read_executed
from adoption.reports.jobs import Job, Made
from adoption.reports.pool import make_pages
from tests.test_notebooks import NOTEBOOKS as PAGES

pytestmark = pytest.mark.slow

NOTEBOOKS = [path.stem for path in PAGES]
# A widget's number is drawn at random by either engine.
NUMBER = re.compile(r"\b[0-9a-f]{32}\b")
TIMES = ("start_time", "end_time", "duration")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made, root = {}, str(project_root())
    engines: Any = ("fork", "stock")
    for engine in engines:
        made[engine] = folder = tmp_path_factory.mktemp(engine)
        (folder / "notebooks").mkdir()
        jobs = [Job(name, name, {}, {}, root, str(folder), engine) for name in NOTEBOOKS]
        pages = [page for page in make_pages(jobs, 2) if isinstance(page, Made)]
        assert [(page.slug, page.error) for page in pages if page.error] == []
        assert {page.forked for page in pages} == {engine == "fork"}
    return made


def without_times(metadata: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in metadata.items() if key != "execution"}
    if "papermill" in kept:
        noted = kept["papermill"].items()
        kept["papermill"] = {key: value for key, value in noted if key not in TIMES}
    return kept


def same_numbers(text: str) -> str:
    """Number widgets by their first appearance."""
    seen: dict[str, str] = {}
    return NUMBER.sub(lambda found: seen.setdefault(found[0], f"widget-{len(seen)}"), text)


def comparable(path: Path) -> Any:
    notebook = read_executed(path)
    cells = [
        {**cell, "metadata": without_times(cell.metadata), "id": ""} for cell in notebook.cells
    ]
    text = json.dumps({**notebook, "metadata": without_times(notebook.metadata), "cells": cells})
    return json.loads(same_numbers(text))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_both_engines_give_the_same(folders: dict[str, Path], name: str) -> None:
    ours, theirs = (comparable(folders[e] / "notebooks" / f"{name}.zip") for e in folders)
    assert ours == theirs
    assert any(cell.get("outputs") for cell in ours["cells"])
    one, other = ((folders[e] / f"{name}.html").read_text(encoding="utf-8") for e in folders)
    assert same_numbers(one) == same_numbers(other)
