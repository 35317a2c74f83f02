"""On a Dask worker: pages are made by forks of a template, never in the worker's own process.

Papermill changes the working folder, and a Dask worker runs its tasks in threads.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from adoption.engine.spawner import TemplateError
from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reports.workers.crew import Crew
from adoption.reports.workers.exchange import Exchange
from adoption.reports.workers.jobs import Job, Made
from adoption.reports.workers.state import different, state_here


@dataclass(frozen=True)
class Refusal:
    """A Dask worker cannot make a page; another may.

    Attributes
    ----------
    worker : str
        Its address.
    reason : str
        Why not.
    """

    worker: str
    reason: str


@dataclass(frozen=True)
class Delivery:
    """A page that a Dask worker has made.

    Attributes
    ----------
    worker : str
        Its address.
    made : Made
        What has become of the page.
    page, notebook : bytes, optional
        The page and its executed notebook; None if they were left in a shared folder, or
        there are none.
    """

    worker: str
    made: Made
    page: bytes | None = None
    notebook: bytes | None = None


CREW = Crew()


def make_here(
    plain: dict[str, Any],
    state: dict[str, str],
    questions: list[dict[str, str]],
    topic: str,
    shared: tuple[str, str] | None,
) -> Refusal | Delivery:
    """Make a page on this Dask worker: the task that the scheduler gives it."""
    from distributed import Reschedule, get_worker

    dask_worker = get_worker()
    here, key = str(dask_worker.address), dask_worker.get_current_task()
    job = Job.of(plain)
    try:
        root = project_root()
        reason = different(state, state_here(job.notebook))
    except AdoptionError as error:
        reason = str(error)
    if reason:
        return Refusal(here, reason)
    dask_worker.log_event(topic, job.slug)
    with tempfile.TemporaryDirectory(prefix="page-", dir=dask_worker.local_directory) as name:
        folder = Path(name)
        (folder / "notebooks").mkdir()
        own = replace(job, root=str(root), folder=name, last_good=None)
        try:
            made = CREW.make(own, lambda: _is_given_up(dask_worker, key), questions, state)
        except (TemplateError, OSError) as error:
            return Refusal(here, str(error) or type(error).__name__)
        if made is None:
            raise Reschedule
        if made.unmade:
            return Delivery(here, made)
        files = {f"{job.slug}.html": (folder / f"{job.slug}.html").read_bytes()}
        notebook = folder / "notebooks" / f"{job.slug}.ipynb"
        files[notebook.name] = notebook.read_bytes()
    if shared and Exchange(*shared).leave(files):
        return Delivery(here, made)
    return Delivery(here, made, *files.values())


def is_here() -> bool:
    """Return True, where this module is."""
    return True


async def rest_here() -> None:
    """End the forks that wait for another page; the template stays."""
    await asyncio.to_thread(CREW.rest)


async def tell_state() -> dict[str, str]:
    """Return the state of the project here, no notebook's among it."""
    return await asyncio.to_thread(state_here)


def _is_given_up(dask_worker: Any, key: Any) -> bool:
    """Return whether Dask no longer wants a task that runs, or its worker ends."""
    from distributed.core import Status

    task = dask_worker.state.tasks.get(key)
    ending = (Status.closing, Status.closed, Status.failed)
    return task is None or task.state == "cancelled" or dask_worker.status in ending
