"""Runs the cells of a notebook as they are committed, to look at what they merge."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import nbformat

from adoption.paths import project_root

Scope = dict[str, Any]


@cache
def _code(notebook: str) -> tuple[Any, ...]:
    path = project_root() / "notebooks" / f"{notebook}.ipynb"
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return tuple(
        compile(cell.source, cell.id, "exec") for cell in node.cells if cell.cell_type == "code"
    )


def run_cells(
    notebook: str, until: str, change: Callable[[Scope], object] | None = None, **given: object
) -> Scope:
    """Run a notebook with some parameters until a cell has set a name; return all names.

    `change` is called before the cell that uses `until` first: it can change what was merged.
    """
    scope: Scope = {}
    for number, code in enumerate(_code(notebook)):
        if change is not None and until in code.co_names:
            change(scope)
        exec(code, scope)
        scope |= given if number == 0 else {}
        if until in scope:
            break
    return scope
