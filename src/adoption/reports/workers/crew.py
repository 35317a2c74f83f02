"""Forks of one template that make pages for the threads of a process."""

from __future__ import annotations

import atexit
import json
import selectors
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from adoption.engine.spawner import Spawner, TemplateError
from adoption.reports.workers.jobs import Job, Made
from adoption.reports.workers.pool import SOON, WORKER_ENDED, Worker

LOOK_SECONDS = 0.2  # between two looks at whether a page is still wanted
TRIES = 2  # with a template each


@dataclass(frozen=True)
class Hand:
    """A forked worker, and the template that it comes from."""

    worker: Worker
    spawner: Spawner

    def dismiss(self) -> None:
        """End it with all that it has started."""
        with suppress(TemplateError):  # it ends with its template
            self.spawner.end(self.worker.child, 0.0)


class Crew:
    """A template, started when it is first needed, and those of its forks that wait for a page."""

    def __init__(self) -> None:
        self._lock = Lock()  # for the connection to the template and for all else here
        self._spawner: Spawner | None = None
        self._idle: list[Hand] = []
        self._shared: set[str] = set()

    def make(
        self,
        job: Job,
        is_given_up: Callable[[], bool],
        questions: Sequence[Mapping[str, str]] = (),
        state: object = None,
    ) -> Made | None:
        """Have a page made by a fork; any thread may ask."""
        for _ in range(TRIES):
            hand = self._take(job, questions, state)
            made = None
            try:
                hand.worker.give(job)
                made = _hear(hand.worker, is_given_up)
            finally:
                with self._lock:
                    if made is None or made.error == WORKER_ENDED:
                        hand.dismiss()
                    else:
                        self._idle.append(hand)
            if made is None or made.error != WORKER_ENDED or not hand.spawner.is_gone(SOON):
                return made
        raise TemplateError("the template process has ended again and again")

    def rest(self) -> None:
        """End the forks that wait; the template stays."""
        with self._lock:
            while self._idle:
                self._idle.pop().dismiss()

    def _take(self, job: Job, questions: Sequence[Mapping[str, str]], state: object) -> Hand:
        """Return a worker that waits, or fork one."""
        with self._lock:
            spawner, asked = self._template(), json.dumps([list(map(dict, questions)), state])
            if questions and asked not in self._shared:
                spawner.share(questions)
                self._shared.add(asked)
            while self._idle:
                hand = self._idle.pop()
                if not _says_something(hand.worker, 0.0):
                    return hand
                hand.dismiss()  # it has ended, which is all that one without work can say
            child = spawner.fork("worker", folder=job.root, asks=True)
            return Hand(Worker(child, job.slug), spawner)

    def _template(self) -> Spawner:
        """Return the template; another one if it has ended, as then have its forks."""
        if self._spawner is None or self._spawner.is_gone():
            self._idle.clear()
            self._shared.clear()
            self._spawner = Spawner.start()
            atexit.register(self._spawner.close)
        return self._spawner


def _hear(worker: Worker, is_given_up: Callable[[], bool]) -> Made | None:
    made = None
    while made is None:
        if is_given_up():
            return None
        if _says_something(worker, LOOK_SECONDS):
            made = worker.hear()
    return made


def _says_something(worker: Worker, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(worker.child.sock, selectors.EVENT_READ)
        return bool(selector.select(seconds))
