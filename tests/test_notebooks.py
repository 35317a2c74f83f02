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
from adoption.reports.planning.plan import notebook_parameters

NOTEBOOKS = sorted((project_root() / "notebooks").glob("*.ipynb"))
MOST_LINES = 15
MOST_IMPORTS = 22  # a list, which is read at a glance
MOST_BYTES = 200_000
# Numbers that are no results: the area under which a state has a marker of its own.
LIMITS = {"3,000"}
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


def test_it_is_small(path: Path) -> None:
    assert path.stat().st_size <= MOST_BYTES


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
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "start"
    ]
    assert len(calls) == 1
    assert {k.arg: ast.unparse(k.value) for k in calls[0].keywords} == {n: n for n in names}
    loads = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    assert [name for name in names if loads.count(name) != 1] == [], "used unchecked"


def test_code_cells_are_short_and_none_is_empty(path: Path) -> None:
    for cell in cells(path):
        most = MOST_IMPORTS if re.match(r"from|import", cell.source) else MOST_LINES
        assert 1 <= len(cell.source.splitlines()) <= most, cell.id
        assert max(map(len, cell.source.splitlines())) <= 110, cell.id
        assert cell.source.strip() == cell.source


def test_it_was_run_from_top_to_bottom_without_an_error(path: Path) -> None:
    code = cells(path)
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert {output.output_type for output in outputs} <= {"execute_result", "display_data"}
    assert sum(ANSWER_TYPE in output.data for output in outputs) == 1
    assert all("text/plain" in o.data or len(o.data) == 1 for o in outputs)
    silent = [cell.id for cell in code if not cell.outputs]
    assert len(silent) <= 3, "the parameters, the imports, and what is read"


def test_what_it_imports_is_used_and_stands_in_one_cell(path: Path) -> None:
    tree = source(path)
    imported: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            imported += [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert len(imported) == len(set(imported))
    assert [name for name in imported if name not in used] == []
    with_imports = [
        cell.id for cell in cells(path) if re.search(r"^(from|import) ", cell.source, re.M)
    ]
    assert len(with_imports) == 1


def test_the_analysis_is_in_the_package(path: Path) -> None:
    defined = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try)
    assert [ast.unparse(n) for n in ast.walk(source(path)) if isinstance(n, defined)] == []


def test_no_result_is_typed_into_the_words(path: Path) -> None:
    for cell in cells(path, "markdown"):
        for number in re.findall(r"\d[\d,.]*", cell.source):
            figure = number.rstrip(".,")
            small = float(figure.replace(",", "")) < 10
            year = re.fullmatch(r"(19|20)\d\d", figure)
            assert small or year or figure in LIMITS, f"{cell.id}: {figure}"


def test_nothing_in_it_names_a_place_on_a_machine(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert not re.search(r'["\s(](/(home|work|root|tmp|Users|usr)/|[A-Z]:\\\\|file:)', written)
    assert "@" not in re.sub(r"@[0-9a-f]{7}|https?://\S+", "", "".join(
        cell.source for cell in cells(path)
    ))  # fmt: skip


def test_no_output_says_nan(path: Path) -> None:
    for cell in cells(path):
        for output in cell.outputs:
            for kind in ("text/plain", "text/html", "text/markdown"):
                assert not re.search(r"\b(nan|NaN|NaT|<NA>)\b", output.data.get(kind, "")), cell.id
