"""Making the pages that are due, with whatever engine there is."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adoption.engine.spawner import Spawner, TemplateError
from adoption.reports.planning.plan import Page
from adoption.reports.published.publish import Run
from adoption.reports.wishes import Wishes
from adoption.reports.workers.jobs import Job, LastGood, Made
from adoption.reports.workers.page import write_unmade
from adoption.reports.workers.pool import Started, forked, stock
from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.reports.progress import Progress


def job_of(page: Page, values: Mapping[str, Any], root: Path, run: Run, wishes: Wishes) -> Job:
    """Return the job of making a page."""
    good = run.last_good(page.slug)
    last = None
    if good:
        record, notebook = good
        made = long_day(record.made.date())
        last = LastGood(str(notebook), made, record.data_day, dict(record.shown_parameters))
    return Job(
        page.slug, page.notebook, page.parameters, dict(values), str(root), str(run.folder),
        "stock" if wishes.engine == "stock" else "fork", last,
    )  # fmt: skip


def make(
    jobs: Sequence[Job], wishes: Wishes, tell: Progress, template: Spawner | None = None
) -> dict[str, Made]:
    """Make pages, and tell of each."""
    made: dict[str, Made] = {}
    for event in _work_through(jobs, wishes, tell, made, template):
        if isinstance(event, Started):
            tell.started(event.slug)
            continue
        made[event.slug] = event
        tell.made(event)
        if event.error and wishes.fail_fast:
            break
    for job in jobs:
        page = made.get(job.slug)
        if page and page.unmade:
            made[job.slug] = write_unmade(job, str(page.error))
    return made


def _work_through(
    jobs: Sequence[Job],
    wishes: Wishes,
    tell: Progress,
    made: Mapping[str, Made],
    template: Spawner | None,
) -> Generator[Started | Made]:
    """Make pages with the engine that is wanted, or the stock one where that fails."""
    if not jobs:
        return
    if wishes.dask:
        from adoption.reports.workers.dask_pool import distributed

        yield from distributed(jobs, wishes.dask, tell.said, wishes.shared)
        return
    left = list(jobs)
    if wishes.engine == "fork":
        try:
            yield from forked(jobs, wishes.jobs, template)
        except TemplateError as error:
            left = [job for job in jobs if job.slug not in made]
            tell.said(f"the stock engine runs instead: {error}")
        else:
            return
    yield from stock([job.with_engine("stock") for job in left], wishes.jobs)
