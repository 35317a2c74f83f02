"""`adoption report`: make the pages of the plan that are due, and publish them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adoption import __version__, tables
from adoption.core.paths import processed_folder
from adoption.core.progress import above_bars, waiting
from adoption.core.text import counted, long_day
from adoption.press.current import KEPT_RUNS, noting
from adoption.press.due import Digests, inputs_of, site_digest
from adoption.press.engine.cluster import address_of, make_on_cluster
from adoption.press.engine.job import Job, PageResult
from adoption.press.engine.pool import make_pages
from adoption.press.engine.process import prepare
from adoption.press.plan import Choice, Page, Plan
from adoption.press.project import MIN_PAGES_TO_SHARE, Project
from adoption.press.publish import Run, building
from adoption.press.store import (
    ASKED_FOR,
    PageRecord,
    is_damaged,
    longest_first,
    page_file,
    read_last,
    reasons,
)
from adoption.site.subjects import subject_of

if TYPE_CHECKING:
    from adoption.site.lists import Entry


@dataclass(frozen=True)
class ReportOptions:
    """What is wanted of a report.

    Attributes
    ----------
    choice : Choice
        Which pages, and of which day; all of the plan by default.
    output : Path, optional
        Where the reports go; `reports` in the project by default.
    jobs : int
        How many notebooks at once.
    force : bool
        Whether to make pages that are current as well.
    keep : int
        How many earlier runs stay.
    wait : bool
        Whether to wait for another report into the same folder.
    scheduler : str, optional
        The address or the file of a Dask scheduler whose workers make the pages.
    """

    choice: Choice = field(default_factory=Choice)
    output: Path | None = None
    jobs: int = os.cpu_count() or 1
    force: bool = False
    keep: int = KEPT_RUNS
    wait: bool = True
    scheduler: str | None = None


def run_report(options: ReportOptions, project: Project) -> int:
    """Make the pages of a project that are due, and publish a report."""
    root = project.root()
    note = noting(root, project)
    if options.scheduler:
        address_of(options.scheduler)  # also where there is no page for it to make
    plan = Plan.read(root, project, options.choice)
    output = options.output or project.reports()
    if not (options.choice or options.force or read_last(output)):
        _publish_some(plan, options)
    digests = Digests(root, project)
    with building(output, keep=options.keep, wait=options.wait) as run:
        due = [
            page
            for page in plan.pages
            if (
                reasons(page, run.last, digests) or options.force
                if page.slug in plan.wanted
                else is_damaged(page.slug, run.last)
            )
        ]
        site = site_digest(plan.pages, digests, plan.settings)
        if due or not run.last or run.last.site != site or run.last.damaged():
            status = _publish(longest_first(due, run.last), plan, run, options, digests, site)
        else:
            status = 0
            say(f"nothing changed: {run.show_last() / 'index.html'}")
        last = read_last(output)
        if last and not status and not options.choice:
            note(output, {name for page in last.pages.values() for name in page.inputs.files})
        return status


def _publish_some(plan: Plan, options: ReportOptions) -> None:
    """Publish a first report before the lists of states and of groups, where these are many pages.

    Then its index can be read while they are being made.
    """
    first = plan.project.first
    some = [
        page.slug
        for page in plan.pages
        if not page.error and (not page.section or plan.project.about(page.values) in first)
    ]
    if some and len(plan.pages) - len(some) >= MIN_PAGES_TO_SHARE:
        run_report(replace(options, choice=Choice(only=some)), plan.project)
        say(f"{counted(len(plan.pages) - len(some), 'more page')} to make")


def why(slug: str, options: ReportOptions, project: Project) -> list[str]:
    """Return why a page would be made by the next report; nothing if it is current."""
    plan = Plan.read(project.root(), project, replace(options.choice, only=[slug], about=()))
    page = next(page for page in plan.pages if page.slug == slug)
    last = read_last(options.output or plan.root / "reports")
    return [ASKED_FOR] * options.force + reasons(page, last, Digests(plan.root, project))


def _publish(
    due: Sequence[Page], plan: Plan, run: Run, options: ReportOptions, digests: Digests, site: str
) -> int:
    where = str(plan.root), str(run.folder), plan.project
    jobs = [Job(page, *where, run.last_good(page.slug)) for page in due]
    (run.folder / "notebooks").mkdir()
    results = {page.slug: page for page in reported(_made(jobs, options, digests), len(jobs))}
    failed = sum(page.error is not None for page in results.values())
    records = {}
    for page in plan.pages:
        if page.slug in results:
            records[page.slug] = _record_of(page, results[page.slug], run, digests)
        elif kept := run.carry_over(page.slug):
            records[page.slug] = kept
    _write_shared(plan, records, run, site)
    if plan.settings.unset:
        say(f"reports.toml does not set {', '.join(plan.settings.unset)}: pages lack them")
    work = {slug: round(page.seconds, 3) for slug, page in results.items()}
    versions = {"adoption": __version__, **digests.libraries}
    latest = run.publish(records, {"site": site, "versions": versions, "work": work})
    say(
        f"{counted(len(results) - failed, 'page')} made, {failed} failed, "
        f"{len(records) - len(results)} current: {latest / 'index.html'}"
    )
    return 1 if failed else 0


def _made(jobs: Sequence[Job], options: ReportOptions, digests: Digests) -> Iterable[PageResult]:
    """Make pages on this machine or on those of a scheduler."""
    if jobs and options.scheduler:
        return make_on_cluster(options.scheduler, jobs, digests, say)
    if jobs:
        prepare(jobs[0].project.server(len(jobs)))
        import_module("adoption.site.pages")  # slow; meanwhile the server gets ready
    return make_pages(jobs, options.jobs)


# What the manifest says of the pages, and the parts that all of them share


def _record_of(page: Page, result: PageResult, run: Run, digests: Digests) -> PageRecord:
    """Return what the manifest says of a page that was made.

    Of a page that failed and was good before, the good one is still shown, and described.
    """
    good = run.last_good(page.slug) if result.error else None
    visible: Any = good[0] if good else result
    return PageRecord(
        notebook=page.notebook,
        parameters=page.values,
        section=page.section,
        inputs=inputs_of(page, result.reads, digests),
        kicker=visible.kicker,
        answer=visible.answer,
        error=result.error,
        made=good[0].made if good else datetime.now(UTC),
        data_day=visible.data_day,
        seconds=round(result.seconds, 3),
        shown=good[0].shown_parameters if good else None,
    )


def _write_shared(plan: Plan, records: Mapping[str, PageRecord], run: Run, site: str) -> None:
    """Write what all pages share, and the links between them.

    The front page and the list of changes tell the day of all data: the tables that they offer, and
    the refresh that made them, are of it. How old a list of acts is, the pages about it tell.
    The oldest of them all would say nothing of the index: some lists nobody publishes anew.
    """
    from adoption.site.pages import update_pages, write_site

    entries = [
        _entry(page, records[page.slug], run.folder) for page in plan.pages if page.slug in records
    ]
    last = run.last.pages if run.last and run.last.site == site else {}
    made = [slug for slug, record in records.items() if record is not last.get(slug)]
    before, now = ({slug: _listed(page) for slug, page in side.items()} for side in (last, records))
    if (
        run.last
        and made
        and before == now
        and update_pages(run.folder, run.last.folder, entries, made, plan.settings)
        and run.carry_over_others(made)
    ):
        return
    write_site(run.folder, entries, processed_folder(), tables.data_day(), plan.settings)


def _listed(record: PageRecord) -> object:
    """Return what other pages tell of one that never failed; unlike all else of one that did."""
    if record.error is not None:
        return object()
    return record.kicker, record.answer, [*record.shown_parameters.items()], record.data_day


def _entry(page: Page, record: PageRecord, folder: Path) -> Entry:
    from adoption.site.lists import Entry

    stale = (folder / page_file(page.slug, failed=True)).exists()
    return Entry(
        page.slug,
        record.kicker,
        record.answer,
        record.error,
        page.section,
        long_day(record.made.date()) if stale else "",
        page.also,
        subject_of(record.shown_parameters),
        record.shown_parameters,
    )


# How it is reported


def reported(pages: Iterable[PageResult], total: int) -> Iterator[PageResult]:
    """Pass pages on: in a log with a line for each, at a terminal with one for each that failed."""
    with waiting("report", total) as done:
        for number, page in enumerate(pages, start=1):
            if page.error or not sys.stdout.isatty():
                how = f"failed: {page.error}" if page.error else f"done in {page.seconds:.1f} s"
                say(f"[{number}/{total}] {page.slug} {how}")
            done(page.slug)
            yield page


def say(line: str) -> None:
    """Print a line."""
    above_bars(line, sys.stdout)
