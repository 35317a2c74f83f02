"""IPython in this process, with the messages that a kernel would send for what a cell shows."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from traitlets.config import Config

MEGABYTE = 2**20
Message = dict[str, Any]


class TooMuchOutputError(BaseException):
    """A notebook has printed and shown more than it may; no `except Exception` keeps it going."""


class _Messages(Session):
    """Takes what a kernel's session would send, as it would arrive: through JSON."""

    take: Callable[[Message], object] = print
    room: int | None = None  # bytes that may still be shown
    most = 0

    def send(self, *args: Any, **more: Any) -> Message:
        message: Any
        _, message, *given = args
        if isinstance(message, str):
            buffers = [bytes(each) for each in more.pop("buffers", None) or ()]
            more.pop("ident", None)
            message = self.msg(message, *given, **more) | {"buffers": buffers}
        packed = self.pack(message["content"])
        if message["msg_type"] != "error":
            self.spend(len(packed))
        sent: Message = message | {"content": self.unpack(packed)}
        self.take(sent)
        return sent

    def spend(self, size: int) -> None:
        if self.room is not None:
            self.room -= size
            if self.room < 0:
                raise TooMuchOutputError(
                    f"it printed and showed more than {self.most // MEGABYTE} MB"
                )


class _Stream(io.TextIOBase):
    """Takes the place of `sys.stdout` or `sys.stderr`; what was written is sent when flushed."""

    encoding = "UTF-8"

    def __init__(self, messages: _Messages, name: str) -> None:
        self._messages, self._name = messages, name
        self._written: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._messages.spend(len(text))
        self._written.append(text)
        return len(text)

    def flush(self) -> None:
        text, self._written = "".join(self._written), []
        if text:
            if self._messages.room is not None:
                self._messages.room += len(text)  # it is counted as it is sent
            self._messages.send(None, "stream", {"name": self._name, "text": text})


@cache
def kernel() -> Any:
    """Return the kernel of this process: the one of JupyterLab, without its sockets."""
    log = logging.getLogger("adoption.kernel")
    log.setLevel(logging.CRITICAL)
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    return IPythonKernel.instance(config=config, session=_Messages(key=b"-"), log=log, user_ns=None)


class Shell:
    """Runs the cells of one notebook.

    Parameters
    ----------
    most : int, optional
        Bytes of all that it may print and show.
    """

    def __init__(self, most: int | None = None) -> None:
        self._messages: Any = kernel().session
        self._messages.room, self._messages.most = most, most or 0
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    def run(self, code: str, take: Callable[[Message], object]) -> dict[str, Any]:
        """Run a cell, and hand over each message; return what a kernel would reply."""
        shell: Any = kernel().shell
        messages, before = self._messages, (sys.stdout, sys.stderr)
        errors: list[Message] = []

        def take_all(message: Message) -> None:
            if message["msg_type"] == "error":
                errors.append(message["content"])
            take(message)

        messages.take = take_all
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
        if result.success and not shell._last_traceback_during_displayhook:
            return {"status": "ok"}
        return (
            {"ename": "", "evalue": "", "traceback": []} | dict(*errors[-1:]) | {"status": "error"}
        )
