"""Where the project's files are, from anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption import paths
from adoption.errors import AdoptionError
from tests.conftest import ROOT, DataTree


def test_the_checkout_is_found_from_anywhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ADOPTION_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert paths.project_root() == ROOT
    assert paths.raw_folder() == ROOT / "data" / "raw"
    assert paths.reference_folder() == ROOT / "data" / "reference"
    assert paths.processed_folder() == ROOT / "data" / "processed"


def test_the_variable_goes_first(monkeypatch: pytest.MonkeyPatch, tree: DataTree) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    assert paths.project_root() == tree.root.resolve()
    assert paths.processed_folder() == tree.root.resolve() / "data" / "processed"


def test_a_wrong_variable_is_named_and_nothing_else_is_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    with pytest.raises(AdoptionError, match=f"ADOPTION_HOME={tmp_path}") as caught:
        paths.project_root()
    assert "conventions.toml" in str(caught.value)


def test_outside_any_checkout_the_error_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ADOPTION_HOME", raising=False)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AdoptionError, match="set ADOPTION_HOME"):
        paths.project_root()
