"""The parameters of a notebook, read from its tagged cell without running it."""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.files import read_named
from adoption.core.reading import record_read, remembered

PARAMETERS_TAG = "parameters"  # of the cell after which papermill puts the values of a run
INJECTED = "# Parameters\n"  # begins the cell in which it puts them
# What papermill can put into a notebook, and a file of JSON can hold.
Value: TypeAlias = str | int | float | bool | list[Any] | dict[str, Any] | None
PLAIN = (str, int, float, bool)
TYPES: Mapping[str, type] = {kind.__name__: kind for kind in PLAIN}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook.

    Attributes
    ----------
    kind : type
        That of its annotation, or else of its value: one of text, numbers and truth values has
        values of that type alone, one of None or another object any value.
    default : value
        The value that it has in the cell: of a tuple a list, and of what is no literal its code.
    """

    kind: type
    default: Value

    def checked(self, name: str, value: object) -> Value:
        """Return a value as a record has it; a whole number is one of type float as well.

        Examples
        --------
        >>> Parameter(float, 0.5).checked("share", 1)
        1.0
        """
        if self.kind is float and type(value) is int:
            return float(value)
        if self.kind in PLAIN and type(value) is not self.kind:
            raise AdoptionError(f"{name}: {value!r} is not of type {self.kind.__name__}")
        return recorded_value(value)


def recorded_value(value: object) -> Value:
    """Return a value as JSON has it: a tuple as a list, and what JSON cannot hold as its code.

    Examples
    --------
    >>> recorded_value({"ends": (None, 1.5), 2: float("inf")})
    {'ends': [None, 1.5], '2': 'inf'}
    """
    if isinstance(value, Mapping):
        return {str(key): recorded_value(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [recorded_value(part) for part in value]
    is_finite = not isinstance(value, float) or math.isfinite(value)
    if value is None or (isinstance(value, PLAIN) and is_finite):
        return value
    return repr(value)


def given_parameters(files: Sequence[Path], pairs: Sequence[Sequence[str]]) -> dict[str, Value]:
    """Return the parameters of YAML files and of name and value in text; the last one counts.

    Examples
    --------
    >>> given_parameters([], [("edition", "2024"), ("convention", "uncac"), ("note", "None")])
    {'edition': 2024, 'convention': 'uncac', 'note': None}
    """
    import yaml  # type: ignore[import-untyped]  # slow to import

    given: dict[str, Value] = {}
    for path in files:
        try:
            read = yaml.safe_load(read_named(path)) or {}
        except yaml.YAMLError as error:
            problem = " ".join(str(error).split())
            raise AdoptionError(f"{path}: this is not YAML: {problem}") from None
        if not isinstance(read, dict) or not all(isinstance(name, str) for name in read):
            raise AdoptionError(f"{path}: has no names of parameters; write name: value")
        given |= {name: day_as_text(value) for name, value in read.items()}
    return given | {name: _typed(text) for name, text in pairs}


def _typed(text: str) -> Value:
    """Return a value of the command line by papermill's rule: a constant, a number, or the text."""
    constants = {"True": True, "False": False, "None": None}
    if text in constants:
        return constants[text]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def day_as_text(value: Any) -> Any:
    """Return a day as the text that a notebook's parameter is, and any other value as it is."""
    return value.isoformat() if isinstance(value, date) else value


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
        except (TypeError, ValueError):  # only a run of the cell tells what it is
            code = ast.get_source_segment(source, written) or ""
            parameters[name] = Parameter(object, code)
            continue
        kind = type(None) if value is None else TYPES.get(annotation, type(value))
        parameters[name] = Parameter(kind, Parameter(kind, None).checked(name, value))
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
