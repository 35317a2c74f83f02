"""The digests of what decides a page: what changes them, and what must not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adoption.errors import AdoptionError
from adoption.reports.inputs import Digests, notebook_digest, package_digest

CELLS = [
    {"cell_type": "markdown", "source": ["# One\n", "two"], "metadata": {}},
    {
        "cell_type": "code",
        "source": "x = 1",
        "metadata": {"tags": ["parameters"]},
        "outputs": [],
        "execution_count": None,
    },
]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, data in {
        "data/processed/acts.csv": b"acts",
        "data/processed/states.csv": b"states",
        "data/processed/.hidden": b"",
        "data/reference/claims.toml": b"claims",
        "data/reference/geometry/world.json": b"world",
        "data/raw/untc/2026-11-24/acts.csv": b"raw",
        "src/adoption/law/rules.py": b"law = 1",
        "src/adoption/reports/pages/template/page.j2": b"page",
        "requirements.lock": b"pandas==3",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "notebooks").mkdir()
    write(tmp_path / "notebooks" / "a.ipynb", CELLS)
    return tmp_path


def write(path: Path, cells: Any) -> Path:
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}), encoding="utf-8")
    return path


def digests(root: Path) -> Digests:
    return Digests(root, root / "src" / "adoption")


# Files


def test_files_are_told_by_their_sha256_and_a_missing_one_by_none(root: Path) -> None:
    read = ["data/processed/states.csv", "data/processed/acts.csv", "data/processed/none.csv"]
    assert list(digests(root).files(read).items()) == [
        ("data/processed/acts.csv", sha256(b"acts")),
        ("data/processed/none.csv", ""),
        ("data/processed/states.csv", sha256(b"states")),
    ]
    assert digests(root).files([]) == {}


def test_a_folder_counts_with_all_it_holds_also_by_the_names_that_were_found(root: Path) -> None:
    before = digests(root).files(["data/raw/untc"])
    assert list(before) == ["data/raw/untc/", "data/raw/untc/2026-11-24/acts.csv"]
    assert digests(root).files(before) == before
    (root / "data" / "raw" / "untc" / "new.csv").write_bytes(b"new")
    after = digests(root).files(before)
    assert after.keys() - before.keys() == {"data/raw/untc/new.csv"}
    assert after["data/raw/untc/"] != before["data/raw/untc/"]


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_a_missing_one(root: Path, name: str) -> None:
    assert digests(root).files([name]) == {name: ""}


def test_what_pages_read_has_the_digest_of_what_it_was_when_the_run_began(root: Path) -> None:
    run = digests(root)
    (root / "data" / "processed" / "acts.csv").write_bytes(b"changed while notebooks ran")
    (root / "data" / "reference" / "claims.toml").unlink()
    (root / "data" / "processed" / "new.csv").write_bytes(b"new")
    found = run.files([*run.files(None), "data/reference/claims.toml"])
    assert found == run.files(None)
    assert found["data/processed/acts.csv"] == sha256(b"acts")
    assert digests(root).files(None) != found


# Notebooks


def changed(change: Callable[[Any], object]) -> Any:
    cells = json.loads(json.dumps(CELLS))
    change(cells)
    return cells


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[1].update(outputs=[{"output_type": "stream", "text": "1"}]),
        lambda cells: cells[1].update(execution_count=7),
        lambda cells: cells[1]["metadata"].update(execution={"iopub.execute_input": "now"}),
        lambda cells: cells[0].update(source="# One\ntwo"),
    ],
    ids=["outputs", "count", "times", "source as one text"],
)
def test_a_run_of_a_notebook_does_not_change_its_source(
    tmp_path: Path, change: Callable[[Any], object]
) -> None:
    before = notebook_digest(write(tmp_path / "a.ipynb", CELLS))
    assert notebook_digest(write(tmp_path / "a.ipynb", changed(change))) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[1].update(source="x = 2"),
        lambda cells: cells[1]["metadata"].update(tags=["parameters", "hide"]),
        lambda cells: cells[0].update(attachments={"a.png": {"image/png": "AAAA"}}),
        lambda cells: cells.reverse(),
    ],
    ids=["source", "tags", "picture", "order"],
)
def test_what_its_author_changes_does(tmp_path: Path, change: Callable[[Any], object]) -> None:
    before = notebook_digest(write(tmp_path / "a.ipynb", CELLS))
    assert notebook_digest(write(tmp_path / "a.ipynb", changed(change))) != before


@pytest.mark.parametrize(
    "text", ["", "[]", '{"cells": 1}', '{"cells": [1]}', '{"cells": [{"source": ""}]}', "\xff"]
)
def test_a_damaged_notebook_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.ipynb").write_bytes(text.encode("latin-1"))
    with pytest.raises(AdoptionError, match=r"^a\.ipynb: is not a notebook$"):
        notebook_digest(tmp_path / "a.ipynb")


# The package


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("law.py", True),
        ("reports/pages/template/page.j2", True),
        ("__pycache__/law.cpython-311.pyc", False),
        (".law.py.swp", False),
    ],
)
def test_the_package_is_its_source_and_no_cache(root: Path, name: str, counts: bool) -> None:
    package = root / "src" / "adoption"
    before = package_digest(package)
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_bytes(b"another")
    assert (package_digest(package) != before) == counts
