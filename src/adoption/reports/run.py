"""`adoption report`: make the pages of the plan that are due, and publish them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from tqdm import tqdm

from adoption.paths import own_root, project_root
from adoption.reports.inputs import Digests, site_digest
from adoption.reports.jobs import Job, LastGood, Made, Started
from adoption.reports.plan import Choice, Page, chosen_pages
from adoption.reports.pool import make_pages, shared_questions
from adoption.reports.process import NO_FORK, can_fork, prepare
from adoption.reports.publish import KEPT_RUNS, Run, building, copy_run, opened
from adoption.reports.runs import ASKED_FOR, is_damaged, longest_first, read_last, reasons
from adoption.reports.settings import Settings, read_settings
from adoption.words import counted, long_day

STOPPED = "stopped at the first failure; nothing is published"
SHAPE = "{desc}: {n_fmt} of {total_fmt} pages |{bar:20}| {remaining} left{postfix}"


@dataclass(frozen=True)
class Options:
    """What is wanted of a report.

    Attributes
    ----------
    choice : Choice
        Which pages, and of which day; all of the plan by default.
    output : Path, optional
        Where the reports go; `reports` in the project by default.
    remote : str, optional
        The address, as fsspec knows it, to which the report is copied.
    jobs : int
        How many notebooks at once; on Dask's workers as many as they have threads.
    engine : str
        `fork`, or `stock` for papermill's own.
    dask : str, optional
        Address of a Dask scheduler whose workers make the pages; this machine without it.
    force : bool
        Whether to make pages that are current as well.
    keep : int
        How many earlier runs stay.
    fail_fast : bool
        Whether to stop at the first notebook that fails, and publish nothing.
    wait : bool
        Whether to wait for another report into the same folder.
    as_json : bool
        Whether a machine reads what is told.
    """

    choice: Choice = field(default_factory=Choice)
    output: Path | None = None
    remote: str | None = None
    jobs: int = 2
    engine: str = "fork"
    dask: str | None = None
    force: bool = False
    keep: int = KEPT_RUNS
    fail_fast: bool = False
    wait: bool = True
    as_json: bool = False


@dataclass(frozen=True)
class Plan:
    """The pages of a plan.

    Attributes
    ----------
    root : Path
        The project.
    pages : sequence of Page
        All of them.
    wanted : mapping of str to Page
        By slug: those that are wanted of this report.
    values : mapping of str to dict
        By slug: every parameter with the value it has.
    settings : Settings
        What holds for all of them.
    """

    root: Path
    pages: Sequence[Page]
    wanted: Mapping[str, Page]
    values: Mapping[str, dict[str, Any]]
    settings: Settings

    @classmethod
    def read(cls, choice: Choice) -> Plan:
        """Read and check the plan of the project."""
        root = project_root()
        settings = read_settings(root / "reports.toml")
        pages, values = chosen_pages(root)
        if choice == Choice():
            return cls(root, pages, {page.slug: page for page in pages}, values, settings)
        chosen, values_then = chosen_pages(root, choice)
        wanted = {page.slug: page for page in chosen}
        pages = [wanted.get(page.slug, page) for page in pages]
        return cls(root, pages, wanted, values | values_then, settings)


def run_report(options: Options) -> int:
    """Make the pages that are due, and publish a report."""
    plan = Plan.read(options.choice)
    if options.remote:
        opened(options.remote)  # what is not installed is told before anything is made
    output = options.output or own_root() / "reports"
    digests = Digests(plan.root)
    with building(output, keep=options.keep, wait=options.wait) as run:
        due = [
            page
            for page in plan.pages
            if (
                options.force or reasons(page, plan.values[page.slug], run.last, digests)
                if page.slug in plan.wanted
                else is_damaged(page.slug, run.last)
            )
        ]
        site = site_digest(plan.pages, digests, plan.settings)
        if due or not run.last or run.last.site != site or run.last.damaged():
            return _publish(longest_first(due, run.last), plan, run, options, digests, site)
        tell = progress(0, as_json=options.as_json)
        line = f"nothing changed: {run.show_last() / 'index.html'}"
        _copy(run.last.folder, options, tell)
        tell.ended(line, made=0, failed=0)
        return 0


def why(slug: str, options: Options) -> list[str]:
    """Return why a page would be made by the next report; nothing if it is current."""
    plan = Plan.read(Choice(only=[slug], as_of=options.choice.as_of))
    last = read_last(options.output or plan.root / "reports")
    found = reasons(plan.wanted[slug], plan.values[slug], last, Digests(plan.root))
    return [ASKED_FOR, *found] if options.force else found


def _publish(
    due: Sequence[Page], plan: Plan, run: Run, options: Options, digests: Digests, site: str
) -> int:
    jobs = [_job(page, plan, run, options) for page in due]
    if any(job.engine == "fork" for job in jobs) and not options.dask:
        prepare(shared_questions(jobs))  # it gets ready while this process imports what follows
    # What publishes takes its time to import, and a report without changes needs none of it.
    from adoption.reports.record import record_of, versions, work, write_shared

    tell = progress(len(due), as_json=options.as_json)
    (run.folder / "notebooks").mkdir()
    made = _make(jobs, options, tell)
    failed = sum(page.error is not None for page in made.values())
    if failed and options.fail_fast:
        tell.ended(STOPPED, made=len(made) - failed, failed=failed)
        return 1
    records = {}
    for page in plan.pages:
        if page.slug in made:
            values = plan.values[page.slug]
            records[page.slug] = record_of(page, values, made[page.slug], run, digests)
        elif kept := run.carry_over(page.slug):
            records[page.slug] = kept
    write_shared(plan.pages, records, run.folder, plan.settings)
    latest = run.publish(records, {"site": site, "versions": versions(), "work": work(made)})
    try:
        _copy(latest.resolve(), options, tell)
    finally:
        kept_pages = len(records) - len(made)
        tell.ended(
            f"{counted(len(made), 'page')} made, {failed} failed, {kept_pages} current: "
            f"{latest / 'index.html'}",
            made=len(made) - failed, failed=failed, kept=kept_pages, report=str(latest),
        )  # fmt: skip
    return 1 if failed else 0


def _job(page: Page, plan: Plan, run: Run, options: Options) -> Job:
    """Return the job of making a page."""
    last = None
    if good := run.last_good(page.slug):
        record, notebook = good
        made = long_day(record.made.date())
        last = LastGood(str(notebook), made, record.data_day, dict(record.shown_parameters))
    return Job(
        page.slug, page.notebook, page.parameters, plan.values[page.slug], str(plan.root),
        str(run.folder), "fork" if options.engine == "fork" and can_fork() else "stock", last,
    )  # fmt: skip


def _make(jobs: Sequence[Job], options: Options, tell: Progress) -> dict[str, Made]:
    """Make pages, and tell of each."""
    if jobs and options.engine == "fork" and not can_fork():
        tell.said(f"the stock engine runs instead: {NO_FORK}")
    made: dict[str, Made] = {}
    for event in _events(jobs, options, tell):
        if isinstance(event, Started):
            tell.started(event.slug)
            continue
        made[event.slug] = event
        tell.made(event)
        if event.error and options.fail_fast:
            break
    return made


def _events(jobs: Sequence[Job], options: Options, tell: Progress) -> Generator[Started | Made]:
    if options.dask and jobs:
        from adoption.reports.dask import make_on_workers

        return make_on_workers(jobs, options.dask, tell.said)
    return make_pages(jobs, options.jobs)


def _copy(run: Path, options: Options, tell: Progress) -> None:
    """Copy a published run to the address that is wanted, if one is."""
    if options.remote:
        tell.said(f"copied: {copy_run(run, options.remote, keep=options.keep)}")


class _Out:
    """Where a run is told; the work goes on, in silence, when its reader has gone."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write some text, if somebody still reads."""
        return self._unless_gone(lambda: self._out.write(text)) or len(text)

    def flush(self) -> None:
        """Let the reader have what was written."""
        self._unless_gone(self._out.flush)

    def __getattr__(self, name: str) -> Any:
        """Be in all else what it is: the bar asks for the width of the terminal."""
        return getattr(self._out, name)

    def _unless_gone(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except BrokenPipeError:  # what follows, and what is not yet written, goes nowhere
            with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
                os.dup2(nowhere.fileno(), self._out.fileno())
            return None


class Progress:
    """What is told of a run while it goes on: a line for each page, for logs."""

    def __init__(self, total: int, out: Any) -> None:
        self.total, self.out, self.done = total, out, 0

    def started(self, slug: str) -> None:
        """Say that the making of a page has begun: nothing, a line is for what is done."""

    def made(self, page: Made) -> None:
        """Say what has become of a page."""
        self.done += 1
        how = f"failed: {page.error}" if page.error else f"done in {page.seconds:.1f} s"
        self.said(f"[{self.done}/{self.total}] {page.slug} {how}")

    def said(self, line: str) -> None:
        """Say something else that a person wants to know."""
        print(line, file=self.out, flush=True)

    def ended(self, line: str, **_: object) -> None:
        """Say how the run ended."""
        self.said(line)


class _Bar(Progress):
    """One live bar: pages done, running, failed, and the time left."""

    def __init__(self, total: int, out: Any) -> None:
        super().__init__(total, out)
        self._running = self._failed = 0
        self._bar = tqdm(total=total, desc="report", bar_format=SHAPE, file=out, leave=False)

    def started(self, slug: str) -> None:  # noqa: ARG002
        self._show(running=1)

    def made(self, page: Made) -> None:
        if page.error:
            self.said(f"{page.slug} failed: {page.error}")
        self._bar.update()
        self._show(running=-1, failed=page.error is not None)

    def said(self, line: str) -> None:
        self._bar.write(line, file=self.out)

    def ended(self, line: str, **_: object) -> None:
        self._bar.close()
        print(line, file=self.out)

    def _show(self, *, running: int, failed: bool = False) -> None:
        self._running += running
        self._failed += failed
        self._bar.set_postfix_str(f"{self._running} running, {self._failed} failed")


class _Json(Progress):
    """A JSON object on a line for each thing that happens."""

    def __init__(self, total: int, out: Any) -> None:
        super().__init__(total, out)
        self._tell("begins", pages=total)

    def started(self, slug: str) -> None:
        self._tell("started", page=slug)

    def made(self, page: Made) -> None:
        how, seconds = "failed" if page.error else "made", round(page.seconds, 3)
        self._tell(how, page=page.slug, seconds=seconds, error=page.error)

    def said(self, line: str) -> None:
        self._tell("said", text=line)

    def ended(self, line: str, **facts: object) -> None:
        self._tell("ended", text=line, **facts)

    def _tell(self, event: str, **facts: object) -> None:
        super().said(json.dumps({"event": event, **facts}, ensure_ascii=False))


def progress(total: int, *, as_json: bool, out: TextIO | None = None) -> Progress:
    """Return the way to tell of a run that suits whoever reads it."""
    to = _Out(out or sys.stdout)
    if as_json:
        return _Json(total, to)
    return _Bar(total, to) if to.isatty() else Progress(total, to)
