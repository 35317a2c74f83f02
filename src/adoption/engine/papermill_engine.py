"""The engine that papermill finds by the name `adoption`."""

from __future__ import annotations

import asyncio
import atexit
import signal
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.iorw import write_ipynb
from papermill.log import logger

from adoption.engine.limits import MEGABYTE, NO_LIMITS, Limits
from adoption.engine.manager import ForkedKernel
from adoption.engine.spawner import Spawner, TemplateError

PYTHON = ("python3", "python")


class NotebookEndedError(DeadKernelError):
    """The notebook's process ended before the notebook did; the message says how."""


@dataclass
class Account:
    """What is known of an execution beside the notebook; filled while it runs.

    Attributes
    ----------
    reads : list of str, optional
        The project's files that it read; None if not known.
    memory : int
        The most bytes of memory that its process held.
    forked : bool
        Whether it ran in a fork of the template.
    """

    reads: list[str] | None = None
    memory: int = 0
    forked: bool = False


@dataclass(frozen=True)
class Means:
    """What the engine is given beyond what papermill knows.

    Attributes
    ----------
    spawner : Spawner, optional
        A connection to a template; this process's own without one.
    limits : Limits
        What the notebook may use.
    account : Account
        Filled while the notebook runs.
    """

    spawner: Spawner | None = None
    limits: Limits = NO_LIMITS
    account: Account = field(default_factory=Account)


class AdoptionEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine, but with a forked child in place of a new kernel.

    Where processes cannot be forked, and for notebooks of another language, papermill's own
    engine does the work, with one line that says so.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str | None,
        *,
        means: Means | None = None,
        kept_on_failure: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Execute a notebook."""
        given = means or Means()
        if given.limits.seconds is not None:
            kwargs["timeout_func"] = _seconds_left(given.limits.seconds)
        kernel = None
        try:
            kernel = ForkedKernel(chosen_spawner(given, kernel_name), given.limits)
            return cls._execute_forked(nb_man, kernel_name, kernel, given, kept_on_failure, kwargs)
        except TemplateError as error:
            if kernel and kernel.forked:  # what has begun is not begun again
                raise
            logger.warning(f"the stock engine runs instead: {error}")
        return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)

    @classmethod
    def _execute_forked(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str | None,
        kernel: ForkedKernel,
        given: Means,
        kept_on_failure: str | None,
        kwargs: dict[str, Any],
    ) -> Any:
        try:
            super().execute_managed_notebook(nb_man, kernel_name, km=kernel, **kwargs)
            run_sync(kernel.ask_to_end)()
        except (DeadKernelError, CellTimeoutError) as error:
            kernel.end(0.0)
            run_sync(_let_go)()
            _mark(nb_man)
            if kept_on_failure:
                write_ipynb(nb_man.nb, kept_on_failure)
            if isinstance(error, CellTimeoutError):
                raise
            raise NotebookEndedError(_how(kernel, given.limits)) from None
        finally:
            kernel.end()
            given.account.forked = kernel.forked
            given.account.reads = kernel.reads
            given.account.memory = kernel.ending.memory if kernel.ending else 0
        return nb_man.nb


def chosen_spawner(given: Means, kernel_name: str | None) -> Spawner:
    """Return the template that can run a notebook."""
    if kernel_name and kernel_name not in PYTHON:
        raise TemplateError(f"a notebook for {kernel_name!r} cannot run in a fork of Python")
    return given.spawner or own_spawner()


def own_spawner() -> Spawner:
    """Return this process's own template, started when it is asked for and none runs."""
    made = _own_spawner()
    if made.is_gone():
        made.close()
        _own_spawner.cache_clear()
        made = _own_spawner()
    return made


@cache
def _own_spawner() -> Spawner:
    made = Spawner.start()
    atexit.register(made.close)
    return made


def _seconds_left(seconds: float) -> Any:
    """Return what nbclient asks before each cell: how long it may take of what is left."""
    deadline = time.monotonic() + seconds
    return lambda _: max(0.01, deadline - time.monotonic())  # 0 would be no limit


async def _let_go() -> None:
    """Cancel what nbclient still waits for from a process that has ended."""
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)


def _mark(nb_man: NotebookExecutionManager) -> None:
    """Mark the cell that ran when the process ended as the one that failed."""
    for number, cell in enumerate(nb_man.nb.cells):
        if cell.metadata.papermill.get("status") in (nb_man.RUNNING, nb_man.COMPLETED):
            last = number
    nb_man.cell_exception(nb_man.nb.cells[last], cell_index=last)


def _how(kernel: ForkedKernel, limits: Limits) -> str:
    """Say how a notebook's process ended."""
    if kernel.too_much:
        megabytes = (limits.output or 0) // MEGABYTE
        return f"the notebook was ended: it printed and showed more than {megabytes} MB"
    code = kernel.ending.code if kernel.ending else 0
    if code < 0:
        name = signal.Signals(-code).name
        memory = " (perhaps for lack of memory)" if -code == signal.SIGKILL else ""
        return f"the notebook's process was ended by {name}{memory}"
    return f"the notebook's process ended with status {code} before the notebook did"
