"""Runs the cells of a notebook as they are committed, to look at what they merge."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from typing import Any

import nbformat

from adoption.core.paths import project_root


class Scope(dict[str, Any]):
    """The names that a notebook has set, and what each cell showed, by the cell's id."""

    shown: dict[str, Any]


@cache
def _cells(notebook: str) -> tuple[tuple[str, str], ...]:
    path = project_root() / "notebooks" / f"{notebook}.ipynb"
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return tuple((cell.id, cell.source) for cell in node.cells if cell.cell_type == "code")


def _names(*trees: ast.AST) -> set[str]:
    return {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}


def run_cells(
    notebook: str,
    until: str | None = None,
    change: Callable[[Scope], object] | None = None,
    after: str | None = None,
    **given: object,
) -> Scope:
    """Run a notebook with some parameters, to its end or until a cell has set a name.

    `change` is called once, to change what was merged: after the last statement that sets
    `after` in the first cell that does, or else before the first cell that speaks of `until`.
    """
    scope, to_change = Scope(), [change] if change else []
    scope.shown = {}
    for number, (name, source) in enumerate(_cells(notebook)):
        tree = ast.parse(source)
        if to_change and not after and until in _names(tree):
            to_change.pop()(scope)
        sets = [s for s in tree.body if isinstance(s, ast.Assign) and after in _names(*s.targets)]
        for statement in tree.body:
            if isinstance(statement, ast.Expr):
                value = ast.Expression(statement.value)
                scope.shown[name] = eval(compile(value, name, "eval"), scope)
            else:
                exec(compile(ast.Module([statement], []), name, "exec"), scope)
            if to_change and sets and statement is sets[-1]:
                to_change.pop()(scope)
        scope |= given if number == 0 else {}
        if until in scope:
            break
    return scope
