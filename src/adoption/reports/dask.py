"""Making pages on the workers of a Dask scheduler, on this machine and others.

A worker makes a page as this machine does, in a process of its own, and only if its package,
notebooks, data and lock file are the same as here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import queue
import secrets
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reports.executed import read_executed
from adoption.reports.inputs import EVERYTHING, LOCK, MISSING, PACKAGE, Digests, package_digest
from adoption.reports.jobs import Job, Made, Started
from adoption.reports.pool import make_pages, shared_questions
from adoption.reports.process import prepare
from adoption.reports.runs import notebook_file
from adoption.words import counted

CONNECT_SECONDS = 10.0
LOOK_SECONDS = 5.0  # between two looks at the cluster while nothing is heard of it
PATIENCE = 600.0  # seconds without any worker after which there is none to come
NAMED = 3  # workers that a line names at most
LOGS = ("distributed", "distributed.client", "tornado")


@dataclass(frozen=True)
class Delivery:
    """A page that a worker has made.

    Attributes
    ----------
    made : Made
        What has become of it.
    page, notebook : bytes
        The page and its executed notebook.
    """

    made: Made
    page: bytes
    notebook: bytes


def make_on_workers(
    jobs: Sequence[Job], address: str, say: Callable[[str], object]
) -> Generator[Started | Made]:
    """Make pages on workers; how many at once is up to them: one for each of their threads."""
    with _connected(address) as client:
        notebooks = sorted({job.notebook for job in jobs})
        state = state_here(notebooks)
        run = f"adoption-{secrets.token_hex(4)}"
        heard: queue.SimpleQueue[Any] = queue.SimpleQueue()  # names of pages, and futures
        by_key = {f"{run}-{job.slug}": job for job in jobs}
        workers = _willing(client, address, notebooks, state, say)
        client.subscribe_topic(run, lambda event: heard.put(event[1]))
        futures = client.map(
            make_here, [replace(job, last_good=None) for job in jobs], key=[*by_key], pure=False,
            workers=workers, state=state, questions=shared_questions(jobs), topic=run,
        )  # fmt: skip
        for future in futures:
            future.add_done_callback(heard.put)
        begun: set[str] = set()
        try:
            while by_key:
                event = _next(heard, client, address, say)
                slug = event if isinstance(event, str) else by_key[event.key].slug
                if slug not in begun:
                    begun.add(slug)
                    yield Started(slug)
                if not isinstance(event, str):
                    yield _outcome(event, by_key.pop(event.key), client, address)
        finally:
            if client.status == "running":
                with suppress(Exception):
                    client.cancel(futures)


def make_here(
    job: Job, *, state: Mapping[str, str], questions: Sequence[Mapping[str, str]], topic: str
) -> Delivery:
    """Make a page on this Dask worker: the task that the scheduler gives it."""
    from distributed import get_worker

    worker = get_worker()
    if reason := different(state, state_here([job.notebook])):
        raise AdoptionError(f"{worker.address}: {reason}")
    worker.log_event(topic, job.slug)
    prepare(questions)
    with tempfile.TemporaryDirectory(prefix="page-", dir=worker.local_directory) as name:
        folder = Path(name)
        (folder / "notebooks").mkdir()
        (made,) = (
            event
            for event in make_pages([replace(job, root=str(project_root()), folder=name)], 1)
            if isinstance(event, Made)
        )
        notebook = folder / notebook_file(job.slug)
        return Delivery(made, (folder / f"{job.slug}.html").read_bytes(), notebook.read_bytes())


def _next(
    heard: queue.SimpleQueue[Any], client: Any, address: str, say: Callable[[str], object]
) -> Any:
    """Return what is heard next, as long as there is somebody to wait for."""
    while True:
        with suppress(queue.Empty):
            return heard.get(timeout=LOOK_SECONDS)
        _workers(client, address, say)


def _outcome(future: Any, job: Job, client: Any, address: str) -> Made:
    """Return what has become of a page, and write what has come of it."""
    from adoption.reports.page import write_page, write_unmade

    try:
        told: Delivery = future.result()
    except Exception as error:
        if future.cancelled() or client.status != "running":
            raise _lost(address) from None
        return write_unmade(job, _fault(error))
    made, folder = told.made, Path(job.folder)
    if made.error and job.last_good:  # of which a worker does not know
        kept = folder / notebook_file(job.slug)
        kept.write_bytes(told.notebook)
        notebook = read_executed(kept)
        return write_page(
            job, notebook, made.error, made.seconds, day=made.data_day, reads=made.reads,
            memory=made.memory, forked=made.forked,
        )  # fmt: skip
    (folder / f"{job.slug}.html").write_bytes(told.page)
    (folder / notebook_file(job.slug)).write_bytes(told.notebook)
    return made


# The cluster


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Connect to a scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise AdoptionError(
            "--dask needs the package distributed, which is not installed: "
            "pip install 'adoption[dask]'"
        ) from None
    for name in LOGS:  # what matters of it is told in a line of ours
        logging.getLogger(name).setLevel(logging.CRITICAL)
    untyped: Any = Client
    # Made in two steps to have what fails to connect in hand: left to the collector of garbage,
    # it is closed at any moment, also while another client starts and holds the lock it needs.
    client = untyped.__new__(untyped)
    try:
        try:
            client.__init__(address, timeout=CONNECT_SECONDS, set_as_default=False, name="adoption")
        except Exception as error:  # of many kinds, as is what people write for an address
            raise AdoptionError(f"no Dask scheduler at {address}: {error}") from error
        yield client
    finally:
        with suppress(Exception):  # the scheduler may be gone
            client.close()


def _lost(address: str) -> AdoptionError:
    return AdoptionError(
        f"the connection to the Dask scheduler at {address} was lost; nothing is published"
    )


def _workers(client: Any, address: str, say: Callable[[str], object]) -> list[str]:
    """Return the addresses of the workers; wait for one where there is none."""
    deadline = 0.0
    while True:
        try:
            found = list(client.scheduler_info(n_workers=-1)["workers"])
        except (OSError, AttributeError, KeyError):  # it forgets a scheduler that is gone
            raise _lost(address) from None
        if client.status != "running":
            raise _lost(address)
        if found:
            return found
        if not deadline:
            deadline = time.monotonic() + PATIENCE
            say(f"the Dask scheduler at {address} has no worker; waiting for one")
        if time.monotonic() > deadline:
            raise AdoptionError(
                f"the Dask scheduler at {address} has had no worker for {PATIENCE:.0f} s; "
                "nothing is published"
            )
        time.sleep(min(LOOK_SECONDS, 0.5))


def _willing(
    client: Any,
    address: str,
    notebooks: Sequence[str],
    state: Mapping[str, str],
    say: Callable[[str], object],
) -> list[str] | None:
    """Return the workers whose state is the same as here; None if that is so of all."""
    _workers(client, address, say)
    try:
        client.run_on_scheduler(_is_here)
        found = client.run(state_here, notebooks, on_error="return")
    except Exception as error:
        if client.status != "running" or isinstance(error, OSError):
            raise _lost(address) from None
        raise AdoptionError(
            f"the Dask scheduler at {address} cannot pass pages on, install this package there "
            f"as well: {_fault(error)}"
        ) from error
    refusals = {
        worker: reason
        for worker, there in found.items()
        if (reason := _fault(there) if isinstance(there, Exception) else different(state, there))
    }
    if len(refusals) == len(found):
        named = [f"{worker}: {reason}" for worker, reason in list(refusals.items())[:NAMED]]
        more = f"; and {len(refusals) - NAMED} more" if len(refusals) > NAMED else ""
        raise AdoptionError(
            f"no worker of the Dask scheduler at {address} can make pages: {'; '.join(named)}"
            f"{more}; bring them to the same state, and start them again"
        )
    for worker, reason in refusals.items():
        say(f"{worker} makes no pages: {reason}")
    return [worker for worker in found if worker not in refusals] if refusals else None


def _fault(error: Exception) -> str:
    """Say in one line why a task or a worker failed."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        ended = counted(error.allowed_failures + 1, "Dask worker")
        return f"{ended} ended while making it; the last was {error.last_worker.address}"
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _is_here() -> bool:
    return True


# What must be the same on another machine for it to make the same page


def state_here(notebooks: Sequence[str]) -> dict[str, str]:
    """Return what decides pages on this machine: package, lock file, Python, data, notebooks.

    A process that imported the package before its source was changed has the old one in
    memory, so such a package has no digest.
    """
    digests = Digests(project_root())
    state = {
        "the package's source": digests.package
        if digests.package == _package_when_imported()
        else MISSING,
        LOCK: digests.lock,
        "Python": ".".join(digests.python.split(".")[:2]),
    }
    for folder in EVERYTHING:
        files = json.dumps(digests.files([folder])).encode()
        state[folder] = hashlib.sha256(files).hexdigest()
    for name in notebooks:
        try:
            state[f"notebooks/{name}.ipynb"] = digests.notebook(name)
        except AdoptionError:
            state[f"notebooks/{name}.ipynb"] = MISSING
    return state


def different(asked: Mapping[str, str], found: Mapping[str, str]) -> str:
    """Say in what a state is another one, as far as it is told; nothing if it is the same.

    Examples
    --------
    >>> different({"Python": "3.11", "data": "ab"}, {"Python": "3.12", "data": "ab"})
    'it has another state of Python (3.12, not 3.11)'
    """
    parts = [
        f"Python ({value}, not {asked[name]})" if name == "Python" else name
        for name, value in found.items()
        if asked.get(name) != value
    ]
    return f"it has another state of {', '.join(parts)}" if parts else ""


@cache
def _package_when_imported() -> str:
    return package_digest(PACKAGE)
