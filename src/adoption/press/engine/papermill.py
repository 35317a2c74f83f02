"""The engine with which papermill runs the notebook of a page: no kernel is started for it.

Its cells run in IPython in the notebook's own process, and papermill's client takes what they
show as if it came from a kernel; so the outputs are those of the stock engine.
"""

from __future__ import annotations

import ast
import io
import logging
import math
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import Any

import pandas as pd
from ipykernel.ipkernel import IPythonKernel
from ipykernel.jsonutil import encode_images, json_clean
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import nbbase
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.execute import (
    prepare_notebook_metadata,
    raise_for_execution_errors,
    remove_error_markers,
)
from papermill.iorw import load_notebook_node
from papermill.log import logger
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from adoption.core.errors import AdoptionError
from adoption.press.document import BLOCK_TYPE, begin_page
from adoption.press.reader import CSV
from adoption.press.rows import frame_csv

Message = dict[str, Any]
OURS = {"engine_name": "adoption", "kernel_name": "python3"}
# What IPython records of cells, such as `_`, `_i3` and `Out`, and its own commands.
RECORDS = re.compile(r"_+|_i+|_i?\d+|_[iod]h|In|Out|get_ipython|exit|quit")
DISPLAY = "IPython.display"
SHOWN_TYPES = {"display_data", "execute_result", "update_display_data"}  # streams count by write
MOST_CELLS = 50_000  # of a frame whose page has it as a file: half a megabyte or so


class OutputTooLargeError(AdoptionError):
    """A notebook shows more than a page may hold."""


class NotPlainError(Exception):
    """A cell fails where IPython does not run it."""


@dataclass
class InProcess:
    """Run cells in this process: it is the notebook's own.

    Attributes
    ----------
    notify : callable
        Gets the notebook before it runs, and each cell with its place once it has run.
    may_be_plain : bool
        Whether cells that are no more than Python run without IPython.
    notebook : NotebookNode
        As far as it has come; for whoever gets no more of papermill than an error.
    """

    notify: Callable[[Any], object]
    may_be_plain: bool = False
    notebook: Any = None


def execute_here(path: str, parameters: Mapping[str, Any], here: InProcess) -> Any:
    """Return a notebook, executed in this process with parameters.

    It takes the steps of `papermill.execute_notebook` but for the last: that sets the notebook as
    text also where no file is wanted, which is a tenth of what a page takes.
    """
    notebook = load_notebook_node(path)
    if parameters:
        notebook = parameterize_notebook(notebook, parameters, **OURS)
    notebook = prepare_notebook_metadata(notebook, path, None, report_mode=False)
    executed = papermill_engines.execute_notebook_with_engine(
        nb=remove_error_markers(notebook),
        **OURS,
        output_path=None,
        progress_bar=False,
        autosave_cell_every=0,
        here=here,
    )
    raise_for_execution_errors(executed, None)
    return executed


def cells_run(path: str, parameters: Mapping[str, Any]) -> Any:
    """Return a notebook with what its cells show, run in this process with parameters.

    Nobody keeps it: papermill takes no note of times, and a cell that fails is an error.
    """
    notebook = load_notebook_node(path)
    if parameters:
        notebook = parameterize_notebook(notebook, parameters, **OURS)
    begin_page()
    client = _Client(NotebookExecutionManager(notebook, progress_bar=False), log=logger)
    client.shell = PlainShell() if is_plain(notebook) else Shell()
    client.notify = lambda _: None
    client.reset_execution_trackers()
    with _documents_alone():
        for number, cell in enumerate(notebook.cells):
            client.execute_cell(cell, number)
    return notebook


class AdoptionEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine, but with IPython in this process in place of a kernel."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str | None,
        *,
        here: InProcess | None = None,
        **kwargs: Any,
    ) -> Any:
        """Execute a notebook; with papermill's own engine where the process is not its own."""
        if here is None:
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        begin_page()
        here.notebook = nb_man.nb
        here.notify(nb_man.nb)
        client = _Client(nb_man, log=logger)
        client.shell = PlainShell() if here.may_be_plain and is_plain(nb_man.nb) else Shell()
        client.notify = here.notify
        return client.execute()


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client, for a notebook whose cells a shell runs."""

    shell: Shell
    notify: Callable[[Any], object]

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
            reply = self.shell.run(cell.source, handle)
        finally:
            self.notify((cell_index, cell))
        if reply["status"] == "error" and not (self.allow_errors or "raises-exception" in tags):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell


class _Messages(Session):
    """Takes what a kernel's session would send, as it would arrive: through JSON."""

    handle: Callable[[Message], object] = print
    bytes_shown = 0
    max_bytes: float = math.inf

    def count(self, number: int) -> None:
        """Add to the bytes that the notebook has shown; raise an error beyond the limit."""
        self.bytes_shown += number
        if self.bytes_shown > self.max_bytes:
            limit = f"{self.max_bytes / 1e6:.0f} MB"
            raise OutputTooLargeError(
                f"outputs: larger than {limit}; show less, or raise max_output_megabytes in "
                "reports.toml"
            )

    def send(self, *args: Any, **more: Any) -> Message:
        message: Any
        _, message, *further = args
        if isinstance(message, str):
            buffers = [bytes(buffer) for buffer in more.pop("buffers", None) or ()]
            more.pop("ident", None)
            message = self.msg(message, *further, **more) | {"buffers": buffers}
        packed = self.pack(message["content"])
        if message["msg_type"] in SHOWN_TYPES:
            self.count(len(packed))
        sent: Message = message | {"content": self.unpack(packed)}
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
        self._messages.count(len(text))
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
    kernel: Any = IPythonKernel.instance(
        config=config, session=_Messages(key=b"-"), log=log, user_ns=None
    )
    # Imported before there was a kernel, pandas would fit its tables to a terminal.
    pd.set_option("display.max_columns", 20)
    formatter = kernel.shell.display_formatter.mimebundle_formatter
    formatter.for_type(pd.DataFrame, _with_csv)
    formatter.for_type_by_name("pandas.io.formats.style", "Styler", _styled_with_csv)
    kernel.shell.enable_gui = lambda _=None: None  # `%matplotlib inline` asks for the loop of none
    return kernel


def limit_output(megabytes: int) -> None:
    """Limit what the cells of the next page show; 0 is no limit."""
    messages = kernel().session
    messages.bytes_shown, messages.max_bytes = 0, megabytes * 1e6 or math.inf


def shown_megabytes() -> float:
    """Return the size of what the cells of the page have shown."""
    size: float = kernel().session.bytes_shown / 1e6
    return size


def _with_csv(frame: pd.DataFrame, **_: Any) -> dict[str, str]:
    """Return what a frame shows beside its HTML, which may leave out rows: all of them as CSV."""
    return {CSV: frame_csv(frame)} if frame.size <= MOST_CELLS else {}


def _styled_with_csv(styled: Any, **_: Any) -> dict[str, str]:
    return _with_csv(styled.data)


@contextmanager
def _documents_alone() -> Iterator[None]:
    """Do no more than documents need.

    What carries a block shows nothing beside it. What is shown is not checked against Jupyter's
    schema, since no file is written of it.
    """
    formatter, validate = kernel().shell.display_formatter, nbbase.validate
    format_whole = formatter.format

    def format_block(
        value: Any, *args: Any, **kwargs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        if not hasattr(value, "_ipython_display_"):  # which would show it itself
            bundle, _ = formatter.mimebundle_formatter(value)
            if BLOCK_TYPE in bundle:
                return {BLOCK_TYPE: bundle[BLOCK_TYPE]}, {}
        return format_whole(value, *args, **kwargs)  # type: ignore[no-any-return]

    formatter.format, nbbase.validate = format_block, lambda *_: None
    try:
        yield
    finally:
        del formatter.format
        nbbase.validate = validate


class Shell:
    """Runs the cells of one notebook."""

    def __init__(self) -> None:
        self._messages: Any = kernel().session
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    def run(self, code: str, handle: Callable[[Message], object]) -> dict[str, Any]:
        """Run a cell, and hand over each message; return what a kernel would reply."""
        shell: Any = kernel().shell
        errors: list[Message] = []

        def handle_all(message: Message) -> None:
            if message["msg_type"] == "error":
                errors.append(message["content"])
            handle(message)

        with self._handing_over(handle_all):
            count = {"code": code, "execution_count": shell.execution_count}
            self._messages.send(None, "execute_input", count)
            result = shell.run_cell(code, store_history=True)
        # What fails as it is shown does not make the cell fail for IPython, but for a kernel.
        if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
            return {"status": "ok"}
        error = result.error_before_exec or result.error_in_exec
        silent = {"ename": type(error).__name__, "evalue": str(error), "traceback": []}
        if not errors:  # as for a magic that does not exist, of which IPython prints a line
            self._messages.send(None, "error", silent)
        return dict(*errors[-1:]) | {"status": "error"}

    @contextmanager
    def _handing_over(self, handle: Callable[[Message], object]) -> Iterator[None]:
        """Hand over what is sent, and what is written to the standard streams."""
        before = sys.stdout, sys.stderr
        self._messages.handle = handle
        sys.stdout, sys.stderr = (_Stream(self._messages, name) for name in ("stdout", "stderr"))
        try:
            yield
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            sys.stdout, sys.stderr = before


class PlainShell(Shell):
    """Runs cells as Python does, for a notebook whose cells are no more than Python.

    Without IPython's record of what was run and shown a page takes a quarter less. It shows the
    same. A cell that fails is an error: IPython then tells how, in another process.
    """

    def run(self, code: str, handle: Callable[[Message], object]) -> dict[str, Any]:
        """Run a cell, and hand over each message."""
        compiled = _compiled(code)
        assert compiled is not None
        shell, (body, last) = kernel().shell, compiled
        count = shell.execution_count

        def handle_all(message: Message) -> None:
            handle(message)
            if message["msg_type"] == "error":  # what fails as it is shown
                raise NotPlainError(message["content"]["evalue"])

        with self._handing_over(handle_all):
            about = {"code": code, "execution_count": count}
            self._messages.send(None, "execute_input", about)
            shell.events.trigger("pre_execute")
            try:
                exec(body, shell.user_ns)
                value = eval(last, shell.user_ns)
            except BaseException as error:  # SystemExit ends a notebook, and not this process
                raise NotPlainError(str(error)) from error
            if value is not None:
                self._show(value, count)
            shell.events.trigger("post_execute")
        shell.execution_count += 1
        return {"status": "ok"}

    def _show(self, value: Any, count: int) -> None:
        """Send the value of a cell, as a kernel does."""
        data, metadata = kernel().shell.display_formatter.format(value)
        sys.stdout.flush()
        sys.stderr.flush()
        if data:
            data = json_clean(encode_images(data))  # type: ignore[no-untyped-call]
            content = {"data": data, "metadata": metadata, "execution_count": count}
            self._messages.send(None, "execute_result", content)


def is_plain(notebook: Any) -> bool:
    """Return whether the cells of a notebook are Python, and ask IPython for nothing."""
    return all(_compiled(cell.source) for cell in notebook.cells if cell.cell_type == "code")


@cache
def _compiled(code: str) -> tuple[CodeType, CodeType] | None:
    """Return a cell without its last expression, and that; None of one that is for IPython."""
    try:
        statements = ast.parse(code).body
    except (SyntaxError, ValueError):  # its own words are no Python
        return None
    if any(map(_asks_ipython, ast.walk(ast.Module(statements, [])))):
        return None
    shell = kernel().shell
    last: ast.expr = ast.Constant(None)
    is_hidden = shell.displayhook.semicolon_at_end_of_expression(code)
    if statements and isinstance(end := statements[-1], ast.Expr) and not is_hidden:
        last = end.value
        del statements[-1]
    expression = ast.fix_missing_locations(ast.Expression(last))
    name = shell.compile.cache(code)  # by which a warning or `inspect` finds its lines
    body = compile(ast.Module(statements, []), name, "exec", dont_inherit=True)
    return body, compile(expression, name, "eval", dont_inherit=True)


def _asks_ipython(node: ast.AST) -> bool:
    """Return whether a part of a cell asks for what IPython records, or changes how it runs."""
    match node:
        case ast.Name(name, ast.Load()):
            return RECORDS.fullmatch(name) is not None
        case ast.ImportFrom(module=str(module)):
            modules = [module]
        case ast.Import(names=aliases):
            modules = [alias.name for alias in aliases]
        case _:
            return False
    return any(
        module == "__future__" or (module.split(".")[0] == "IPython" and module != DISPLAY)
        for module in modules
    )
