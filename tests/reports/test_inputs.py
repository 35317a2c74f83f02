"""What decides a page: its digests, which pages are due and why, and never a crash."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adoption.press.document import DOCUMENT_VERSION
from adoption.press.due import (
    Digests,
    input_differences,
    inputs_of,
    notebook_digest,
    package_digest,
)
from adoption.press.plan import Page
from adoption.press.publish import building
from adoption.press.store import (
    DAMAGED,
    LastRun,
    is_damaged,
    longest_first,
    read_last,
    reasons_to_run,
)
from adoption.site.project import PROJECT
from tests.reports.conftest import Project, code, parameters
from tests.reports.publishing import SHA, inputs, put, record

OTHER = "0" * 64
ACTS = "data/processed/acts.csv"

# Differences


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, []),
        ({"package": OTHER}, ["the package's source changed"]),
        ({"libraries": {"Python": "3.11.9", "pandas": "3.2.0"}}, ["pandas 3.1.1 became 3.2.0"]),
        ({"files": {ACTS: OTHER}}, [f"{ACTS} changed"]),
        ({"files": {ACTS: ""}}, [f"{ACTS} is missing"]),
        ({"files": {ACTS: SHA, "a.csv": SHA}}, ["a.csv is new"]),
        ({"files": {}}, [f"{ACTS} is no longer read"]),
        ({"parameters": {"n": 1, "country": "OMN"}}, ["parameter country: none became 'OMN'"]),
        ({"parameters": {}}, ["parameter n: 1 became none"]),
        ({"parameters": {"n": True}}, ["parameter n: 1 became True"]),
        ({"parameters": {"n": "1"}}, ["parameter n: 1 became '1'"]),
    ],
)
def test_each_difference_is_a_line(change: dict[str, Any], lines: list[str]) -> None:
    before: dict[str, Any] = {"parameters": {"n": 1}, "files": {ACTS: SHA}}
    assert input_differences(inputs(**before), inputs(**before | change)) == lines


# Files and notebooks of a project

CELLS = [
    {"cell_type": "markdown", "source": ["# One\n", "two"], "metadata": {}},
    {"cell_type": "code", "source": "x = 1", "metadata": {"tags": ["parameters"]}, "outputs": []},
]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, data in {
        "data/processed/acts.csv": b"acts",
        "data/processed/states.csv": b"states",
        "data/processed/.hidden": b"",
        "data/reference/exceptions.csv": b"exceptions",
        "data/reference/geometry/world.json": b"world",
        "data/raw/untc/2026-11-24/acts.csv": b"raw",
        "src/adoption/law/rules.py": b"law = 1",
        "src/adoption/press/templates/page.j2": b"page",
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
    return Digests(root, replace(PROJECT, package=root / "src" / "adoption"))


# Files


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_a_missing_one(root: Path, name: str) -> None:
    assert digests(root).files([name]) == {name: ""}


def test_what_pages_read_has_the_digest_of_what_it_was_when_the_run_began(root: Path) -> None:
    run = digests(root)
    (root / "data" / "processed" / "acts.csv").write_bytes(b"changed while notebooks ran")
    (root / "data" / "reference" / "exceptions.csv").unlink()
    (root / "data" / "processed" / "new.csv").write_bytes(b"new")
    found = run.files([*run.inputs, "data/reference/exceptions.csv"])
    assert found == run.inputs
    assert found["data/processed/acts.csv"] == sha256(b"acts")
    assert digests(root).inputs != found


# Notebooks


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[1].update(outputs=[{"output_type": "stream", "text": "1"}]),
        lambda cells: cells[1].update(execution_count=7),
        lambda cells: cells[1]["metadata"].update(execution={"iopub.execute_input": "now"}),
        lambda cells: cells[0].update(source="# One\ntwo"),
        lambda cells: cells[1].update(source="x = 2"),
        lambda cells: cells[1]["metadata"].update(tags=["parameters", "hide"]),
        lambda cells: cells[0].update(attachments={"a.png": {"image/png": "AAAA"}}),
        lambda cells: cells.reverse(),
    ],
    ids=["outputs", "count", "times", "source as one text", "source", "tags", "picture", "order"],
)
def test_what_its_author_changes_is_another_notebook_and_a_run_of_it_is_not(
    tmp_path: Path, change: Callable[[Any], object], request: pytest.FixtureRequest
) -> None:
    before = notebook_digest(write(tmp_path / "a.ipynb", CELLS))
    cells = json.loads(json.dumps(CELLS))
    change(cells)
    by_author = request.node.callspec.id in ("source", "tags", "picture", "order")
    assert (notebook_digest(write(tmp_path / "a.ipynb", cells)) != before) == by_author


# The package


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("law.py", True),
        ("press/templates/page.j2", True),
        ("__pycache__/law.cpython-311.pyc", False),
        (".law.py.swp", False),
    ],
)
def test_the_package_is_its_source_and_no_cache(root: Path, name: str, counts: bool) -> None:
    package = root / "src" / "adoption"
    before = package_digest(package)
    (package / name).parent.mkdir(parents=True, exist_ok=True)
    (package / name).write_bytes(b"another")
    assert (package_digest(package) != before) == counts


def test_what_only_makes_html_is_no_input_of_a_page() -> None:
    """A page's process does not import it, but for what says how drawings look."""
    names = [PROJECT.package / name for name in PROJECT.rendering]
    assert [path for path in names if not path.exists()] == []
    script = """
import importlib, pkgutil, sys
from adoption import show
from adoption.site.project import PROJECT
import adoption.press.engine.page
for module in pkgutil.iter_modules(show.__path__, "adoption.show."):
    importlib.import_module(module.name)
values = PROJECT.check({"country": "Qatar", "convention": "hanoi", "as_of": "latest"})
PROJECT.facts(values), PROJECT.data_day(values)
print(*(name for name in sys.modules if name.startswith("adoption.")))
"""
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, check=True)
    imported = {name.replace(".", "/") for name in done.stdout.decode().split()}
    folders = {f"adoption/{name}".removesuffix(".py") for name in PROJECT.rendering}
    assert imported & folders == {"adoption/show/drawings", "adoption/show/dots"}


@pytest.mark.parametrize(
    ("name", "of_package", "of_rendering"),
    [
        ("law/rules.py", True, True),
        ("press/html.py", False, True),
        ("press/templates/a", False, True),
    ],
)
def test_html_is_made_anew_where_any_source_changes_and_notebooks_run_for_theirs_alone(
    root: Path, name: str, of_package: bool, of_rendering: bool
) -> None:
    before = digests(root)
    path = root / "src" / "adoption" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"another")
    now = digests(root)
    assert (now.package != before.package) == of_package
    assert (now.rendering != before.rendering) == of_rendering


ONE_PAGE = Page(slug="one", notebook="n", values={"country": "QAT", "edition": 2024})


@pytest.fixture
def last(project: Project) -> LastRun:
    """The last run of a project: one page, made of the notebook as it is."""
    project.write("n", parameters(), code("1"))
    inputs = inputs_of(
        ONE_PAGE, ["data/reference/conventions.toml"], Digests(project.root, PROJECT)
    )
    with building(project.root / "out") as run:
        put(run, "one.html", "a page")
        put(run, "notebooks/one.zip", "{}")
        put(run, "documents/one.json.gz", "{}")
        run.publish(
            {"one": record(notebook="n", inputs=inputs, seconds=3.0, document=DOCUMENT_VERSION)}
        )
    found = read_last(project.root / "out")
    assert found is not None
    return found


def test_a_damaged_page_is_due(project: Project, last: LastRun) -> None:
    path = last.folder / "notebooks" / "one.zip"
    path.unlink()
    path.write_text("damaged", encoding="utf-8")
    found = read_last(project.root / "out")
    assert is_damaged("one", found)
    assert reasons_to_run(ONE_PAGE, found, Digests(project.root, PROJECT)) == [DAMAGED]
    assert not is_damaged("two", found)
    assert not is_damaged("one", None)


def test_what_took_longest_is_begun_first_and_what_is_new_before_it(last: LastRun) -> None:
    pages = [Page(slug=slug, notebook="n") for slug in ("one", "new", "other")]
    assert [page.slug for page in longest_first(pages, last)] == ["new", "other", "one"]
    assert longest_first(pages, None) == pages
