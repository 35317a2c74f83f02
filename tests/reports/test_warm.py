"""What the server shares is there in its forks, and follows the files it was made from."""

from __future__ import annotations

import importlib
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from adoption.forecasting import history
from adoption.forecasting.history import SHOWN
from adoption.law.conventions import find_convention
from adoption.law.status import load_status
from adoption.paths import project_root
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
    monkeypatch.setattr(history, "remember_shown", lambda: asked.append("forecasts"))
    (tmp_path / "notebooks").mkdir()
    source = "from adoption.forecasting.entry import load_entry\nraise SystemExit"
    write(tmp_path / "notebooks" / "entry.ipynb", source)
    share([{"notebook": "entry"}])
    assert asked[-2:] == ["adoption.forecasting.entry", "forecasts"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from adoption import tables, __version__", {"adoption", "adoption.tables"}),
        ("import adoption.words as words, json", {"adoption.words"}),
        ("def later():\n    from adoption import words", {"adoption", "adoption.words"}),
        ("from adoption.no_such import thing", set()),
        ("%matplotlib inline\nimport adoption.words", set()),
        ("from adoptionist import words", set()),
        (
            "ad.states()\nad.build()",
            {"adoption.paths", "adoption.refresh.publish"},
        ),
    ],
)
def test_which_modules_of_the_package_a_notebook_imports(
    tmp_path: Path, source: str, found: set[str]
) -> None:
    write(tmp_path / "one.ipynb", source)
    assert package_imports(tmp_path / "one.ipynb") == found


def test_the_forecasts_told_on_every_page_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    path = project_root() / "notebooks" / "12_entry_into_force.ipynb"
    assert "adoption.forecasting.entry" in package_imports(path)
    made: list[tuple[str, int]] = []

    def forecast(treaty: str, threshold: int, age: int, without: frozenset[str]) -> None:
        assert without == frozenset(SHOWN)
        assert threshold == SHOWN[treaty]
        made.append((treaty, age))

    monkeypatch.setattr(history, "forecast_then", forecast)
    history.remember_shown()
    assert {treaty for treaty, _ in made} == set(SHOWN)
    assert len(made) == len(set(made)) > len(SHOWN)
    remembered = set(made)
    made.clear()
    for convention in (find_convention("hanoi"), find_convention("untoc")):
        asked: Any = SimpleNamespace(convention=convention, as_of=date(2026, 11, 24))
        history.shown_treaties(asked)
    assert made
    assert set(made) <= remembered, "what pages ask is what is remembered"


def write(path: Path, source: str) -> None:
    path.write_text(json.dumps(notebook(text("# A question"), code(source))), encoding="utf-8")
