"""A process for a notebook, forked from a server that has imported everything.

The server is that of `multiprocessing`. It preloads a module that the project names, has one
thread, and runs no notebook; so what it forks starts clean. Where processes cannot be forked, each
starts anew. Whatever a notebook does ends with its process, which makes pages of no other.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from adoption.core.errors import AdoptionError

PRELOAD = "adoption.press.engine.preload"  # for any project
Act = Callable[[Connection, Any], None]  # what a process does, with an end of a pipe
STARTING = threading.Lock()  # what a start changes for a moment is the whole process's
# A process with threads of its own cannot be forked safely; these libraries would start some.
ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
# What is freed goes back to the system at once: a page that makes a forecast would keep as
# much again as it holds. For glibc; other systems do not know these.
FRUGAL = {
    "MALLOC_ARENA_MAX": "2",
    **dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), str(2**20)),
}


TEMP_PREFIX = "adoption-"  # followed by the number of the process that made the folder


class NotStartedError(AdoptionError):
    """There can be no process now."""


def can_fork() -> bool:
    """Return whether processes can be forked here."""
    return hasattr(os, "fork")


def prepare(preload: str = PRELOAD) -> None:
    """Start the server if none runs; it gets ready while this process does something else.

    It imports the module that is named, which need be no part of the press.
    """
    if not can_fork():
        return
    from multiprocessing.forkserver import ensure_running

    _name_temp_folder()
    multiprocessing.set_forkserver_preload([preload])
    wanted = FRUGAL | os.environ | ONE_THREAD  # the server has those of its start
    before = {name: os.environ.get(name) for name in FRUGAL | ONE_THREAD}
    os.environ.update({name: wanted[name] for name in before})  # a thread may read all others
    try:
        ensure_running()
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def end_server() -> None:
    """End the server at once, even if it is still importing: it holds our standard output open."""
    if "multiprocessing.forkserver" not in sys.modules:
        return
    server: Any = sys.modules["multiprocessing.forkserver"]._forkserver
    if server._forkserver_pid is None:
        return
    with suppress(ProcessLookupError):
        os.kill(server._forkserver_pid, signal.SIGKILL)
    with suppress(FileNotFoundError):  # its socket is gone if its folder is
        server._stop()


def _name_temp_folder() -> None:
    """Name the folder of the server's socket after this project; remove those of killed runs."""
    settings: Any = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    if settings.get("tempdir"):
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{TEMP_PREFIX}*"):
        number = folder.name.removeprefix(TEMP_PREFIX).partition("-")[0]
        if number.isdecimal() and not _is_running(int(number)):
            shutil.rmtree(folder, ignore_errors=True)
    settings["tempdir"] = tempfile.mkdtemp(prefix=f"{TEMP_PREFIX}{os.getpid()}-")
    atexit.register(shutil.rmtree, settings["tempdir"], ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # a process of another user
        return True
    return True


def start_process(
    act: Act,
    about: Any,
    folder: Path,
    seconds: int,
    name: str | None = None,
    preload: str = PRELOAD,
) -> tuple[Connection, BaseProcess]:
    """Call a function in a process of its own that ends with whoever started it.

    Parameters
    ----------
    act : callable
        A function of a module, which gets its end of a connection and `about`.
    about : Any
        What it is about.
    folder : Path
        Its working folder.
    seconds : int
        After which it is ended in any case.
    name : str, optional
        By which `multiprocessing.active_children` tells it from others.
    preload : str
        The module that the server imports, should none run yet.
    """
    with STARTING:
        prepare(preload)
    context: Any = multiprocessing.get_context("forkserver" if can_fork() else "spawn")
    ours, theirs = context.Pipe()
    begin = (theirs, dict(os.environ), str(folder), seconds, act, about)
    process = context.Process(target=_begin, args=begin, name=name)
    try:
        with STARTING, _no_main_module():
            process.start()
    except (OSError, EOFError) as error:
        ours.close()
        raise NotStartedError(f"no process can be started: {error or 'no answer'}") from error
    finally:
        theirs.close()
    return ours, process


@dataclass
class Worker:
    """A process that was started, as whoever waits for it has it.

    Attributes
    ----------
    connection : Connection
        Our end of its pipe.
    process : BaseProcess
        The process.
    deadline : float
        When it is ended, by the clock of `time.monotonic`.
    """

    connection: Connection
    process: BaseProcess
    deadline: float

    def said(self) -> Any:
        """Return what the process has sent; None if it has ended or has sent nothing."""
        with suppress(EOFError, OSError):
            if self.connection.poll():
                return self.connection.recv()
        return None

    def end(self) -> int:
        """End the process with all that it has started; return the exit status."""
        if self.process.is_alive():
            end_with_children(self.process.pid or 0)
        self.connection.close()
        self.process.join()
        return self.process.exitcode or 0


AnyWorker = TypeVar("AnyWorker", bound=Worker)


def wait_for_any(workers: Sequence[AnyWorker]) -> list[AnyWorker]:
    """Wait; return those that have said something, have ended, or are over their time."""
    if not workers:
        return []
    seconds = min(worker.deadline for worker in workers) - time.monotonic()
    ends = [end for worker in workers for end in (worker.connection, worker.process.sentinel)]
    ready = wait(ends, max(0.0, seconds))
    return [
        worker
        for worker in workers
        if worker.connection in ready
        or worker.process.sentinel in ready
        or time.monotonic() >= worker.deadline
    ]


def end_with_children(pid: int) -> None:
    """End a process and every process below it."""
    import psutil

    with suppress(psutil.NoSuchProcess):
        above = psutil.Process(pid)
        below = above.children(recursive=True)
        for process in (above, *below) if pid != os.getpid() else below:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def how_it_ended(status: int) -> str:
    """Say how a process ended that had more to say.

    Examples
    --------
    >>> how_it_ended(3), how_it_ended(-11)
    ('ended with status 3', 'was ended by SIGSEGV')
    """
    if status >= 0:
        return f"ended with status {status}"
    memory = " (perhaps for lack of memory)" if -status == signal.SIGKILL else ""
    return f"was ended by {signal.Signals(-status).name}{memory}"


def _begin(
    connection: Connection,
    environment: dict[str, str],
    folder: str,
    seconds: int,
    act: Act,
    about: Any,
) -> None:
    """Entry point of the child: act, then end with all that it has started."""
    if os.name == "posix":
        _stand_alone(seconds)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    if "" not in sys.path[:1]:
        sys.path.insert(0, "")  # as for every kernel
    if "numpy" in sys.modules:  # Python's own generator is seeded after each fork
        sys.modules["numpy"].random.seed()
    try:
        act(connection, about)
    finally:
        end_children()
        os._exit(0)


def _stand_alone(seconds: int) -> None:
    """Leave the terminal and its streams, and end in time."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    end_after(seconds)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):  # what a notebook prints goes into the notebook alone
        os.dup2(nowhere, standard)
    os.close(nowhere)


def _end_with_parent() -> None:
    """Wait until whoever started this process is gone, and end it with all below it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        end_with_children(os.getpid())
        os._exit(1)


def end_after(seconds: int) -> None:
    """Let this process end in time, also if it never lets another thread run."""
    if os.name == "posix":
        signal.alarm(seconds)


def limit_memory(megabytes: int) -> None:
    """Limit the memory that this process may ask for; 0 is no limit, and so is Windows."""
    if megabytes and os.name == "posix":
        import resource

        limit = megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def end_children() -> None:
    """End what this process has started."""
    with suppress(ChildProcessError):  # there is none, which is told without a look at all others
        if os.name == "posix":
            os.waitpid(-1, os.WNOHANG)
        end_with_children(os.getpid())


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Hide the script that runs: a process that is started would run it again as a module."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
