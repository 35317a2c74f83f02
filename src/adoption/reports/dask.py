"""Making pages on the workers of a Dask scheduler, on this machine and others.

A worker makes a page as this machine does, in a process of its own, and only if its package,
notebooks, data and libraries are the same as here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reports.inputs import EVERYTHING, MISSING, PACKAGE, Digests, package_digest
from adoption.reports.pool import Job, Made, make_pages, shared_questions
from adoption.reports.process import prepare
from adoption.reports.runs import notebook_file, read_executed
from adoption.words import counted

CONNECT_SECONDS = 10.0
LOOK_SECONDS = 5.0  # between two looks at the cluster while nothing is heard of it
PATIENCE = 600.0  # seconds without any worker after which there is none to come
LOGS = ("distributed", "distributed.client", "tornado")


def make_on_workers(
    jobs: Sequence[Job], address: str, say: Callable[[str], object]
) -> Generator[Made]:
    """Make pages on workers; how many at once is up to them: one for each of their threads."""
    with _connected(address) as client:
        from distributed import wait

        notebooks = sorted({job.notebook for job in jobs})
        state = state_here(notebooks)
        _check_workers(client, address, notebooks, state, say)
        run = f"adoption-{secrets.token_hex(4)}"
        by_key = {f"{run}-{job.slug}": job for job in jobs}
        waiting = client.map(
            make_here, [replace(job, last_good=None) for job in jobs], key=[*by_key], pure=False,
            state=state, questions=shared_questions(jobs),
        )  # fmt: skip
        try:
            while waiting:
                try:
                    with client.as_current():
                        done, waiting = wait(waiting, LOOK_SECONDS, "FIRST_COMPLETED")  # type: ignore[no-untyped-call]
                except TimeoutError:  # is there somebody to wait for?
                    _workers(client, address, say)
                    continue
                for future in done:
                    yield _outcome(future, by_key[future.key], client, address)
        except CancelledError:
            raise _lost(address) from None
        finally:
            if client.status == "running":
                with suppress(Exception):
                    client.cancel(waiting)


def make_here(
    job: Job, *, state: Mapping[str, str], questions: Sequence[Mapping[str, str]]
) -> tuple[Made, bytes, bytes]:
    """Make a page on this Dask worker; return it with its executed notebook, as files."""
    from distributed import get_worker

    worker = get_worker()
    if reason := different(state, state_here([job.notebook])):
        raise AdoptionError(f"{worker.address}: {reason}")
    prepare(questions)
    with tempfile.TemporaryDirectory(prefix="page-", dir=worker.local_directory) as name:
        folder = Path(name)
        (folder / "notebooks").mkdir()
        (made,) = make_pages([replace(job, root=str(project_root()), folder=name)], 1)
        notebook = folder / notebook_file(job.slug)
        return made, (folder / f"{job.slug}.html").read_bytes(), notebook.read_bytes()


def _outcome(future: Any, job: Job, client: Any, address: str) -> Made:
    """Return what has become of a page, and write what has come of it."""
    from adoption.reports.page import write_page, write_unmade

    made: Made
    try:
        made, page, executed = future.result()
    except Exception as error:
        if future.cancelled() or client.status != "running":
            raise _lost(address) from None
        return write_unmade(job, _fault(error))
    folder = Path(job.folder)
    kept = folder / notebook_file(job.slug)
    kept.write_bytes(executed)
    if made.error and job.last_good:  # of which a worker does not know
        return write_page(
            job, read_executed(kept), made.error, made.seconds, day=made.data_day,
            reads=made.reads, memory=made.memory,
        )  # fmt: skip
    (folder / f"{job.slug}.html").write_bytes(page)
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
            ask = client.scheduler.identity
            found = list(
                client.sync(ask, n_workers=-1, callback_timeout=CONNECT_SECONDS)["workers"]
            )
        except (OSError, AttributeError):  # no answer in time, or one that is gone and forgotten
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


def _check_workers(
    client: Any,
    address: str,
    notebooks: Sequence[str],
    state: Mapping[str, str],
    say: Callable[[str], object],
) -> None:
    """Refuse a cluster with a worker that would make other pages than this machine."""
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
    refusals = [
        f"{worker}: {reason}"
        for worker, there in found.items()
        if (reason := _fault(there) if isinstance(there, Exception) else different(state, there))
    ]
    if refusals:
        raise AdoptionError(
            f"{counted(len(refusals), 'worker')} of the Dask scheduler at {address} cannot make "
            f"pages: {refusals[0]}; bring them to the same state, and start them again"
        )


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
    """Return what decides pages on this machine: package, libraries, data, notebooks.

    A process that imported the package before its source was changed has the old one in
    memory, so such a package has no digest.
    """
    digests = Digests(project_root())
    state = {
        "the package's source": digests.package
        if digests.package == _package_when_imported()
        else MISSING,
        **digests.libraries,
        "Python": ".".join(digests.libraries["Python"].split(".")[:2]),
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
        f"{name} ({value}, not {asked[name]})" if value[:1].isdigit() and "." in value else name
        for name, value in found.items()
        if asked.get(name) != value
    ]
    return f"it has another state of {', '.join(parts)}" if parts else ""


@cache
def _package_when_imported() -> str:
    return package_digest(PACKAGE)
