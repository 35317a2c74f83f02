"""The digests of what decides a page: what changes them, and what must not."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adoption.errors import AdoptionError
from adoption.reports.published.digests import Digests, file_digest, notebook_digest, package_digest

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


def test_where_the_reads_are_not_known_everything_counts(root: Path) -> None:
    found = digests(root).files(None)
    assert list(found) == [
        "data/processed/",
        "data/processed/acts.csv",
        "data/processed/states.csv",
        "data/reference/",
        "data/reference/claims.toml",
        "data/reference/geometry/world.json",
    ]
    assert found["data/reference/geometry/world.json"] == sha256(b"world")


def test_a_folder_counts_with_all_it_holds_also_by_the_names_that_were_found(root: Path) -> None:
    before = digests(root).files(["data/raw/untc"])
    assert list(before) == ["data/raw/untc/", "data/raw/untc/2026-11-24/acts.csv"]
    assert digests(root).files(before) == before
    (root / "data" / "raw" / "untc" / "new.csv").write_bytes(b"new")
    after = digests(root).files(before)
    assert after.keys() - before.keys() == {"data/raw/untc/new.csv"}
    assert after["data/raw/untc/"] != before["data/raw/untc/"]


def test_a_folder_that_has_gone_leaves_its_files_missing(root: Path) -> None:
    before = digests(root).files(["data/raw/untc"])
    (root / "data" / "raw").rename(root / "data" / "was")
    after = digests(root).files(before)
    assert after["data/raw/untc/2026-11-24/acts.csv"] == ""
    assert after.keys() == before.keys()


def test_a_file_outside_the_project_is_named_by_its_whole_path(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "mine.toml"
    outside.write_bytes(b"mine")
    assert digests(root).files([str(outside)]) == {str(outside): sha256(b"mine")}


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "data/processed/acts.csv/below"])
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


def test_each_file_is_read_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def counting(path: Path) -> str:
        read.append(path)
        return file_digest(path)

    monkeypatch.setattr("adoption.reports.published.digests.file_digest", counting)
    run = digests(root)
    for _ in range(3):
        run.files(None)
        run.files(["data/raw/untc/2026-11-24/acts.csv", "none.csv"])
    assert len(read) == len(set(read))
    assert root / "data" / "raw" / "untc" / "2026-11-24" / "acts.csv" in read


def test_the_lock_file_has_its_digest_or_none(root: Path) -> None:
    assert digests(root).lock == sha256(b"pandas==3")
    (root / "requirements.lock").unlink()
    assert digests(root).lock == ""


def test_a_file_that_cannot_be_read_is_a_missing_one(root: Path) -> None:
    (root / "requirements.lock").chmod(0)
    if os.access(root / "requirements.lock", os.R_OK):
        pytest.skip("this user may read every file")
    assert file_digest(root / "requirements.lock") == ""


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
        lambda cells: cells[0].update(id="another"),
        lambda cells: cells[0].update(source="# One\ntwo"),
    ],
    ids=["outputs", "count", "times", "id", "source as one text"],
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
        lambda cells: cells[1].update(cell_type="raw"),
        lambda cells: cells[1]["metadata"].update(tags=["parameters", "hide"]),
        lambda cells: cells[0].update(attachments={"a.png": {"image/png": "AAAA"}}),
        lambda cells: cells.reverse(),
        lambda cells: cells.append(CELLS[0]),
        lambda cells: cells.pop(),
    ],
    ids=["source", "kind", "tags", "picture", "order", "one more", "one less"],
)
def test_what_its_author_changes_does(tmp_path: Path, change: Callable[[Any], object]) -> None:
    before = notebook_digest(write(tmp_path / "a.ipynb", CELLS))
    assert notebook_digest(write(tmp_path / "a.ipynb", changed(change))) != before


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"cells": 1}', '{"cells": [1]}', '{"cells": [{"source": ""}]}', "\xff"],
)
def test_a_damaged_notebook_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.ipynb").write_bytes(text.encode("latin-1"))
    with pytest.raises(AdoptionError, match=r"^a\.ipynb: is not a notebook$"):
        notebook_digest(tmp_path / "a.ipynb")


def test_a_missing_notebook_is_named(tmp_path: Path) -> None:
    with pytest.raises(AdoptionError, match=r"^b\.ipynb: cannot be read: No such file"):
        notebook_digest(tmp_path / "b.ipynb")


# The package


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("law.py", True),
        ("reports/pages/template/page.j2", True),
        ("reports/new.css", True),
        ("__pycache__/law.cpython-311.pyc", False),
        ("reports/__pycache__/x.pyc", False),
        (".law.py.swp", False),
        ("law.py~", False),
    ],
)
def test_the_package_is_its_source_and_no_cache(root: Path, name: str, counts: bool) -> None:
    package = root / "src" / "adoption"
    before = package_digest(package)
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_bytes(b"another")
    assert (package_digest(package) != before) == counts


def test_a_package_file_of_another_name_is_another_package(root: Path) -> None:
    package = root / "src" / "adoption"
    before = package_digest(package)
    (package / "law.py").rename(package / "lore.py")
    assert package_digest(package) != before
    (package / "lore.py").rename(package / "law.py")
    assert package_digest(package) == before
