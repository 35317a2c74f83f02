"""What the server shares is there in its forks, and follows the files it was made from."""

from __future__ import annotations

import importlib
import json
from datetime import date
from pathlib import Path

import pytest

from adoption.law.status import load_status
from adoption.reading import recorded
from adoption.reports import warm
from adoption.reports.warm import package_imports, share
from tests.reports.conftest import code, notebook, text


def test_what_is_shared_is_remembered_with_its_files() -> None:
    share([{"as_of": "2020-01-01", "conventions": "malabo, arab-2010"}])
    with recorded() as files:
        load_status("arab-2010", date(2020, 1, 1))
    assert {"acts.parquet", "states.parquet"} <= {path.name for path in files}


def test_what_the_notebooks_of_many_pages_import_is_imported_and_no_cell_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def import_and_note(name: str) -> object:
        asked.append(name)
        return importing(name)

    importing = importlib.import_module
    monkeypatch.setattr(warm, "project_root", lambda: tmp_path)
    monkeypatch.setattr(importlib, "import_module", import_and_note)
    (tmp_path / "notebooks").mkdir()
    source = "from adoption.forecasting.skill import skill\nraise SystemExit"
    write(tmp_path / "notebooks" / "entry.ipynb", source)
    share([{"notebook": "entry"}])
    assert "adoption.forecasting.skill" in asked


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from adoption import tables, __version__",
         {"adoption", "adoption.tables", "adoption.__version__"}),
        ("import adoption.words as words, json", {"adoption.words"}),
        ("def later():\n    from adoption import words", {"adoption", "adoption.words"}),
        ("%matplotlib inline\nimport adoption.words", set()),
        ("from adoptionist import words", set()),
        ("ad.world()", {"adoption.geography"}),
    ],
)  # fmt: skip
def test_what_of_the_package_a_notebook_imports(
    tmp_path: Path, source: str, found: set[str]
) -> None:
    write(tmp_path / "one.ipynb", source)
    assert found <= package_imports(tmp_path / "one.ipynb")
    assert bool(found) == bool(package_imports(tmp_path / "one.ipynb"))


def write(path: Path, source: str) -> None:
    path.write_text(json.dumps(notebook(text("# A question"), code(source))), encoding="utf-8")
