"""Running a notebook: what it gives, also when a cell fails."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from adoption.reports.workers.execute import OF_THE_MACHINE, Execution, execute
from tests.reports.conftest import Project, code, make_project, parameters, text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_project(tmp_path_factory.mktemp("execute") / "project")


def run(folder: Project, name: str) -> tuple[Path, Execution]:
    target = folder.root / f"{name}-executed.ipynb"
    source = folder.root / "notebooks" / f"{name}.ipynb"
    return target, execute(source, target, {"country": "OMN"})


@pytest.fixture(scope="module")
def good(folder: Project) -> tuple[Path, Execution]:
    folder.write("good", parameters(), text("## Part"), code("import os; print(os.getcwd())"),
                 code("(country, edition)"))  # fmt: skip
    return run(folder, "good")


@pytest.fixture(scope="module")
def bad(folder: Project) -> tuple[Path, Execution]:
    folder.write("bad", parameters(), code("country"), code('raise ValueError("a <b>\\nsecond")'),
                 code("'never'"))  # fmt: skip
    return run(folder, "bad")


def outputs(run: Execution) -> list[list[str]]:
    """Return the plain text that each cell without a tag gave."""
    cells = [c for c in run.notebook.cells if c.cell_type == "code" and not c.metadata.get("tags")]
    return [[str(o.get("data", o).get("text/plain", o.get("text"))) for o in c.outputs]
            for c in cells]  # fmt: skip


def test_a_notebook_runs_with_its_parameters_in_its_own_folder(
    folder: Project, good: tuple[Path, Execution]
) -> None:
    _, done = good
    assert done.error is None
    assert done.seconds > 0
    assert outputs(done) == [[f"{folder.root / 'notebooks'}\n"], ["('OMN', 2024)"]]


def test_nothing_of_the_machine_is_kept(good: tuple[Path, Execution]) -> None:
    _, done = good
    noted = done.notebook.metadata["papermill"]
    assert not set(OF_THE_MACHINE) & set(noted)
    assert noted["parameters"] == {"country": "OMN"}


def test_a_kernel_that_dies_is_a_failure_of_its_notebook(folder: Project) -> None:
    folder.write("dies", parameters(), code("country"), code("import os; os._exit(3)"))
    target, done = run(folder, "dies")
    assert done.error is not None
    assert "ended with status 3" in done.error
    assert len(done.error.splitlines()) == 1
    assert "'OMN'" in target.read_text(encoding="utf-8")


def test_a_failure_is_one_line_and_the_rest_is_kept(bad: tuple[Path, Execution]) -> None:
    target, done = bad
    assert done.error is not None
    assert done.error.endswith("ValueError: a <b>")
    assert done.error.startswith("cell ")
    kept = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
    assert kept == done.notebook
    failed = [
        output.ename
        for cell in kept.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]
    assert failed == ["ValueError"]
    shown = [output for cell in outputs(done) for output in cell]
    assert "'OMN'" in shown
    assert "'never'" not in shown
