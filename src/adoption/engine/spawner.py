"""Asking a template process for children, and hearing how they ended."""

from __future__ import annotations

import json
import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from adoption.errors import AdoptionError

PATIENCE = 120  # seconds for an answer
LEAVE = 10  # seconds to end by itself
CHUNK = 2**16
# A process with threads of its own cannot be forked safely; these libraries would start some.
ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
# What is freed goes back to the system at once: children that make a forecast would keep as
# much again as they hold. For glibc; other systems do not know these.
FRUGAL = {
    "MALLOC_ARENA_MAX": "2",
    **dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), str(2**20)),
}


class TemplateError(AdoptionError):
    """There is no template process, or it has ended."""


@dataclass(frozen=True)
class Ending:
    """How a child ended.

    Attributes
    ----------
    code : int
        Its exit status; less than 0 for the signal that ended it.
    memory : int
        The most bytes of memory that it held.
    """

    code: int
    memory: int


@dataclass(frozen=True)
class Child:
    """A forked process.

    Attributes
    ----------
    pid : int
        Its number, and that of its process group.
    sock : socket
        On which it talks.
    """

    pid: int
    sock: socket.socket


class Spawner:
    """A connection to a template process."""

    def __init__(self, sock: socket.socket, process: subprocess.Popen[bytes] | None = None) -> None:
        self._socket = sock
        self._process = process
        self._unread = b""
        self._endings: dict[int, Ending] = {}
        self._pids: list[int] = []
        self._refusal: str | None = None

    @classmethod
    def start(cls) -> Self:
        """Start a template process of its own, and wait until it is ready."""
        made = cls.launch()
        made.wait()
        return made

    @classmethod
    def launch(cls) -> Self:
        """Start a template process; it gets ready while this process does something else."""
        if not hasattr(os, "fork"):
            raise TemplateError("processes cannot be forked on this system")
        ours, theirs = socket.socketpair()
        process = subprocess.Popen(
            [sys.executable, "-m", "adoption.engine.template", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C is for whoever started it
            stdin=subprocess.DEVNULL,
            env={**FRUGAL, **os.environ, **ONE_THREAD},
        )
        theirs.close()
        return cls(ours, process)

    def wait(self) -> None:
        """Wait until the template is ready; end it if it does not get so."""
        try:
            self._answer(lambda told: "ready" in told)
        except BaseException:
            self.close()
            raise

    def fork(
        self, target: str, *, folder: str, memory: int | None = None, asks: bool = False
    ) -> Child:
        """Fork a child that has this process's environment."""
        ours, theirs = socket.socketpair()
        request = {
            "fork": target, "folder": folder, "memory": memory, "asks": asks,
            "environment": dict(os.environ),
        }  # fmt: skip
        line = json.dumps(request).encode() + b"\n"
        try:
            sent = socket.send_fds(self._socket, [line], [theirs.fileno()])
            self._socket.sendall(line[sent:])
        except OSError as error:
            raise TemplateError(f"the template process has ended: {error.strerror}") from error
        finally:
            theirs.close()
        self._refusal = None
        try:
            self._answer(lambda _: bool(self._pids or self._refusal))
            if self._refusal:
                raise TemplateError(f"the template process cannot fork: {self._refusal}")
        except TemplateError:
            ours.close()
            raise
        return Child(self._pids.pop(), ours)

    def share(self, questions: Sequence[Mapping[str, str]]) -> None:
        """Let the template work out what many children will ask."""
        self._send({"share": [dict(question) for question in questions]})
        self._answer(lambda told: "shared" in told)

    def end(self, child: Child, seconds: float) -> Ending:
        """End a child with all that it has started; it has some time to end by itself."""
        child.sock.close()
        ended = self._ending(child, seconds)
        if ended is None:
            self._send({"end": child.pid})
            ended = self._ending(child, PATIENCE)
        if ended is None:
            raise TemplateError(f"process {child.pid} does not end")
        return ended

    def kill(self, child: Child) -> None:
        """End a child at once; `end` then tells how it ended."""
        self._send({"end": child.pid})

    def is_gone(self, seconds: float = 0.0) -> bool:
        """Return whether the template that this process started has ended, or does in so long."""
        if self._process is None:
            return False
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def close(self) -> None:
        """Close the connection; if this process started the template, end that too."""
        self._socket.close()
        if self._process is not None:
            try:
                self._process.wait(timeout=LEAVE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _send(self, request: dict[str, Any]) -> None:
        try:
            self._socket.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            raise TemplateError(f"the template process has ended: {error.strerror}") from error

    def _ending(self, child: Child, seconds: float) -> Ending | None:
        heard = self._until(lambda _: child.pid in self._endings, seconds)
        return self._endings.pop(child.pid) if heard else None

    def _answer(self, heard: Callable[[dict[str, Any]], bool]) -> None:
        """Listen until the template has answered."""
        if not self._until(heard, PATIENCE):
            raise TemplateError(f"the template process has not answered for {PATIENCE} s")

    def _until(self, heard: Callable[[dict[str, Any]], bool], seconds: float) -> bool:
        """Listen until something has been heard; return whether it was, in so many seconds."""
        deadline = time.monotonic() + seconds
        while not heard({}):
            with selectors.DefaultSelector() as selector:
                selector.register(self._socket, selectors.EVENT_READ)
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    return False
            try:
                data = self._socket.recv(CHUNK)
            except ConnectionResetError:
                data = b""
            if not data:
                raise TemplateError("the template process has ended")
            *lines, self._unread = (self._unread + data).split(b"\n")
            told = [json.loads(line) for line in lines]
            for facts in told:
                self._note(facts)
            if any(heard(facts) for facts in told):
                return True
        return True

    def _note(self, facts: dict[str, Any]) -> None:
        if "pid" in facts:
            self._pids.append(facts["pid"])
        elif "refused" in facts:
            self._refusal = facts["refused"]
        elif "ended" in facts:
            self._endings[facts["ended"]] = Ending(facts["code"], facts["memory"])
