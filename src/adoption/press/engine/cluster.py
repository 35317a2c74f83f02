"""Make pages on other machines: on the workers of a Dask scheduler, or of any `Executor`.

One task is one page. A job goes out and the bytes of its two files come back, so that no folder is
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
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from adoption.core.errors import AdoptionError
from adoption.core.files import Say
from adoption.core.paths import project_root
from adoption.core.text import counted
from adoption.press.current import NEWS, PACKAGE
from adoption.press.due import Digests, libraries, package_digest
from adoption.press.engine.job import Job, PageResult
from adoption.press.engine.pool import end_pages, make_pages
from adoption.press.engine.process import MIN_PAGES_TO_PRELOAD, prepare
from adoption.press.store import document_file, make_folders, notebook_file

if TYPE_CHECKING:
    from distributed import Client

EXTRAS = ("build", "geo", "report", "statistics")  # whose libraries make a page
LOOK_SECONDS = 5.0  # between two looks at a scheduler
CONNECT_SECONDS, ANSWER_SECONDS = 10, 20  # for a scheduler to answer; a busy one takes longer
WORKER_SECONDS = 60  # without any worker, after which a report ends
ADDRESS = re.compile(r"(tcp|tls|ws|wss)://.+:\d{1,5}")
Parts = dict[str, dict[str, str]]  # digests and versions by name, of each part of a project
Made = tuple[PageResult, dict[str, bytes]]  # what has become of a page, and its files


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
        Gets a line whenever there are other workers than before.
    """
    address = address_of(scheduler)
    expected = parts_of({job.page.notebook for job in jobs}, digests)
    with _client(address) as client:
        look = _Watch(client, address, say).look
        while not look():
            time.sleep(1)
        for worker, error in client.run(differences, expected, on_error="return").items():
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
        What a worker's project must be, see `parts_of`.
    look : callable
        Called again and again; raises an error if the executor is gone.
    """
    tasks = {executor.submit(make_elsewhere, job, expected): job for job in jobs}
    while tasks:
        done, _ = wait(tasks, LOOK_SECONDS, FIRST_COMPLETED)
        look()
        for task in done:
            yield _written(tasks.pop(task), task)


def make_elsewhere(job: Job, expected: Parts) -> Made:
    """Make a page in a process of its own, forked from this worker's; return its files as well."""
    if error := differences(expected):
        raise AdoptionError(f"worker {platform.node()}, process {os.getpid()}: {error}")
    multiprocessing.current_process().daemon = False  # else a worker with a nanny starts none
    prepare(MIN_PAGES_TO_PRELOAD)  # a worker lives for many
    with TemporaryDirectory(prefix=Path(job.folder).name) as folder:
        make_folders(Path(folder))
        [page] = make_pages([replace(job, root=str(project_root()), folder=folder)], 1)
        names = (document_file(job.page.slug), notebook_file(job.page.slug))
        return page, {name: Path(folder, name).read_bytes() for name in names}


def _written(job: Job, task: Future[Made]) -> PageResult:
    """Write the files of a page that was made."""
    from adoption.press.engine.page import write_error_page  # slow to import

    try:
        page, files = task.result()
    except CancelledError:
        raise AdoptionError("the scheduler dropped the pages; nothing is published") from None
    except AdoptionError:  # of a worker that came later
        raise
    except Exception as error:  # whatever became of its worker: this page fails
        return write_error_page(job, f"{type(error).__name__}: {error}".splitlines()[0])
    for name, content in files.items():
        Path(job.folder, name).write_bytes(content)
    return page


# What must be the same on a worker


def parts_of(notebooks: Iterable[str], digests: Digests) -> Parts:
    """Return what decides pages of some notebooks: as digests, of libraries as versions."""
    return {
        "package": {"adoption": digests.package},
        "libraries": libraries(*EXTRAS),
        "data": digests.data | digests.files(NEWS),
        "notebooks": {name: digests.notebook(name) for name in notebooks},
    }


@cache
def imported_package() -> str:
    """Return the digest of the package as it was when this process first asked for it.

    A worker asks as soon as it has imported this module: before any report, see `make_on_cluster`.
    """
    return package_digest(PACKAGE)


def differences(expected: Parts) -> str:
    """Say in which part this worker's project is another one; no text if it is the same."""
    imported, digests = imported_package(), Digests(project_root())
    if digests.package != imported:
        return "its package has changed since it began; start it anew"
    for part, here in parts_of(expected["notebooks"], digests).items():
        wanted = expected[part]
        other = [name for name in sorted({*wanted, *here}) if wanted.get(name) != here.get(name)]
        if other and part == "libraries":
            versions = [numbers.get(other[0], "none") for numbers in (here, wanted)]
            return f"its libraries differ: {other[0]} {versions[0]}, not {versions[1]}"
        if other:
            return f"its {part} differ{'s' * (part == 'package')}: {', '.join(other[:3])}"
    return ""


# The scheduler


def address_of(scheduler: str) -> str:
    """Return the address of a scheduler, as given or from a scheduler file."""
    address: object = scheduler
    with suppress(KeyError, OSError, TypeError, ValueError):
        if "://" not in scheduler:
            address = json.loads(Path(scheduler).read_text(encoding="utf-8"))["address"]
    if not isinstance(address, str) or not ADDRESS.fullmatch(address):
        raise AdoptionError(
            f"{scheduler}: is no address of a scheduler, such as tcp://host:8786, "
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
            raise AdoptionError(f"scheduler {self.address}: is gone") from None
        if workers != self.workers:
            self.say(
                f"{counted(len(workers), 'worker')}: {', '.join(sorted(workers)) or 'waiting'}"
            )
        if workers or self.workers:
            self.last = time.monotonic()
        elif time.monotonic() > self.last + WORKER_SECONDS:
            raise AdoptionError(f"scheduler {self.address}: no worker came in {WORKER_SECONDS} s")
        self.workers = workers
        return bool(workers)
