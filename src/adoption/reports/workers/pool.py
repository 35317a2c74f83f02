"""Making many pages at once, on this machine."""

from __future__ import annotations

import json
import selectors
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import wait

from adoption.engine.spawner import Child, Spawner, TemplateError
from adoption.reports.workers.jobs import Job, Made
from adoption.reports.workers.separate import LEAVE, Separate

CHUNK = 2**16
WORKER_ENDED = "the process that made this page ended"
SOON = 1.0  # seconds in which a template is seen to have ended after its workers did
MANY, SEVERAL = 12, 4  # jobs for which it pays to work out beforehand what they share
SHARED = ("as_of", "conventions")


@dataclass(frozen=True)
class Started:
    """A page whose making has begun."""

    slug: str


@dataclass
class Worker:
    """A forked worker, and the page it makes.

    Attributes
    ----------
    child : Child
        Its process.
    slug : str
        The page.
    unread : bytes
        What it has said, until that is a line.
    """

    child: Child
    slug: str
    unread: bytes = b""

    def give(self, job: Job) -> Started:
        """Give it a page to make."""
        self.slug = job.slug
        self.child.sock.sendall(json.dumps(job.plain()).encode() + b"\n")
        return Started(job.slug)

    def hear(self) -> Made | None:
        """Take what it says; return what has become of its page once that is told."""
        try:
            data = self.child.sock.recv(CHUNK)
        except ConnectionResetError:
            data = b""
        if not data:
            return Made.broken(self.slug, WORKER_ENDED)
        self.unread += data
        if not self.unread.endswith(b"\n"):
            return None
        line, self.unread = self.unread, b""
        return Made(**json.loads(line))


class _Crew:
    """The workers of a template, and those of them that have said something."""

    def __init__(self, spawner: Spawner) -> None:
        self._spawner = spawner
        self._selector = selectors.DefaultSelector()

    def employ(self, job: Job) -> Started:
        """Have a new worker forked, and give it a page."""
        worker = Worker(self._spawner.fork("worker", folder=job.root, asks=True), job.slug)
        self._selector.register(worker.child.sock, selectors.EVENT_READ, worker)
        return worker.give(job)

    def heard(self) -> Iterator[tuple[Worker, Made]]:
        """Wait; yield each worker that has made its page, or has ended, until there is none."""
        while self._selector.get_map():
            for key, _ in self._selector.select():
                made = key.data.hear()
                if made and made.error == WORKER_ENDED:
                    self.dismiss(key.data)
                    if self._spawner.is_gone(SOON):
                        raise TemplateError("the template process has ended")
                if made:
                    yield key.data, made

    def dismiss(self, worker: Worker) -> None:
        """Let a worker go: it ends when nobody talks to it."""
        self._selector.unregister(worker.child.sock)
        worker.child.sock.close()


def forked(
    jobs: Sequence[Job], count: int, template: Spawner | None = None
) -> Generator[Started | Made]:
    """Make pages in forks of a template process."""
    with closing(template or Spawner.launch()) as spawner:
        spawner.wait()
        if len(jobs) >= MANY:
            spawner.share(shared_questions(jobs))
        crew, waiting = _Crew(spawner), list(reversed(jobs))
        for _ in range(min(count, len(jobs))):
            yield crew.employ(waiting.pop())
        for worker, made in crew.heard():
            yield made
            ended = made.error == WORKER_ENDED
            if waiting:
                job = waiting.pop()
                yield crew.employ(job) if ended else worker.give(job)
            elif not ended:
                crew.dismiss(worker)


def shared_questions(jobs: Sequence[Job]) -> list[dict[str, str]]:
    """Return what at least some of the jobs have in common; see `adoption.engine.warm.share`."""
    notebooks = Counter(job.notebook for job in jobs)
    asked = Counter(
        tuple((name, str(job.values[name])) for name in SHARED)
        for job in jobs
        if all(name in job.values for name in SHARED)
    )
    return [
        *({"notebook": name} for name, number in notebooks.items() if number >= SEVERAL),
        *(dict(question) for question, number in asked.items() if number >= SEVERAL),
    ]


def stock(jobs: Sequence[Job], count: int) -> Generator[Started | Made]:
    """Make pages with papermill's own engine, each notebook in a kernel of its own.

    A process that ends costs the page that it makes and no other. Whoever stops listening
    ends all of them at once.
    """
    waiting, busy = list(reversed(jobs)), list[Separate]()
    try:
        while waiting or busy:
            while waiting and len(busy) < count:
                worker, job = Separate.start(), waiting.pop()
                busy.append(worker)
                worker.give(job)
                yield Started(job.slug)
            heard = wait([worker.line for worker in busy])
            for worker in [worker for worker in busy if worker.line in heard]:
                made = worker.hear()
                yield made or Made.broken(worker.slug, WORKER_ENDED)
                if waiting and made:
                    job = waiting.pop()
                    worker.give(job)
                    yield Started(job.slug)
                else:
                    busy.remove(worker)
                    worker.end(LEAVE)
    finally:
        for worker in busy:
            worker.end()
