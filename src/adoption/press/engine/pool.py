"""Make pages in parallel on this machine, many of one notebook in a process that makes no others.

In such a process the cells of one page run after those of another, which takes half as long as a
process for each. A page that fails there, whatever the reason, is made again in a process of its
own: so each failure is judged alone. What a page finds as another one of its notebook has left it
is said in `press.engine.surroundings`.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adoption.press.engine.job import Job, PageResult
from adoption.press.engine.process import (
    Act,
    NotStartedError,
    Worker,
    end_after,
    end_with_children,
    how_it_ended,
    limit_memory,
    start_process,
    wait_for_any,
)

if TYPE_CHECKING:
    from adoption.press.engine.surroundings import Surroundings

KILL_GRACE_SECONDS = 60  # beyond its limit, after which a page that was not killed ends itself
MIN_PAGES_IN_TURN = 4  # of one notebook: fewer are as soon made in a process each
MAX_PAGES_IN_TURN = 64  # of a process, since what it remembers grows


def make_pages(jobs: Sequence[Job], count: int) -> Generator[PageResult]:
    """Make pages, some at once; whoever stops listening ends those that are being made."""
    waiting = _Waiting.of(jobs)
    running = list[_Alone | _InTurn]()
    leaving = list[_Alone | _InTurn]()
    try:
        while waiting or running:
            while waiting and len(running) < count:
                process = waiting.start_next([process.job.page.notebook for process in running])
                if isinstance(process, PageResult):
                    yield process
                else:
                    running.append(process)
            for process in wait_for_any(running):
                outcome = process.receive()
                if outcome is None:
                    continue
                if not process.take_next(waiting):
                    running.remove(process)
                    leaving = [other for other in (*leaving, process) if other.process.is_alive()]
                if isinstance(outcome, PageResult):
                    yield outcome
                else:
                    waiting.alone.append(outcome)
    finally:
        for process in (*running, *leaving):
            process.end()
        for run in {Path(job.folder).name for job in jobs}:
            end_pages(run)  # also one that an interrupt found between its start and the list


def end_pages(run: str) -> None:
    """End the pages of a run that this process is making."""
    for process in multiprocessing.active_children():
        if process.name.startswith(run):
            end_with_children(process.pid or 0)


@dataclass
class _Waiting:
    """The pages that no process has yet.

    Attributes
    ----------
    alone : deque of Job
        Each for a process of its own. They come first, since they take longest.
    in_turn : dict of str to deque of Job
        Those of notebooks with many pages, by notebook.
    """

    alone: deque[Job]
    in_turn: dict[str, deque[Job]]

    @classmethod
    def of(cls, jobs: Sequence[Job]) -> _Waiting:
        pages = Counter(job.page.notebook for job in jobs)
        waiting = cls(deque(), {})
        for job in jobs:
            name = job.page.notebook
            if pages[name] < MIN_PAGES_IN_TURN or job.page.error:
                waiting.alone.append(job)
            else:
                waiting.in_turn.setdefault(name, deque()).append(job)
        return waiting

    def __bool__(self) -> bool:
        return bool(self.alone or self.in_turn)

    def start_next(self, notebooks: Sequence[str]) -> _Alone | _InTurn | PageResult:
        """Start a process for the next page; return what has become of one that has none.

        It is of the notebook with which the fewest processes are busy.
        """
        if not self.alone:
            name = min(self.in_turn, key=notebooks.count)
            job = self.next_of(name)
            assert job is not None
            with suppress(NotStartedError):
                return _InTurn.start(job)
            self.alone.append(job)
        job = self.alone.popleft()
        try:
            return _Alone.start(job)
        except NotStartedError as error:
            return _ended(job, str(error))

    def next_of(self, notebook: str) -> Job | None:
        """Return the next page of a notebook for a process that makes several, if there is one."""
        if notebook not in self.in_turn:
            return None
        jobs = self.in_turn[notebook]
        job = jobs.popleft()
        if not jobs:
            del self.in_turn[notebook]
        return job

    def part(self, notebook: str) -> None:
        """Let each page of a notebook have a process of its own."""
        self.alone.extend(self.in_turn.pop(notebook, ()))


@dataclass
class _Alone(Worker):
    """The process in which one page is being made.

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
    def start(cls, job: Job) -> _Alone:
        return cls(*_started(_make_alone, job), time.monotonic() + job.seconds, job)

    def receive(self) -> PageResult | None:
        """Take what its process says; return what has become of the page once that is known."""
        if time.monotonic() >= self.deadline:
            self.end()
            return _ended(self.job, f"it took longer than {self.job.seconds} s", self)
        message = self.said()
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

    def take_next(self, waiting: _Waiting) -> bool:  # noqa: ARG002
        """Return that it makes no other page."""
        return False


@dataclass
class _InTurn(Worker):
    """A process that makes pages of one notebook, one after another.

    Attributes
    ----------
    job : Job
        The page that it is making.
    number : int
        How many it was given.
    has_failed : bool
        Whether the page has to be made alone; then it gets no other one.
    """

    job: Job
    number: int = 0
    has_failed: bool = False

    @classmethod
    def start(cls, job: Job) -> _InTurn:
        process = cls(*_started(_make_in_turn, job), time.monotonic(), job)
        process.send(job)
        return process

    def send(self, job: Job) -> None:
        """Send a page; if that cannot be, it will be found that the process has ended."""
        self.job, self.number = job, self.number + 1
        self.deadline = time.monotonic() + job.seconds
        with suppress(OSError):
            self.connection.send(job)

    def receive(self) -> PageResult | Job:
        """Return what has become of the page; its job if it has to be made alone."""
        message = self.said() if time.monotonic() < self.deadline else None
        if isinstance(message, PageResult):
            return message
        self.has_failed = True
        self.end()
        return self.job

    def take_next(self, waiting: _Waiting) -> bool:
        """Send the next page of the notebook, if there is one for this process."""
        if self.has_failed:
            if self.number == 1:  # so each page may, and none is made twice for nothing
                waiting.part(self.job.page.notebook)
            return False
        if self.number < MAX_PAGES_IN_TURN and (job := waiting.next_of(self.job.page.notebook)):
            self.send(job)
            return True
        self.connection.close()  # which ends it
        return False


def _started(act: Act, job: Job) -> tuple[Connection, BaseProcess]:
    """Start a process that makes pages, of which this is the first."""
    folder = Path(job.root, "notebooks")
    name = Path(job.folder).name
    seconds = job.seconds + KILL_GRACE_SECONDS
    return start_process(act, job, folder, seconds, name, job.project.preload)


def _make_alone(connection: Connection, job: Job) -> None:
    """Make a page in this process, which is its own."""
    try:
        from adoption.press.engine.page import run_page

        limit_memory(job.max_memory_megabytes)
        message: PageResult | str = run_page(job, connection.send)
    except Exception as error:  # a fault of ours, or of the notebook's file: this page fails
        message = f"{type(error).__name__}: {error}".splitlines()[0]
    connection.send(message)


def _make_in_turn(connection: Connection, first: Job) -> None:
    """Make the pages that are sent, which are of one notebook."""
    limit_memory(first.max_memory_megabytes)
    from adoption.press.engine.surroundings import Surroundings  # slow to import

    gc.disable()  # what a notebook leaves is collected after it
    between = Surroundings.now()
    for job in _received(connection):
        end_after(job.seconds + KILL_GRACE_SECONDS)
        connection.send(_made_in_turn(job, between))
        between.restore()


def _made_in_turn(job: Job, between: Surroundings) -> PageResult | None:
    """Make a page in a process that makes others; return None where it has to be made alone."""
    from adoption.press.engine.page import run_page, same_page

    try:
        result = same_page(job) if job.kept else None
        if result is None:
            between.restore()
            result = run_page(job, may_be_plain=True)
    except Exception:  # whatever it is, alone it will be told
        return None
    return None if result.error or between.has_new_threads() else result


def _received(connection: Connection) -> Iterator[Job]:
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return


def _ended(job: Job, error: str, page: _Alone | None = None) -> PageResult:
    """Write the page of a job that failed outside its notebook, as far as that is known to be."""
    from adoption.press.engine.page import write_ended  # seldom needed, and slow to import

    return write_ended(job, page and page.notebook, page.cells if page else {}, error)
