"""The notebooks as they are committed, without running them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from adoption.answers import ANSWER_TYPE
from adoption.notebook_parameters import Parameters
from adoption.paths import project_root
from adoption.reports.pages.render import PLOTLY_TYPE
from adoption.reports.plan import notebook_parameters

RECIPES = project_root() / "notebooks" / "15_recipes.ipynb"  # many questions, and no parameters
TUTORIAL = project_root() / "notebooks" / "18_your_own_convention.ipynb"  # an article
NOTEBOOKS = sorted({*(project_root() / "notebooks").glob("*.ipynb")} - {RECIPES, TUTORIAL})
WORDS = ("text/plain", "text/html", "text/markdown")
DEFAULTS = {"convention": "hanoi", "as_of": "latest", "country": "QAT", "edition": 2024}

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str = "code") -> list[Any]:
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return [cell for cell in node.cells if cell.cell_type == kind]


def source(path: Path) -> ast.Module:
    return ast.parse("\n".join(cell.source for cell in cells(path)))


def test_it_is_a_valid_notebook_for_any_python_three(path: Path) -> None:
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(node)
    assert node.metadata.kernelspec == {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    assert set(node.metadata) == {"kernelspec", "language_info"}
    assert len({cell.id for cell in node.cells}) == len(node.cells)


def test_it_begins_with_a_heading_a_question_and_its_parameters(path: Path) -> None:
    first, second, *_ = nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]
    heading, blank, question = first.source.splitlines()
    assert heading.startswith("# ")
    assert blank == ""
    assert question.endswith("?")
    assert second.metadata.tags == ["parameters"]
    tagged = [cell for cell in cells(path) if cell.metadata.get("tags")]
    assert len(tagged) == 1


def parameters(path: Path) -> list[tuple[str, ast.AnnAssign]]:
    """Return each statement of the parameters cell, as written and as parsed."""
    written = cells(path)[0].source
    found = []
    for statement in ast.parse(written).body:
        assert isinstance(statement, ast.AnnAssign), "name: type = value"
        lines = written.splitlines()[statement.lineno - 1 : statement.end_lineno]
        found.append(("\n".join(lines), statement))
    return found


def test_each_parameter_has_a_type_a_value_of_it_and_a_comment(path: Path) -> None:
    found = parameters(path)
    assert found
    for written, statement in found:
        assert re.search(r"  # \w.{10,}", written)
        assert isinstance(statement.target, ast.Name)
        assert isinstance(statement.annotation, ast.Name)
        assert statement.value is not None
        name, value = statement.target.id, ast.literal_eval(statement.value)
        assert type(value).__name__ == statement.annotation.id
        assert name in Parameters.model_fields
        assert DEFAULTS.get(name, value) == value
    assert notebook_parameters(path) == {
        ast.unparse(statement.target): ast.literal_eval(ast.unparse(statement.value or statement))
        for _, statement in found
    }


def test_every_parameter_is_checked_before_it_is_used(path: Path) -> None:
    names = [ast.unparse(statement.target) for _, statement in parameters(path)]
    nodes = list(ast.walk(source(path)))
    calls = [
        node
        for node in nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("start", "ad.parameters")
    ]
    assert len(calls) == 1
    assert {k.arg: ast.unparse(k.value) for k in calls[0].keywords} == {n: n for n in names}
    loads = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    assert [name for name in names if loads.count(name) != 1] == [], "used unchecked"


def test_it_was_run_from_top_to_bottom_without_an_error(path: Path) -> None:
    code = cells(path)
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert {output.output_type for output in outputs} <= {"execute_result", "display_data"}
    assert sum(ANSWER_TYPE in output.data for output in outputs) == 1
    for text in (output.data.get(kind, "") for output in outputs for kind in WORDS):
        assert not re.search(r"\b(nan|NaN|NaT|<NA>)\b", text)
    assert all("text/plain" in o.data or PLOTLY_TYPE in o.data for o in outputs)
    silent = [cell.id for cell in code if not cell.outputs]
    assert len(silent) <= 6, "the parameters, the imports, and what is merged"
