"""Find the pages that say what they said: their cells run one page after another in few processes.

A change of data makes many pages due, and few of them show it. What is found the same is carried
over; what is not, is made in a process of its own as ever. So whatever one notebook leaves behind
for the next, no page is published that was not made alone.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import time
import warnings
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from adoption.press.engine.job import Job, PageResult
from adoption.press.engine.process import NotStartedError, Worker, start_process, wait_for_any

MIN_PAGES_TO_COMPARE = 4  # of one notebook: fewer are as soon made


def comparable(jobs: Sequence[Job]) -> list[Job]:
    """Return the pages that may say what is kept, of notebooks of which many may."""
    kept = [job for job in jobs if job.kept]
    pages = Counter(job.page.notebook for job in kept)
    return [job for job in kept if pages[job.page.notebook] >= MIN_PAGES_TO_COMPARE]


def compared(jobs: Sequence[Job], count: int) -> Generator[PageResult | Job]:
    """Run the cells of pages; give what became of one that says what is kept, else its job.

    Whoever stops listening ends the processes.
    """
    waiting, processes = deque(jobs), list[_Process]()
    try:
        with suppress(NotStartedError):  # those that were started do it; without one all are made
            for _ in range(min(count, len(jobs))):
                processes.append(_Process.start(waiting, jobs))
        while running := [process for process in processes if process.job]:
            for process in wait_for_any(running):
                yield process.receive()
                process.send_next(waiting)
        yield from waiting
    finally:
        for process in processes:
            process.end()


@dataclass
class _Process(Worker):
    """A process that takes jobs, runs their cells, and gives what became of each.

    Attributes
    ----------
    job : Job or None
        The page of which the cells run.
    """

    job: Job | None = None

    @classmethod
    def start(cls, waiting: deque[Job], jobs: Sequence[Job]) -> _Process:
        folder = Path(jobs[0].root, "notebooks")
        name = Path(jobs[0].folder).name
        seconds = sum(job.seconds for job in jobs)
        started = start_process(_compare, None, folder, seconds, name, jobs[0].project.preload)
        process = cls(*started, deadline=time.monotonic())
        process.send_next(waiting)
        return process

    def send_next(self, waiting: deque[Job]) -> None:
        """Send the next page, if there is one and the process can take it."""
        self.job = None
        if not waiting or not self.process.is_alive():
            return
        try:
            self.connection.send(waiting[0])
        except OSError:
            return
        self.job = waiting.popleft()
        self.deadline = time.monotonic() + self.job.seconds

    def receive(self) -> PageResult | Job:
        """Return what became of the page; its job if it has to be made, for whatever reason."""
        assert self.job is not None
        result: PageResult | None = None
        try:
            if self.connection.poll():
                result = self.connection.recv()
            else:  # its process ended, or took too long
                self.end()
        except (EOFError, OSError):
            self.end()
        return result or self.job


def _compare(connection: Connection, _: None) -> None:
    """Run the cells of the pages that are sent, in this process, which is their own."""
    from adoption.press.engine.page import same_page
    from adoption.press.engine.papermill import keep_no_notebook

    keep_no_notebook()
    gc.disable()  # what a notebook leaves is collected after it
    before = Surroundings.now()
    for job in _received(connection):
        try:
            result = same_page(job)
        except Exception:  # a fault of ours, or of the notebook's file: the page says so
            result = None
        connection.send(result)
        before.restore()


def _received(connection: Connection) -> Iterator[Job]:
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return


@dataclass(frozen=True)
class Surroundings:
    """What notebooks change of the process in which they run."""

    folder: str
    environment: dict[str, str]
    path: list[str]
    options: dict[str, Any]

    @classmethod
    def now(cls) -> Surroundings:
        """Return those of this process."""
        return cls(os.getcwd(), {**os.environ}, [*sys.path], _pandas_options())  # noqa: PTH109

    def restore(self) -> None:
        """Set this process back, but for modules: the folder, names, options, random numbers."""
        import numpy as np
        import pandas as pd

        from adoption.press.engine.papermill import kernel

        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        sys.path[:] = self.path
        random.seed()
        np.random.seed()
        for name, value in _pandas_options().items():
            if value is not self.options[name] and value != self.options[name]:
                pd.set_option(name, self.options[name])
        kernel().shell.reset()  # which collects what is left of the notebook
        gc.freeze()  # what is remembered need not be looked through after every page


def _pandas_options() -> dict[str, Any]:
    """Return pandas' options by their names."""
    import pandas as pd

    def below(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
        for name in dir(group):
            value = getattr(group, name)
            if isinstance(value, type(pd.options)):
                yield from below(value, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}", value

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some are deprecated
        return dict(below(pd.options, ""))
