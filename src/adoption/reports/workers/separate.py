"""A process that makes pages with papermill's own engine, and ends with whoever started it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from adoption.reports.workers.jobs import Job, Made

LEAVE = 10.0  # seconds in which a process without work ends by itself


@dataclass
class Separate:
    """A process that makes pages with papermill's own engine.

    Attributes
    ----------
    process : BaseProcess
        The process.
    line : Connection
        Takes jobs and tells what has become of them.
    slug : str
        The page that it makes.
    """

    process: BaseProcess
    line: Connection
    slug: str = ""

    @classmethod
    def start(cls) -> Separate:
        """Start one, free of anything of this process."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, os.getpid()), daemon=True)
        with _interrupts_held():
            process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, job: Job) -> None:
        """Give it a page to make; that it has ended is heard, not seen here."""
        self.slug = job.slug
        with suppress(ConnectionError):
            self.line.send(job)

    def hear(self) -> Made | None:
        """Return what has become of its page; None if the process has ended instead."""
        try:
            made: Made = self.line.recv()
        except (EOFError, OSError):
            return None
        return made

    def end(self, seconds: float = 0.0) -> None:
        """End it, and with it its kernel; it has some time to end by itself."""
        self.line.close()
        self.process.join(seconds)
        self.process.kill()
        self.process.join()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C for later: a process that is started now does not hear it until it wants to."""
    if os.name != "posix":
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # it would let interrupts through again as it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Connection, parent: int) -> None:
    """Make the pages that are asked for, until whoever asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides when it ends
    if os.name == "posix":  # elsewhere that module has nothing to work with
        from adoption.engine.isolation import end_with_parent

        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        end_with_parent(parent)
    from adoption.reports.workers.page import make_page  # who only asks needs none of it

    with suppress(EOFError, ConnectionError):
        while True:
            job: Job = line.recv()
            try:
                made = make_page(job)
            except Exception as error:  # a fault of ours: this page fails, the others go on
                made = Made.broken(job.slug, f"{type(error).__name__}: {error}".splitlines()[0])
            line.send(made)
