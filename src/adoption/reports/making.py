"""Making the pages that are due, with whatever engine there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adoption.engine.spawner import TemplateError
from adoption.reports.workers.jobs import Job, LastGood, Made
from adoption.reports.workers.page import write_unmade
from adoption.reports.workers.pool import Started, forked, stock
from adoption.words import long_day

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from pathlib import Path

    from adoption.engine.spawner import Spawner
    from adoption.reports.planning.plan import Page
    from adoption.reports.progress import Progress
    from adoption.reports.published.publish import Run
    from adoption.reports.wishes import Wishes


def job_of(page: Page, values: Mapping[str, Any], root: Path, run: Run, wishes: Wishes) -> Job:
    """Return the job of making a page.

    Parameters
    ----------
    page : Page
        The page.
    values : mapping of str to value
        Every parameter with the value it has.
    root : Path
        The project.
    run : Run
        The run that it is for.
    wishes : Wishes
        What is wanted of the report.
    """
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
    """Make pages, and tell of each.

    Parameters
    ----------
    jobs : sequence of Job
        The pages.
    wishes : Wishes
        What is wanted of the report.
    tell : Progress
        Is told what happens.
    template : Spawner, optional
        Of the fork engine, if it was launched before.

    Returns
    -------
    dict of str to Made
        By slug: what has become of each page; not of those after a failure that ends all.
    """
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
