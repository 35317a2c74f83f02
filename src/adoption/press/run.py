"""`adoption report`: make the pages of the plan that are due, and publish them."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from adoption.core.progress import above_bars, waiting
from adoption.core.text import counted
from adoption.press.current import KEPT_RUNS, is_report_current, make_current_marker
from adoption.press.document import DOCUMENT_VERSION
from adoption.press.due import Digests, inputs_of, site_digest
from adoption.press.engine.cluster import address_of, make_on_cluster
from adoption.press.engine.entry import check_entry_point
from adoption.press.engine.job import Job, PageResult
from adoption.press.engine.pool import make_pages
from adoption.press.engine.process import prepare
from adoption.press.plan import Choice, Page, Plan
from adoption.press.printing import Report
from adoption.press.project import MIN_PAGES_TO_SHARE, Project
from adoption.press.publish import Run, building
from adoption.press.store import (
    ASKED_FOR,
    PageRecord,
    Sheet,
    is_damaged,
    kept_document,
    longest_first,
    make_folders,
    read_last,
    reasons_to_run,
)

MIN_PAGES_TO_FOLLOW = 12  # for which a first report is not kept waiting


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
    note = make_current_marker(root, project)
    if options.scheduler:
        address_of(options.scheduler)  # also where there is no page for it to make
    plan = Plan.read(root, project, options.choice)
    output = options.output or project.reports()
    was_current = is_report_current(root, project, output) and not options.choice.values
    if not (options.choice or options.force or read_last(output)):
        _publish_some(plan, options)
    digests = Digests(root, project)
    with building(output, keep=options.keep, wait=options.wait) as run:
        due = _due(plan, run, options, digests)
        site = site_digest(plan.pages, digests, plan.settings)
        if due or not run.last or run.last.site != site or run.last.damaged():
            status = _publish(longest_first(due, run.last), plan, run, options, digests, site)
        else:
            status = 0
            print_line(f"nothing changed: {run.show_last() / 'index.html'}")
        last = read_last(output)
        if last and not status and (was_current or not options.choice):
            note(output, {name for page in last.pages.values() for name in page.inputs.files})
        return status


def _due(plan: Plan, run: Run, options: ReportOptions, digests: Digests) -> list[Page]:
    """Return the pages that are to be made; the server of pages starts once many are."""
    due, pages_of = [], Counter[str]()
    for page in plan.pages:
        if page.slug in plan.wanted:
            is_due = options.force or bool(reasons_to_run(page, run.last, digests))
        else:
            is_due = is_damaged(page.slug, run.last)
        if is_due:
            due.append(page)
            pages_of[page.notebook] += 1
            if pages_of[page.notebook] == MIN_PAGES_TO_SHARE and not options.scheduler:
                prepare(plan.project.server(max(MIN_PAGES_TO_SHARE, len(plan.wanted))))
    return due


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
    if some and len(plan.pages) - len(some) >= MIN_PAGES_TO_FOLLOW:
        run_report(replace(options, choice=Choice(only=some)), plan.project)
        print_line(f"{counted(len(plan.pages) - len(some), 'more page')} to make")


def why(slug: str, options: ReportOptions, project: Project) -> list[str]:
    """Return why a page would be made by the next report; nothing if it is current."""
    plan = Plan.read(project.root(), project, replace(options.choice, only=[slug], about=()))
    page = next(page for page in plan.pages if page.slug == slug)
    last = read_last(options.output or plan.root / "reports")
    return [ASKED_FOR] * options.force + reasons_to_run(page, last, Digests(plan.root, project))


def _publish(
    due: Sequence[Page], plan: Plan, run: Run, options: ReportOptions, digests: Digests, site: str
) -> int:
    make_folders(run.folder)
    jobs = []
    for page in due:
        document = "" if options.force else kept_document(page, run.last, digests)
        job = Job(
            page,
            str(plan.root),
            str(run.folder),
            plan.project,
            document,
            max_output_megabytes=plan.settings.max_output_megabytes,
            max_memory_megabytes=plan.settings.max_memory_megabytes,
        )
        jobs.append(job)
    is_site_due = not run.last or run.last.site != site
    pages = reported(_made(jobs, options, digests, is_site_due=is_site_due), len(jobs))
    results = {page.slug: page for page in pages}
    failed = sum(page.error is not None for page in results.values())
    number_made = sum(page.error is None and not page.is_same for page in results.values())
    records = []
    for page in plan.pages:
        if page.slug in results:
            records.append((page, _record_of(page, results[page.slug], run, digests)))
        elif kept := run.carry_over(page.slug):
            records.append((page, kept))
    report = Report(
        run=run,
        pages=records,
        settings=plan.settings,
        root=plan.root,
        rendering=digests.rendering,
        site=site,
        jobs=options.jobs,
        say=print_line,
    )
    sheets = (plan.project.write or _plain)(report)
    if plan.settings.unset:
        print_line(f"reports.toml does not set {', '.join(plan.settings.unset)}: pages lack them")
    distribution = plan.project.distribution
    versions = {distribution: version(distribution), **digests.libraries}
    facts = {
        "site": site,
        "versions": versions,
        "work": {slug: round(page.seconds, 3) for slug, page in results.items()},
        "sheets": {name: sheet.model_dump(mode="json") for name, sheet in sheets.items()},
    }
    latest = run.publish({page.slug: record for page, record in records}, facts)
    print_line(
        f"{counted(number_made, 'page')} made, {failed} failed, "
        f"{len(records) - number_made - failed} current: {latest / 'index.html'}"
    )
    return 1 if failed else 0


def _plain(report: Report) -> Mapping[str, Sheet]:
    """Make the pages of a report in a plain frame, and a list of them."""
    from adoption.press.plain import write_report  # slow to import

    return write_report(report)


def _made(
    jobs: Sequence[Job], options: ReportOptions, digests: Digests, *, is_site_due: bool
) -> Iterable[PageResult]:
    """Make pages on this machine or on those of a scheduler."""
    if jobs and options.scheduler:
        return make_on_cluster(options.scheduler, jobs, digests, print_line)
    return _made_here(jobs, options.jobs, digests, is_site_due=is_site_due) if jobs else ()


def _made_here(
    jobs: Sequence[Job], count: int, digests: Digests, *, is_site_due: bool
) -> Iterator[PageResult]:
    """Make pages on this machine, and get ready to publish them meanwhile."""
    check_entry_point()
    pages_of = Counter(job.page.notebook for job in jobs)
    most, project = max(pages_of.values()), jobs[0].project
    prepare(project.server(most))
    with ThreadPoolExecutor(1) as executor:
        is_likely = is_site_due or most >= MIN_PAGES_TO_SHARE  # of many, one has a new answer
        ready = executor.submit(_get_ready, project, digests, is_site_likely=is_likely)
        for page in make_pages(jobs, count):
            yield page
            if ready.done():
                ready.result()  # what cannot be published need not be made
        ready.result()


def _get_ready(project: Project, digests: Digests, *, is_site_likely: bool) -> None:
    """Find out what publishing needs, whatever the pages say: also what tables can show."""
    project.get_ready(is_site_likely)
    digests.reads(digests.inputs)


def _record_of(page: Page, result: PageResult, run: Run, digests: Digests) -> PageRecord:
    """Return what the manifest says of a page whose notebook has run.

    Of one that says what it said, and of one that failed and was good before, the last page is
    still shown, and described.
    """
    if result.is_same and (kept := run.carry_over(page.slug)):
        return kept.model_copy(update={"inputs": inputs_of(page, result.reads, digests)})
    good = None
    if result.error and run.keep_last_good(page.slug):
        good = run.last.pages[page.slug] if run.last else None
    visible: Any = good or result
    for fault in result.faults:
        print_line(f"page {page.slug}: {fault}")
    made_on = good.made_on if good else datetime.now(UTC)
    parameters = good.shown_parameters if good else None
    # One record: all that a manifest says of a page.
    return PageRecord(
        notebook=page.notebook,
        parameters=page.values,
        section=page.section,
        inputs=inputs_of(page, result.reads, digests),
        kicker=visible.kicker,
        answer=visible.answer,
        error=result.error,
        made_on=made_on,
        data_day=visible.data_day,
        seconds=round(result.seconds, 3),
        good_parameters=parameters,
        document=DOCUMENT_VERSION,
    )


# How it is reported


def reported(pages: Iterable[PageResult], total: int) -> Iterator[PageResult]:
    """Pass pages on: in a log with a line for each, at a terminal with one for each that failed."""
    with waiting("report", total) as done:
        for number, page in enumerate(pages, start=1):
            if page.error or not sys.stdout.isatty():
                print_line(f"[{number}/{total}] {page.slug} {_outcome(page)}")
            done(page.slug)
            yield page


def _outcome(page: PageResult) -> str:
    if page.error:
        return f"failed: {page.error}"
    return f"{'as it was' if page.is_same else 'done'} in {page.seconds:.1f} s"


def print_line(line: str) -> None:
    """Print a line."""
    above_bars(line, sys.stdout)
