"""What must be the same on another machine: each part that differs is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adoption.reports.published.digests import PACKAGE, Digests
from adoption.reports.workers import state
from adoption.reports.workers.state import different, state_here, state_of
from tests.reports.conftest import Project, code, text


@pytest.fixture
def home(project: Project) -> Project:
    """A project with a little data of its own."""
    (project.root / "data").unlink()
    for name in ("reference/conventions.toml", "reference/a/b.csv", "processed/acts.parquet"):
        path = project.root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (project.root / "requirements.lock").write_text("one==1\n", encoding="utf-8")
    project.write("a", text("# A"), code("1"))
    return project


def test_it_is_the_same_for_whoever_asks(home: Project) -> None:
    assert state_here("a") == state_of(Digests(home.root), "a")
    assert set(state_here("a")) - set(state_here()) == {"notebooks/a.ipynb"}
    assert different(state_here("a"), state_here("a")) == ""


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("data/reference/a/b.csv", "data/reference/"),
        ("data/processed/acts.parquet", "data/processed/"),
        ("requirements.lock", "requirements.lock"),
    ],
)
def test_a_changed_file_is_another_state_of_its_part(home: Project, name: str, part: str) -> None:
    before = state_here("a")
    (home.root / name).write_text("something else", encoding="utf-8")
    assert different(before, state_here("a")) == f"it has another state of {part}"


def test_a_changed_or_missing_notebook_is_another_state(home: Project) -> None:
    before = state_here("a")
    said = "it has another state of notebooks/a.ipynb"
    home.write("a", text("# A"), code("2"))
    assert different(before, state_here("a")) == said
    (home.root / "notebooks" / "a.ipynb").unlink()
    assert different(before, state_here("a")) == said
    assert different(before, state_here()) == said


@pytest.mark.usefixtures("home")
def test_a_package_that_was_changed_after_its_import_is_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "adoption"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(state, "PACKAGE", package)
    state._package_when_imported.cache_clear()
    before = state_here()
    (package / "errors.py").write_text("# changed\n", encoding="utf-8")
    after = state_here()
    state._package_when_imported.cache_clear()
    assert after[state.PACKAGE_PART] == ""
    assert different(before, after) == "it has another state of the package's source"
