"""Making pages on the workers of a Dask scheduler, on this machine and others."""

from __future__ import annotations

import queue
import secrets
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from adoption.errors import AdoptionError
from adoption.reports.published.digests import Digests
from adoption.reports.workers.dask_client import Scheduler, connected, fault
from adoption.reports.workers.dask_worker import (
    Delivery,
    Refusal,
    is_here,
    make_here,
    rest_here,
    tell_state,
)
from adoption.reports.workers.exchange import Exchange, exchange
from adoption.reports.workers.jobs import Job, Made
from adoption.reports.workers.page import write_brought
from adoption.reports.workers.pool import MANY, Started, shared_questions
from adoption.reports.workers.state import different, state_of

LOOK_SECONDS = 5.0  # between two looks at the cluster while nothing is heard of it
PATIENCE = 600.0  # seconds without any worker after which there is none to come
NAMED = 3  # workers that a line names at most


@dataclass(frozen=True)
class Order:
    """A page that is asked for.

    Attributes
    ----------
    job : Job
        The page.
    given : tuple
        What a worker is given, but for the folder that both may see; see
        `adoption.reports.workers.dask_worker.make_here`.
    refusals : dict of str to str
        Why it was refused, by the address of the worker.
    """

    job: Job
    given: tuple[Any, ...]
    refusals: dict[str, str] = field(default_factory=dict)


def distributed(
    jobs: Sequence[Job], address: str, say: Callable[[str], object], shared: str | None = None
) -> Generator[Started | Made]:
    """Make pages on the workers of a Dask scheduler.

    How many are made at once is up to the workers: one for each of their threads.
    """
    with connected(address) as scheduler, exchange(shared) as passing:
        yield from Cluster(scheduler, say, passing).make(jobs)


class Cluster:
    """The workers of a scheduler, and what they are asked for in one run."""

    def __init__(
        self, scheduler: Scheduler, say: Callable[[str], object], passing: Exchange | None = None
    ) -> None:
        self._scheduler, self._say, self._passing = scheduler, say, passing
        self._run = f"adoption-{secrets.token_hex(4)}"
        self._numbers = count()
        self._heard: queue.SimpleQueue[Any] = queue.SimpleQueue()  # names of pages, and futures
        self._open: dict[tuple[Any, ...], tuple[Any, Order]] = {}
        self._refusals: dict[str, str] = {}  # of workers that can make no page at all
        self._said: set[str] = set()
        self._alone_since: float | None = None

    def make(self, jobs: Sequence[Job]) -> Iterator[Started | Made]:
        """Make pages."""
        digests = Digests(Path(jobs[0].root))
        self._scheduler.check(is_here)
        self._look_at_states(state_of(digests))
        questions = shared_questions(jobs) if len(jobs) >= MANY else []
        begun: set[str] = set()
        try:
            self._scheduler.listen(self._run, self._heard.put)
            for job in jobs:
                plain = replace(job, last_good=None).plain()
                given = (plain, state_of(digests, job.notebook), questions, self._run)
                self._ask_for(order := Order(job, given), self._willing(order))
            while self._open:
                slug, made = self._next()
                if slug not in begun:
                    begun.add(slug)
                    yield Started(slug)
                if made:
                    yield made
        finally:
            self._scheduler.give_up(future for future, _ in self._open.values())
            with suppress(AdoptionError):  # of a connection that is lost
                self._scheduler.ask_all(rest_here)

    def _look_at_states(self, asked: Mapping[str, str]) -> None:
        """Ask the workers that there are for the state of the project there."""
        found = self._scheduler.ask_all(tell_state)
        for worker, state in found.items():
            if reason := fault(state) if isinstance(state, Exception) else different(asked, state):
                self._refusals[worker] = reason
        if found and len(found) == len(self._refusals):
            raise AdoptionError(
                f"no worker of the Dask scheduler at {self._scheduler.address} can make pages: "
                f"{_named(self._refusals)}; bring them to the same state, and start them again"
            )
        for worker, reason in self._refusals.items():
            self._say_once(f"{worker} refuses pages: {reason}")

    def _willing(self, order: Order) -> list[str] | None:
        """Return the workers that have not refused a page; None if none has, so all may."""
        refused = self._refusals.keys() | order.refusals.keys()
        if not refused:
            return None
        return [worker for worker in self._scheduler.workers() if worker not in refused]

    def _ask_for(self, order: Order, workers: Sequence[str] | None) -> None:
        shared = (self._passing.address, self._passing.sign) if self._passing else None
        key = (self._run, order.job.slug, next(self._numbers))
        future = self._scheduler.submit(
            make_here, (*order.given, shared), key, workers or (), self._heard.put
        )
        self._open[key] = (future, order)

    def _next(self) -> tuple[str, Made | None]:
        """Wait; return a page that has begun, or what has become of it."""
        while True:
            try:
                event = self._heard.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                self._look()
                continue
            if isinstance(event, str):
                return event, None
            if made := self._outcome(*self._open.pop(event.key)):
                return made.slug, made

    def _outcome(self, future: Any, order: Order) -> Made | None:
        """Return what has become of a page; None if it has been asked for again."""
        try:
            told: Refusal | Delivery = future.result()
        except Exception as error:
            if future.cancelled() or self._scheduler.is_lost:
                raise self._scheduler.lost() from None
            return Made.broken(order.job.slug, fault(error))
        return self._refused(told, order) if isinstance(told, Refusal) else self._kept(told, order)

    def _refused(self, told: Refusal, order: Order) -> Made | None:
        self._say_once(f"{told.worker} refuses pages: {told.reason}")
        order.refusals[told.worker] = told.reason
        willing = self._willing(order)
        if not willing:
            slug, refusals = order.job.slug, self._refusals | order.refusals
            return Made.broken(slug, f"no worker can make it: {_named(refusals)}")
        self._ask_for(order, willing)
        return None

    def _kept(self, told: Delivery, order: Order) -> Made | None:
        """Take what has come; return None if it did not, and has been asked for again."""
        job, made, page, notebook = order.job, told.made, told.page, told.notebook
        if made.unmade:
            return made
        if self._passing and page is None:
            page = self._passing.fetch(f"{job.slug}.html")
            notebook = self._passing.fetch(f"{job.slug}.ipynb")
        if page is None or notebook is None:
            self._passing = None
            self._say(f"{told.worker} left {job.slug} where it is not seen here; it is made again")
            self._ask_for(order, self._willing(order))
            return None
        return write_brought(job, made, page, notebook)

    def _say_once(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._say(line)

    def _look(self) -> None:
        """Look whether there is still somebody to wait for."""
        if self._scheduler.is_lost:
            raise self._scheduler.lost()
        where, now = f"the Dask scheduler at {self._scheduler.address}", time.monotonic()
        if self._scheduler.workers():
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = now
            self._say(f"{where} has no worker; waiting for one")
        elif now - self._alone_since > PATIENCE:
            raise AdoptionError(
                f"{where} has had no worker for {PATIENCE:.0f} s; nothing is published"
            )


def _named(refusals: Mapping[str, str]) -> str:
    """Name some workers, each with its reason."""
    named = [f"{worker}: {reason}" for worker, reason in list(refusals.items())[:NAMED]]
    more = len(refusals) - len(named)
    return "; ".join(named) + (f"; and {more} more" if more > 0 else "")
