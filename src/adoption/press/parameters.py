"""The parameters of a notebook, read from its tagged cell without running it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.reading import record_read, remembered

PARAMETERS_TAG = "parameters"  # of the cell after which papermill puts the values of a run
INJECTED = "# Parameters\n"  # begins the cell in which it puts them
Value: TypeAlias = str | int | float | bool
TYPES: Mapping[str, type] = {kind.__name__: kind for kind in (str, int, float, bool)}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook.

    Attributes
    ----------
    kind : type
        That of its annotation, or else of its value.
    default : str, int, float or bool
        The value that it has in the cell.
    """

    kind: type
    default: Value

    def checked(self, name: str, value: object) -> Value:
        """Return a value of its type; a whole number is one of type float as well.

        Examples
        --------
        >>> Parameter(float, 0.5).checked("share", 1)
        1.0
        """
        if self.kind is float and type(value) is int:
            return float(value)
        if type(value) is not self.kind:
            raise AdoptionError(f"{name}: {value!r} is not of type {self.kind.__name__}")
        plain: Value = value  # type: ignore[assignment]  # of one of its types, as was just seen
        return plain


@remembered
def notebook_parameters(path: Path) -> dict[str, Parameter]:
    """Return the parameters of a notebook by their names, in the order of its tagged cell."""
    record_read(path)
    try:
        return cell_parameters(_tagged_cell(path))
    except AdoptionError as error:
        raise AdoptionError(f"{path.name}: {error}") from None


def cell_parameters(source: str) -> dict[str, Parameter]:
    """Return the parameters that a cell gives values to.

    Examples
    --------
    >>> cell_parameters('scale_points: int = 10  # of a scale')
    {'scale_points': Parameter(kind=<class 'int'>, default=10)}
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        problem = f"line {error.lineno}: {error.msg}"
        raise AdoptionError(f"the parameters cell is not Python: {problem}") from None
    parameters = {}
    for name, annotation, written in _assigned(statements):
        try:
            value = ast.literal_eval(written)
        except (TypeError, ValueError):
            code = ast.get_source_segment(source, written)
            raise AdoptionError(f"parameter {name}: {code} is not a plain value") from None
        parameter = Parameter(TYPES.get(annotation, type(value)), value)
        parameters[name] = Parameter(parameter.kind, parameter.checked(name, value))
    return parameters


def check_names(names: Mapping[str, object], allowed: Mapping[str, object], where: str) -> None:
    """Refuse a name that a notebook has no parameter for; papermill would only warn."""
    for name in names:
        if name not in allowed:
            near = did_you_mean(name, allowed, 1)
            every = ", ".join(allowed) or "none"
            raise AdoptionError(f"{where} has no parameter {name!r}; {near} (all: {every})")


def _assigned(statements: list[ast.stmt]) -> Iterator[tuple[str, str, ast.expr]]:
    """Give the name, the annotation and the value of each name that is given one."""
    for statement in statements:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=of, value=ast.expr() as value):
                yield name, ast.unparse(of), value
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        yield target.id, "", value


def _tagged_cell(path: Path) -> str:
    """Return the source of the first cell with the tag; no text if there is none."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = [
            cell for cell in cells if PARAMETERS_TAG in cell.get("metadata", {}).get("tags", [])
        ]
        return "".join(tagged[0]["source"]) if tagged else ""
    except (AttributeError, KeyError, TypeError, ValueError):
        raise AdoptionError("is not a notebook") from None
    except OSError as error:
        raise AdoptionError(str(error.strerror)) from None
