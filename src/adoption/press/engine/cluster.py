"""Make pages on other machines: on the workers of a Dask scheduler, or of any `Executor`.

One task is one page. A job goes out and the bytes of its files come back, so that no folder is
shared; whatever decides a page is compared by digest before a worker makes one.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import platform
import re
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from adoption.core.errors import AdoptionError
from adoption.core.files import Say, sha256
from adoption.core.text import counted
from adoption.press.current import Stamps, files_below, is_old, stamps_of
from adoption.press.due import Digests, libraries, package_digest
from adoption.press.engine.job import Job, PageResult
from adoption.press.engine.pool import end_pages, make_pages
from adoption.press.engine.process import prepare
from adoption.press.project import MIN_PAGES_OF_WHOLE, Project
from adoption.press.store import make_folders

if TYPE_CHECKING:
    from distributed import Client

LOOK_SECONDS = 5.0  # between two looks at a scheduler
CONNECT_SECONDS, ANSWER_SECONDS = 10, 20  # for a scheduler to answer; a busy one takes longer
WORKER_SECONDS = 60  # without any worker, after which a report ends
SCHEDULER_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://.+:\d{1,5}")
Parts = dict[str, dict[str, str]]  # digests and versions by name, of each part of a project
Made = tuple[PageResult, dict[str, bytes]]  # what has become of a page, and its files


class OtherProjectError(Exception):
    """A worker's project is another one; its arguments are the worker and the parts of it."""


def make_on_cluster(
    scheduler: str, jobs: Sequence[Job], digests: Digests, say: Say
) -> Generator[PageResult]:
    """Make pages on the workers of a Dask scheduler; whoever stops listening ends them.

    Parameters
    ----------
    scheduler : str
        Its address, such as ``tcp://host:8786``, or the scheduler file that Dask has written.
    jobs : sequence of Job
        The pages.
    digests : Digests
        What they are to be made of.
    say : callable
        Gets a line whenever a worker comes or goes.
    """
    address, project = address_of(scheduler), jobs[0].project
    expected = digest_parts(notebooks_of(jobs), digests)
    with _client(address) as client:
        look = _Watch(client, address, say).look
        while not look():
            time.sleep(1)
        wrong = client.run(worker_difference, project, expected, on_error="return")
        for worker, error in wrong.items():
            if error and not isinstance(error, OSError):  # of a worker that is leaving
                raise AdoptionError(f"worker {worker}: {error}")
        executor = client.get_executor(pure=False)
        try:
            yield from make_pages_on(executor, jobs, expected, look)
        finally:
            with suppress(AdoptionError, OSError):
                look()  # of a scheduler that is gone nothing can be asked
                executor.shutdown(wait=False)
                client.run(end_pages, Path(jobs[0].folder).name, on_error="ignore")


def make_pages_on(
    executor: Executor, jobs: Sequence[Job], expected: Parts, look: Callable[[], object] = int
) -> Generator[PageResult]:
    """Make pages as tasks of an executor.

    Parameters
    ----------
    executor : Executor
        Its workers have the project, of their own or shared; whoever has it ends it.
    jobs : sequence of Job
        The pages.
    expected : dict
        What a worker's project must be, see `digest_parts`; a task knows its digest alone.
    look : callable
        Called again and again; raises an error if the executor is gone.
    """
    digest, notebooks = digest_of(expected), notebooks_of(jobs)
    done: SimpleQueue[Future[Made]] = SimpleQueue()
    tasks = {}
    for job in jobs:
        task = executor.submit(make_elsewhere, job, notebooks, digest)
        tasks[task] = job
        task.add_done_callback(done.put)
    next_look = time.monotonic() + LOOK_SECONDS
    while tasks:
        with suppress(Empty):
            task = done.get(timeout=max(0.0, next_look - time.monotonic()))
            if task.cancelled():  # as of a scheduler that is gone
                look()
            yield _written(tasks.pop(task), task, expected)
        if time.monotonic() >= next_look:
            look()
            next_look = time.monotonic() + LOOK_SECONDS


def make_elsewhere(job: Job, notebooks: Sequence[str], expected: str) -> Made:
    """Make a page in a process of its own, forked from this worker's; return its files as well."""
    parts = own_parts(job.project, notebooks)
    if digest_of(parts) != expected or is_changed(job.project, parts):
        raise OtherProjectError(f"worker {platform.node()}, process {os.getpid()}", parts)
    multiprocessing.current_process().daemon = False  # else a worker with a nanny starts none
    prepare(job.project.server(MIN_PAGES_OF_WHOLE))  # a worker lives for many
    with TemporaryDirectory(prefix=Path(job.folder).name) as folder:
        make_folders(Path(folder))
        [page] = make_pages([replace(job, root=str(job.project.root()), folder=folder)], 1)
        return page, {name: path.read_bytes() for name, path in files_below(Path(folder))}


def _written(job: Job, task: Future[Made], expected: Parts) -> PageResult:
    """Write the files of a page that was made."""
    from adoption.press.engine.page import write_error_page  # slow to import

    try:
        page, files = task.result()
    except CancelledError:
        raise AdoptionError("the scheduler dropped the pages; nothing is published") from None
    except OtherProjectError as error:  # of a worker that came later
        worker, parts = error.args
        raise AdoptionError(f"{worker}: {_difference(expected, parts) or CHANGED}") from None
    except Exception as error:  # whatever became of its worker: this page fails
        return write_error_page(job, f"{type(error).__name__}: {error}".splitlines()[0])
    for name, content in files.items():
        Path(job.folder, name).write_bytes(content)
    return page


# What must be the same on a worker

CHANGED = "its package has changed since it began; start it anew"


def notebooks_of(jobs: Iterable[Job]) -> tuple[str, ...]:
    """Return the names of the notebooks of some pages."""
    return tuple(sorted({job.page.notebook for job in jobs}))


def digest_parts(notebooks: Iterable[str], digests: Digests) -> Parts:
    """Return what decides pages of some notebooks: as digests, of libraries as versions."""
    project = digests.project
    data = digests.inputs | digests.files(project.shared_files)
    return {
        "package": {project.distribution: digests.package},
        "libraries": libraries(project.distribution, *project.extras),
        "data": data,
        "notebooks": {name: digests.notebook(name) for name in notebooks},
    }


def digest_of(parts: Parts) -> str:
    """Return the SHA-256 of the parts of a project."""
    return sha256(json.dumps(parts, sort_keys=True).encode())


_parts: dict[tuple[str, ...], tuple[Stamps, Parts]] = {}  # as long as no file changes


def own_parts(project: Project, notebooks: Sequence[str]) -> Parts:
    """Return the parts of this worker's project; its files are read again once one has changed."""
    root, moment = project.root(), time.time_ns()
    stamps = stamps_of(root, project)
    key = (str(root), *notebooks)
    before, parts = _parts.get(key, ({}, {}))
    if before != stamps:
        parts = digest_parts(notebooks, Digests(root, project))
        if is_old(stamps, moment):
            _parts[key] = stamps, parts
    return parts


@cache
def imported_package(package: Path, without: tuple[str, ...]) -> str:
    """Return the digest of the package as it was when this process first asked for it.

    A worker asks before any report, see `make_on_cluster`.
    """
    return package_digest(package, without)


def is_changed(project: Project, parts: Parts) -> bool:
    """Return whether the package is another one than this process has imported."""
    imported = imported_package(project.package, tuple(project.rendering))
    return [imported] != [*parts["package"].values()]


def worker_difference(project: Project, expected: Parts) -> str:
    """Say in which part this worker's project is another one; no text if it is the same."""
    imported_package(project.package, tuple(project.rendering))
    parts = own_parts(project, [*expected["notebooks"]])
    return CHANGED if is_changed(project, parts) else _difference(expected, parts)


def _difference(expected: Parts, parts: Parts) -> str:
    """Say in which part a project is another one than is expected."""
    for part, here in parts.items():
        wanted = expected[part]
        names = sorted({*wanted, *here})
        other = [name for name in names if wanted.get(name) != here.get(name)]
        if other and part == "libraries":
            versions = [numbers.get(other[0], "none") for numbers in (here, wanted)]
            return f"its libraries differ: {other[0]} {versions[0]}, not {versions[1]}"
        if other:
            verb = "differs" if part == "package" else "differ"
            return f"its {part} {verb}: {', '.join(other[:3])}"
    return ""


# The scheduler


def address_of(scheduler: str) -> str:
    """Return the address of a scheduler, as given or from a scheduler file."""
    address: object = scheduler
    with suppress(KeyError, OSError, TypeError, ValueError):
        if "://" not in scheduler:
            address = json.loads(Path(scheduler).read_text(encoding="utf-8"))["address"]
    if not isinstance(address, str) or not SCHEDULER_ADDRESS.fullmatch(address):
        raise AdoptionError(
            f"{scheduler}: is not an address of a scheduler, such as tcp://host:8786, "
            "and no scheduler file of Dask"
        )
    return address


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """Give a client of a scheduler that answers."""
    from distributed import Client

    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what ends here is told
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except OSError:
        raise AdoptionError(f"scheduler {address}: no answer within {CONNECT_SECONDS} s") from None
    try:
        yield client
    finally:
        with suppress(OSError, AssertionError):
            client.close(timeout=LOOK_SECONDS)


@dataclass
class _Watch:
    """Looks whether a scheduler answers, and tells who its workers are."""

    client: Client
    address: str
    say: Say
    workers: frozenset[str] = frozenset()
    last: float = field(default_factory=time.monotonic)  # when there was one

    def look(self) -> bool:
        """Return whether there is a worker."""
        try:
            if self.client.status != "running":  # of another connection it would not know the pages
                raise OSError
            ask = self.client.scheduler.ncores
            workers = frozenset(self.client.sync(ask, callback_timeout=ANSWER_SECONDS))
        except OSError:
            raise AdoptionError(f"scheduler {self.address}: the connection was lost") from None
        if workers != self.workers:
            gone = [f"worker {worker} has left" for worker in sorted(self.workers - workers)]
            names = ", ".join(sorted(workers)) or "waiting"
            there = f"{counted(len(workers), 'worker')}: {names}"
            for line in (*gone, there):
                self.say(line)
        if workers or self.workers:
            self.last = time.monotonic()
        elif time.monotonic() > self.last + WORKER_SECONDS:
            raise AdoptionError(f"scheduler {self.address}: no worker came in {WORKER_SECONDS} s")
        self.workers = workers
        return bool(workers)
