"""The parameters cell of a notebook, read without running it and without papermill."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from adoption.errors import AdoptionError
from adoption.reading import note, remembered

TAG = "parameters"  # of the cell after which papermill puts the values of a run


def notebook_parameters(path: Path) -> dict[str, Any]:
    """Return the parameters of a notebook with the values of its parameters cell."""
    return dict(_remembered_parameters(path))


@remembered
def _remembered_parameters(path: Path) -> dict[str, Any]:
    note(path)
    source = _cell(path)
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise AdoptionError(
            f"{path.name}: the parameters cell is not Python: line {error.lineno}: {error.msg}"
        ) from None
    values: dict[str, Any] = {}
    for statement in statements:
        for name, value in _assigned(statement):
            try:
                values[name] = ast.literal_eval(value)
            except (TypeError, ValueError):
                written = ast.get_source_segment(source, value)
                raise AdoptionError(
                    f"{path.name}: parameter {name}: {written} is not a plain value"
                ) from None
    return values


def _assigned(statement: ast.stmt) -> list[tuple[str, ast.expr]]:
    """Return the names to which a statement gives a value, each with it."""
    targets: list[ast.expr]
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets, value = [statement.target], statement.value
    elif isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    else:
        return []
    return [(target.id, value) for target in targets if isinstance(target, ast.Name)]


def _cell(path: Path) -> str:
    """Return the source of the first cell with the tag; no text if there is none."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if TAG in cell.get("metadata", {}).get("tags", [])]
        return "".join(tagged[0]["source"]) if tagged else ""
    except (AttributeError, KeyError, TypeError, ValueError):
        raise AdoptionError(f"{path.name}: is not a notebook") from None
    except OSError as error:
        raise AdoptionError(f"{path.name}: {error.strerror}") from None
