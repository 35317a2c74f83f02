"""Making one page: run its notebook with papermill, and write down what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from adoption.core.files import sha256
from adoption.core.reading import recorded
from adoption.press.document import packed
from adoption.press.engine.job import LARGE_OUTPUT_MEGABYTES, Job, PageResult
from adoption.press.engine.papermill import (
    InProcess,
    NotPlainError,
    cells_run,
    execute_here,
    limit_output,
    shown_megabytes,
)
from adoption.press.reader import read_notebook
from adoption.press.store import document_file, notebook_file, write_executed

# What papermill notes of the machine that ran it; a published notebook does not need it.
OF_THE_MACHINE = ("input_path", "output_path", "environment_variables")


def run_page(
    job: Job, notify: Callable[[Any], object] = id, *, may_be_plain: bool = False
) -> PageResult:
    """Run the notebook of a page; write its document and itself into the folder of a run.

    A notebook that fails gives a document that tells the failure.

    Parameters
    ----------
    job : Job
        The page.
    notify : callable
        Gets the notebook and each cell that has run; see `press.engine.papermill.InProcess`.
    may_be_plain : bool
        Whether IPython is left out where the notebook does not ask for it; then a cell that fails
        is an error.
    """
    if job.page.error:
        return write_error_page(job, job.page.error)
    began = time.perf_counter()
    limit_output(job.max_output_megabytes)
    with recorded() as reads:
        notebook, error = _executed(job, InProcess(notify, may_be_plain))
    seconds = time.perf_counter() - began
    result = write_page(job, notebook, error, seconds, _names(reads, Path(job.root)))
    megabytes = shown_megabytes()
    if error or megabytes < LARGE_OUTPUT_MEGABYTES:
        return result
    large = f"its outputs take {megabytes:.0f} MB, which readers have to load"
    return replace(result, faults=(*result.faults, large))


def same_page(job: Job) -> PageResult | None:
    """Run the notebook of a page; return what became of it if it says what is kept, else None.

    Nothing is written.
    """
    began = time.perf_counter()
    limit_output(job.max_output_megabytes)
    try:
        with recorded() as reads:
            notebook = cells_run(_source(job), job.page.parameters)
    except (CellExecutionError, NotPlainError):  # what is kept is of a page without one
        return None
    seconds = time.perf_counter() - began
    _, result = _document_of(job, notebook, None, seconds, _names(reads, Path(job.root)))
    return result if result.is_same else None


def write_page(
    job: Job, notebook: Any, error: str | None, seconds: float = 0.0, reads: Sequence[str] = ()
) -> PageResult:
    """Write the document of a notebook that has run, as far as it came, and the notebook.

    Where the document says what is kept, neither is written.
    """
    content, result = _document_of(job, notebook, error, seconds, reads)
    if not result.is_same:
        folder, name = Path(job.folder), job.page.slug
        (folder / document_file(name)).write_bytes(content)
        write_executed(notebook, folder / notebook_file(name))
    return result


def _document_of(
    job: Job, notebook: Any, error: str | None, seconds: float, reads: Sequence[str]
) -> tuple[bytes, PageResult]:
    """Return the document of a notebook that has run, packed, and what has become of the page."""
    began = time.perf_counter()
    name, project = job.page.slug, job.project
    for key in OF_THE_MACHINE:
        notebook.metadata.get("papermill", {}).pop(key, None)
    day = project.data_day(job.page.values)  # it moves where nothing is new: makes no page due
    with recorded() as files_read:
        facts = project.facts(job.page.values)
    document = read_notebook(
        notebook,
        slug=name,
        name=job.page.notebook,
        parameters=job.page.values,
        data_day=day.isoformat(),
        facts=facts,
        failure=error or "",
    )
    content = packed(document)
    reads = sorted({*reads, *_names(files_read, Path(job.root))})
    return content, PageResult(
        name,
        document.kind or name,
        document.answer,
        error,
        seconds + time.perf_counter() - began,
        day,
        reads,
        tuple(document.faults),
        is_same=sha256(content) == job.kept,
    )


def write_error_page(job: Job, error: str) -> PageResult:
    """Write the page of a notebook of which nothing has run, for a fault outside it."""
    try:
        notebook = nbformat.read(_source(job), as_version=4)  # type: ignore[no-untyped-call]
        notebook.cells = notebook.cells[:1]  # its heading and question
        return write_page(job, notebook, error)
    except Exception:  # whatever is wrong with its file: this page fails, the others do not
        notebook = new_notebook(cells=[new_markdown_cell(f"# {job.page.slug}", id="heading")])  # type: ignore[no-untyped-call]
        return write_page(job, notebook, error)


def write_ended(job: Job, notebook: Any, cells: Mapping[int, Any], error: str) -> PageResult:
    """Write the page of a notebook whose process ended, with the cells that had run before."""
    if notebook is None:
        return write_error_page(job, error)
    for number, cell in cells.items():
        notebook.cells[number] = cell
    first = max(cells, default=-1) + 1
    for cell in notebook.cells[first:]:
        if cell.cell_type == "code" and cell.source.strip():
            cell.metadata.papermill["exception"] = True
            break
    return write_page(job, notebook, error)


def _executed(job: Job, here: InProcess) -> tuple[Any, str | None]:
    """Run a notebook; return it as far as it came, and the failing cell's error in one line."""
    try:
        notebook = execute_here(_source(job), job.page.parameters, here)
    except PapermillExecutionError as failed:
        named = f"{failed.ename}: {failed.evalue}".splitlines()[0].removesuffix(": ")
        return here.notebook, f"cell {failed.exec_count}: {named}"
    return notebook, None


def _source(job: Job) -> str:
    return str(Path(job.root, "notebooks", f"{job.page.notebook}.ipynb"))


def _names(reads: set[Path], root: Path) -> list[str]:
    """Return the files that were read, those of the project by their place in it."""
    return sorted(
        (path.relative_to(root) if path.is_relative_to(root) else path).as_posix() for path in reads
    )
