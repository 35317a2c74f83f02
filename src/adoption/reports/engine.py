"""The engine that papermill finds by the name `adoption`: no kernel is started for a notebook.

Its cells run in IPython in a process of their own, and papermill's client takes what they
show as if it came from a kernel; so the outputs are those of the stock engine.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

import pandas as pd
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger
from traitlets.config import Config

from adoption.reports.process import (
    NotStartedError,
    OwnProcess,
    can_fork,
    how_it_ended,
)

PYTHON = ("python3", "python")
Message = dict[str, Any]
Run = Callable[[str, Callable[[Message], object], float | None], dict[str, Any]]


@dataclass
class Here:
    """That the process of papermill is the notebook's own, so that its cells run in it.

    Attributes
    ----------
    notify : callable
        Gets the notebook before it runs, and each cell with its place once it has run.
    notebook : NotebookNode
        As far as it has come; for whoever gets no more of papermill than an error.
    """

    notify: Callable[[Any], object]
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
            from adoption.show.picture import FigureRenderer

            FigureRenderer.pictured = False  # the page draws the figure itself
            here.notebook = nb_man.nb
            here.notify(nb_man.nb)
            shell = Shell()
            run: Run = lambda code, handle, _: shell.run(code, handle)  # noqa: E731
            return _Client.of(nb_man, run, kwargs, here.notify).execute()
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
        notify: Callable[[Any], object] = lambda _: None,
    ) -> _Client:
        """Return the client of a notebook, with what papermill was given for its own engine."""
        names = ("log_output", "stdout_file", "stderr_file", "timeout", "timeout_func")
        known = {name: given[name] for name in names if given.get(name) is not None}
        if given.get("execution_timeout"):
            known["timeout"] = given["execution_timeout"]
        made = cls(nb_man, log=logger, **known)
        made.run, made.notify = run, notify
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
        handle = lambda message: self.process_message(message, cell, cell_index)  # noqa: E731
        try:
            reply = self.run(cell.source, handle, self._get_timeout(cell))
        except (DeadKernelError, CellTimeoutError) as error:
            self.nb_man.cell_exception(cell, cell_index=cell_index, exception=error)
            raise
        finally:
            self.notify((cell_index, cell))
        if reply["status"] == "error" and not (self.allow_errors or "raises-exception" in tags):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell


class _Apart:
    """A process that runs the cells of a notebook for papermill in this one."""

    def __init__(self, kernel_name: str | None) -> None:
        if kernel_name and kernel_name not in PYTHON:
            raise NotStartedError(f"a notebook for {kernel_name!r} cannot run in Python")
        if not can_fork():
            raise NotStartedError("processes cannot be forked on this system")
        self.process = OwnProcess.start(_serve, folder=os.getcwd(), spend=0)  # noqa: PTH109

    def run(
        self, code: str, handle: Callable[[Message], object], seconds: float | None
    ) -> dict[str, Any]:
        """Have a cell run."""
        try:
            self.process.connection.send(code)
        except OSError:
            raise self._ended() from None
        deadline = time.monotonic() + seconds if seconds else None
        while True:
            try:
                message = self.process.receive(deadline and max(0.0, deadline - time.monotonic()))
            except TimeoutError:
                raise CellTimeoutError(f"the cell took longer than {seconds} s") from None
            if message is None:
                raise self._ended()
            if "status" in message:
                return dict(message)
            handle(message)

    def _ended(self) -> DeadKernelError:
        return DeadKernelError(f"the notebook's process {how_it_ended(self.process.end())}")


def _serve(connection: Connection) -> None:
    """Run the cells that are sent, and send their messages and replies."""
    shell = Shell()
    while True:
        connection.send(shell.run(connection.recv(), connection.send))


class _Messages(Session):
    """Takes what a kernel's session would send, as it would arrive: through JSON."""

    handle: Callable[[Message], object] = print

    def send(self, *args: Any, **more: Any) -> Message:
        message: Any
        _, message, *given = args
        if isinstance(message, str):
            buffers = [bytes(each) for each in more.pop("buffers", None) or ()]
            more.pop("ident", None)
            message = self.msg(message, *given, **more) | {"buffers": buffers}
        sent: Message = message | {"content": self.unpack(self.pack(message["content"]))}
        self.handle(sent)
        return sent


class _Stream(io.TextIOBase):
    """Takes the place of `sys.stdout` or `sys.stderr`; what was written is sent when flushed."""

    encoding = "UTF-8"

    def __init__(self, messages: _Messages, name: str) -> None:
        self._messages, self._name = messages, name
        self._written: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._written.append(text)
        return len(text)

    def flush(self) -> None:
        text, self._written = "".join(self._written), []
        if text:
            self._messages.send(None, "stream", {"name": self._name, "text": text})


@cache
def kernel() -> Any:
    """Return the kernel of this process: the one of JupyterLab, without its sockets."""
    log = logging.getLogger("adoption.kernel")
    log.setLevel(logging.CRITICAL)
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    made: Any = IPythonKernel.instance(
        config=config, session=_Messages(key=b"-"), log=log, user_ns=None
    )
    # Imported before there was a kernel, pandas would fit its tables to a terminal.
    pd.set_option("display.max_columns", 20)
    made.shell.enable_gui = lambda _=None: None  # `%matplotlib inline` asks for the loop of none
    return made


class Shell:
    """Runs the cells of one notebook."""

    def __init__(self) -> None:
        self._messages: Any = kernel().session
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    def run(self, code: str, handle: Callable[[Message], object]) -> dict[str, Any]:
        """Run a cell, and hand over each message; return what a kernel would reply."""
        shell: Any = kernel().shell
        messages, before = self._messages, (sys.stdout, sys.stderr)
        errors: list[Message] = []

        def handle_all(message: Message) -> None:
            if message["msg_type"] == "error":
                errors.append(message["content"])
            handle(message)

        messages.handle = handle_all
        sys.stdout, sys.stderr = (_Stream(messages, name) for name in ("stdout", "stderr"))
        try:
            count = {"code": code, "execution_count": shell.execution_count}
            messages.send(None, "execute_input", count)
            result = shell.run_cell(code, store_history=True)
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            sys.stdout, sys.stderr = before
        # What fails as it is shown does not make the cell fail for IPython, but for a kernel.
        if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
            return {"status": "ok"}
        return (
            {"ename": "", "evalue": "", "traceback": []} | dict(*errors[-1:]) | {"status": "error"}
        )
