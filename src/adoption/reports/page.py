"""Making one page: run its notebook with papermill, render it, write both."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.paths import jupyter_runtime_dir
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from adoption.paths import project_root
from adoption.reading import recorded
from adoption.reports.engine import Here
from adoption.reports.executed import read_executed, write_executed
from adoption.reports.jobs import Job, LastGood, Made
from adoption.reports.pages.render import Notice, kicker, page_html
from adoption.reports.plan import FAILED
from adoption.reports.runs import notebook_file
from adoption.reports.subjects import data_day_of

# What papermill notes of the machine that ran it; a published notebook does not need it.
OF_THE_MACHINE = ("input_path", "output_path", "environment_variables")


def make_page(job: Job, tell: Callable[[Any], object]) -> Made:
    """Run the notebook of a page, render it, and write both into the folder of a run.

    A notebook that fails gives a page that shows the failure. If the page was good before,
    that is told on a page of its own, and the last good one stays in its place with a mark.

    Parameters
    ----------
    job : Job
        The page.
    tell : callable
        Hears of the notebook and of each cell that has run; see `adoption.reports.engine.Here`.
    """
    began = time.perf_counter()
    with recorded() as reads:
        notebook, error = _executed(job, tell)
        day = data_day_of(job.values)
    forked = job.engine == "fork"
    return write_page(
        job, notebook, error, time.perf_counter() - began, day=day, forked=forked,
        reads=_names(reads) if forked else None, memory=_most_memory(),
    )  # fmt: skip


def write_page(
    job: Job,
    notebook: Any,
    error: str | None,
    seconds: float,
    *,
    day: date | None = None,
    **facts: Any,
) -> Made:
    """Write the page of a notebook that has run, as far as it came, and the notebook."""
    began = time.perf_counter()
    folder, name = Path(job.folder), job.slug
    if error and job.last_good:
        name = f"{name}{FAILED}"
    for key in OF_THE_MACHINE:
        notebook.metadata.get("papermill", {}).pop(key, None)
    day = day or data_day_of(job.values)
    html, answer = page_html(
        notebook, slug=name, parameters=job.values, data_day=day,
        notice=Notice.failure(error) if error else None,
    )  # fmt: skip
    (folder / f"{name}.html").write_text(html, encoding="utf-8")
    write_executed(notebook, folder / notebook_file(name))
    if error and job.last_good:
        answer = _show_last_good(job, job.last_good)
    return Made(
        job.slug, kicker(notebook) or job.slug, answer, error,
        seconds + time.perf_counter() - began, day, _seconds_of_cells(notebook), **facts,
    )  # fmt: skip


def write_unmade(job: Job, error: str) -> Made:
    """Write the page of a notebook of which nothing has run, for a fault outside it."""
    try:
        source = Path(job.root, "notebooks", f"{job.notebook}.ipynb")
        notebook = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
        notebook.cells = notebook.cells[:1]  # its heading and question
        return write_page(job, notebook, error, 0.0)
    except Exception:  # whatever is wrong with its file: this page fails, the others do not
        notebook = new_notebook(cells=[new_markdown_cell(f"# {job.slug}", id="heading")])  # type: ignore[no-untyped-call]
        return write_page(job, notebook, error, 0.0)


def write_ended(job: Job, notebook: Any, cells: Mapping[int, Any], error: str) -> Made:
    """Write the page of a notebook whose process ended, with the cells that had run before."""
    if notebook is None:
        return write_unmade(job, error)
    for number, cell in cells.items():
        notebook.cells[number] = cell
    first = max(cells, default=-1) + 1
    for cell in notebook.cells[first:]:
        if cell.cell_type == "code" and cell.source.strip():
            cell.metadata.papermill["exception"] = True
            break
    return write_page(job, notebook, error, 0.0, forked=job.engine == "fork")


def _executed(job: Job, tell: Callable[[Any], object]) -> tuple[Any, str | None]:
    """Run a notebook; return it as far as it came, and the failing cell's error in one line."""
    source = Path(job.root, "notebooks", f"{job.notebook}.ipynb")
    with tempfile.TemporaryDirectory() as folder:
        return _run(job, source, Path(folder, source.name), tell)


def _run(
    job: Job, source: Path, target: Path, tell: Callable[[Any], object]
) -> tuple[Any, str | None]:
    here = Here(job.limits.output, tell)
    more: dict[str, Any] = {"engine_name": "adoption", "here": here}
    if job.engine == "stock":
        more = {
            "cwd": str(source.parent), "extra_arguments": ["--log-level=50"],
            "execution_timeout": job.limits.seconds, "config": _kernel_of_files(),
        }  # fmt: skip
    try:
        notebook = papermill.execute_notebook(
            str(source), str(target) if job.engine == "stock" else None,
            parameters=job.parameters, kernel_name="python3", progress_bar=False,
            autosave_cell_every=0, **more,
        )  # fmt: skip
    except PapermillExecutionError as failed:
        error = f"cell {failed.exec_count}: {failed.ename}: {failed.evalue}".splitlines()[0]
    except CellTimeoutError:
        error = f"it took longer than {job.limits.seconds} s"
    except DeadKernelError as failed:
        error = str(failed).splitlines()[0]
    else:
        return notebook, None
    return here.notebook or nbformat.read(target, as_version=4), error  # type: ignore[no-untyped-call]


def _kernel_of_files() -> Config:
    """Let a kernel talk through files of this machine: no open ports, for which kernels race."""
    if os.name != "posix":
        return Config()
    place = Path(jupyter_runtime_dir(), f"kernel-{uuid.uuid4().hex[:12]}")
    place.parent.mkdir(parents=True, exist_ok=True)
    return Config({"KernelManager": {"transport": "ipc", "ip": str(place)}})


def _seconds_of_cells(notebook: Any) -> list[float]:
    taken = [
        cell.metadata.get("papermill", {}).get("duration")
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    return [float(seconds) for seconds in taken if seconds is not None]


def _names(reads: set[Path]) -> list[str]:
    """Return the project's files among those that were read, by their place in it."""
    root = project_root()
    return sorted(
        (path.relative_to(root) if path.is_relative_to(root) else path).as_posix() for path in reads
    )


def _most_memory() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _show_last_good(job: Job, last: LastGood) -> dict[str, str] | None:
    """Render the last good page again, marked with its day and the failure since."""
    notebook = read_executed(Path(last.notebook))
    notice = Notice.stale(last.made, f"{job.slug}{FAILED}.html")
    html, answer = page_html(
        notebook, slug=job.slug, parameters=last.values, data_day=last.data_day, notice=notice
    )
    folder = Path(job.folder)
    (folder / f"{job.slug}.html").write_text(html, encoding="utf-8")
    shutil.copyfile(last.notebook, folder / notebook_file(job.slug))
    return answer
