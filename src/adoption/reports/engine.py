"""The engine that papermill finds by the name `adoption`: no kernel is started for a notebook.

Its cells run in IPython in a process of their own, and papermill's client takes what they
show as if it came from a kernel; so the outputs are those of the stock engine.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from adoption.reports.process import (
    NO_FORK,
    NotStartedError,
    OwnProcess,
    can_fork,
    how_it_ended,
)
from adoption.reports.shell import Message, Shell

PYTHON = ("python3", "python")
Run = Callable[[str, Callable[[Message], object], float | None], dict[str, Any]]


@dataclass
class Here:
    """That the process of papermill is the notebook's own, so that its cells run in it.

    Attributes
    ----------
    most : int
        Bytes of all that the notebook may print and show.
    tell : callable
        Hears of the notebook before it runs, and of each cell with its place once it has run.
    notebook : NotebookNode
        As far as it has come; for whoever gets no more of papermill than an error.
    """

    most: int
    tell: Callable[[Any], object]
    notebook: Any = None


class AdoptionEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine, but with IPython in a forked process in place of a kernel.

    Where processes cannot be forked, and for notebooks of another language, papermill's own
    engine does the work, with one line that says so.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str | None,
        *,
        here: Here | None = None,
        **kwargs: Any,
    ) -> Any:
        """Execute a notebook."""
        if here:
            here.notebook = nb_man.nb
            here.tell(nb_man.nb)
            shell = Shell(here.most)
            run: Run = lambda code, take, _: shell.run(code, take)  # noqa: E731
            return _Client.of(nb_man, run, kwargs, here.tell).execute()
        apart = None
        try:
            apart = _Apart(kernel_name)
        except NotStartedError as error:
            logger.warning(f"the stock engine runs instead: {error}")
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        try:
            return _Client.of(nb_man, apart.run, kwargs).execute()
        finally:
            apart.process.end()


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client, for a notebook whose cells some function runs."""

    @classmethod
    def of(
        cls,
        nb_man: NotebookExecutionManager,
        run: Run,
        given: dict[str, Any],
        tell: Callable[[Any], object] = lambda _: None,
    ) -> _Client:
        """Return the client of a notebook, with what papermill was given for its own engine."""
        names = ("log_output", "stdout_file", "stderr_file", "timeout", "timeout_func")
        known = {name: given[name] for name in names if given.get(name) is not None}
        if given.get("execution_timeout"):
            known["timeout"] = given["execution_timeout"]
        made = cls(nb_man, log=logger, **known)
        made.run, made.tell = run, tell
        return made

    def execute(self, **_: Any) -> Any:
        """Execute the notebook."""
        self.reset_execution_trackers()
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, **_: Any) -> Any:
        """Execute a cell, as nbclient does."""
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return cell
        cell.metadata["execution"] = {}
        self.code_cells_executed += 1
        cell.outputs = []
        self.clear_before_next_output = False
        take = lambda message: self.process_message(message, cell, cell_index)  # noqa: E731
        try:
            reply = self.run(cell.source, take, self._get_timeout(cell))
        except (DeadKernelError, CellTimeoutError) as error:
            self.nb_man.cell_exception(cell, cell_index=cell_index, exception=error)
            raise
        finally:
            self.tell((cell_index, cell))
        if reply["status"] == "error" and not (self.allow_errors or "raises-exception" in tags):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell


class _Apart:
    """A process that runs the cells of a notebook for papermill in this one."""

    def __init__(self, kernel_name: str | None) -> None:
        if kernel_name and kernel_name not in PYTHON:
            raise NotStartedError(f"a notebook for {kernel_name!r} cannot run in a fork of Python")
        if not can_fork():
            raise NotStartedError(NO_FORK)
        self.process = OwnProcess.start(_serve, folder=os.getcwd(), spend=0)  # noqa: PTH109

    def run(
        self, code: str, take: Callable[[Message], object], seconds: float | None
    ) -> dict[str, Any]:
        """Have a cell run."""
        try:
            self.process.line.send(code)
        except OSError:
            raise self._ended() from None
        deadline = time.monotonic() + seconds if seconds else None
        while True:
            try:
                said = self.process.hear(deadline and max(0.0, deadline - time.monotonic()))
            except TimeoutError:
                raise CellTimeoutError(f"the cell took longer than {seconds} s") from None
            if said is None:
                raise self._ended()
            if "status" in said:
                return dict(said)
            take(said)

    def _ended(self) -> DeadKernelError:
        return DeadKernelError(f"the notebook's process {how_it_ended(self.process.end())}")


def _serve(line: Connection) -> None:
    """Run the cells that are sent, and send their messages and replies."""
    shell = Shell()
    while True:
        line.send(shell.run(line.recv(), line.send))
