"""Runs the cells of a notebook as they are committed, to look at what they merge."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from typing import Any

import nbformat

from adoption.paths import project_root


class Scope(dict[str, Any]):
    """The names that a notebook has set, and what each cell showed, by the cell's id."""

    shown: dict[str, Any]


@cache
def _cells(notebook: str) -> tuple[tuple[str, str], ...]:
    path = project_root() / "notebooks" / f"{notebook}.ipynb"
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return tuple((cell.id, cell.source) for cell in node.cells if cell.cell_type == "code")


def run_cells(
    notebook: str,
    until: str | None = None,
    change: Callable[[Scope], object] | None = None,
    after: str | None = None,
    **given: object,
) -> Scope:
    """Run a notebook with some parameters, to its end or until a cell has set a name.

    `change` is called once, to change what was merged: as soon as the name `after` is set, or
    else before the first cell that speaks of `until`.
    """
    scope = Scope()
    scope.shown = {}
    for number, (name, source) in enumerate(_cells(notebook)):
        tree = ast.parse(source)
        if change and not after and until in {getattr(n, "id", "") for n in ast.walk(tree)}:
            change, _ = None, change(scope)
        for statement in tree.body:
            if isinstance(statement, ast.Expr):
                value = ast.Expression(statement.value)
                scope.shown[name] = eval(compile(value, name, "eval"), scope)
            else:
                exec(compile(ast.Module([statement], []), name, "exec"), scope)
            if change and after in scope:
                change, _ = None, change(scope)
        scope |= given if number == 0 else {}
        if until in scope:
            break
    return scope
