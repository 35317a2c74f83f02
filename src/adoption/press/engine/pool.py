"""Make pages in parallel on this machine, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from adoption.press.engine.job import Job, PageResult
from adoption.press.engine.process import (
    NotStartedError,
    Worker,
    end_with_children,
    how_it_ended,
    start_process,
    wait_for_any,
)

KILL_GRACE_SECONDS = 60  # beyond its limit, after which a page that was not killed ends itself


def make_pages(jobs: Sequence[Job], count: int) -> Generator[PageResult]:
    """Make pages, some at once; whoever stops listening ends those that are being made."""
    waiting = deque(jobs)
    running = list[_Page]()
    leaving = list[_Page]()
    try:
        while waiting or running:
            while waiting and len(running) < count:
                job = waiting.popleft()
                try:
                    running.append(_Page.start(job))
                except NotStartedError as error:
                    yield _ended(job, str(error))
            for page in wait_for_any(running):
                if result := page.receive():
                    running.remove(page)
                    leaving = [other for other in (*leaving, page) if other.process.is_alive()]
                    yield result
    finally:
        for page in (*running, *leaving):
            page.end()
        for run in {Path(job.folder).name for job in jobs}:
            end_pages(run)  # also one that an interrupt found between its start and the list


def end_pages(run: str) -> None:
    """End the pages of a run that this process is making."""
    for process in multiprocessing.active_children():
        if process.name.startswith(run):
            end_with_children(process.pid or 0)


@dataclass
class _Page(Worker):
    """The process in which a page is being made.

    Attributes
    ----------
    job : Job
        The page.
    notebook, cells
        The notebook once it has begun, and what has become of its cells by their places.
    """

    job: Job
    notebook: Any = None
    cells: dict[int, Any] = field(default_factory=dict)

    @classmethod
    def start(cls, job: Job) -> _Page:
        folder = Path(job.root, "notebooks")
        name = Path(job.folder).name
        seconds = job.seconds + KILL_GRACE_SECONDS
        connection, process = start_process(_make, job, folder, seconds, name, job.project.preload)
        return cls(connection, process, time.monotonic() + job.seconds, job)

    def receive(self) -> PageResult | None:
        """Take what its process says; return what has become of it once that is known."""
        if time.monotonic() >= self.deadline:
            self.end()
            return _ended(self.job, f"it took longer than {self.job.seconds} s", self)
        try:
            message = self.connection.recv() if self.connection.poll() else None
        except (EOFError, OSError):
            message = None
        if message is None:
            return _ended(self.job, f"the notebook's process {how_it_ended(self.end())}", self)
        if isinstance(message, PageResult):
            return message
        if isinstance(message, str):
            return _ended(self.job, message)
        if isinstance(message, tuple):
            number, cell = message
            self.cells[number] = cell
        else:
            self.notebook = message
        return None


def _make(connection: Connection, job: Job) -> None:
    """Make a page in this process, which is its own."""
    try:
        from adoption.press.engine.page import run_page

        message: PageResult | str = run_page(job, connection.send)
    except Exception as error:  # a fault of ours, or of the notebook's file: this page fails
        message = f"{type(error).__name__}: {error}".splitlines()[0]
    connection.send(message)


def _ended(job: Job, error: str, page: _Page | None = None) -> PageResult:
    """Write the page of a job that failed outside its notebook, as far as that is known to be."""
    from adoption.press.engine.page import write_ended  # seldom needed, and slow to import

    return write_ended(job, page and page.notebook, page.cells if page else {}, error)
