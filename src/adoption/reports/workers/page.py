"""Making one page: run its notebook, render it, write both."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from adoption.engine.papermill_engine import Account
from adoption.engine.spawner import Spawner
from adoption.reading import recorded
from adoption.reports.pages.render import Notice, kicker, page_html
from adoption.reports.planning.plan import FAILED
from adoption.reports.planning.subjects import data_day_of
from adoption.reports.workers.execute import Execution, execute
from adoption.reports.workers.jobs import Job, LastGood, Made
from adoption.words import long_day


def make_page(job: Job, spawner: Spawner | None = None) -> Made:
    """Run the notebook of a page, render it, and write both into the folder of a run.

    A notebook that fails gives a page that shows the failure. If the page was good before,
    that is told on a page of its own, and the last good one stays in its place with a mark.
    """
    source = Path(job.root, "notebooks", f"{job.notebook}.ipynb")
    target = Path(job.folder, "notebooks", f"{job.slug}.ipynb")
    done = execute(source, target, job.parameters, engine=job.engine, spawner=spawner)
    return write_page(job, done)


def write_page(job: Job, done: Execution) -> Made:
    """Render the notebook of a page that has run, and write the page into the folder of a run."""
    began = time.perf_counter()
    folder, name = Path(job.folder), job.slug
    target = folder / "notebooks" / f"{name}.ipynb"
    with recorded() as reads:
        day = long_day(data_day_of(job.values))
    if done.error and job.last_good:
        name = f"{name}{FAILED}"
        target.rename(target.with_name(f"{name}.ipynb"))
    html, answer = page_html(
        done.notebook, slug=name, parameters=job.values, data_day=day,
        notice=Notice.failure(done.error) if done.error else None,
    )  # fmt: skip
    (folder / f"{name}.html").write_text(html, encoding="utf-8")
    if done.error and job.last_good:
        answer = _show_last_good(job, job.last_good)
    decided = None
    if done.account.reads is not None:
        own = {path.relative_to(job.root).as_posix() for path in reads}
        decided = sorted(own | set(done.account.reads))
    return Made(
        job.slug, kicker(done.notebook) or job.slug, answer, done.error,
        done.seconds + time.perf_counter() - began, day, done.cells, decided,
        done.account.memory, done.account.forked,
    )  # fmt: skip


def write_brought(job: Job, made: Made, page: bytes, notebook: bytes) -> Made:
    """Write a page that another machine has made, which knows of no last good one."""
    folder = Path(job.folder)
    target = folder / "notebooks" / f"{job.slug}.ipynb"
    target.write_bytes(notebook)
    if made.error and job.last_good:
        executed = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
        account = Account(made.reads, made.memory, made.forked)
        return write_page(job, Execution(executed, made.seconds, made.error, made.cells, account))
    (folder / f"{job.slug}.html").write_bytes(page)
    return made


def write_unmade(job: Job, error: str) -> Made:
    """Write the page of a notebook that could not even be run, for a fault outside it."""
    day = long_day(data_day_of(job.values))
    try:
        source = Path(job.root, "notebooks", f"{job.notebook}.ipynb")
        notebook = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
        notebook.cells = notebook.cells[:1]  # its heading and question: nothing of it has run
        answer = _write_failure(job, notebook, error, day)
    except Exception:  # whatever is wrong with its file: this page fails, the others do not
        notebook = new_notebook(cells=[new_markdown_cell(f"# {job.slug}", id="heading")])  # type: ignore[no-untyped-call]
        answer = _write_failure(job, notebook, error, day)
    if job.last_good:
        answer = _show_last_good(job, job.last_good)
    return Made(job.slug, kicker(notebook) or job.slug, answer, error, 0.0, day)


def _write_failure(job: Job, notebook: Any, error: str, day: str) -> dict[str, str] | None:
    """Write the page that shows a failure, and its notebook; return the answer it has."""
    folder = Path(job.folder)
    name = f"{job.slug}{FAILED}" if job.last_good else job.slug
    html, answer = page_html(
        notebook, slug=name, parameters=job.values, data_day=day, notice=Notice.failure(error)
    )
    (folder / f"{name}.html").write_text(html, encoding="utf-8")
    nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    return answer


def _show_last_good(job: Job, last: LastGood) -> dict[str, str] | None:
    """Render the last good page again, marked with its day and the failure since."""
    notebook = nbformat.read(last.notebook, as_version=4)  # type: ignore[no-untyped-call]
    notice = Notice.stale(last.made, f"{job.slug}{FAILED}.html")
    html, answer = page_html(
        notebook, slug=job.slug, parameters=last.values, data_day=last.data_day, notice=notice
    )
    folder = Path(job.folder)
    (folder / f"{job.slug}.html").write_text(html, encoding="utf-8")
    shutil.copyfile(last.notebook, folder / "notebooks" / f"{job.slug}.ipynb")
    return answer
