"""The recipes, twelve questions in at most five lines each, and the tutorial, as committed."""

from __future__ import annotations

import tomllib
from itertools import pairwise

import nbformat

from tests.conftest import ROOT
from tests.test_notebooks import RECIPES, TUTORIAL

MOST_LINES = 5
CELLS = nbformat.read(RECIPES, as_version=4).cells  # type: ignore[no-untyped-call]
CODE = [cell for cell in CELLS if cell.cell_type == "code"]


def test_each_recipe_has_a_heading_and_at_most_five_lines() -> None:
    headings = [cell for cell in CELLS if cell.source.startswith("## ")]
    assert len(headings) == 12
    for cell, before in pairwise(reversed(CELLS)):
        if cell.cell_type == "code" and cell is not CODE[0]:
            assert before.source.startswith("## "), cell.id
            assert "\n" not in before.source, cell.id
            assert len(cell.source.splitlines()) <= MOST_LINES, cell.id


def test_each_was_run_and_shows_something() -> None:
    assert [cell.execution_count for cell in CODE] == list(range(1, len(CODE) + 1))
    assert [cell.id for cell in CODE[1:] if not cell.outputs] == []
    kinds = {output.output_type for cell in CODE for output in cell.outputs}
    assert kinds == {"execute_result", "display_data", "stream"}


def test_they_are_no_page_and_stand_in_the_list() -> None:
    plan = tomllib.loads((ROOT / "reports.toml").read_text(encoding="utf-8"))
    for path in (RECIPES, TUTORIAL):
        assert path.stem not in {page["notebook"] for page in plan["page"]}
        assert f"(notebooks/{path.name})" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_tutorial_was_run_in_a_folder_of_its_own() -> None:
    cells = nbformat.read(TUTORIAL, as_version=4).cells  # type: ignore[no-untyped-call]
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert max(len(cell.source.splitlines()) for cell in code) <= 15
    assert "error" not in {output.output_type for cell in code for output in cell.outputs}
    assert "%env ADOPTION_HOME=." in code[0].source
