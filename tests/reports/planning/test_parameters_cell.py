"""The parameters cell, read as papermill would find it, without papermill."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import papermill
import pytest

from adoption.errors import AdoptionError
from adoption.reports.planning.parameters_cell import notebook_parameters
from tests.reports.conftest import Project, code, parameters, text
from tests.test_notebooks import NOTEBOOKS


def read(project: Project, *cells: Any) -> dict[str, Any]:
    project.write("n", *cells)
    return notebook_parameters(project.root / "notebooks" / "n.ipynb")


def test_values_of_every_plain_kind_in_the_order_of_the_cell(project: Project) -> None:
    found = read(
        project,
        text("# Title"),
        parameters(
            '"""What may be asked."""\n'
            'name: str = (\n    "a, "\n    "b"  # two lines\n)\n'
            "number: int = -3\nshare: float = 0.5\nyes: bool = True\nplain = 'x'\n"
            "nothing: int\nfor _ in (): pass"
        ),
        code("later: int = 9"),
    )
    assert list(found.items()) == [
        ("name", "a, b"), ("number", -3), ("share", 0.5), ("yes", True), ("plain", "x"),
    ]  # fmt: skip


def test_a_notebook_without_the_cell_has_no_parameters(project: Project) -> None:
    assert read(project, code("a: int = 1")) == {}
    assert read(project) == {}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("edition: int = int(2024)  # of", "n.ipynb: parameter edition: int(2024) is not a plain"),
        ("a = 1\nb: str = a", "n.ipynb: parameter b: a is not a plain value"),
        ("a: int = 1\nb: str = ", "n.ipynb: the parameters cell is not Python: line 2: invalid"),
        ("%load_ext x", "n.ipynb: the parameters cell is not Python: line 1: invalid syntax"),
    ],
)
def test_what_is_wrong_with_a_cell(project: Project, source: str, says: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        read(project, parameters(source))
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    "written",
    ["", "[]", '{"cells": 3}', '{"cells": [{"metadata": {"tags": 1}}]}',
     '{"cells": [{"metadata": {"tags": ["parameters"]}}]}'],
)  # fmt: skip
def test_a_file_that_is_no_notebook(tmp_path: Path, written: str) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(AdoptionError, match=r"^n\.ipynb: is not a notebook$"):
        notebook_parameters(path)
    path.write_bytes(b"\xff")
    with pytest.raises(AdoptionError, match=r"^n\.ipynb: is not a notebook$"):
        notebook_parameters(path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_papermill_finds_the_same_parameters(path: Path) -> None:
    assert list(papermill.inspect_notebook(str(path))) == list(notebook_parameters(path))
