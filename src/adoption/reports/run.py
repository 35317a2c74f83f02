"""`adoption report`: make the pages of the plan that are due, and publish them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adoption.engine.spawner import Spawner
from adoption.paths import project_root
from adoption.reports.due import ASKED_FOR, is_damaged, longest_first, reasons, site_digest
from adoption.reports.pages.staleness import read_stale_after
from adoption.reports.planning.plan import Page
from adoption.reports.planning.selection import Choice, chosen_pages
from adoption.reports.progress import Progress, profile_lines, progress
from adoption.reports.published.digests import Digests
from adoption.reports.published.publish import Run, building
from adoption.reports.published.remote import copy_run, opened
from adoption.reports.published.runs import read_last
from adoption.reports.wishes import Wishes
from adoption.reports.workers.jobs import Made
from adoption.words import counted

STOPPED = "stopped at the first failure; nothing is published"


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
    stale_after : int
        After how many days the pages tell the age of their data.
    """

    root: Path
    pages: Sequence[Page]
    wanted: Mapping[str, Page]
    values: Mapping[str, dict[str, Any]]
    stale_after: int

    @classmethod
    def read(cls, choice: Choice) -> Plan:
        """Read and check the plan of the project."""
        root = project_root()
        stale_after = read_stale_after(root / "reports.toml")
        pages, values = chosen_pages(root)
        if choice == Choice():
            return cls(root, pages, {page.slug: page for page in pages}, values, stale_after)
        chosen, values_then = chosen_pages(root, choice)
        wanted = {page.slug: page for page in chosen}
        pages = [wanted.get(page.slug, page) for page in pages]
        return cls(root, pages, wanted, values | values_then, stale_after)


def run_report(wishes: Wishes) -> int:
    """Make the pages that are due, and publish a report."""
    plan = Plan.read(wishes.choice)
    if wishes.remote:
        opened(wishes.remote)  # what is not installed is told before anything is made
    output = wishes.output or plan.root / "reports"
    digests = Digests(plan.root)
    with building(output, keep=wishes.keep, wait=wishes.wait) as run:
        due = [
            page
            for page in plan.pages
            if (
                wishes.force or reasons(page, plan.values[page.slug], run.last, digests)
                if page.slug in plan.wanted
                else is_damaged(page.slug, run.last)
            )
        ]
        site = site_digest(plan.pages, digests, plan.stale_after)
        if not due and run.last and run.last.site == site and not run.last.damaged():
            line = f"nothing changed: {run.show_last() / 'index.html'}"
            tell = progress(0, as_json=wishes.as_json)
            _copy(run.last.folder, wishes, tell)
            tell.ended(line, made=0, failed=0)
            return 0
        return _publish(due, plan, run, wishes, digests, site)


def why(slug: str, wishes: Wishes) -> list[str]:
    """Return why a page would be made by the next report; nothing if it is current."""
    plan = Plan.read(Choice(only=[slug], as_of=wishes.choice.as_of))
    last = read_last(wishes.output or plan.root / "reports")
    found = reasons(plan.wanted[slug], plan.values[slug], last, Digests(plan.root))
    return [ASKED_FOR, *found] if wishes.force else found


def _publish(
    due: Sequence[Page], plan: Plan, run: Run, wishes: Wishes, digests: Digests, site: str
) -> int:
    with _launched(due, wishes) as template:
        return _publish_with(template, due, plan, run, wishes, digests, site)


@contextmanager
def _launched(due: Sequence[Page], wishes: Wishes) -> Iterator[Spawner | None]:
    """Start the template of the fork engine, if there is work for it, before all else.

    It gets ready while this process imports what makes pages. Where it cannot be started
    there is none, and whoever needs it finds out why.
    """
    from adoption.engine.spawner import Spawner, TemplateError

    template = None
    if due and wishes.engine == "fork" and not wishes.dask:
        with suppress(TemplateError):
            template = Spawner.launch()
    try:
        yield template
    finally:
        if template:
            template.close()


def _publish_with(
    template: Spawner | None,
    due: Sequence[Page],
    plan: Plan,
    run: Run,
    wishes: Wishes,
    digests: Digests,
    site: str,
) -> int:
    # What makes pages takes its time to import, and a report without changes needs none of it.
    from adoption.reports.making import job_of, make
    from adoption.reports.record import record_of, versions, work, write_shared

    tell = progress(len(due), as_json=wishes.as_json)
    (run.folder / "notebooks").mkdir()
    in_order = longest_first(due, run.last)
    jobs = [job_of(page, plan.values[page.slug], plan.root, run, wishes) for page in in_order]
    made = make(jobs, wishes, tell, template)
    failed = [page for page in made.values() if page.error]
    if failed and wishes.fail_fast:
        tell.ended(STOPPED, made=len(made) - len(failed), failed=len(failed))
        return 1
    records = {}
    for page in plan.pages:
        if page.slug in made:
            values = plan.values[page.slug]
            records[page.slug] = record_of(page, values, made[page.slug], run, digests)
        elif kept := run.carry_over(page.slug):
            records[page.slug] = kept
    write_shared(plan.pages, records, run.folder, plan.stale_after)
    latest = run.publish(records, {"site": site, "versions": versions(), "work": work(made)})
    try:
        _copy(latest.resolve(), wishes, tell)
    finally:
        _tell_the_end(made, len(records), wishes, tell, latest)
    return 1 if failed else 0


def _copy(run: Path, wishes: Wishes, tell: Progress) -> None:
    """Copy a published run to the address that is wanted, if one is."""
    if wishes.remote:
        tell.said(f"copied: {copy_run(run, wishes.remote, keep=wishes.keep)}")


def _tell_the_end(
    made: Mapping[str, Made], pages: int, wishes: Wishes, tell: Progress, latest: Path
) -> None:
    for line in profile_lines(list(made.values())) if wishes.profile else []:
        tell.said(line)
    failed = sum(page.error is not None for page in made.values())
    kept = pages - len(made)
    tell.ended(
        f"{counted(len(made), 'page')} made, {failed} failed, {kept} current: "
        f"{latest / 'index.html'}",
        made=len(made) - failed, failed=failed, kept=kept, report=str(latest),
    )  # fmt: skip
